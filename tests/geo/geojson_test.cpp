// SPDX-License-Identifier: MIT
#include "geo/geojson.hpp"

#include "geo/table_error.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace relevo::geo {
namespace {

TEST(Geojson, ReadsPolygonsWithHolesAndClosesRings) {
  const auto polygons = polygons_of_geojson(
      R"({"type":"Polygon","coordinates":[[[0,0],[9,0,5],[9,9],[0,9]],[[1,1],[1,2],[2,2],[1,1]],[[3,3],[4,4],[3,3]]]})");
  ASSERT_EQ(polygons.size(), 1U);
  EXPECT_EQ(polygons[0].outer.size(), 5U);
  EXPECT_EQ(polygons[0].outer.back(), (LonLat{0, 0}));
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
        R"({"type":"Polygon","coordinates":[[[0,0],[9,9],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]})",
        R"({"type":"Polygon","coordinates":[[["0",0],[1,0],[1,1],[0,0]]]})",
        R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[5]]]})"})
    EXPECT_TRUE(polygons_of_geojson(text).empty()) << text;
}

class AreaFile : public testing::Test {
 protected:
  std::vector<NamedArea> read(const std::string& features) {
    std::ofstream(folder_ / "areas.geojson") << "{\"type\":\"FeatureCollection\",\"features\":[" << features << "]}";
    return read_areas(folder_ / "areas.geojson", "areas.geojson");
  }

  ScratchFolder folder_;
};

TEST_F(AreaFile, HasAreasByCode) {
  const auto areas = read(R"({"properties":{"level":1,"code":"CA-AB","name":"Alberta"},"geometry":)"
                          R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}})");
  ASSERT_EQ(areas.size(), 1U);
  EXPECT_EQ(areas[0].level, 1);
  EXPECT_EQ(areas[0].name, "Alberta");
  EXPECT_EQ(read_areas_by_code(folder_ / "areas.geojson", "x").at("CA-AB"), areas[0].polygons);
}

TEST_F(AreaFile, IsRefusedWhereAnAreaHasNoSurfaceOrNoName) {
  for (const char* feature :
       {R"({"properties":{"level":1,"code":"A","name":"A"},"geometry":null})",
        R"({"properties":{"level":1,"code":"A"},"geometry":{"type":"Polygon","coordinates":[]}})", "7"})
    EXPECT_THROW(read(feature), TableError) << feature;
  EXPECT_THROW(read_areas(folder_ / "missing.geojson", "x"), TableError);
}

}  // namespace
}  // namespace relevo::geo
