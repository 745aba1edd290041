// SPDX-License-Identifier: MIT
#include "planner/assess/geojson.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

TEST(Geojson, ReadsPolygonsWithHolesAndClosesRings) {
  const auto polygons = polygons_of_geojson(
      R"({"type":"Polygon","coordinates":[[[0,0],[9,0,5],[9,9],[0,9]],[[1,1],[1,2],[2,2],[1,1]],[[3,3],[4,4],[3,3]]]})");
  ASSERT_EQ(polygons.size(), 1U);
  EXPECT_EQ(polygons[0].outer.size(), 5U);
  EXPECT_EQ(polygons[0].outer.back(), (geo::LonLat{0, 0}));
  EXPECT_EQ(polygons[0].holes.size(), 1U) << "a ring of two corners holds nothing";
  EXPECT_EQ(polygons_of_geojson(
                R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]})")
                .size(),
            2U);
}

TEST(Geojson, GivesNothingForAnythingElse) {
  for (const char* text :
       {"", "{", "[]", "null", R"({"type":"Point","coordinates":[0,0]})", R"({"type":"Polygon","coordinates":7})",
        R"({"type":"Polygon","coordinates":[[[0,0],[999,0],[1,1],[0,0]]]})",
        R"({"type":"Polygon","coordinates":[[["0",0],[1,0],[1,1],[0,0]]]})",
        R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[5]]]})"})
    EXPECT_TRUE(polygons_of_geojson(text).empty()) << text;
}

}  // namespace
}  // namespace relevo::planner
