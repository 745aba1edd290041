// SPDX-License-Identifier: MIT
#include "cli/report/map_layers.hpp"

#include "cli/report/map_model.hpp"
#include "tests/cli/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace relevo::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string text_of(const std::optional<planner::Day>& day) {
  return day ? planner::format_day(*day) : "open";
}

std::vector<std::string> days_of(const MapLayerView& view) {
  std::vector<std::string> out;
  for (const auto& shape : view.shapes)
    out.push_back(text_of(shape.days.first) + " " + text_of(shape.days.last));
  return out;
}

class MapLayersTest : public testing::Test {
 protected:
  test::ReportWorld world = test::assessed_world();
  ReportInput input = world.input();
  Page page{input};
  std::vector<MapLayerView> views = map_layer_views(page, 0.01);
};

TEST_F(MapLayersTest, DetectionsHoldOnTheirDay) {
  ASSERT_EQ(views[0].theme, "hotspots");
  EXPECT_EQ(days_of(views[0])[0], "2016-05-29 2016-05-29");
  EXPECT_EQ(days_of(views[0])[2], "2016-05-31 2016-05-31");
}

TEST_F(MapLayersTest, SmokeHoldsFromItsFirstToItsLastDay) {
  EXPECT_THAT(days_of(views[1]), ElementsAre("2016-05-31 2016-06-02", "2016-06-02 2016-06-02"));
}

TEST_F(MapLayersTest, APerimeterHoldsUntilTheNextOfItsFire) {
  EXPECT_THAT(days_of(views[2]), ElementsAre("2016-05-24 2016-05-27", "2016-05-28 2016-05-31", "2016-06-01 open"));
}

TEST_F(MapLayersTest, TwoPerimetersOfOneDayEndTogetherAndOtherFiresDoNotEndThem) {
  planner::ScenarioData data = world.scenario.data();
  auto& features = data.assessment.map_layers[2].features;
  features[1].from = *features[0].from + std::chrono::hours{3};
  features[2].label = "Another fire";
  const planner::Scenario scenario(std::move(data));
  const ReportInput other{scenario, world.plan, world.baseline};
  const Page other_page(other);
  EXPECT_THAT(days_of(map_layer_views(other_page, 0.01)[2]),
              ElementsAre("2016-05-24 open", "2016-05-24 open", "2016-06-01 open"));
}

TEST_F(MapLayersTest, AlertsHoldWhileInForceAndWhatHasNoDateAlways) {
  EXPECT_THAT(days_of(views[3]), ElementsAre("2016-05-30 2016-06-03"));
  EXPECT_THAT(days_of(views[4]), ElementsAre("2016-05-27 open")) << "an earthquake stays felt";
  EXPECT_THAT(days_of(views[5]), ElementsAre("open open"));
}

TEST_F(MapLayersTest, TheSliderRunsFromTheFirstDepartureToTheLastPlanningDay) {
  const auto days = map_days(page);
  EXPECT_EQ(planner::format_day(days.front().day), "2016-05-20");
  EXPECT_EQ(planner::format_day(days.back().day), "2016-06-30");
  // On 4 June 41 people leave Mexico while others work; counted by hand from the fixture: 5 crews of 20 from Ontario
  // went home on 5 June, 3 crews of 20 from British Columbia and 15 of 20 from South Africa are on the line, and 25 of
  // Alberta's own.
  EXPECT_THAT(days[15].text, HasSubstr("Saturday 4 June 2016: 485 people on the line, 41 travelling, 0 resting"));
}

TEST_F(MapLayersTest, OldFeaturesDoNotStretchTheSlider) {
  planner::ScenarioData data = world.scenario.data();
  data.assessment.map_layers[0].features[0].from = geo::Instant{};
  const planner::Scenario scenario(std::move(data));
  const ReportInput other{scenario, world.plan, world.baseline};
  EXPECT_EQ(planner::format_day(map_days(Page(other)).front().day), "2016-03-25") << "60 days before the horizon";
}

TEST_F(MapLayersTest, SpansAreCountedFromTheFirstDayOfTheSlider) {
  MapModel model;
  model.days = map_days(page);
  EXPECT_EQ(span_json(model, {planner::parse_day("2016-05-22"), std::nullopt}).dump(), "[2,null]");
  EXPECT_EQ(span_json(model, {planner::parse_day("2016-05-01"), planner::parse_day("2016-05-20")}).dump(), "[-19,0]");
}

}  // namespace
}  // namespace relevo::cli
