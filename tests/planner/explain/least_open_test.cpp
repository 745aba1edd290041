// SPDX-License-Identifier: MIT
// What stays open of a line in every plan, worked out by hand; random scenarios are in tests/property.
#include "planner/explain/least_open.hpp"

#include "tests/support/mini_world.hpp"

#include <gtest/gtest.h>

namespace relevo::test {
namespace {

using planner::Scenario;

int least_open(const MiniWorld& world) {
  const Scenario scenario(world.data());
  const planner::Problem problem = make_problem(scenario);
  return planner::LeastOpen(problem).of(world.request_index("q"));
}

/// Two crews, four days that want two each: eight unit-days.
MiniWorld whole_line() {
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 4});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..2222..");
  return world;
}

TEST(LeastOpen, NothingWhereBothCrewsMayGo) {
  EXPECT_EQ(least_open(whole_line()), 0);
}

TEST(LeastOpen, WhatTheReserveKeepsHome) {
  MiniWorld world = whole_line();
  world.policy().exportable_share[0].value = 0.5;  // one of two: four of the eight
  EXPECT_EQ(least_open(world), 4);
}

TEST(LeastOpen, WhatTheTourLeaves) {
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 3});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..2222..");  // each works three days of the four
  EXPECT_EQ(least_open(world), 2);
}

TEST(LeastOpen, AnotherLineTakesNothingAway) {
  MiniWorld world = whole_line();
  world.request("more", "fire", "crew", "..2222..");  // only one of the two can be filled, and any of them
  EXPECT_EQ(least_open(world), 0);
}

}  // namespace
}  // namespace relevo::test
