// SPDX-License-Identifier: MIT
#include "planner/assess/exposure.hpp"

#include "geo/geodesic.hpp"
#include "planner/assess/rasters.hpp"
#include "planner/model/judged_danger.hpp"
#include "planner/model/scenario.hpp"
#include "tests/planner/assess/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace relevo::planner {
namespace {

/// A square of about 22 km around Fort McMurray.
constexpr const char* kSquare =
    R"({"type":"Polygon","coordinates":[[[-111.6,56.6],[-111.2,56.6],[-111.2,56.8],[-111.6,56.8],[-111.6,56.6]]]})";
constexpr geo::LonLat kCentre{-111.4, 56.7};

Incident incident(const std::string& geometry = {}) {
  return {.id = "F-1", .point = kCentre, .geometry = geometry};
}

PlaceRecord place_at(const std::string& name, double azimuth, double km, std::int64_t people) {
  return {name, "CA", "AB", geo::point_at(kCentre, azimuth, geo::Distance::from_kilometres(km)), people};
}

TEST(Exposure, CountsPeopleInRingsAroundThePoint) {
  const std::vector<PlaceRecord> places{place_at("A", 0, 9.9, 1000), place_at("B", 90, 10.1, 200),
                                        place_at("C", 180, 49.9, 30), place_at("D", 270, 50.1, 4)};
  IncidentAssessment assessed;
  PlaceExposure(places, "table").add_to(assessed, extent_of(incident()));
  EXPECT_THAT(assessed.people_within, testing::ElementsAre(1000, 1200, 1230));
  EXPECT_EQ(assessed.people_source, "table");
  ASSERT_EQ(assessed.places.size(), 4U);
  EXPECT_EQ(assessed.places[0].name, "A");
  EXPECT_NEAR(assessed.places[1].distance_km, 10.1, 1e-6);
  EXPECT_NEAR(assessed.places[1].bearing_deg, 90, 1e-6);
  EXPECT_EQ(assessed.places[3].name, "D") << "nearest places are not bound to the rings";
}

TEST(Exposure, MeasuresFromThePerimeter) {
  const std::vector<PlaceRecord> places{place_at("inside", 45, 5, 10), place_at("north", 0, 20, 1)};
  IncidentAssessment assessed;
  PlaceExposure(places, "table").add_to(assessed, extent_of(incident(kSquare)));
  EXPECT_EQ(assessed.places[0].distance_km, 0.0);
  // The northern edge lies 0.1 degrees north of the centre.
  const double to_edge = geo::distance_between(kCentre, {-111.4, 56.8}).kilometres();
  EXPECT_NEAR(assessed.places[1].distance_km, 20 - to_edge, 0.001);
  EXPECT_THAT(assessed.people_within, testing::ElementsAre(11, 11, 11));
}

TEST(Exposure, KnowsNothingWhereTheTableHasNoPlaces) {
  const std::vector<PlaceRecord> places{place_at("far", 0, 301, 10)};
  IncidentAssessment assessed;
  const PlaceExposure exposure(places, "table");
  exposure.add_to(assessed, extent_of(incident()));
  EXPECT_TRUE(assessed.people_source.empty());
  EXPECT_TRUE(assessed.places.empty());
  EXPECT_EQ(exposure.nearest_to(kCentre), "");
  EXPECT_EQ(exposure.nearest_to(places[0].point), "far, AB");
}

TEST(Access, IsTheRoadFromTheNearestAirportThatTakesPassengers) {
  const geo::AirportIndex airports(
      {{.ident = "NEAR", .point = kCentre, .runway_m = 900, .size = geo::AirportSize::Medium},
       {.ident = "TINY", .point = kCentre, .runway_m = 3000},
       {.ident = "GOOD",
        .point = geo::point_at(kCentre, 10, geo::Distance::from_kilometres(100)),
        .runway_m = 2000,
        .size = geo::AirportSize::Large}});
  IncidentAssessment assessed;
  const auto policy = test::shipped_policy();
  add_access(assessed, extent_of(incident()), airports, policy);
  EXPECT_EQ(assessed.airport, "GOOD");
  EXPECT_NEAR(assessed.airport_km, 100 * policy.travel.ground_detour.value, 1e-6);
}

/// Pixels of a tenth of a degree from 112 W 57 N, each the same value.
RasterRecord raster(geo::LayerTheme theme, const std::string& variable, float value, std::optional<int> day = {}) {
  RasterRecord record;
  record.import = 0;
  record.theme = theme;
  record.header = {
      .variable = variable, .width = 12, .height = 8, .transform = {-112, 0.1, 0, 57, 0, -0.1}, .crs = "EPSG:4326"};
  if (day)
    record.header.time = Day{std::chrono::year{2016} / 5 / *day};
  record.read = [value](int, int, int columns, int rows) {
    return std::vector<float>(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), value);
  };
  return record;
}

constexpr Day kDangerDay{std::chrono::year{2016} / 5 / 28};

TEST(DangerRasters, OfEachVariableTheLatestThatIsNotAfterTheDayHolds) {
  LayerData layers;
  layers.rasters = {raster(geo::LayerTheme::Danger, "fwi", 10, 27), raster(geo::LayerTheme::Danger, "fwi", 20, 28),
                    raster(geo::LayerTheme::Danger, "fwi", 30, 29), raster(geo::LayerTheme::Danger, "bui", 40, 30),
                    raster(geo::LayerTheme::Danger, "dc", 50)};
  Diagnostics diagnostics;
  const Rasters rasters(layers, kDangerDay, test::shipped_policy().assessment, diagnostics);
  IncidentAssessment assessed;
  constexpr const char* kWithinPixels =
      R"({"type":"Polygon","coordinates":[[[-111.55,56.65],[-111.25,56.65],[-111.25,56.75],[-111.55,56.75],[-111.55,56.65]]]})";
  rasters.add_danger(assessed, extent_of(incident(kWithinPixels)), kDangerDay);
  ASSERT_EQ(assessed.danger.size(), 3U);
  EXPECT_EQ(assessed.danger[0].variable, "fwi");
  EXPECT_EQ(assessed.danger[1].variable, "bui");
  EXPECT_EQ(assessed.danger[0].mean, 20.0);
  EXPECT_EQ(assessed.danger[0].pixels, 8U) << "columns 4 to 7, rows 2 and 3";
  EXPECT_EQ(judged_danger(assessed), &assessed.danger[0]);
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].rule, "assess.raster_undated");
}

TEST(DangerRasters, OfALongTimeAgoOrAheadAreLeftOutAndNamed) {
  LayerData layers;
  layers.imports.resize(1);
  layers.imports[0].file = "fwi.tif";
  layers.rasters = {raster(geo::LayerTheme::Danger, "fwi", 10, 17), raster(geo::LayerTheme::Danger, "bui", 10, 18),
                    raster(geo::LayerTheme::Danger, "fwi", 10)};
  layers.rasters[2].header.time = kDangerDay + std::chrono::days{11};
  Diagnostics diagnostics;
  const Rasters rasters(layers, kDangerDay, test::shipped_policy().assessment, diagnostics);
  ASSERT_EQ(rasters.danger().size(), 1U);
  EXPECT_EQ(rasters.danger()[0].variable(), "bui") << "ten days before";
  ASSERT_EQ(diagnostics.all().size(), 2U);
  EXPECT_EQ(diagnostics.all()[0].severity, Severity::Note);
  EXPECT_THAT(format_diagnostic(diagnostics.all()[0], text::Lang::En),
              testing::AllOf(testing::StartsWith("fwi.tif: note: "), testing::HasSubstr("2016-05-17, 11 days")));
}

/// The same raster a thousand kilometres away.
RasterRecord elsewhere(RasterRecord record) {
  record.header.transform = {-95, 0.1, 0, 50, 0, -0.1};
  return record;
}

DangerSample judged_at(const LayerData& layers, const geo::LonLat& point) {
  Diagnostics diagnostics;
  IncidentAssessment assessed;
  Rasters(layers, kDangerDay, test::shipped_policy().assessment, diagnostics)
      .add_danger(assessed, extent_of({.id = "F-1", .point = point}), kDangerDay);
  const auto* judged = judged_danger(assessed);
  return judged == nullptr ? DangerSample{} : *judged;
}

TEST(DangerRasters, OfTwoRegionsEachHoldsInItsOwn) {
  const auto here = raster(geo::LayerTheme::Danger, "fwi", 10, 28);
  const auto there = elsewhere(raster(geo::LayerTheme::Danger, "fwi", 20, 28));
  for (const auto& order : {std::vector{here, there}, std::vector{there, here}}) {
    LayerData layers;
    layers.rasters = order;
    EXPECT_EQ(judged_at(layers, kCentre).mean, 10.0);
    EXPECT_EQ(judged_at(layers, {-94.5, 49.6}).mean, 20.0);
    EXPECT_EQ(judged_at(layers, {-60, 49.6}).pixels, 0U) << "no raster covers this";
  }
}

TEST(DangerRasters, ANewerOneElsewhereHidesNone) {
  LayerData layers;
  layers.rasters = {raster(geo::LayerTheme::Danger, "fwi", 10, 26),
                    elsewhere(raster(geo::LayerTheme::Danger, "fwi", 20, 28)),
                    raster(geo::LayerTheme::Danger, "fwi", 30, 25)};
  EXPECT_EQ(judged_at(layers, kCentre).mean, 10.0) << "the newest of those that cover it";
}

TEST(DangerRasters, WithoutTheBestVariableTheNextOneThatCoversThePlaceJudges) {
  LayerData layers;
  layers.rasters = {elsewhere(raster(geo::LayerTheme::Danger, "fwi", 20, 28)),
                    raster(geo::LayerTheme::Danger, "bui", 40, 28),
                    raster(geo::LayerTheme::Danger, "air_quality", 7, 28)};
  EXPECT_EQ(judged_at(layers, kCentre).variable, "bui");
}

TEST(PopulationRaster, ReplacesThePlaces) {
  LayerData layers;
  layers.imports.resize(1);
  layers.imports[0].name = "people 2016";
  layers.rasters = {raster(geo::LayerTheme::Population, "people", 2.0F)};
  Diagnostics diagnostics;
  IncidentAssessment assessed;
  assessed.people_within = {7, 7, 7};
  Rasters(layers, kDangerDay, test::shipped_policy().assessment, diagnostics)
      .add_people(assessed, extent_of(incident()), layers.imports);
  EXPECT_EQ(assessed.people_source, "people 2016");
  std::array<std::int64_t, 3> expected{};
  for (int c = 0; c < 12; ++c)
    for (int r = 0; r < 8; ++r)
      for (std::size_t ring = 0; ring < 3; ++ring)
        expected[ring] +=
            geo::distance_between(kCentre, {-112 + 0.1 * (c + 0.5), 57 - 0.1 * (r + 0.5)}) <= kExposureRings[ring] ? 2
                                                                                                                   : 0;
  EXPECT_EQ(assessed.people_within, expected);
}

TEST(Rasters, ThatCannotBePlacedAreNamed) {
  LayerData layers;
  layers.imports.resize(1);
  layers.imports[0].file = "fwi.tif";
  layers.rasters = {raster(geo::LayerTheme::Danger, "fwi", 1, 28)};
  layers.rasters[0].header.crs = "";
  Diagnostics diagnostics;
  EXPECT_TRUE(Rasters(layers, kDangerDay, test::shipped_policy().assessment, diagnostics).danger().empty());
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].severity, Severity::Warning);
  EXPECT_THAT(format_diagnostic(diagnostics.all()[0], text::Lang::En), testing::StartsWith("fwi.tif: warning: "));
}

}  // namespace
}  // namespace relevo::planner
