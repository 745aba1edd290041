// SPDX-License-Identifier: MIT
#include "geo/shape_wkb.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace relevo::geo {
namespace {

const Ring kSquare = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
const Ring kHole = {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}};

std::vector<Shape> all_shapes() {
  return {std::monostate(),
          Points{{-120.5, 38.25}},
          Points{{1, 2}, {-180, -90}, {180, 90}},
          Lines{{{0, 0}, {1, 1}}},
          Lines{{{0, 0}, {1, 1}, {2, 0}}, {{5, 5}, {6, 6}}},
          Polygons{{kSquare, {kHole}}},
          Polygons{{kSquare, {}}, {{{10, 0}, {12, 0}, {12, 2}, {10, 0}}, {}}}};
}

TEST(ShapeWkb, ReadsWhatItWrites) {
  for (const Shape& shape : all_shapes()) {
    EXPECT_EQ(from_wkb(to_wkb(shape)), shape);
    EXPECT_EQ(from_wkb(to_wkb(shape, WkbForm::Simplest)), shape);
  }
}

TEST(ShapeWkb, WritesTheBytesOfTheStandard) {
  EXPECT_EQ(to_wkb(Points{{1, 2}}, WkbForm::Simplest),
            std::string("\x01\x01\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40", 21));
  EXPECT_EQ(to_wkb(std::monostate()), std::string("\x01\x07\0\0\0\0\0\0\0", 9));
  EXPECT_EQ(to_wkb(Points{{1, 2}}).substr(0, 10), std::string("\x01\x04\0\0\0\x01\0\0\0\x01", 10));
}

TEST(ShapeWkb, EveryTruncationAndEveryByteTooManyIsRefused) {
  for (const Shape& shape : all_shapes()) {
    const std::string bytes = to_wkb(shape);
    for (std::size_t n = 0; n < bytes.size(); ++n)
      EXPECT_THROW(from_wkb(bytes.substr(0, n)), WkbError) << n << " of " << bytes.size();
    EXPECT_THROW(from_wkb(bytes + '\0'), WkbError);
  }
}

TEST(ShapeWkb, CountsLargerThanTheBytesAreRefusedBeforeMemoryIsTaken) {
  for (char type : {'\2', '\3', '\4', '\5', '\6', '\7'}) {
    std::string bytes("\x01\0\0\0\0\xff\xff\xff\xff", 9);
    bytes[1] = type;
    EXPECT_THROW(from_wkb(bytes), WkbError) << int{type};
  }
}

TEST(ShapeWkb, VerticesAreCoordinates) {
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 180.001}) {
    EXPECT_THROW(from_wkb(to_wkb(Points{{bad, 0}})), WkbError);
    EXPECT_THROW(from_wkb(to_wkb(Points{{0, bad}})), WkbError);
  }
  EXPECT_THROW(from_wkb(to_wkb(Points{{0, 90.1}})), WkbError);
}

TEST(ShapeWkb, LinesAndRingsHaveTheirVertices) {
  EXPECT_THROW(from_wkb(to_wkb(Lines{{{0, 0}}})), WkbError);
  EXPECT_THROW(from_wkb(to_wkb(Polygons{{{{0, 0}, {1, 0}, {0, 0}}, {}}})), WkbError);
  EXPECT_THROW(from_wkb(to_wkb(Polygons{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}})), WkbError) << "not closed";
}

TEST(ShapeWkb, NestedTypesAreThoseOfTheOuterOne) {
  std::string bytes = to_wkb(Points{{1, 2}, {3, 4}});
  bytes[10] = 2;
  EXPECT_THROW(from_wkb(bytes), WkbError);
  bytes = to_wkb(Points{{1, 2}});
  bytes[9] = 0;
  EXPECT_THROW(from_wkb(bytes), WkbError) << "big-endian part";
}

/// Whatever the bytes, the answer is a Shape that writes back to the same bytes, or WkbError.
TEST(ShapeWkb, RandomDamageIsRefusedOrReadExactly) {
  std::mt19937 random(20260601);
  std::uint64_t read = 0;
  for (int round = 0; round < 20000; ++round) {
    const auto shapes = all_shapes();
    std::string bytes = to_wkb(shapes[random() % shapes.size()]);
    for (auto hits = random() % 3 + 1; hits > 0; --hits)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    try {
      const Shape shape = from_wkb(bytes);
      ++read;
      EXPECT_TRUE(to_wkb(shape) == bytes || to_wkb(shape, WkbForm::Simplest) == bytes);
    } catch (const WkbError&) {
    }
  }
  EXPECT_GT(read, 100U);
}

TEST(BoundingBoxOfShape, SpansEveryVertex) {
  EXPECT_EQ(bounding_box_of(std::monostate()), std::nullopt);
  EXPECT_EQ(bounding_box_of(Points{{3, -4}}), (BoundingBox{3, -4, 3, -4}));
  EXPECT_EQ(bounding_box_of(Lines{{{0, 1}, {2, -1}}, {{-5, 0}, {0, 9}}}), (BoundingBox{-5, -1, 2, 9}));
  EXPECT_EQ(bounding_box_of(Polygons{{kSquare, {kHole}}}), (BoundingBox{0, 0, 4, 4}));
}

}  // namespace
}  // namespace relevo::geo
