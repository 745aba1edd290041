// SPDX-License-Identifier: MIT
// The shipped scenarios that use the whole model: their plans break no rule and what each is
// there to show is in the plan.
#include "cli/scenario_source.hpp"
#include "planner/check/check.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/solve/solve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <string>

namespace relevo::cli {
namespace {

using namespace planner;
using testing::IsEmpty;

constexpr double kGap = 0.01;

struct Planned {
  Scenario scenario;
  Plan plan;
  CheckReport report;

  explicit Planned(const std::string& name) : scenario(loaded(name)), plan(solve(scenario, {.gap = kGap})) {
    explain_lines(scenario, plan);
    report = check(scenario, plan);
  }

  static Scenario loaded(const std::string& name) {
    const std::filesystem::path data = std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
    CommonOptions options;
    options.quiet = true;
    return load_for_planning(data / "scenarios" / name, data, options);
  }

  const std::string& lender_of(const Assignment& a) const {
    return scenario->agencies[scenario->units[a.unit].agency].id;
  }
  const std::string& unit_of(const Assignment& a) const { return scenario->units[a.unit].id; }

  const RequestFill& line(const std::string& id) const {
    return *std::ranges::find_if(plan.requests, [&](const auto& q) { return scenario->requests[q.request].id == id; });
  }

  int new_people_from(const std::string& agency) const {
    int sum = 0;
    for (const auto& a : plan.assignments)
      if (!a.commitment && lender_of(a) == agency)
        sum += a.persons;
    return sum;
  }

  void expect_sound() const {
    EXPECT_THAT(report.violations, IsEmpty());
    EXPECT_LT(plan.result.gap, kGap);
  }
};

const Planned& canada() {
  static const Planned kPlanned{"canada-2023"};
  return kPlanned;
}

const Planned& chiapas() {
  static const Planned kPlanned{"chiapas-earthquake"};
  return kPlanned;
}

void canada_is_planned_within_a_percent_and_breaks_no_rule() {
  canada().expect_sound();
}

void canada_mexicos_second_contingent_goes_to_prince_george_with_its_escorts() {
  const Planned& p = canada();
  EXPECT_EQ(p.line("BC-2").status, RequestStatus::Filled);
  // 102 went: 100 and two technicians. The plan sends a representative as well, for the first one stays in Ontario.
  EXPECT_EQ(p.new_people_from("MX-CONAFOR"), 103);
  ASSERT_FALSE(p.plan.lifts.empty());
  for (const auto& lift : p.plan.lifts)
    EXPECT_EQ(p.scenario->lifts[lift.lift].id, "MX-BIG");
}

void canada_provinces_at_level_five_keep_four_fifths() {
  const Planned& p = canada();
  for (Day day = p.scenario->horizon.first; day < p.scenario->horizon.last(); day += Days{1}) {
    const auto lent = std::ranges::count_if(p.plan.assignments, [&](const Assignment& a) {
      return p.unit_of(a) == "BC-UC" && p.scenario->agencies[a.borrower].id != "CA-BC" && a.depart <= day &&
             day <= a.home;
    });
    EXPECT_LE(lent, 3) << "of 18";
  }
}

void canada_the_team_comes_with_its_pumps() {
  EXPECT_EQ(canada().line("QC-8").status, RequestStatus::Filled);
  EXPECT_EQ(canada().line("QC-9").status, RequestStatus::Filled);
}

void chiapa_is_planned_within_a_percent_and_breaks_no_rule() {
  chiapas().expect_sound();
}

void chiapa_the_management_team_comes_together() {
  for (const char* id : {"I-1", "I-2", "I-3", "I-4"})
    EXPECT_EQ(chiapas().line(id).status, RequestStatus::Filled) << id;
}

void chiapa_equipment_comes_without_people_and_the_reserve_holds_some_back() {
  const Planned& p = chiapas();
  EXPECT_EQ(p.line("W-1").status, RequestStatus::Filled);
  EXPECT_EQ(p.line("W-2").status, RequestStatus::Partial);
  EXPECT_EQ(p.line("W-2").reason.code, "reserve");
  for (const auto& a : p.plan.assignments)
    if (p.unit_of(a) == "GOC-WPU") {
      EXPECT_EQ(a.persons, 0);
    }
}

void chiapa_who_has_no_passport_stays_and_who_is_down_comes_later() {
  const Planned& p = chiapas();
  for (const auto& a : p.plan.assignments) {
    EXPECT_NE(p.unit_of(a), "WPG-USAR");
    if (p.unit_of(a) == "TOR-USAR-L") {
      EXPECT_GT(a.depart, parse_day("2017-09-13").value());
    }
  }
}

void chiapa_lenders_share_the_aircraft() {
  const Planned& p = chiapas();
  EXPECT_FALSE(p.plan.lifts.empty());
  for (const auto& lift : p.plan.lifts)
    EXPECT_LE(lift.uses, p.scenario->lifts[lift.lift].max_uses);
}

// Each scenario is planned once: a test is a process of its own, and its plan takes most of a minute.
TEST(Canada2023, PlansAsItsPageSays) {
  canada_is_planned_within_a_percent_and_breaks_no_rule();
  canada_mexicos_second_contingent_goes_to_prince_george_with_its_escorts();
  canada_provinces_at_level_five_keep_four_fifths();
  canada_the_team_comes_with_its_pumps();
}

TEST(ChiapasEarthquake, PlansAsItsPageSays) {
  chiapa_is_planned_within_a_percent_and_breaks_no_rule();
  chiapa_the_management_team_comes_together();
  chiapa_equipment_comes_without_people_and_the_reserve_holds_some_back();
  chiapa_who_has_no_passport_stays_and_who_is_down_comes_later();
  chiapa_lenders_share_the_aircraft();
}

}  // namespace
}  // namespace relevo::cli
