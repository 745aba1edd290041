// SPDX-License-Identifier: MIT
#include "planner/model/scenario.hpp"

#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::day;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// One crew row of two units of agency "mx", lent to "ca" for a fire.
ScenarioData small_world() {
  ScenarioData data;
  data.id = "small";
  data.as_of = day("2016-05-28");
  data.horizon = {day("2016-05-28"), 30};
  data.kinds.kinds.push({.id = "crew", .types = {{.id = "1", .rank = 1}, {.id = "2", .rank = 2}}});
  data.agencies.push({.id = "ca", .country = "CA", .point = {-113, 53}});
  data.agencies.push({.id = "mx", .country = "MX", .point = {-103, 20}});
  data.bases.push({.id = "zap", .agency = AgencyIndex{1U}, .point = {-103, 20}});
  data.units.push({.id = "brigade", .agency = AgencyIndex{1U}, .type = "2", .rank = 2, .count = 2, .persons = 20});
  data.incidents.push({.id = "fire", .point = {-111, 56}});
  data.requests.push({.id = "q",
                      .incident = IncidentIndex{0U},
                      .type = "2",
                      .rank = 2,
                      .need = {day("2016-06-05"), day("2016-06-20")}});
  data.agreements.push({.id = "ca-mx", .lenders = {{}}, .borrowers = {{}}});
  data.policy.person_daily_cost.value = 170;
  return data;
}

Commitment commitment(std::string id, std::vector<int> ordinals, const char* depart, const char* home) {
  return {.id = std::move(id),
          .ordinals = std::move(ordinals),
          .depart = day(depart),
          .first_line_day = day(depart),
          .release = day(home),
          .home = day(home)};
}

std::vector<std::string> faults_of(ScenarioData data) {
  try {
    const Scenario scenario(std::move(data));
  } catch (const InputError& error) {
    return test::summaries(error.diagnostics());
  }
  return {};
}

TEST(Scenario, AcceptsASoundWorld) {
  const Scenario scenario(small_world());
  EXPECT_EQ(scenario->units.size(), 1U);
  EXPECT_EQ(scenario.daily_cost_of(scenario->units[UnitIndex{0U}]).value(), 3400.0);
}

TEST(Scenario, ReportsEveryFaultAtOnce) {
  auto data = small_world();
  data.horizon.days = 0;
  data.bases[BaseIndex{0U}].agency = AgencyIndex{7U};
  data.units[UnitIndex{0U}].count = 0;
  data.units[UnitIndex{0U}].rank = 1;
  data.requests[RequestIndex{0U}].need.last = data.requests[RequestIndex{0U}].need.first;
  data.requests[RequestIndex{0U}].priority = 6;
  data.incidents[IncidentIndex{0U}].point = {-111, 95};
  data.decisions.push_back({.action = Decision::Action::Pin, .agency = AgencyIndex{0U}});
  data.commitments.push_back(commitment("K", {3}, "2016-06-10", "2016-06-05"));
  EXPECT_THAT(faults_of(data),
              ElementsAre("scenario:0 days scenario.horizon", "bases:0 agency scenario.index",
                          "units:0 type scenario.type", "units:0 count scenario.minimum",
                          "incidents:0 lon scenario.coordinates", "requests:0 from scenario.empty_interval",
                          "requests:0 priority scenario.priority", "decisions:0 request scenario.pin",
                          "commitments:0 ordinal scenario.ordinal", "commitments:0 depart scenario.date_order"));
}

TEST(Scenario, RefusesIndicesOutOfRangeEverywhere) {
  const auto bad = 99U;
  auto data = small_world();
  data.agencies[AgencyIndex{0U}].centre = AgencyIndex{bad};
  data.units[UnitIndex{0U}].base = BaseIndex{bad};
  data.units[UnitIndex{0U}].kind = KindIndex{bad};
  data.units[UnitIndex{0U}].pools = {{PoolIndex{bad}, 1}};
  data.requests[RequestIndex{0U}].unit = UnitIndex{bad};
  data.offers.push_back({.agency = AgencyIndex{bad}, .quantity = 1});
  data.responses.push_back({.request = RequestIndex{bad}});
  data.travel.set({BaseIndex{0U}, Destination::incident(IncidentIndex{bad}), KindIndex{0U}, AgreementIndex{0U}}, {});
  const auto faults = faults_of(data);
  EXPECT_EQ(faults.size(), 8U);
  EXPECT_THAT(faults, Contains("travel:0 incident scenario.index"));
}

TEST(Scenario, OneUnitInTwoPlacesIsAContradiction) {
  auto data = small_world();
  data.commitments.push_back(commitment("A", {1, 2}, "2016-06-01", "2016-06-10"));
  data.commitments.push_back(commitment("B", {2}, "2016-06-10", "2016-06-20"));
  try {
    const Scenario scenario(data);
    FAIL() << "no contradiction found";
  } catch (const ContradictionError& error) {
    EXPECT_THAT(test::in_words(error.diagnostics()),
                HasSubstr("brigade (2) is committed to two places on 2016-06-10: by A and by B"));
    EXPECT_EQ(error.diagnostics().all().size(), 1U);
  }
  data.commitments[1].ordinals = {1};
  data.commitments[0].ordinals = {2};
  EXPECT_NO_THROW(Scenario{data});
  data.commitments[1] = commitment("B", {2}, "2016-06-11", "2016-06-20");
  EXPECT_NO_THROW(Scenario{data});
}

TEST(Scenario, AShortAbsenceInsideALongOneIsFound) {
  auto data = small_world();
  data.commitments.push_back(commitment("long", {1}, "2016-06-01", "2016-06-30"));
  data.commitments.push_back(commitment("short", {1}, "2016-06-03", "2016-06-04"));
  data.commitments.push_back(commitment("late", {1}, "2016-06-29", "2016-07-04"));
  try {
    const Scenario scenario(data);
    FAIL() << "no contradiction found";
  } catch (const ContradictionError& error) {
    EXPECT_EQ(error.diagnostics().all().size(), 2U) << test::in_words(error.diagnostics());
  }
}

TEST(Scenario, LevelsHoldFromTheirDayOn) {
  auto data = small_world();
  data.policy.default_preparedness_level.value = 2;
  data.agencies[AgencyIndex{0U}].levels = {{day("2016-06-01"), 3}, {day("2016-06-10"), 5}};
  const Scenario scenario(data);
  EXPECT_EQ(scenario.level_on(AgencyIndex{0U}, day("2016-05-31")), 2);
  EXPECT_EQ(scenario.level_on(AgencyIndex{0U}, day("2016-06-01")), 3);
  EXPECT_EQ(scenario.level_on(AgencyIndex{0U}, day("2016-06-09")), 3);
  EXPECT_EQ(scenario.level_on(AgencyIndex{0U}, day("2017-01-01")), 5);
  EXPECT_EQ(scenario.level_on(AgencyIndex{1U}, day("2017-01-01")), 2);
}

TEST(Scenario, ARequestWithoutIncidentGoesToTheAgencysPlace) {
  auto data = small_world();
  data.requests[RequestIndex{0U}].incident.reset();
  const Scenario scenario(data);
  const auto to = scenario.destination_of(scenario->requests[RequestIndex{0U}]);
  EXPECT_EQ(to, Destination::agency(AgencyIndex{0U}));
  EXPECT_EQ(scenario.point_of(to), (geo::LonLat{-113, 53}));
}

}  // namespace
}  // namespace relevo::planner
