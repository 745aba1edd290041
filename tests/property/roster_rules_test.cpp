// SPDX-License-Identifier: MIT
// Whether a deployment from elsewhere obeys its terms, against what check says of it alone.
#include "planner/solve/roster_rules.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>

namespace relevo::test {
namespace {

using planner::Assignment;
using planner::Day;
using planner::Days;
using planner::Plan;
using planner::Scenario;
using planner::ScenarioData;
using planner::Stint;

constexpr int kCases = 600;

void shift(Assignment& a, Days by) {
  for (Day* day : {&a.depart, &a.arrive, &a.release, &a.home, &a.rested})
    *day += by;
  for (auto& stint : a.stints)
    for (auto* days : {&stint.move_days, &stint.line_days, &stint.shadow_days, &stint.days_off})
      for (Day& day : *days)
        day += by;
}

/// The assignment some days earlier or later, with a line day more or less at its end, or with its first as a shadow.
void change(Assignment& a, Rng& rng) {
  if (rng.chance(60))
    shift(a, Days{rng.pick(-2, 2)});
  auto& line = a.stints.back().line_days;
  if (rng.chance(40)) {
    line.push_back(line.back() + Days{1});
    for (Day* day : {&a.release, &a.home, &a.rested})
      *day += Days{1};
  } else if (rng.chance(40) && line.size() > 1) {
    const Day last = line.back();
    line.pop_back();
    const Days by = line.back() - last;
    for (Day* day : {&a.release, &a.home, &a.rested})
      *day += by;
  }
  auto& first = a.stints.front();
  if (rng.chance(15) && !a.escort && first.shadow_days.empty() && first.line_days.size() > 1) {
    first.shadow_days.push_back(first.line_days.front());
    first.line_days.erase(first.line_days.begin());
  }
}

/// What check says of one assignment by itself: the rules of a deployment and of its pair, not of its figures.
bool is_allowed(const Scenario& scenario, const Assignment& assignment) {
  Plan plan;
  plan.assignments.push_back(assignment);
  for (const auto& violation : planner::check(scenario, plan).violations)
    for (const char* family : {"travel.", "tour.", "stint.", "deployment.", "unit.", "pair."})
      if (violation.code.starts_with(family))
        return false;
  return true;
}

TEST(RosterRules, AreThoseOfCheck) {
  const std::uint64_t first = first_seed(95001);
  int allowed = 0;
  int refused = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const ScenarioData data = random_scenario(seed);
    const Scenario scenario(data);
    std::optional<Plan> plan;
    try {
      plan = planner::solve(scenario);
    } catch (const planner::ContradictionError&) {
      continue;
    }
    const planner::Problem problem = make_problem(scenario);
    const planner::RowTable rows(problem);
    const planner::PlanModel model(problem, rows);
    Rng rng(seed);
    for (const auto& original : plan->assignments) {
      // An escort's window is cut to the days on which it can be of use; check does not see commitments that are not in
      // the plan.
      const bool is_committed =
          std::ranges::any_of(data.commitments, [&](const planner::Commitment& c) { return c.unit == original.unit; });
      if (original.commitment || original.escort || is_committed)
        continue;
      for (int n = 0; n < 6; ++n) {
        Assignment assignment = original;
        if (n > 0)
          change(assignment, rng);
        Plan alone;
        alone.assignments.push_back(assignment);
        const auto made = planner::state_of(model, alone);
        const bool is_taken = made.left_out == 0;
        // What is taken is a deployment of the model, whose days follow from its line days.
        const Assignment meant = is_taken ? planner::assignments_of(made.state).front() : assignment;
        ASSERT_EQ(is_taken, is_allowed(scenario, meant))
            << "seed " << seed << '\n'
            << to_text(data, alone) << to_text(data, planner::check(scenario, alone).violations) << to_text(data);
        ++(is_taken ? allowed : refused);
      }
    }
  }
  std::cout << allowed << " allowed, " << refused << " refused\n";
  EXPECT_GT(allowed, number_of_cases(kCases) / 2);
  EXPECT_GT(refused, number_of_cases(kCases) / 2);
}

}  // namespace
}  // namespace relevo::test
