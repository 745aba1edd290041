// SPDX-License-Identifier: MIT
#include "planner/solve/solve.hpp"

#include "planner/explain/reasons.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/greedy.hpp"
#include "tests/support/mini_world.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::MiniWorld;

/// Two crews of mx, two wanted in bc on days 2..7; 3 on / 1 off / 3 on, a day of travel.
MiniWorld two_crews() {
  MiniWorld world(12);
  world.agreement("mx-bc", "mx", "bc", {.line = 3, .off = 1, .tours = 2});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..222222....");
  return world;
}

TEST(Solve, UsesTheSecondTourInPlace) {
  // Each crew works days 2-4, is off on 5 and works 6-7 (or any such split): one day of six is open for each crew, at
  // 300 points a unit-day (priority 3).
  const Plan plan = solve(Scenario(two_crews().data()));
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  EXPECT_NEAR(plan.result.objective, 2 * 300.0, 1e-6);
  EXPECT_EQ(plan.result.gap, 0.0);
  ASSERT_EQ(plan.assignments.size(), 2U);
  EXPECT_EQ(plan.assignments[0].stints[0].days_off.size(), 1U);
  // Days off in place leave no line open.
  EXPECT_EQ(plan.requests[0].status, RequestStatus::Filled);
}

TEST(Solve, ConstantIsTheNeedNobodyCanMeet) {
  // The line is wanted from day 0, and nobody can be there before day 1: two unit-days are unavoidable.
  auto world = two_crews();
  world.request("early", "fire", "crew", "22..........");
  const Plan plan = solve(Scenario(world.data()));
  EXPECT_NEAR(plan.result.constant, 2 * 300.0, 1e-6);
}

TEST(Solve, IdenticalUnitsAreOneClass) {
  const auto classes_and_columns = [](int count) {
    MiniWorld world(12);
    world.agreement("mx-bc", "mx", "bc", {.line = 3, .off = 1, .tours = 2});
    world.unit("brigade", "mx", "crew", count);
    world.incident("fire", "bc");
    world.request("q", "fire", "crew", "..222222....");
    const Scenario scenario(world.data());
    const Problem problem = make_problem(scenario);
    return std::pair(problem.classes.size(), Formulation(problem).model().columns.size());
  };
  EXPECT_EQ(classes_and_columns(200), classes_and_columns(2));
}

TEST(Solve, AnImpossiblePinIsAContradiction) {
  auto world = two_crews();
  world.pin("brigade", "q", 3);
  EXPECT_THROW(solve(Scenario(world.data())), ContradictionError);
  EXPECT_THROW(greedy_plan(Scenario(world.data())), ContradictionError);
}

TEST(Solve, SamePlanTwice) {
  const Scenario scenario(two_crews().data());
  const Plan a = solve(scenario);
  const Plan b = solve(scenario, {.threads = 2});
  EXPECT_EQ(a.assignments, b.assignments);
  EXPECT_EQ(a.result, b.result);
}

TEST(Solve, StopsWhenAskedAndStillHasAPlan) {
  const Plan plan = solve(Scenario(two_crews().data()), {.stop = [] { return true; }});
  EXPECT_GE(plan.result.objective, plan.result.bound);
  EXPECT_FALSE(plan.assignments.empty());
}

TEST(Solve, LivesThroughBoundsThatAreAlmostOne) {
  // Clp's perturbation once ended the program here. Nobody comes before day 2 (muster, a day of travel). Of the three
  // mx crews one may be lent, and the us crew is of the lowest type that is wanted.
  MiniWorld world(8);
  world.prices(0.1);
  world.policy().people_per_unit.value = 10;
  world.policy().exportable_share[1].value = world.policy().exportable_share[2].value = 0.5;
  world.policy().exportable_share[3].value = 0.34;
  world.policy().exportable_share[4].value = 0;
  world.agency("bc");
  world.agency("us").levels = {{world.day(3), 3}, {world.day(6), 2}};
  world.agency("mx").levels = {{world.day(1), 4}};
  world.incident("fire", "bc");
  world.agreement("a", "*", "bc", {.line = 3, .rest = 2, .muster = 1, .tier = 1});
  world.agreement("own", "*", "*", {.line = 3, .tours = 2, .rest = 1, .tier = 0, .own_forces = true});
  world.unit("u1", "us", "crew:3", 1);
  world.unit("u2", "mx", "crew", 3);
  world.people("q1", "fire", "crew:3", 19, ".###....").priority = 5;
  world.request("q2", "fire", "crew:3", "....3333").priority = 2;
  world.request("q3", "fire", "crew:3", "....1111").priority = 1;
  const Plan plan = solve(Scenario(world.data()));
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  EXPECT_LE(plan.result.objective, greedy_plan(Scenario(world.data())).result.objective + 1e-6);
}

TEST(Greedy, SendsTheNearestFirst) {
  MiniWorld world(10);
  world.agreement("far-bc", "far", "bc", {.line = 5});
  world.agreement("near-bc", "near", "bc", {.line = 5});
  world.unit("far-crew", "far", "crew", 1);
  world.unit("near-crew", "near", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "....11....");
  world.journey("far", "fire", 3).journey("near", "fire", 1);
  const Scenario scenario(world.data());
  const Plan plan = greedy_plan(scenario);
  ASSERT_EQ(plan.assignments.size(), 1U);
  EXPECT_EQ(scenario->units[plan.assignments[0].unit].id, "near-crew");
}

TEST(Greedy, TakesALeadAlong) {
  auto world = two_crews();
  world.escort("mx-bc", EscortTerms::Role::Lead, 40, EscortTerms::Supply::Roster);
  world.unit("jefe", "mx", "contingent-lead", 1);
  const Plan plan = greedy_plan(Scenario(world.data()));
  EXPECT_EQ(std::count_if(plan.assignments.begin(), plan.assignments.end(),
                          [](const Assignment& a) { return a.escort == EscortTerms::Role::Lead; }),
            1);
}

TEST(Formulation, ALeadTakesNoHalfCrewAlong) {
  // One lead for 30 people and crews of 20: 1 lead takes 1 crew, 2 take 3. Even in fractions.
  for (const auto& [leads, taken] : {std::pair{1, 1}, {2, 3}, {3, 4}}) {
    MiniWorld world(8);
    world.agreement("mx-bc", "mx", "bc", {.line = 4});
    world.escort("mx-bc", EscortTerms::Role::Lead, 30, EscortTerms::Supply::Roster);
    world.unit("brigade", "mx", "crew", 5);
    world.unit("lead", "mx", "contingent-lead", leads);
    world.incident("fire", "bc");
    world.request("q", "fire", "crew", "..5555..");
    const Scenario scenario(world.data());
    LinearModel relaxed = Formulation(make_problem(scenario)).model();
    for (auto& column : relaxed.columns)
      column.integer = false;
    EXPECT_NEAR(solve_mip(relaxed, {}).objective, (5 - taken) * 4 * 300.0, 1e-6) << leads << " leads";
    EXPECT_NEAR(solve(scenario).result.objective, (5 - taken) * 4 * 300.0, 1e-6) << leads << " leads";
  }
}

TEST(Contingents, OneContingentWithItsLead) {
  auto world = two_crews();
  world.escort("mx-bc", EscortTerms::Role::Lead, 40, EscortTerms::Supply::Roster);
  world.unit("jefe", "mx", "contingent-lead", 3);
  world.prices();
  const Plan plan = solve(Scenario(world.data()));
  ASSERT_EQ(plan.contingents.size(), 1U);
  EXPECT_EQ(plan.contingents[0].persons, 41);
  EXPECT_FALSE(plan.contingents[0].lead.empty());
}

TEST(Contingents, NobodyLeadsWhoComesLater) {
  // A crew under way without a lead, one planned that brings the only lead there is on the day on which
  // the first goes home.
  MiniWorld world(12);
  world.agreement("mx-bc", "mx", "bc", {.line = 6});
  world.escort("mx-bc", EscortTerms::Role::Lead, 100, EscortTerms::Supply::Roster);
  world.unit("first", "mx", "crew", 1);
  world.unit("second", "mx", "crew", 1);
  world.unit("jefe", "mx", "contingent-lead", 1).available.first = world.day(3);
  world.incident("fire", "bc");
  world.request("under-way", "fire", "crew", ".111........");
  world.request("q", "fire", "crew", "....1111....");
  world.commitment("first", {1}, "mx-bc", "under-way", 0, "tLLLh");
  world.prices();
  const Plan plan = solve(Scenario(world.data()));
  int of_crews = 0;
  for (const Contingent& c : plan.contingents) {
    EXPECT_EQ(c.lead.empty(), c.commitment) << c.id;
    of_crews += c.persons >= 20 ? 1 : 0;
  }
  EXPECT_EQ(of_crews, 2);
}

/// The first reason of the line "q" in a world where it stays open.
std::string reason_in(const MiniWorld& world) {
  const Scenario scenario(world.data());
  Plan plan = solve(scenario);
  explain_lines(scenario, plan);
  return plan.requests[0].reason.code;
}

TEST(Reasons, NameWhatHoldsALineOpen) {
  auto base = [] {
    MiniWorld world(8);
    world.agreement("mx-bc", "mx", "bc", {.line = 4});
    world.unit("brigade", "mx", "crew", 2);
    world.incident("fire", "bc");
    world.request("q", "fire", "crew", "..2222..");
    return world;
  };
  EXPECT_EQ(reason_in(base()), "none");
  {
    auto world = base();
    world.response("q", "mx", Response::Answer::Declined);
    EXPECT_EQ(reason_in(world), "declined");
  }
  {
    auto world = base();
    world.offer("mx", "crew", 1);
    EXPECT_EQ(reason_in(world), "offer");
  }
  {
    auto world = base();
    for (auto& share : world.policy().exportable_share)
      share.value = 0.5;
    EXPECT_EQ(reason_in(world), "reserve");
  }
  {
    auto world = base();
    world.pool("p", 25);
    world.pool_share("brigade", "p", 20);
    EXPECT_EQ(reason_in(world), "pool");
  }
  {
    auto world = base();
    world.escort("mx-bc", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Roster);
    world.unit("arep", "mx", "agency-representative", 1);
    world.prices();
    EXPECT_EQ(reason_in(world), "escort");
  }
  {
    auto world = base();
    world.request("other", "fire", "crew", "..2222..").priority = 1;
    EXPECT_EQ(reason_in(world), "in_use");
  }
  {
    auto world = base();
    world.journey("mx", "fire", 4);
    EXPECT_EQ(reason_in(world), "early");
  }
  {
    auto world = base();
    world.no_way("mx", "fire");
    EXPECT_EQ(reason_in(world), "travel");
  }
}

}  // namespace
}  // namespace relevo::planner
