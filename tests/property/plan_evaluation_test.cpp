// SPDX-License-Identifier: MIT
// A plan that happened to the letter deviates from itself in nothing, whatever the scenario.
#include "planner/record/evaluation.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>

namespace relevo::test {
namespace {

using planner::as_happened;
using planner::evaluate_plan;
using planner::Evaluation;
using planner::Plan;
using planner::record_of;
using planner::Scenario;

constexpr int kCases = 200;

void expect_nothing(const Evaluation& evaluation) {
  for (const auto& line : evaluation.lines)
    EXPECT_EQ(line.fill.actual, line.fill.planned) << line.request;
  for (const auto& line : evaluation.reserve) {
    EXPECT_EQ(line.actual.least_home, line.planned.least_home) << line.agency << " " << line.kind;
    EXPECT_EQ(line.actual.days_below, line.planned.days_below) << line.agency << " " << line.kind;
  }
  for (const auto& lender : evaluation.lenders) {
    EXPECT_EQ(lender.actual.line_days, lender.planned.line_days) << lender.agency;
    EXPECT_EQ(lender.actual.over_tour, lender.planned.over_tour) << lender.agency;
    EXPECT_NEAR(lender.actual.cost.value(), lender.planned.cost.value(), 1e-6) << lender.agency;
    EXPECT_EQ(lender.actual.units, lender.planned.units) << lender.agency;
    EXPECT_EQ(lender.arrivals.days_late + lender.arrivals.days_early, 0) << lender.agency;
    EXPECT_EQ(lender.arrivals.missing + lender.arrivals.unplanned, 0) << lender.agency;
  }
  for (const auto& payer : evaluation.payers)
    if (!payer.payer.empty()) {
      EXPECT_NEAR(payer.actual.value(), payer.planned.value(), 1e-6) << payer.payer;
    }
}

TEST(PlanEvaluationProperty, AsItHappenedItDeviatesInNothing) {
  const auto first = first_seed(20310101);
  int evaluated = 0;
  for (int i = 0; i < number_of_cases(kCases) && !HasFailure(); ++i) {
    const auto seed = first + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto data = random_scenario(seed);
    try {
      const Scenario scenario(data);
      const auto plan = record_of(scenario, planner::solve(scenario));
      const auto evaluation = evaluate_plan(plan, as_happened(plan), data.kinds);
      expect_nothing(evaluation);
      evaluated += plan.assignments.empty() ? 0 : 1;
      if (HasFailure())
        ADD_FAILURE() << to_text(data);
    } catch (const planner::ContradictionError&) {
      continue;
    }
  }
  EXPECT_GT(evaluated, number_of_cases(kCases) / 4);
}

}  // namespace
}  // namespace relevo::test
