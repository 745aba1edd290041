// SPDX-License-Identifier: MIT
#include "planner/record/plan_record.hpp"

#include "planner/model/diagnostics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::test {
namespace {

using planner::InputError;
using planner::read_plan_record;

constexpr const char* kPlan = R"({
  "schema_version": 1,
  "scenario": {"id": "season", "title": "A season", "as_of": "2030-06-03", "first_day": "2030-06-03", "days": 3,
               "currency": "CAD"},
  "result": {"status": "optimal", "objective": 12.5, "bound": 12.5, "vector": {"need": 12, "disturbance": 0, "cost": 500}},
  "agreements": [{"agreement_id": "pact-2030", "family": "pact", "max_line_days": 14, "days_off_in_place": 3,
                  "max_tours": 2, "payers": {"wages": "lender", "travel": "borrower"}}],
  "contingents": [{"contingent_id": "K-1", "muster": "B", "representative": null}],
  "assignments": [{"assignment_id": "A-1", "contingent_id": "K-1", "unit_id": "BC-1", "agency": "BC", "borrower": "AB",
                   "agreement_id": "pact-2030", "escort": null, "depart": "2030-06-03", "release": "2030-06-05",
                   "home": "2030-06-05", "persons": 20, "cost": {"wages": 300.5},
                   "stints": [{"request_id": "C-1", "line_days": ["2030-06-04"]}]}],
  "requests": [{"request_id": "C-1", "kind": "crew", "measure": "people", "priority": 2, "wanted": [0, 2, 0],
                "unmet": [0, 1, 0], "status": "partial", "reason_code": "reserve"}]
})";

std::string faults_of(const std::string& json) {
  try {
    read_plan_record(json, "plan.json");
  } catch (const InputError& error) {
    std::string all;
    for (const auto& d : error.diagnostics().all())
      all += d.rule + " " + d.column + "\n";
    return all;
  }
  return "none";
}

TEST(PlanRecord, ReadsWhatAPlanSaysOfItself) {
  const auto plan = read_plan_record(kPlan, "mine");
  EXPECT_EQ(plan.name, "mine");
  EXPECT_EQ(plan.scenario, "season");
  EXPECT_EQ(plan.horizon.days, 3);
  ASSERT_EQ(plan.assignments.size(), 1U);
  // The plan does not say the kind of the unit: its line does.
  EXPECT_EQ(plan.assignments.front().kind, "crew");
  EXPECT_EQ(plan.assignments.front().ordinal, 1);
  EXPECT_DOUBLE_EQ(plan.assignments.front().cost.at("wages").value(), 300.5);
  EXPECT_EQ(plan.lines.front().measure, planner::Measure::People);
  ASSERT_NE(plan.find_agreement("pact"), nullptr);
  EXPECT_EQ(plan.find_agreement("pact")->payer.at("wages"), planner::Payer::Lender);
  EXPECT_EQ(plan.find_agreement(""), nullptr);
  EXPECT_EQ(plan.find_line("C-2"), nullptr);
}

TEST(PlanRecord, FamilyOfTwoEditionsNamesNone) {
  auto plan = read_plan_record(kPlan, "mine");
  plan.agreements.push_back({.id = "pact-2031", .family = "pact"});
  EXPECT_EQ(plan.find_agreement("pact"), nullptr);
  EXPECT_NE(plan.find_agreement("pact-2031"), nullptr);
}

TEST(PlanRecord, AllFaultsAtOnceWithTheirPlaces) {
  EXPECT_EQ(faults_of("{"), "plan.json \n");
  EXPECT_EQ(faults_of("[]"), "plan.type \n");
  EXPECT_EQ(faults_of("{}"), "plan.missing scenario\nplan.missing assignments\n");
  EXPECT_EQ(faults_of(R"({"schema_version": 9})"), "plan.version schema_version\n");
  EXPECT_EQ(faults_of(R"({"scenario": {"id": 7, "as_of": "2030-02-30", "first_day": "2030-06-03", "days": 99999999999},
                          "assignments": [{"unit_id": "U", "depart": "x", "release": "2030-06-03", "home": "2030-06-03",
                                           "stints": [{"line_days": [1]}, 2]}]})"),
            "plan.type scenario.id\nplan.type scenario.as_of\nplan.type scenario.days\n"
            "plan.type assignments[0].depart\nplan.type assignments[0].stints[1]\n"
            "plan.type assignments[0].stints[0].line_days[0]\n");
}

}  // namespace
}  // namespace relevo::test
