// SPDX-License-Identifier: MIT
#include "tests/property/found_plans.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace relevo::test {

namespace {

constexpr double kSameCost = 1e-6;

}  // namespace

void FoundPlans::judge(const SearchStand& stand, std::uint64_t seed, const planner::PlanState& start,
                       const planner::PlanState& found) {
  const planner::Plan plan = stand.plan_of(found);
  const auto report = planner::check(stand.scenario, plan);
  ASSERT_TRUE(report.violations.empty()) << "seed " << seed << '\n'
                                         << to_text(stand.data, report.violations) << to_text(stand.data, plan)
                                         << to_text(stand.data);
  ASSERT_NEAR(found.value().points, plan.result.objective, kSameCost * std::abs(plan.result.objective) + kSameCost)
      << "seed " << seed;
  const auto best = planner::solve(stand.scenario, {.method = planner::SolveMethod::Arcs});
  const double tolerance = kSameCost * std::max(1.0, std::abs(best.result.objective));
  ASSERT_GE(plan.result.objective, best.result.objective - tolerance) << "seed " << seed;
  ++compared_;
  improvable_ += start.value().points > best.result.objective + tolerance ? 1 : 0;
  better_ += found.value().points < start.value().points - tolerance ? 1 : 0;
}

}  // namespace relevo::test
