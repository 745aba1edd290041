// SPDX-License-Identifier: MIT
#include "planner/record/order_history.hpp"

#include "tests/planner/record/record_builder.hpp"
#include "tests/support/mini_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::test {
namespace {

using planner::news_of;
using planner::order_timelines;
using planner::OrderEntry;
using planner::OrderTimeline;
using planner::plan_events;
using planner::PlanEvent;
using planner::RequestEvent;
using planner::Response;
using planner::Scenario;
using testing::ElementsAre;
using testing::IsEmpty;

/// "3 filled/commitment 2 mx": column, state and who says so, quantity, lender; '+' where it is expected.
std::vector<std::string> said(const OrderTimeline& timeline) {
  std::vector<std::string> lines;
  for (const auto& entry : timeline.entries) {
    std::string line = entry.when ? std::to_string((*entry.when - on(0)).count()) : "?";
    line += entry.expected ? "+ " : " ";
    line += std::string(word_of(entry.state)) + "/" + std::string(word_of(entry.origin));
    if (entry.quantity > 0)
      line += " " + std::to_string(entry.quantity);
    if (!entry.agency.empty())
      line += " " + entry.agency;
    lines.push_back(line);
  }
  return lines;
}

MiniWorld one_line() {
  MiniWorld world(12);
  world.agreement("pact", "mx bc", "ab", {.line = 6});
  world.unit("crew-mx", "mx", "crew", 2);
  world.unit("crew-bc", "bc", "crew", 2);
  world.incident("fire", "ab");
  world.request("q", "fire", "crew", "..2222222...");
  return world;
}

RequestEvent event_on(const MiniWorld& world, RequestEvent::State state, int day, int quantity = 0) {
  return {.request = world.request_index("q"), .state = state, .when = world.day(day), .quantity = quantity};
}

TEST(OrderHistory, MergesTableAnswersCommitmentsAndPlansByDay) {
  MiniWorld world = one_line();
  world.as_of(3);
  auto& answer = world.response("q", "mx", Response::Answer::Conditional);
  answer.when = world.day(1);
  world.response("q", "bc", Response::Answer::Declined);
  world.commitment("crew-mx", {1}, "pact", "q", 1, "tLLLh");
  auto data = world.data();
  auto created = event_on(world, RequestEvent::State::Created, -2);
  auto offered = event_on(world, RequestEvent::State::Offered, 1, 1);
  data.request_history = {created, offered};
  auto plan = RecordBuilder().crews("bc-1", 1, 4, 8, "q").line("q", 2, 1, 2, 8).plan;
  plan.as_of = on(3);
  const Scenario scenario(data);
  const auto timelines = order_timelines(scenario, plan_events(plan), &plan);
  ASSERT_EQ(timelines.size(), 1U);
  // The table's offer stands for the lender's conditional answer of the same day.
  EXPECT_THAT(said(timelines.front()),
              ElementsAre("-2 created/table", "? declined/response bc", "1 offered/table 1", "2 filled/commitment 1 mx",
                          "3 partial/plan", "5+ released/commitment 1 mx", "5+ filled/sent 1 bc"));
  EXPECT_EQ(timelines.front().state, OrderEntry::State::PartlyFilled);
  EXPECT_EQ(timelines.front().entries[4].unmet, 7);
  EXPECT_EQ(timelines.front().entries[4].wanted, 14);
  EXPECT_EQ(timelines.front().entries[4].reason_code, "reserve");
}

TEST(OrderHistory, ALineThatNobodyRecordedWasCreated) {
  const auto timelines = order_timelines(Scenario(one_line().data()), {}, nullptr);
  EXPECT_THAT(said(timelines.front()), ElementsAre("? created/request 2"));
  EXPECT_EQ(timelines.front().state, OrderEntry::State::Created);
}

TEST(OrderHistory, WhatIsYetToComeIsNotTheState) {
  MiniWorld world = one_line();
  auto data = world.data();
  data.request_history = {event_on(world, RequestEvent::State::Filled, 0, 2),
                          event_on(world, RequestEvent::State::Cancelled, 5)};
  const auto timelines = order_timelines(Scenario(data), {}, nullptr);
  EXPECT_THAT(said(timelines.front()), ElementsAre("? created/request 2", "0 filled/table 2", "5+ cancelled/table"));
  EXPECT_EQ(timelines.front().state, OrderEntry::State::Filled);
}

TEST(OrderHistory, UnitsThatMoveOnAreReassigned) {
  MiniWorld world = one_line();
  world.request("r", "fire", "crew", "......1111..");
  auto plan = RecordBuilder().crews("bc-1", 2, 1, 5, "q").plan;
  for (auto& assignment : plan.assignments)
    assignment.stays.push_back({.request = "r", .line_days = {on(6), on(7)}});
  const auto timelines = order_timelines(Scenario(world.data()), {}, &plan);
  EXPECT_THAT(said(timelines[0]), ElementsAre("? created/request 2", "2+ filled/sent 2 bc", "6+ reassigned/sent 2 bc"));
  EXPECT_EQ(timelines[0].entries[2].to_request, "r");
  EXPECT_THAT(said(timelines[1]), ElementsAre("? created/request 1", "6+ filled/sent 2 bc"));
}

TEST(OrderHistory, AnOrderThatIsGoneFromTheTablesHasNoTimeline) {
  const auto timelines =
      order_timelines(Scenario(one_line().data()), {{.request = "gone", .state = "utf", .when = on(0)}}, nullptr);
  ASSERT_EQ(timelines.size(), 1U);
  EXPECT_THAT(said(timelines.front()), ElementsAre("? created/request 2"));
}

TEST(OrderHistory, NewsIsWhatIsSaidOtherwiseThanLast) {
  const std::vector<PlanEvent> first = plan_events(RecordBuilder().line("q", 2, 1, 2, 8).line("r", 1, 1, 2, 3).plan);
  EXPECT_EQ(news_of(first, {}), first);
  EXPECT_THAT(news_of(first, first), IsEmpty());
  auto second = plan_events(RecordBuilder().line("q", 2, 0, 2, 8).line("r", 1, 1, 2, 3).plan);
  ASSERT_EQ(news_of(second, first).size(), 1U);
  EXPECT_EQ(news_of(second, first).front().state, "filled");
  auto both = first;
  both.push_back(second.front());
  // Back to what was said before the last time is news again.
  EXPECT_EQ(news_of(first, both).size(), 1U);
}

TEST(OrderHistory, UnableToFillHasAReason) {
  auto plan = RecordBuilder().line("q", 2, 2, 2, 8).line("none", 1, 0, 5, 4).plan;
  plan.lines.front().reason_code = "";
  const auto events = plan_events(plan);
  ASSERT_EQ(events.size(), 1U) << "a line that wants nothing on the planning days has no state";
  EXPECT_EQ(events.front().reason_code, "unknown");
}

}  // namespace
}  // namespace relevo::test
