// SPDX-License-Identifier: MIT
#include "geo/prepared_shape.hpp"
#include "geo/table_error.hpp"
#include "planner/assess/assess.hpp"
#include "tests/geo/scratch_folder.hpp"
#include "tests/planner/assess/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace relevo::planner {
namespace {

TEST(ReferenceGeography, HasPlacesAndTheTerritoryOfEveryAgency) {
  const geo::AirportIndex airports({});
  const auto reference = load_reference_geography(test::data_dir(), airports);
  EXPECT_GT(reference.places.size(), 30000U);
  EXPECT_EQ(reference.territories.size(), 34U);
  EXPECT_FALSE(reference.territories.contains("CA-PC"));
  const auto has = [&](const char* agency, const geo::LonLat& point) {
    return geo::PreparedShape(reference.territories.at(agency)).contains(point);
  };
  EXPECT_TRUE(has("CA-AB", {-111.4, 56.7}));
  EXPECT_FALSE(has("CA-SK", {-111.4, 56.7}));
  EXPECT_TRUE(has("CA-CIFFC", {-111.4, 56.7}));
  EXPECT_TRUE(has("MX-JAL", {-103.4, 20.7}));
  EXPECT_TRUE(has("MX-CONAFOR", {-103.4, 20.7}));
  EXPECT_TRUE(has("MX-CRMF-JAL", {-103.4, 20.7}));
  EXPECT_TRUE(has("US-ONCC", {-122.4, 40.6}));
  EXPECT_TRUE(has("US-AICC", {-147.6, 64.8}));
  EXPECT_TRUE(has("ZA-WOF", {28.0, -26.2}));
}

TEST(ReferenceGeography, ErrorsNameFileAndLine) {
  const geo::ScratchFolder folder;
  std::filesystem::create_directory(folder / "reference");
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / ("reference/" + name), std::ios::binary) << text;
  };
  const auto problem = [&] {
    const geo::AirportIndex airports({});
    try {
      load_reference_geography(folder / ".", airports);
    } catch (const geo::TableError& error) {
      return std::string(error.what());
    }
    return std::string("was read");
  };
  write("boundaries.geojson",
        R"({"features":[{"properties":{"level":1,"code":"CA-AB","name":"Alberta"},"geometry":{"type":"Polygon",)"
        R"("coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]})");
  write("territories.csv", "agency_id,area\nCA-AB,CA-AB\n");
  write("places.csv", "name,country,admin1,lon,lat,population\nA,CA,AB,1,2,3\n");
  EXPECT_EQ(problem(), "was read");
  write("places.csv", "name,country,admin1,lon,lat,population\nA,CA,AB,1,92,3\n");
  EXPECT_THAT(problem(), testing::StartsWith("reference/places.csv:2: A lies off the globe"));
  write("places.csv", "name,country,admin1,lon,lat,population\nA,CA,AB,1,x,3\n");
  EXPECT_THAT(problem(), testing::HasSubstr("lat: 'x' is not a number"));
  write("places.csv", "name,country,admin1,lon,lat\n");
  EXPECT_THAT(problem(), testing::HasSubstr("'population' is missing"));
  write("places.csv", "name,country,admin1,lon,lat,population\n");
  write("territories.csv", "agency_id,area\nCA-AB,CA-XX\n");
  EXPECT_THAT(problem(), testing::StartsWith("reference/territories.csv:2: area: 'CA-XX'"));
  write("boundaries.geojson", "{");
  EXPECT_THAT(problem(), testing::StartsWith("reference/boundaries.geojson: not a GeoJSON"));
}

}  // namespace
}  // namespace relevo::planner
