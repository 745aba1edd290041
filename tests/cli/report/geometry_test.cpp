// SPDX-License-Identifier: MIT
#include "cli/report/geometry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace relevo::cli {
namespace {

TEST(GreatCircle, BeginsAndEndsWhereItShould) {
  const geo::LonLat from{-103.4, 20.7};
  const geo::LonLat to{-111.4, 56.7};
  const Ring line = great_circle(from, to);
  EXPECT_NEAR(line.front().lon, from.lon, 1e-9);
  EXPECT_NEAR(line.back().lat, to.lat, 1e-9);
  EXPECT_GT(line.size(), 15U);
}

TEST(GreatCircle, AlongTheEquatorStaysThere) {
  for (const auto& point : great_circle({-10.0, 0.0}, {10.0, 0.0}))
    EXPECT_NEAR(point.lat, 0.0, 1e-9);
}

TEST(GreatCircle, RunsOnAcrossTheAntimeridian) {
  const Ring line = great_circle({170.0, 10.0}, {-170.0, 10.0});
  for (std::size_t i = 1; i < line.size(); ++i)
    EXPECT_LT(std::abs(line[i].lon - line[i - 1].lon), 10.0);
  EXPECT_NEAR(line.back().lon, 190.0, 1e-9);
}

TEST(GreatCircle, OfOnePointOrOfOppositePointsIsALine) {
  EXPECT_EQ(great_circle({5.0, 5.0}, {5.0, 5.0}).size(), 2U);
  EXPECT_EQ(great_circle({0.0, 0.0}, {180.0, 0.0}).size(), 2U);
}

TEST(Simplified, DropsOnlyWhatIsWithinTheTolerance) {
  const Ring ring = {{0, 0}, {1, 0.001}, {2, 0}, {2, 2}, {1, 2.5}, {0, 2}, {0, 0}};
  EXPECT_EQ(simplified(ring, 0.01).size(), 6U);
  EXPECT_EQ(simplified(ring, 0.0).size(), 7U);
}

TEST(EqualArea, KeepsAreas) {
  // A degree square at 60 degrees north is half as large as one on the equator: sin 60.5 - sin 59.5 against sin 0.5 -
  // sin -0.5.
  const EqualArea projection({-100.0, 40.0});
  const auto area = [&](double lat) {
    const auto a = projection.project({-100.0, lat - 0.5});
    const auto b = projection.project({-99.0, lat - 0.5});
    const auto c = projection.project({-99.0, lat + 0.5});
    const auto d = projection.project({-100.0, lat + 0.5});
    return 0.5 * std::abs((c.x - a.x) * (d.y - b.y) - (d.x - b.x) * (c.y - a.y));
  };
  EXPECT_NEAR(area(60.0) / area(0.0), std::cos(60.0 * std::numbers::pi / 180.0), 1e-3);
}

TEST(RingsOfGeojson, TakesPolygonsAndNothingElse) {
  EXPECT_EQ(rings_of_geojson(R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]})").size(), 1U);
  EXPECT_EQ(rings_of_geojson(R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]})").size(), 1U);
  for (const char* other : {"", "null", "[]", "{", R"({"type":"Point","coordinates":[0,0]})",
                            R"({"type":"Polygon","coordinates":"no"})", R"({"type":"Polygon","coordinates":[[["a"]]]})",
                            R"({"type":"Polygon","coordinates":[[[999,0],[1,0],[1,1],[0,0]]]})"})
    EXPECT_TRUE(rings_of_geojson(other).empty()) << other;
}

TEST(Box, GrowsToTheAspect) {
  const Box box = Box{-105.0, 20.0, -100.0, 57.0}.grown(1.0, 1.5);
  const double shrink = std::cos(box.centre().lat * std::numbers::pi / 180.0);
  EXPECT_NEAR((box.east - box.west) * shrink / (box.north - box.south), 1.5, 1e-6);
}

}  // namespace
}  // namespace relevo::cli
