// SPDX-License-Identifier: MIT
#include "planner/record/comparison.hpp"

#include "tests/planner/record/record_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::test {
namespace {

using planner::compare_plans;
using planner::GroupChange;
using planner::PlanComparison;
using testing::ElementsAre;
using testing::Pair;

RecordBuilder two_contingents() {
  return RecordBuilder()
      .crews("BC-1", 2, 1, 8, "C-1")
      .crews("MX-1", 3, 2, 9, "C-2")
      .line("C-1", 2, 0, 2, 8, 1)
      .line("C-2", 4, 1, 3, 9)
      .reserve("BC", 5, 2, 2, 1, 9);
}

TEST(Comparison, SamePlanUnderOtherNamesIsIdentical) {
  const auto before = two_contingents().plan;
  auto after = before;
  after.name = "other";
  std::ranges::reverse(after.assignments);
  for (auto& assignment : after.assignments)
    assignment.id += "x";
  after.bound = -1;
  after.status = "gap_limit";
  const auto comparison = compare_plans(before, after);
  EXPECT_TRUE(comparison.identical());
  EXPECT_EQ(comparison.groups.size(), 2U);
  EXPECT_EQ(comparison.count_groups([](const GroupChange& g) { return g.is_kept(); }), 2);
}

TEST(Comparison, ContingentThatLeavesLaterIsMovedAndNotDroppedAndAdded) {
  const auto before = RecordBuilder().crews("BC-1", 2, 1, 8, "C-1").plan;
  const auto after = RecordBuilder().crews("BC-1", 2, 3, 9, "C-1").plan;
  const auto comparison = compare_plans(before, after);
  ASSERT_EQ(comparison.groups.size(), 1U);
  const auto& change = comparison.groups.front();
  EXPECT_FALSE(change.is_kept() || change.is_added() || change.is_dropped());
  EXPECT_EQ(change.days_later(), 2);
  EXPECT_EQ(change.home_later(), 1);
  EXPECT_EQ(change.days_longer(), -1);
  EXPECT_THAT(change.line_days_more(), ElementsAre(Pair("C-1", -2)));
  EXPECT_FALSE(comparison.identical());
}

TEST(Comparison, ContingentOfAnotherTimeIsDroppedAndAdded) {
  const auto before = RecordBuilder().crews("BC-1", 2, 1, 4, "C-1").plan;
  const auto after = RecordBuilder().crews("BC-1", 2, 6, 9, "C-1").plan;
  const auto comparison = compare_plans(before, after);
  ASSERT_EQ(comparison.groups.size(), 2U);
  EXPECT_TRUE(comparison.groups[0].is_dropped());
  EXPECT_TRUE(comparison.groups[1].is_added());
}

TEST(Comparison, SizeBorrowerAndLineOfAContingent) {
  const auto before = RecordBuilder().crews("BC-1", 2, 1, 8, "C-1").plan;
  const auto larger = RecordBuilder().crews("BC-1", 5, 1, 8, "C-1").plan;
  EXPECT_EQ(compare_plans(before, larger).groups.front().persons_more(), 60);
  EXPECT_THAT(compare_plans(before, larger).groups.front().kinds_more(), ElementsAre(Pair("crew", 3)));
  const auto elsewhere = RecordBuilder().crews("BC-1", 2, 1, 8, "C-9", "YT").plan;
  const auto moved = compare_plans(before, elsewhere).groups;
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_TRUE(moved.front().other_borrower());
  EXPECT_EQ(moved.front().days_later(), 0);
  EXPECT_THAT(moved.front().line_days_more(), ElementsAre(Pair("C-1", -14), Pair("C-9", 14)));
  const auto other_row = RecordBuilder().crews("BC-2", 2, 1, 8, "C-1").plan;
  EXPECT_TRUE(compare_plans(before, other_row).groups.front().other_units());
}

TEST(Comparison, OtherKindOfTheLenderIsNoCounterpart) {
  const auto before = RecordBuilder().crews("BC-1", 1, 1, 8, "C-1").plan;
  const auto after = RecordBuilder().crews("BC-2", 1, 1, 8, "E-1", "AB", "dozer").plan;
  EXPECT_EQ(compare_plans(before, after).groups.size(), 2U);
}

TEST(Comparison, EqualGroupsAreTakenBeforeNearOnes) {
  // By days alone the first of before could take the second of after.
  const auto before = RecordBuilder().crews("BC-1", 2, 1, 8, "C-1").crews("BC-1", 2, 2, 9, "C-1").plan;
  const auto after = RecordBuilder().crews("BC-1", 2, 2, 9, "C-1").crews("BC-1", 2, 3, 10, "C-1").plan;
  const auto comparison = compare_plans(before, after);
  ASSERT_EQ(comparison.groups.size(), 2U);
  EXPECT_EQ(comparison.groups[0].days_later(), 2);
  EXPECT_TRUE(comparison.groups[1].is_kept());
}

TEST(Comparison, LinesByDayAndPriority) {
  const auto before = RecordBuilder().line("C-1", 4, 1, 2, 8, 1).line("C-2", 2, 0, 3, 5).plan;
  auto after = RecordBuilder().line("C-1", 4, 0, 2, 8, 1).line("C-2", 2, 2, 3, 5).plan;
  after.lines[0].unmet[2] = 1;
  const auto comparison = compare_plans(before, after);
  ASSERT_EQ(comparison.lines.size(), 2U);
  const auto& up = comparison.lines[0];
  EXPECT_EQ(up.before.unmet, 7);
  EXPECT_EQ(up.after.unmet, 1);
  EXPECT_EQ(up.after.worked, 27);
  ASSERT_EQ(up.filled_more.size(), 6U);
  EXPECT_EQ(up.filled_more.front(), std::pair(on(3), 1));
  EXPECT_EQ(comparison.lines[1].after.unmet - comparison.lines[1].before.unmet, 6);
  ASSERT_EQ(comparison.priorities.size(), 2U);
  EXPECT_EQ(comparison.priorities[0].priority, 1);
  EXPECT_EQ(comparison.priorities[0].before.wanted, 28);
  EXPECT_EQ(comparison.priorities[0].after.unmet, 1);
  EXPECT_EQ(comparison.priorities[1].after.unmet, 6);
}

TEST(Comparison, ReserveAndCost) {
  const auto before = RecordBuilder().crews("BC-1", 2, 1, 8, "C-1").reserve("BC", 5, 2, 2, 1, 9).plan;
  const auto after = RecordBuilder().crews("BC-1", 4, 1, 8, "C-1").reserve("BC", 5, 2, 4, 2, 9).plan;
  const auto comparison = compare_plans(before, after);
  ASSERT_EQ(comparison.reserves.size(), 1U);
  const auto& change = comparison.reserves.front();
  EXPECT_EQ(change.before.least_home, 3);
  EXPECT_EQ(change.before.least_day, on(1));
  EXPECT_EQ(change.after.least_home, 1);
  EXPECT_EQ(change.after.days_below, 8);
  EXPECT_EQ(change.before.days_below, 0);
  EXPECT_EQ(change.after.away_days - change.before.away_days, 32 - 18);
  EXPECT_THAT(comparison.cost, ElementsAre(Pair("wages", Pair(1400.0, 2800.0))));
}

TEST(Comparison, CostThatNoAssignmentCarriesIsThatOfNamedRepresentatives) {
  auto plan = RecordBuilder().crews("BC-1", 1, 1, 8, "C-1").plan;
  plan.lifts.push_back({.id = "L", .day = on(1), .uses = 1, .cost = planner::Money(50)});
  plan.vector.cost += planner::Money(80);
  EXPECT_THAT(planner::cost_by_item(plan),
              ElementsAre(Pair("lifts", 50.0), Pair("representatives", 30.0), Pair("wages", 700.0)));
  plan.assignments.front().commitment = true;
  plan.vector.cost = planner::Money(80);
  EXPECT_THAT(planner::cost_by_item(plan), ElementsAre(Pair("lifts", 50.0), Pair("representatives", 30.0)));
}

TEST(Comparison, PlansOfTwoDaysAreComparedOnTheDaysTheyShare) {
  const auto before =
      RecordBuilder().crews("BC-1", 1, 0, 3, "C-1").crews("BC-2", 1, 4, 12, "C-1").line("C-1", 2, 1, 1, 12).plan;
  RecordBuilder later;
  later.plan.as_of = on(5);
  later.plan.horizon = {on(5), 20};
  later.crews("BC-2", 1, 4, 12, "C-1").crews("BC-3", 1, 20, 23, "C-2");
  later.plan.assignments.front().commitment = true;
  later.line("C-1", 2, 1, 0, 7).line("C-2", 1, 0, 16, 18);
  const auto comparison = compare_plans(before, later.plan);
  EXPECT_EQ(comparison.shared.first, on(5));
  EXPECT_EQ(comparison.shared.last, on(20));
  EXPECT_EQ(comparison.groups_outside_before, 1);
  EXPECT_EQ(comparison.groups_outside_after, 1);
  ASSERT_EQ(comparison.groups.size(), 1U);
  EXPECT_TRUE(comparison.groups.front().is_kept());
  ASSERT_EQ(comparison.lines.size(), 1U);
  EXPECT_TRUE(comparison.lines.front().is_kept());
  EXPECT_EQ(comparison.lines.front().before.wanted, 16);
  EXPECT_THAT(comparison.lines_only_after, ElementsAre("C-2"));
  EXPECT_FALSE(comparison.same_day());
  EXPECT_TRUE(comparison.same_scenario());
}

TEST(Comparison, PlansWithoutACommonDayShareNothing) {
  const auto before = RecordBuilder().crews("BC-1", 1, 0, 3, "C-1").line("C-1", 2, 1, 1, 3).plan;
  auto after = before;
  after.horizon.first = on(100);
  const auto comparison = compare_plans(before, after);
  EXPECT_TRUE(comparison.shared.empty());
  EXPECT_TRUE(comparison.groups.empty());
  EXPECT_EQ(comparison.lines.front().before.wanted, 0);
}

}  // namespace
}  // namespace relevo::test
