// SPDX-License-Identifier: MIT
// What must hold of the comparison of any two plans of random scenarios.
#include "planner/record/comparison.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <string>
#include <tuple>

namespace relevo::test {
namespace {

using planner::compare_plans;
using planner::GroupChange;
using planner::Plan;
using planner::PlanComparison;
using planner::PlanRecord;
using planner::record_of;
using planner::Scenario;
using planner::TravelGroup;

constexpr int kCases = 200;

auto content(const TravelGroup& g) {
  return std::tie(g.lender, g.borrower, g.agreement, g.muster, g.depart, g.release, g.home, g.persons, g.units, g.kinds,
                  g.at_work, g.assignments);
}

bool same(const std::optional<TravelGroup>& a, const std::optional<TravelGroup>& b) {
  return a.has_value() == b.has_value() && (!a || content(*a) == content(*b));
}

/// b -> a must be a -> b seen from the other side.
void expect_mirrored(const PlanComparison& there, const PlanComparison& back) {
  EXPECT_EQ(there.identical(), back.identical());
  ASSERT_EQ(there.groups.size(), back.groups.size());
  for (std::size_t i = 0; i < there.groups.size(); ++i) {
    const auto& a = there.groups[i];
    const auto& b = back.groups[i];
    EXPECT_TRUE(same(a.before, b.after) && same(a.after, b.before)) << i;
    EXPECT_EQ(a.days_later(), -b.days_later());
    EXPECT_EQ(a.persons_more(), -b.persons_more());
    EXPECT_EQ(a.days_longer(), -b.days_longer());
  }
  ASSERT_EQ(there.lines.size(), back.lines.size());
  for (std::size_t i = 0; i < there.lines.size(); ++i) {
    EXPECT_EQ(there.lines[i].before, back.lines[i].after);
    ASSERT_EQ(there.lines[i].filled_more.size(), back.lines[i].filled_more.size());
    for (std::size_t d = 0; d < there.lines[i].filled_more.size(); ++d)
      EXPECT_EQ(there.lines[i].filled_more[d].second, -back.lines[i].filled_more[d].second);
  }
  ASSERT_EQ(there.reserves.size(), back.reserves.size());
  for (std::size_t i = 0; i < there.reserves.size(); ++i)
    EXPECT_EQ(there.reserves[i].before, back.reserves[i].after);
  for (const auto& [item, amounts] : there.cost)
    EXPECT_EQ(amounts.first, back.cost.at(item).second);
}

int persons_of(const PlanRecord& plan) {
  return std::accumulate(plan.assignments.begin(), plan.assignments.end(), 0,
                         [](int sum, const auto& a) { return sum + a.persons; });
}

/// Nobody is lost or counted twice, and what changes day by day is what changes in sum.
void expect_complete(const PlanComparison& comparison, const PlanRecord& before, const PlanRecord& after) {
  int persons = 0;
  std::multiset<std::string> named_before;
  std::multiset<std::string> named_after;
  for (const auto& group : comparison.groups) {
    persons += (group.after ? group.after->persons : 0) - (group.before ? group.before->persons : 0);
    if (group.before)
      named_before.insert(group.before->assignments.begin(), group.before->assignments.end());
    if (group.after)
      named_after.insert(group.after->assignments.begin(), group.after->assignments.end());
  }
  if (comparison.groups_outside_before + comparison.groups_outside_after == 0) {
    EXPECT_EQ(persons, persons_of(after) - persons_of(before));
    EXPECT_EQ(named_before.size(), before.assignments.size());
    EXPECT_EQ(named_after.size(), after.assignments.size());
  }
  for (const auto& line : comparison.lines) {
    int more = 0;
    for (const auto& [day, by] : line.filled_more)
      more += by;
    EXPECT_EQ(more, line.after.worked - line.before.worked);
  }
}

TEST(PlanComparisonProperty, MirroredCompleteAndNothingAgainstItself) {
  const auto first = first_seed(20300603);
  int differing = 0;
  int compared = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const auto seed = first + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Scenario scenario(random_scenario(seed));
    Plan best;
    Plan nearest;
    try {
      best = planner::solve(scenario);
      nearest = planner::greedy_plan(scenario);
    } catch (const planner::ContradictionError&) {
      continue;
    }
    ++compared;
    const auto a = record_of(scenario, best);
    const auto b = record_of(scenario, nearest);
    EXPECT_TRUE(compare_plans(scenario, best, best).identical());
    EXPECT_TRUE(compare_plans(b, b).identical());
    const auto there = compare_plans(a, b);
    expect_mirrored(there, compare_plans(b, a));
    expect_complete(there, a, b);
    differing += there.identical() ? 0 : 1;
    if (HasFailure())
      break;
  }
  EXPECT_GT(compared, number_of_cases(kCases) / 2);
  EXPECT_GT(differing, compared / 10);
}

}  // namespace
}  // namespace relevo::test
