// SPDX-License-Identifier: MIT
// Planning anew from an earlier plan, on random scenarios: against brute force, and against the plan itself where
// nothing has changed.
#include "planner/check/check.hpp"
#include "planner/replan/carry_over.hpp"
#include "planner/replan/changes.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>
#include <tuple>

namespace relevo::test {
namespace {

using planner::Assignment;
using planner::CarriedOver;
using planner::Days;
using planner::Plan;
using planner::Scenario;
using planner::ScenarioData;
using planner::SolveMethod;
using planner::SolveOptions;

constexpr int kCases = 400;
constexpr std::int64_t kNodes = 2'000'000;

/// A random scenario in which changing what was announced has a price.
ScenarioData priced_scenario(std::uint64_t seed) {
  ScenarioData data = random_scenario(seed);
  Rng rng(seed);
  data.announcements.clear();
  data.policy.changed_firm_points.value = rng.one_of<double>({30, 150, 600});
  data.policy.changed_outlook_points.value = rng.one_of<double>({5, 60});
  data.policy.changed_return_points.value = rng.one_of<double>({0, 3, 40});
  return data;
}

std::optional<Plan> solved(const ScenarioData& data, const SolveOptions& options = {}) {
  try {
    return planner::solve(Scenario(data), options);
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

auto what_it_does(const Assignment& a) {
  return std::tuple(a.unit, a.ordinal, a.agreement, a.borrower, a.depart, a.arrive, a.release, a.home, a.rested);
}

bool do_the_same(const Plan& a, const Plan& b) {
  return std::ranges::equal(a.assignments, b.assignments, [](const Assignment& x, const Assignment& y) {
    return what_it_does(x) == what_it_does(y) && x.stints == y.stints && x.commitment == y.commitment;
  });
}

TEST(Replan, WithoutAChangeThePlanStaysAsItIs) {
  const std::uint64_t first = first_seed(91001);
  int compared = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const ScenarioData data = priced_scenario(seed);
    const auto plan = solved(data);
    if (!plan)
      continue;
    const CarriedOver carried = planner::carry_over(data, *plan);
    ASSERT_TRUE(carried.lost.empty()) << "seed " << seed;
    for (const auto method : {SolveMethod::Arcs, SolveMethod::Rosters}) {
      if (method == SolveMethod::Rosters && i % 4 != 0)
        continue;
      SolveOptions options;
      options.method = method;
      options.start = *plan;
      const auto again = solved(carried.data, options);
      ASSERT_TRUE(again) << "seed " << seed;
      ASSERT_NEAR(again->result.objective, plan->result.objective, 1e-6)
          << "seed " << seed << '\n'
          << to_text(data, *plan) << to_text(carried.data, *again) << to_text(carried.data);
      ASSERT_TRUE(do_the_same(*plan, *again))
          << "seed " << seed << '\n'
          << to_text(data, *plan) << to_text(carried.data, *again) << to_text(carried.data);
      ASSERT_EQ(planner::disturbance_of(Scenario(carried.data), *again).changed, 0) << "seed " << seed;
      ASSERT_TRUE(planner::changes_of(Scenario(carried.data), *plan, *again).empty()) << "seed " << seed;
      ++compared;
    }
  }
  std::cout << compared << " plans made anew\n";
  EXPECT_GT(compared, number_of_cases(kCases));
}

/// Some days later something is different: a line wants more or less or for longer, a lender calls its units back, or a
/// row has lost a unit that was at home.
void change_something(ScenarioData& data, const Plan& plan, Rng& rng) {
  data.as_of += Days{rng.pick(1, 3)};
  for (auto& request : data.requests) {
    if (rng.chance(40))
      request.quantity = std::max(1, request.quantity + rng.pick(-1, 1));
    if (rng.chance(30))
      request.need.last = std::max(request.need.first + Days{1}, request.need.last + Days{rng.pick(-2, 2)});
  }
  if (rng.chance(25)) {
    const Assignment* any = plan.assignments.empty() ? nullptr : &plan.assignments.front();
    if (any != nullptr && !data.agreements[any->agreement].own_forces) {
      const auto day = data.as_of + Days{rng.pick(0, 3)};
      data.recalls.push_back({.lender = data.units[any->unit].agency, .channel = {}, .day = day, .effective = day});
      bring_forward_commitments(data);
    }
  }
}

TEST(Replan, IsTheBestOfThePricedObjective) {
  const std::uint64_t first = first_seed(92001);
  int compared = 0;
  int under_way = 0;
  int announced = 0;
  int changed = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    ScenarioData data = priced_scenario(seed);
    const auto before = solved(data);
    if (!before)
      continue;
    Rng rng(seed + 7);
    change_something(data, *before, rng);
    const CarriedOver carried = planner::carry_over(data, *before);
    const Scenario today(carried.data);
    const OracleResult oracle = brute_force(today, kNodes);
    if (!oracle.complete)
      continue;
    SolveOptions options;
    options.method = i % 4 == 0 ? SolveMethod::Rosters : SolveMethod::Arcs;
    if (i % 2 == 0)
      options.start = *before;
    const auto plan = solved(carried.data, options);
    ASSERT_EQ(plan.has_value(), oracle.feasible) << "seed " << seed;
    if (!plan)
      continue;
    ASSERT_NEAR(plan->result.objective, oracle.objective, 1e-6 * std::max(1.0, std::abs(oracle.objective)))
        << "seed " << seed << '\n'
        << to_text(carried.data, *plan) << to_text(carried.data);
    const auto report = planner::check(today, *plan);
    ASSERT_TRUE(report.violations.empty())
        << "seed " << seed << '\n'
        << to_text(carried.data, report.violations) << to_text(carried.data, *plan) << to_text(carried.data);
    ++compared;
    under_way += carried.left > 0 ? 1 : 0;
    announced += carried.announced > 0 ? 1 : 0;
    changed += planner::disturbance_of(today, *plan).changed > 0 ? 1 : 0;
  }
  std::cout << compared << " compared, " << under_way << " with units under way, " << announced
            << " with announcements, " << changed << " change some\n";
  EXPECT_GT(compared, number_of_cases(kCases) / 2);
  EXPECT_GT(under_way, number_of_cases(kCases) / 5);
  EXPECT_GT(announced, number_of_cases(kCases) / 5);
  EXPECT_GT(changed, number_of_cases(kCases) / 20);
}

}  // namespace
}  // namespace relevo::test
