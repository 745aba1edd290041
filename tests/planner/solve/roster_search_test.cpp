// SPDX-License-Identifier: MIT
// The search over rosters where seasons are odd: one class of thousands, thousands of classes, nothing or everything
// allowed, a long horizon; plans to begin with; threads.
#include "planner/check/check.hpp"
#include "planner/solve/column_generation.hpp"
#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"
#include "planner/solve/tolerances.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {
namespace {

using test::MiniWorld;
using test::random_scenario;

SolveOptions by_rosters(int threads = 1) {
  SolveOptions options;
  options.method = SolveMethod::Rosters;
  options.threads = threads;
  return options;
}

void expect_checked(const Scenario& scenario, const Plan& plan) {
  EXPECT_TRUE(check(scenario, plan).violations.empty());
  EXPECT_LE(plan.result.bound, plan.result.objective);
}

TEST(RosterSearch, FiveThousandUnitsAreOneClass) {
  MiniWorld world(14);
  world.prices(0.001);
  world.agreement("mx-bc", "mx", "bc", {.line = 5, .rest = 1});
  world.unit("brigade", "mx", "crew", 5000);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..444444444...").quantity = 4000;
  const Scenario scenario(world.data());
  const Plan plan = solve(scenario, by_rosters());
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  expect_checked(scenario, plan);
  // Nine days want two deployments of five and four days each, and the 1,000 who stayed at home can relieve as many.
  EXPECT_NEAR(plan.result.objective, solve(scenario, {.method = SolveMethod::Arcs}).result.objective, 1e-3);
}

TEST(RosterSearch, TwoThousandClassesOfOne) {
  MiniWorld world(8);
  world.prices(0.001);
  world.agreement("mx-bc", "mx", "bc", {.line = 5});
  world.unit("brigade", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..11111.").quantity = 1500;
  ScenarioData data = world.data();
  const Unit pattern = data.units[UnitIndex(0U)];
  for (int i = 1; i < 2000; ++i) {
    Unit unit = pattern;
    unit.id = "brigade-" + std::to_string(i);
    unit.daily_cost = Money(1000.0 + i);
    data.units.push_back(unit);
  }
  const Scenario scenario(data);
  const Problem problem = make_problem(scenario);
  EXPECT_EQ(problem.classes.size(), 2000U);
  const Plan plan = solve(scenario, by_rosters(2));
  expect_checked(scenario, plan);
  EXPECT_EQ(plan.assignments.size(), 1500U);
  EXPECT_NEAR(plan.result.vector.need.value(), 0.0, 1e-9);
}

TEST(RosterSearch, NothingIsAllowed) {
  MiniWorld world(8);
  world.unit("brigade", "mx", "crew", 3);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..222...");
  const Plan plan = solve(Scenario(world.data()), by_rosters());
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  EXPECT_NEAR(plan.result.objective, 6 * 300.0, 1e-9);
  EXPECT_NEAR(plan.result.constant, 6 * 300.0, 1e-9);
  EXPECT_TRUE(plan.assignments.empty());
}

TEST(RosterSearch, EverythingIsAllowed) {
  MiniWorld world(20);
  world.prices(0.001);
  world.agreement("all", "*", "*", {.line = 4, .off = 1, .tours = 2, .rest = 1, .moves = 1});
  for (const char* agency : {"mx", "us", "za"})
    world.unit(std::string("crews-") + agency, agency, "crew", 4);
  world.incident("fire", "bc");
  world.incident("blaze", "bc");
  world.move("fire", "blaze", 1);
  world.request("q1", "fire", "crew", "..4444444444........").priority = 1;
  world.request("q2", "blaze", "crew", "......5555555555....").priority = 2;
  const Scenario scenario(world.data());
  const Plan rosters = solve(scenario, by_rosters());
  const Plan arcs = solve(scenario, {.method = SolveMethod::Arcs});
  expect_checked(scenario, rosters);
  EXPECT_GE(rosters.result.objective, arcs.result.objective - 1e-6);
  EXPECT_LE(rosters.result.bound, arcs.result.objective + 1e-6);
}

// docs/decisions/0009.
TEST(RosterSearch, TwoOperationalPeriodsOfADayAreTwoLines) {
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = 8});
  world.unit("brigade", "mx", "crew", 3);
  world.incident("fire", "bc");
  world.request("by-day", "fire", "crew", "..2222....");
  world.request("by-night", "fire", "crew", "..2222....");
  const Scenario scenario(world.data());
  const Plan plan = solve(scenario, by_rosters());
  expect_checked(scenario, plan);
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  // Three crews are three shifts a day, of the four that are wanted.
  for (int t = 2; t < 6; ++t) {
    const auto column = static_cast<std::size_t>(t);
    EXPECT_EQ(plan.requests[0].working[column] + plan.requests[1].working[column], 3) << t;
  }
}

TEST(RosterSearch, AHorizonOfFourMonths) {
  MiniWorld world(120);
  world.agreement("mx-bc", "mx", "bc", {.line = 14, .off = 3, .tours = 2, .rest = 2});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  std::string strip(120, '.');
  for (std::size_t t = 10; t < 110; ++t)
    strip[t] = '1';
  world.request("q", "fire", "crew", strip);
  const Scenario scenario(world.data());
  const Plan plan = solve(scenario, by_rosters());
  expect_checked(scenario, plan);
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  EXPECT_NEAR(plan.result.objective, solve(scenario, {.method = SolveMethod::Arcs}).result.objective, 1e-6);
}

TEST(RosterSearch, ThreadsDoNotChangeThePlan) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Scenario scenario(random_scenario(seed));
    std::optional<Plan> one;
    try {
      one = solve(scenario, by_rosters());
    } catch (const ContradictionError&) {
      EXPECT_THROW(solve(scenario, by_rosters(2)), ContradictionError);
      continue;
    }
    const Plan two = solve(scenario, by_rosters(2));
    EXPECT_EQ(one->assignments, two.assignments) << "seed " << seed;
    EXPECT_EQ(one->result, two.result) << "seed " << seed;
  }
}

TEST(RosterSearch, NeverWorseThanThePlanToBeginWith) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Scenario scenario(random_scenario(seed));
    for (const SolveMethod method : {SolveMethod::Arcs, SolveMethod::Rosters}) {
      try {
        SolveOptions options;
        options.method = method;
        options.start = solve(scenario);
        const double before = options.start->result.objective;
        options.stop = [] { return true; };  // nothing but the start can be as good
        const Plan plan = solve(scenario, options);
        EXPECT_LE(plan.result.objective, before + 1e-6) << "seed " << seed;
        expect_checked(scenario, plan);
      } catch (const ContradictionError&) {
        continue;
      }
    }
  }
}

TEST(RosterSearch, TimeRunsFromWhenItStartedAndWithNoneLeftTheFirstPlanStands) {
  int cut_short = 0;
  int without_plan = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Scenario scenario(random_scenario(seed));
    SolveOptions options = by_rosters(2);
    options.seconds = 5.0;
    options.started -= std::chrono::seconds(10);
    double elapsed = 0.0;
    options.on_progress = [&](const Progress& progress) { elapsed = progress.seconds; };
    try {
      const Plan plan = solve(scenario, options);
      expect_checked(scenario, plan);
      if (is_same_value(plan.result.objective, plan.result.bound))
        continue;
      ++cut_short;
      EXPECT_EQ(plan.result.status, PlanStatus::TimeLimit) << "seed " << seed;
      EXPECT_EQ(plan.result.bound, plan.result.constant) << "seed " << seed;
      EXPECT_GE(elapsed, 10.0) << "seed " << seed;
    } catch (const ContradictionError&) {
      continue;
    } catch (const LimitReachedError&) {
      ++without_plan;  // pins that neither the dispatcher nor best responses keep
    }
  }
  EXPECT_GT(cut_short, 30);
  EXPECT_LT(without_plan, 5);
}

TEST(RosterSearch, EveryBoundOfTheWayHoldsForTheOptimum) {
  int raised_twice = 0;
  int lower = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Scenario scenario(random_scenario(seed));
    std::optional<double> optimum;
    try {
      optimum = solve(scenario, {.method = SolveMethod::Arcs}).result.objective;
    } catch (const ContradictionError&) {
      continue;
    }
    const Problem problem = make_problem(scenario);
    const RowTable rows(problem);
    const Coupling coupling = make_coupling(problem, rows, reach_of_duties(problem, rows));
    const PlanModel model(problem, rows);
    const RosterOracle oracle(model, 1);
    Master master(problem, rows, coupling);
    DualAscentOptions ascent;
    ascent.rounds = 30;
    ascent.on_round = [&](int, double bound) { EXPECT_LE(bound, *optimum + 1e-6) << "seed " << seed; };
    const auto raised = raise_bound(model, master, oracle, master.first_duals(0.5), ascent);
    std::vector<double> duals = raised.duals;
    EXPECT_NEAR(lagrangian_bound(problem, master, oracle, duals), raised.bound, 1e-6) << "seed " << seed;
    // With few duties priced - in all rounds here but the first - the bound is as true, and of most as good.
    ascent.exact_every = 10;
    ascent.rounds = 10;
    const auto of_few = raise_bound(model, master, oracle, master.first_duals(0.5), ascent);
    EXPECT_LE(of_few.bound, *optimum + 1e-6) << "seed " << seed;
    duals = of_few.duals;
    EXPECT_NEAR(lagrangian_bound(problem, master, oracle, duals), of_few.bound, 1e-6) << "seed " << seed;
    lower += of_few.bound < raised.bound - 0.02 * std::abs(raised.bound) ? 1 : 0;
    ++raised_twice;
    const RosterOracle two(model, 2);
    EXPECT_EQ(raise_bound(model, master, two, master.first_duals(0.5), ascent).duals, of_few.duals) << "seed " << seed;
    ColumnGenerationOptions generation;
    const auto relaxed = generate_columns(problem, rows, master, oracle, generation);
    EXPECT_LE(relaxed.bound, *optimum + 1e-6) << "seed " << seed;
    if (relaxed.complete && !master.lacks()) {
      EXPECT_NEAR(relaxed.bound, relaxed.relaxation, 1e-3 * (1.0 + std::abs(relaxed.relaxation))) << "seed " << seed;
    }
  }
  std::cout << lower << " of " << raised_twice << " bounds are lower by 2 % after ten rounds of few duties\n";
  EXPECT_LE(lower, raised_twice / 6);
}

/// Lines of kinds that have nothing to do with one another, each with crews for so many departures and lengths.
Scenario season_of_kinds(int kinds, int lines_of_kind) {
  MiniWorld world(44);
  world.agency("ab", "CA");
  world.agency("bc", "CA");
  world.agreement("ab-bc", "bc", "ab", {.line = 14, .min_line = 1});
  world.incident("fire", "ab");
  const std::string need = "..." + std::string(40, '1') + ".";
  for (int k = 0; k < kinds; ++k) {
    const std::string kind = k == 0 ? "crew" : k == 1 ? "interpreter" : "contingent-lead";
    world.unit("u" + std::to_string(k), "bc", kind, 2);
    for (int line = 0; line < lines_of_kind; ++line)
      world.request("q" + std::to_string(k) + "-" + std::to_string(line), "fire", kind, need);
  }
  return Scenario(world.data());
}

TEST(SolveMethod, IsArcsWhereEveryIndependentPartIsSmall) {
  EXPECT_EQ(method_for(make_problem(season_of_kinds(1, 3))), SolveMethod::Arcs);
  // As many columns as in three parts, but all in one.
  EXPECT_EQ(method_for(make_problem(season_of_kinds(1, 18))), SolveMethod::Rosters);
  EXPECT_EQ(method_for(make_problem(season_of_kinds(3, 6))), SolveMethod::Arcs);
}

}  // namespace
}  // namespace relevo::planner
