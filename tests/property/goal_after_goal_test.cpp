// SPDX-License-Identifier: MIT
// One goal after the other (SolveOptions::goal_after_goal) against exhaustive search at prices that let no cost
// outweigh a point of disturbance, and no disturbance a point of need.
#include "planner/check/check.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>

namespace relevo::test {
namespace {

using planner::Plan;
using planner::Policy;
using planner::Scenario;
using planner::ScenarioData;

constexpr int kCases = 600;
constexpr int kCasesByRosters = 300;
constexpr std::int64_t kNodes = 30'000;
constexpr double kNeed = 1e8;
constexpr double kDisturbance = 1e4;
constexpr double kDearer = 40;
constexpr double kTolerance = 1e-4;

/// The same scenario at prices of that order.
ScenarioData at_prices_of_order(ScenarioData data) {
  Policy& policy = data.policy;
  for (auto& points : policy.unmet_points)
    points.value *= kNeed;
  for (auto* points : {&policy.handover_points, &policy.extension_points, &policy.changed_firm_points,
                       &policy.changed_outlook_points, &policy.changed_return_points})
    points->value *= kDisturbance;
  return data;
}

std::optional<Plan> solve_unless_contradictory(const Scenario& scenario, planner::SolveMethod method,
                                               bool goal_after_goal = true) {
  planner::SolveOptions options;
  options.method = method;
  options.goal_after_goal = goal_after_goal;
  try {
    return planner::solve(scenario, options);
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

double rest_of(const Plan& plan) {
  return plan.result.objective - plan.result.vector.need.value() - plan.result.vector.disturbance.value();
}

/// A random scenario, and the first in order of all its plans.
struct Case {
  explicit Case(std::uint64_t case_seed) : seed(case_seed), data(random_scenario(case_seed)) {
    if (seed % 2 == 0)  // as in most scenarios a day of need outweighs money, the goals would hardly ever conflict
      data.policy.points_per_money.value *= kDearer;
    oracle = brute_force(Scenario(at_prices_of_order(data)), kNodes);
    const Policy& policy = data.policy;
    need = oracle.need / kNeed;
    disturbance = policy.handover_points.value * oracle.drops + policy.extension_points.value * oracle.extension_days +
                  oracle.changes / kDisturbance;
    rest = oracle.tier + policy.points_per_money.value * oracle.cost + policy.movement_points.value * oracle.movements;
  }

  void expect_first(const Plan& plan) const {
    ASSERT_NEAR(plan.result.vector.need.value(), need, kTolerance) << text(plan);
    ASSERT_NEAR(plan.result.vector.disturbance.value(), disturbance, kTolerance) << text(plan);
    ASSERT_NEAR(rest_of(plan), rest, kTolerance * std::max(1.0, rest)) << text(plan);
  }

  /// The bound leaves as much room as the first plan needs at the first goal at which it is better.
  void expect_valid_bound(const Plan& plan) const {
    const double missing = plan.result.objective - plan.result.bound + kTolerance * std::max(1.0, rest);
    const double more_need = plan.result.vector.need.value() - need;
    ASSERT_GE(missing, more_need) << text(plan);
    if (more_need > kTolerance)
      return;
    const double more_disturbance = plan.result.vector.disturbance.value() - disturbance;
    ASSERT_GE(missing, more_disturbance) << text(plan);
    const double more_rest = more_disturbance > kTolerance ? 0.0 : rest_of(plan) - rest;
    ASSERT_GE(missing, more_rest) << text(plan);
  }

  std::string text() const { return "seed " + std::to_string(seed) + '\n' + to_text(data); }
  std::string text(const Plan& plan) const { return to_text(data, plan) + text(); }

  std::uint64_t seed;
  ScenarioData data;
  OracleResult oracle;
  double need = 0.0;
  double disturbance = 0.0;
  double rest = 0.0;
};

TEST(GoalAfterGoal, IsTheFirstInOrderOfAllPlans) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  int compared = 0;
  int differ = 0;
  for (int i = 0; i < cases; ++i) {
    const Case one(first + static_cast<std::uint64_t>(i));
    if (!one.oracle.complete)
      continue;
    const Scenario scenario(one.data);
    const auto plan = solve_unless_contradictory(scenario, planner::SolveMethod::Arcs);
    ASSERT_EQ(plan.has_value(), one.oracle.feasible) << one.text();
    if (!plan)
      continue;
    ++compared;
    ASSERT_NO_FATAL_FAILURE(one.expect_first(*plan));
    ASSERT_EQ(plan->result.status, planner::PlanStatus::Optimal) << one.text();
    ASSERT_TRUE(planner::check(scenario, *plan).violations.empty()) << one.text(*plan);
    const auto merged = solve_unless_contradictory(scenario, planner::SolveMethod::Arcs, false);
    ASSERT_TRUE(merged);
    ASSERT_LE(merged->result.objective, plan->result.objective + kTolerance) << one.text();
    differ += merged->result.objective < plan->result.objective - kTolerance ? 1 : 0;
  }
  std::cout << compared << " compared; in " << differ << " the merged goals have another plan\n";
  if (seed_is_overridden() || !kTriesAll)
    return;
  EXPECT_GE(compared, cases * 9 / 10);
  EXPECT_GE(differ, 20);
}

TEST(GoalAfterGoal, IsTheSameByRostersAndSaysWhereItIsNotProved) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCasesByRosters);
  int compared = 0;
  int proved = 0;
  int conflicts = 0;
  for (int i = 0; i < cases; ++i) {
    const Case one(first + static_cast<std::uint64_t>(i));
    if (!one.oracle.complete)
      continue;
    const Scenario scenario(one.data);
    const auto plan = solve_unless_contradictory(scenario, planner::SolveMethod::Rosters);
    ASSERT_EQ(plan.has_value(), one.oracle.feasible) << one.text();
    if (!plan)
      continue;
    ++compared;
    ASSERT_TRUE(planner::check(scenario, *plan).violations.empty()) << one.text(*plan);
    ASSERT_NO_FATAL_FAILURE(one.expect_valid_bound(*plan));
    if (plan->result.status != planner::PlanStatus::Optimal) {
      std::cout << "seed " << one.seed << ": gap " << plan->result.gap << '\n';
      continue;
    }
    ++proved;
    ASSERT_NO_FATAL_FAILURE(one.expect_first(*plan));
    const auto merged = solve_unless_contradictory(scenario, planner::SolveMethod::Rosters, false);
    ASSERT_TRUE(merged);
    conflicts += merged->result.objective < plan->result.objective - kTolerance ? 1 : 0;
  }
  std::cout << compared << " compared, " << proved << " proved; in " << conflicts
            << " the merged goals have another plan\n";
  if (seed_is_overridden() || !kTriesAll)
    return;
  EXPECT_GE(proved, compared * 19 / 20);
  EXPECT_GE(conflicts, 10);
}

TEST(GoalAfterGoal, ByRostersKeepsAValidBoundWhereItIsStopped) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCasesByRosters);
  int open = 0;
  for (int i = 0; i < cases; ++i) {
    const Case one(first + static_cast<std::uint64_t>(i));
    if (!one.oracle.complete || !one.oracle.feasible)
      continue;
    planner::SolveOptions options;
    options.method = planner::SolveMethod::Rosters;
    options.goal_after_goal = true;
    options.stop = [left = static_cast<int>(one.seed % 60)]() mutable { return --left < 0; };
    std::optional<Plan> plan;
    try {
      plan = planner::solve(Scenario(one.data), options);
    } catch (const planner::LimitReachedError&) {
      continue;
    }
    ASSERT_NO_FATAL_FAILURE(one.expect_valid_bound(*plan));
    open += plan->result.status == planner::PlanStatus::Interrupted ? 1 : 0;
  }
  std::cout << open << " not proved\n";
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(open, 50);
  }
}

}  // namespace
}  // namespace relevo::test
