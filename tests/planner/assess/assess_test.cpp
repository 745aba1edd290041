// SPDX-License-Identifier: MIT
#include "planner/assess/assess.hpp"

#include "planner/text/message.hpp"
#include "tests/planner/assess/policy.hpp"
#include "tests/planner/assess/polygons.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relevo::planner {
namespace {

using geo::LayerTheme;

constexpr geo::LonLat kFortMcMurray{-111.38, 56.73};

const geo::AirportIndex& airports() {
  static const auto kAirports =
      geo::AirportIndex::load(test::data_dir() / "reference/airports.csv", "reference/airports.csv");
  return kAirports;
}

const ReferenceGeography& reference() {
  static const auto kReference = load_reference_geography(test::data_dir(), airports());
  return kReference;
}

ScenarioDraft shipped() {
  return load_scenario(test::data_dir() / "scenarios/fort-mcmurray-2016", test::data_dir());
}

const IncidentAssessment& assessment_of(const ScenarioDraft& draft, const std::string& incident) {
  for (const auto index : draft.data.incidents.indices())
    if (draft.data.incidents[index].id == incident)
      return draft.data.assessment.incidents[index.value()];
  throw std::logic_error("no incident " + incident);
}

const PriorityPart& part_of(const IncidentAssessment& assessed, const std::string& part) {
  return *std::ranges::find(assessed.parts, part, &PriorityPart::part);
}

TEST(Assess, WithoutLayersTheTablesAndTheReferencePlacesSpeak) {
  auto draft = shipped();
  const auto levels = draft.data.agencies[AgencyIndex(0U)].levels;
  assess(draft, {}, reference());
  const auto& horse_river = assessment_of(draft, "MWF-009");
  EXPECT_EQ(horse_river.area_ha, 576781);
  EXPECT_EQ(horse_river.growth_ha_per_day, 10593);
  ASSERT_FALSE(horse_river.places.empty());
  EXPECT_EQ(horse_river.places.front().name, "Fort McMurray");
  EXPECT_EQ(horse_river.places.front().distance_km, 0.0) << "within the schematic perimeter";
  EXPECT_GE(horse_river.people_within[0], 66573);
  EXPECT_EQ(horse_river.airport, "CYMM");
  EXPECT_EQ(horse_river.priority, 1);
  EXPECT_FALSE(part_of(horse_river, "danger").known);
  EXPECT_FALSE(part_of(horse_river, "overlaps").known);
  EXPECT_TRUE(draft.data.assessment.risks.empty()) << "the levels of the tables and the policy stand";
  EXPECT_EQ(draft.data.agencies[AgencyIndex(0U)].levels, levels);
  EXPECT_TRUE(draft.data.assessment.map_layers.empty());
}

/// A layer of each theme around Fort McMurray.
LayerData layers_of(Day day) {
  LayerData layers;
  const auto import = [&](LayerTheme theme, const std::string& name) {
    LayerImport made;
    made.theme = theme;
    made.name = name;
    layers.imports.push_back(made);
    return layers.imports.size() - 1;
  };
  RasterRecord danger;
  danger.import = import(LayerTheme::Danger, "fwi");
  danger.header = {.variable = "fwi",
                   .width = 120,
                   .height = 100,
                   .transform = {-170, 1, 0, 80, 0, -0.7},
                   .crs = "EPSG:4326",
                   .time = day};
  danger.read = [](int column, int, int columns, int rows) {
    std::vector<float> values;
    for (int i = 0; i < columns * rows; ++i)
      values.push_back(column + i % columns < 60 ? 36.0F : 2.0F);  // west and east of 110 W, Alberta's eastern border
    return values;
  };
  layers.rasters = {danger};
  HazardRecord smoke;
  smoke.import = import(LayerTheme::Smoke, "hms");
  smoke.theme = LayerTheme::Smoke;
  smoke.name = "Heavy";
  smoke.strength = 3;
  smoke.from = day;
  smoke.shape = relevo::test::square(kFortMcMurray, 3);
  layers.hazards = {smoke};
  return layers;
}

TEST(Assess, LayersRaiseDangerAndTellTheLevelOfWhoGaveNone) {
  auto draft = shipped();
  auto agency = std::ranges::find(draft.data.agencies, "CA-SK", &Agency::id);
  ASSERT_NE(agency, draft.data.agencies.end());
  agency->levels.clear();
  const auto position = agency - draft.data.agencies.begin();
  assess(draft, layers_of(draft.data.as_of), reference());
  const auto& horse_river = assessment_of(draft, "MWF-009");
  ASSERT_EQ(horse_river.danger.size(), 1U);
  EXPECT_EQ(horse_river.danger[0].max, 36.0);
  EXPECT_TRUE(part_of(horse_river, "danger").known);
  ASSERT_EQ(horse_river.overlaps.size(), 1U);
  EXPECT_EQ(horse_river.overlaps[0].distance_km, 0.0);
  EXPECT_EQ(part_of(horse_river, "overlaps").value, 1.0);
  EXPECT_EQ(draft.data.assessment.imports.size(), 2U);
  EXPECT_EQ(draft.data.assessment.map_layers.size(), 1U) << "of records; rasters are not drawn";
  bool saskatchewan = false;
  for (const auto& risk : draft.data.assessment.risks) {
    const auto& id = draft.data.agencies[risk.agency].id;
    if (id == "CA-AB") {
      EXPECT_EQ(risk.danger, 5);
      EXPECT_TRUE(risk.given);
    }
    if (id == "CA-SK" && risk.day == draft.data.horizon.first) {
      saskatchewan = true;
      EXPECT_EQ(risk.danger, 1) << "nine tenths of it, and more, lie east of 110 W";
      EXPECT_FALSE(risk.given);
      EXPECT_GT(risk.level, 0);
      EXPECT_EQ(draft.data.agencies[AgencyIndex(static_cast<std::uint32_t>(position))].levels.front().second,
                risk.level);
    }
  }
  EXPECT_TRUE(saskatchewan);
}

TEST(Assess, SetsThePriorityOfLinesThatLeftIt) {
  auto draft = shipped();
  draft.automatic_priorities = {RequestIndex(0U), RequestIndex(1U)};
  draft.data.requests[RequestIndex(0U)].priority = 3;
  draft.data.requests[RequestIndex(1U)].incident.reset();
  draft.data.requests[RequestIndex(1U)].priority = 3;
  const int untouched = draft.data.requests[RequestIndex(2U)].priority;
  assess(draft, {}, reference());
  EXPECT_EQ(draft.data.requests[RequestIndex(0U)].priority, 1);
  EXPECT_EQ(draft.data.requests[RequestIndex(1U)].priority, 3);
  EXPECT_EQ(draft.data.requests[RequestIndex(2U)].priority, untouched);
  const auto& remarks = draft.diagnostics.all();
  const auto remark = std::ranges::find(remarks, "assess.no_incident", &Diagnostic::rule);
  ASSERT_NE(remark, remarks.end());
  EXPECT_EQ(remark->severity, Severity::Note);
  EXPECT_FALSE(format_diagnostic(*remark, text::Lang::Es).empty());
}

TEST(Assess, AnEarthquakeIsAnIncidentLikeAnother) {
  auto draft = shipped();
  auto& incident = draft.data.incidents[IncidentIndex(1U)];
  incident.hazard = "earthquake";
  incident.areas.clear();
  incident.stage_of_control.clear();
  LayerData layers;
  layers.imports.resize(1);
  layers.imports[0].theme = LayerTheme::Earthquakes;
  HazardRecord quake;
  quake.theme = LayerTheme::Earthquakes;
  quake.strength = 7.0;
  quake.name = "M 7.0";
  quake.shape = geo::Points{incident.point};
  layers.hazards = {quake};
  assess(draft, layers, reference());
  const auto& assessed = draft.data.assessment.incidents[1];
  EXPECT_DOUBLE_EQ(part_of(assessed, "severity").score, 0.75);
  EXPECT_EQ(part_of(assessed, "overlaps").value, 0.0) << "the earthquake is the incident itself";
  EXPECT_EQ(assessed.overlaps.size(), 1U);
  EXPECT_EQ(assessed.priority, 1) << "Edmonton's people, and three quarters of 60 points";
}

TEST(Assess, SaysTheSameTwice) {
  const auto run = [] {
    auto draft = shipped();
    assess(draft, layers_of(draft.data.as_of), reference());
    std::string text;
    for (const auto& incident : draft.data.assessment.incidents)
      text += std::to_string(incident.score) + ' ';
    for (const auto& risk : draft.data.assessment.risks)
      text += std::to_string(risk.level) + ' ';
    return text;
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace relevo::planner
