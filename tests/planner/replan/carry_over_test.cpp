// SPDX-License-Identifier: MIT
#include "planner/replan/carry_over.hpp"

#include "planner/replan/changes.hpp"
#include "planner/solve/solve.hpp"
#include "tests/support/mini_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::MiniWorld;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Two crews for a line of six days; the journey takes one day.
MiniWorld world_of_two_crews() {
  MiniWorld world(12);
  world.agency("bc", "CA");
  world.agency("ab", "CA");
  world.agreement("mars", "bc", "ab", {.line = 14});
  world.unit("u", "bc", "crew", 3);
  world.incident("fire", "ab");
  world.request("q", "fire", "crew:3", "..222222....");
  world.policy().changed_firm_points.value = 100;
  world.policy().changed_outlook_points.value = 10;
  world.policy().changed_return_points.value = 5;
  return world;
}

Plan plan_of(const ScenarioData& data) {
  return solve(Scenario(data));
}

TEST(CarryOver, WhatHasLeftBecomesACommitmentWithItsDays) {
  ScenarioData data = world_of_two_crews().data();
  const Plan before = plan_of(data);
  ASSERT_THAT(before.assignments, SizeIs(2));
  data.as_of = before.assignments.front().depart + Days{1};
  const CarriedOver carried = carry_over(data, before);
  EXPECT_EQ(carried.left, 2U);
  EXPECT_EQ(carried.announced, 0U);
  ASSERT_THAT(carried.data.commitments, SizeIs(2));
  const Commitment& commitment = carried.data.commitments.front();
  EXPECT_EQ(commitment.depart, before.assignments.front().depart);
  EXPECT_EQ(commitment.home, before.assignments.front().home);
  EXPECT_EQ(commitment.stints, before.assignments.front().stints);
  EXPECT_EQ(commitment.status, Commitment::Status::OnIncident);
  EXPECT_EQ(commitment.ordinals, std::vector<int>{before.assignments.front().ordinal});
}

TEST(CarryOver, WhatHasNotLeftIsAnnounced) {
  ScenarioData data = world_of_two_crews().data();
  const Plan before = plan_of(data);
  data.as_of = before.assignments.front().depart;  // this very morning
  const CarriedOver carried = carry_over(data, before);
  EXPECT_EQ(carried.left, 0U);
  EXPECT_EQ(carried.announced, 2U);
  ASSERT_THAT(carried.data.announcements, SizeIs(1));
  const Announcement& announcement = carried.data.announcements.front();
  EXPECT_EQ(announcement.quantity, 2);
  EXPECT_EQ(announcement.depart, before.assignments.front().depart);
  EXPECT_EQ(announcement.home, before.assignments.front().home);
  EXPECT_TRUE(announcement.firm);
  const auto& line_days = before.assignments.front().stints.front().line_days;
  ASSERT_THAT(announcement.stays, SizeIs(1));
  EXPECT_EQ(announcement.stays.front(),
            (AnnouncedStay{RequestIndex(0U), line_days.front(), line_days.back() + Days{1}}));
}

TEST(CarryOver, TodaysTableComesFirst) {
  MiniWorld world = world_of_two_crews();
  const Plan before = plan_of(world.data());
  world.commitment("u", {3}, "mars", "q", 1, "tLLLLLLh");  // one of the two, by another ordinal
  ScenarioData data = world.data();
  data.as_of = before.assignments.front().depart + Days{3};
  const CarriedOver carried = carry_over(data, before);
  EXPECT_EQ(carried.known, 1U);
  EXPECT_EQ(carried.left, 1U);
  EXPECT_THAT(carried.data.commitments, SizeIs(2));
  EXPECT_NO_THROW(Scenario{carried.data});
}

TEST(CarryOver, ARecallBringsThemHome) {
  MiniWorld world = world_of_two_crews();
  const Plan before = plan_of(world.data());
  world.recall("bc", 5);
  ScenarioData data = world.data();
  data.as_of = data.horizon.day(4);
  const CarriedOver carried = carry_over(data, before);
  ASSERT_THAT(carried.data.commitments, SizeIs(2));
  for (const Commitment& commitment : carried.data.commitments) {
    EXPECT_TRUE(commitment.recalled);
    EXPECT_EQ(commitment.release, data.horizon.day(5));
    EXPECT_EQ(commitment.home, data.horizon.day(5));
    EXPECT_EQ(commitment.stints.front().line_days.back(), data.horizon.day(4));
  }
  const Scenario today(carried.data);
  const auto changes = changes_of(today, before, solve(today));
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes.front().what, PlanChange::What::Released);
  EXPECT_EQ(changes.front().quantity, 2);
  EXPECT_EQ(changes.front().code, "recalled");
}

TEST(CarryOver, ARowThatHasFewerUnitsThanAreUnderWayLosesThem) {
  ScenarioData data = world_of_two_crews().data();
  const Plan before = plan_of(data);
  data.units[UnitIndex(0U)].count = 1;
  data.as_of = data.horizon.day(4);
  const CarriedOver carried = carry_over(data, before);
  EXPECT_EQ(carried.left, 1U);
  ASSERT_THAT(carried.lost, SizeIs(1));
  EXPECT_EQ(carried.lost.front().code, "ordinal");
}

TEST(CarryOver, WhatIsOverAndRestedIsGone) {
  ScenarioData data = world_of_two_crews().data();
  const Plan before = plan_of(data);
  data.as_of = before.assignments.front().rested;
  const CarriedOver carried = carry_over(data, before);
  EXPECT_EQ(carried.left, 0U);
  EXPECT_THAT(carried.data.commitments, IsEmpty());
}

/// Notice is two days by now, but these have been told.
TEST(CarryOver, WhoHasBeenToldMayLeaveAlthoughNoticeIsTooShort) {
  MiniWorld world = world_of_two_crews();
  ScenarioData data = world.data();
  const Plan before = plan_of(data);
  data.as_of = before.assignments.front().depart;
  data.agreements[AgreementIndex(0U)].mobilization.notice_days.value = 2;
  const CarriedOver carried = carry_over(data, before);
  const Plan again = solve(Scenario(carried.data));
  ASSERT_THAT(again.assignments, SizeIs(2));
  EXPECT_EQ(again.assignments.front().depart, before.assignments.front().depart);
  EXPECT_EQ(disturbance_of(Scenario(carried.data), again).changed, 0);
  data.requests[RequestIndex(0U)].quantity = 3;  // a third crew has not been told: it comes later
  const CarriedOver more = carry_over(data, before);
  const Plan with_third = solve(Scenario(more.data));
  ASSERT_THAT(with_third.assignments, SizeIs(3));
  EXPECT_EQ(with_third.assignments.back().depart, data.as_of + Days{2});
}

/// The line wants crews a day earlier: the price decides whether they leave earlier.
TEST(Changes, HaveAPriceThatDecides) {
  ScenarioData data = world_of_two_crews().data();
  const Plan before = plan_of(data);
  data.requests[RequestIndex(0U)].need.first -= Days{1};
  CarriedOver carried = carry_over(data, before);
  for (const bool is_dear : {false, true}) {
    carried.data.policy.changed_firm_points.value = is_dear ? 1e6 : 1.0;
    const Scenario today(carried.data);
    const auto sum = disturbance_of(today, solve(today));
    EXPECT_EQ(sum.announced, 2);
    EXPECT_EQ(sum.changed == 0, is_dear) << sum.changed;
  }
}

}  // namespace
}  // namespace relevo::planner
