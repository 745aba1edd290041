// SPDX-License-Identifier: MIT
#include "planner/assess/overlaps.hpp"

#include "geo/geodesic.hpp"
#include "planner/model/scenario.hpp"
#include "tests/planner/assess/polygons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace relevo::planner {
namespace {

using geo::LayerTheme;

constexpr Day kHazardDay{std::chrono::year{2016} / 5 / 28};
constexpr geo::LonLat kPoint{-111.4, 56.7};

HazardRecord hazard(LayerTheme theme, geo::Shape shape, std::optional<double> strength = {}) {
  HazardRecord record;
  record.theme = theme;
  record.name = "h";
  record.shape = std::move(shape);
  record.strength = strength;
  return record;
}

std::vector<HazardOverlap> overlaps_of(std::vector<HazardRecord> hazards, const geo::LonLat& point = kPoint) {
  LayerData layers;
  layers.hazards = std::move(hazards);
  IncidentAssessment assessed;
  CurrentHazards(layers, kHazardDay).add_to(assessed, extent_of({.point = point}));
  return assessed.overlaps;
}

TEST(EarthquakeReach, IsWhereTheIntensityFallsToSix) {
  for (const double magnitude : {5.0, 6.0, 6.8, 7.5}) {
    const double km = earthquake_reach(magnitude).kilometres();
    EXPECT_NEAR(1.7 + 1.5 * magnitude - 1.1726 * std::log(km) - 0.00106 * km, 6.0, 0.01) << magnitude;
  }
  EXPECT_EQ(earthquake_reach(2.0).metres(), 0.0);
  EXPECT_EQ(earthquake_reach(20.0).kilometres(), 1000.0);
  EXPECT_LT(earthquake_reach(5.0), earthquake_reach(5.1));
}

TEST(CurrentHazard, HasNotEndedAndHasBegun) {
  auto smoke = hazard(LayerTheme::Smoke, geo::Points{kPoint});
  EXPECT_TRUE(is_current(smoke, kHazardDay)) << "no dates: current";
  smoke.from = kHazardDay - Days{3};
  EXPECT_FALSE(is_current(smoke, kHazardDay)) << "smoke of three days ago is gone";
  smoke.to = kHazardDay;
  EXPECT_TRUE(is_current(smoke, kHazardDay));
  smoke.from = kHazardDay + Days{1};
  smoke.to.reset();
  EXPECT_FALSE(is_current(smoke, kHazardDay)) << "not yet";
  auto cyclone = smoke;
  cyclone.theme = LayerTheme::Cyclones;
  EXPECT_TRUE(is_current(cyclone, kHazardDay)) << "a forecast";
  auto quake = hazard(LayerTheme::Earthquakes, geo::Points{kPoint}, 6);
  quake.from = kHazardDay - Days{10};
  EXPECT_TRUE(is_current(quake, kHazardDay));
  quake.from = kHazardDay - Days{15};
  EXPECT_FALSE(is_current(quake, kHazardDay));
}

TEST(Overlaps, AreWithinTheReachOfTheirTheme) {
  const auto near = [](double km) {
    return geo::Points{geo::point_at(kPoint, 90, geo::Distance::from_kilometres(km))};
  };
  const double reach = earthquake_reach(6).kilometres();
  EXPECT_EQ(overlaps_of({hazard(LayerTheme::Earthquakes, near(reach - 1), 6)}).size(), 1U);
  EXPECT_TRUE(overlaps_of({hazard(LayerTheme::Earthquakes, near(reach + 1), 6)}).empty());
  EXPECT_EQ(overlaps_of({hazard(LayerTheme::Smoke, relevo::test::square(kPoint, 1), 2)}).size(), 1U);
  EXPECT_TRUE(
      overlaps_of({hazard(LayerTheme::Smoke, relevo::test::square({kPoint.lon + 2, kPoint.lat}, 1.9), 2)}).empty());
  const auto flood = overlaps_of({hazard(LayerTheme::Flood, near(9))});
  ASSERT_EQ(flood.size(), 1U);
  EXPECT_NEAR(flood[0].distance_km, 9, 1e-6);
  EXPECT_TRUE(overlaps_of({hazard(LayerTheme::Flood, near(11))}).empty());
  EXPECT_TRUE(overlaps_of({hazard(LayerTheme::Smoke, geo::Shape{})}).empty()) << "no geometry";
}

TEST(Overlaps, ATrackIsALineThroughItsPointsEvenOverTheAntimeridian) {
  std::vector<HazardRecord> points;
  for (const double lon : {178.0, -178.0, -174.0}) {
    auto point = hazard(LayerTheme::Cyclones, geo::Points{{lon, -16}}, lon > 0 ? 50.0 : 90.0);
    point.name = "WINSTON";
    point.from = kHazardDay + Days{lon > 0 ? 0 : static_cast<int>(lon) + 179};
    points.push_back(point);
  }
  std::swap(points[0], points[2]);  // the order of time counts, not of the file
  const auto found = overlaps_of(points, {-176, -15});
  ASSERT_EQ(found.size(), 1U) << "one storm, not its points";
  EXPECT_NEAR(found[0].distance_km, 110.6, 1.0) << "a degree of latitude from the line between two points";
  EXPECT_TRUE(overlaps_of(points, {0, -15}).empty());
}

TEST(Overlaps, AreTheNearestAndStrongestOfMany) {
  std::vector<HazardRecord> hazards;
  for (int i = 0; i < 40; ++i) {
    hazards.push_back(hazard(LayerTheme::Alerts, relevo::test::square(kPoint, 1), i % 5));
    hazards.back().name = std::to_string(i % 5);
  }
  const auto found = overlaps_of(hazards);
  ASSERT_EQ(found.size(), kMostOverlaps);
  EXPECT_EQ(found.front().name, "4");
  EXPECT_EQ(found[8].name, "3");
}

TEST(Severity, IsTheLargestOfItsOwnKind) {
  LayerData layers;
  layers.hazards = {hazard(LayerTheme::Earthquakes, geo::Points{kPoint}, 6.0),
                    hazard(LayerTheme::Cyclones, geo::Points{kPoint}, 68.5),
                    hazard(LayerTheme::Alerts, relevo::test::square(kPoint, 1), 1)};
  const auto extent = extent_of({.point = kPoint});
  const CurrentHazards hazards(layers, kHazardDay);
  EXPECT_DOUBLE_EQ(hazards.severity_at(extent, "earthquake"), 0.5);
  EXPECT_DOUBLE_EQ(hazards.severity_at(extent, "cyclone"), 0.5);
  EXPECT_DOUBLE_EQ(hazards.severity_at(extent, "volcano"), 0.25) << "by the alert";
  EXPECT_LT(hazards.severity_at(extent_of({.point = {20, 20}}), "earthquake"), 0.0) << "nothing known";
}

}  // namespace
}  // namespace relevo::planner
