// SPDX-License-Identifier: MIT
#include "geo/raster_window.hpp"

#include "geo/geodesic.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

namespace relevo::geo {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// A raster in memory whose pixels are its position, 1000 x row + column, but for the ones without data.
struct Sketch {
  RasterHeader header;
  std::set<std::pair<int, int>> holes;  ///< column, row

  float value(int column, int row) const {
    return holes.count({column, row}) != 0 ? kNone : static_cast<float>(1000 * row + column);
  }
  RasterWindow window() const {
    return {header, [this](int column, int row, int columns, int rows) {
              EXPECT_GE(column, 0);
              EXPECT_GE(row, 0);
              EXPECT_LE(column + columns, header.width);
              EXPECT_LE(row + rows, header.height);
              std::vector<float> values;
              for (int r = row; r < row + rows; ++r)
                for (int c = column; c < column + columns; ++c)
                  values.push_back(value(c, r));
              return values;
            }};
  }
};

/// 20 x 20 pixels of a tenth of a degree, north-west corner at 60 N 112 W.
Sketch degrees() {
  return {{.variable = "fwi", .width = 20, .height = 20, .transform = {-112, 0.1, 0, 60, 0, -0.1}, .crs = "EPSG:4326"},
          {}};
}

Polygons box(double west, double south, double east, double north) {
  return {{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}};
}

TEST(RasterWindow, TouchedPixelsAreThoseThatShareAPoint) {
  const Sketch sketch = degrees();
  // Columns 2 and 3, rows 4 to 6.
  const auto found = sketch.window().touched_by(box(-111.75, 59.35, -111.65, 59.55));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->pixels, 6U);
  EXPECT_EQ(found->min, 4002);
  EXPECT_EQ(found->max, 6003);
  EXPECT_DOUBLE_EQ(found->mean, 5002.5);
  // A sliver thinner than a pixel, corner to corner: no centre lies inside it.
  const auto sliver =
      sketch.window().touched_by({{{{-111.99, 59.91}, {-111.71, 59.63}, {-111.71, 59.631}, {-111.99, 59.91}}, {}}});
  ASSERT_TRUE(sliver);
  EXPECT_GE(sliver->pixels, 4U);
  EXPECT_EQ(sliver->min, 0);
  EXPECT_FALSE(sketch.window().touched_by(box(10, 10, 11, 11))) << "elsewhere";
}

TEST(RasterWindow, PixelsWithoutDataDoNotCount) {
  Sketch sketch = degrees();
  sketch.holes = {{2, 4}, {3, 6}};
  const auto found = sketch.window().touched_by(box(-111.75, 59.35, -111.65, 59.55));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->pixels, 4U);
  EXPECT_EQ(found->max, 6002);
  for (int c = 2; c <= 3; ++c)
    for (int r = 4; r <= 6; ++r)
      sketch.holes.insert({c, r});
  EXPECT_FALSE(sketch.window().touched_by(box(-111.75, 59.35, -111.65, 59.55)));
}

TEST(RasterWindow, AroundIsOwnPixelAndCentresWithinReach) {
  const Sketch sketch = degrees();
  const LonLat point{-111.149, 59.151};  // pixel (8, 8), close to its centre
  const auto alone = sketch.window().around(point, Distance::from_kilometres(0));
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->pixels, 1U);
  EXPECT_EQ(alone->max, 8008);
  const auto near = sketch.window().around(point, Distance::from_kilometres(10));
  std::uint64_t expected = 0;
  for (int c = 0; c < 20; ++c)
    for (int r = 0; r < 20; ++r)
      expected += distance_between(point, {-112 + 0.1 * (c + 0.5), 60 - 0.1 * (r + 0.5)}).kilometres() <= 10 ? 1U : 0U;
  ASSERT_TRUE(near);
  EXPECT_EQ(near->pixels, expected);
  EXPECT_GT(expected, 1U);
}

TEST(RasterWindow, PercentileIsTheNearestRank) {
  const Sketch sketch = degrees();
  // Columns 0 to 9 of row 0: values 0 to 9.
  const auto strip = box(-112, 59.9, -111, 60);
  EXPECT_EQ(sketch.window().percentile_within(strip, 0.9), 8.0);
  EXPECT_EQ(sketch.window().percentile_within(strip, 1.0), 9.0);
  EXPECT_EQ(sketch.window().percentile_within(strip, 0.05), 0.0);
  EXPECT_FALSE(sketch.window().percentile_within(box(0, 0, 1, 1), 0.9));
}

TEST(RasterWindow, SumsAreThoseOfALinearScanInAnyProjection) {
  // Lambert conformal conic of Canada (EPSG:3978), 5 km pixels around Fort McMurray, turned a little.
  Sketch sketch{{.variable = "people",
                 .width = 60,
                 .height = 60,
                 .transform = {-1150000, 4900, 300, 1250000, 300, -4900},
                 .crs = "EPSG:3978"},
                {{30, 30}}};
  const RasterWindow window = sketch.window();
  const auto middle = window.centre_of(30, 30);
  ASSERT_TRUE(middle);
  ASSERT_NEAR(middle->lat, 57, 3) << "the sketch is where it should be";
  const Polygons perimeter = box(middle->lon - 0.3, middle->lat - 0.1, middle->lon + 0.2, middle->lat + 0.15);
  const PreparedShape shape(perimeter);
  const std::array<Distance, 3> radii{Distance::from_kilometres(10), Distance::from_kilometres(25),
                                      Distance::from_kilometres(50)};
  std::array<double, 3> expected{};
  for (int c = 0; c < 60; ++c)
    for (int r = 0; r < 60; ++r) {
      const double km = shape.distance_to(*window.centre_of(c, r)).kilometres();
      for (std::size_t i = 0; i < 3; ++i)
        if (km <= radii[i].kilometres() && !std::isnan(sketch.value(c, r)))
          expected[i] += sketch.value(c, r);
    }
  const auto sums = window.sums_within(shape, degree_box_of(perimeter), radii);
  ASSERT_TRUE(sums);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_DOUBLE_EQ((*sums)[i], expected[i]);
  EXPECT_LT(expected[0], expected[1]);
}

TEST(RasterWindow, ReachesOverTheAntimeridian) {
  const Sketch globe{
      {.variable = "fwi", .width = 360, .height = 180, .transform = {-180, 1, 0, 90, 0, -1}, .crs = "EPSG:4326"}, {}};
  const auto found = globe.window().around({179.9, 0.4}, Distance::from_kilometres(120));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->min, 89000) << "column 0, on the other side";
  EXPECT_EQ(found->max, 90359);
  EXPECT_TRUE(globe.window().around({0, 90}, Distance::from_kilometres(100)));
}

TEST(RasterWindow, RefusesWhatItCannotPlace) {
  Sketch sketch = degrees();
  sketch.header.crs = "/etc/passwd";
  EXPECT_THROW(sketch.window(), std::invalid_argument);
  sketch = degrees();
  sketch.header.transform = {0, 0, 0, 0, 0, 0};
  EXPECT_THROW(sketch.window(), std::invalid_argument);
}

}  // namespace
}  // namespace relevo::geo
