// SPDX-License-Identifier: MIT
// The pool of rosters adds up what units use; plans that are dived for hold no more units than there are and break no
// rule.
#include "planner/solve/dive.hpp"

#include "planner/solve/column_generation.hpp"
#include "planner/solve/first_duals.hpp"
#include "tests/planner/solve/priced_scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::planner {
namespace {

/// A scenario with all that an ascent needs.
struct AscentStand : PricedScenario {
  explicit AscentStand(std::uint64_t seed)
      : PricedScenario(seed),
        coupling(make_coupling(problem, rows, reach_of_duties(problem, rows))),
        master(problem, rows, coupling),
        local(model, oracle.pricings()) {}

  Coupling coupling;
  Master master;
  LocalSearch local;
};

TEST(RosterPool, AddsUpWhatUnitsUse) {
  int used = 0;
  int fixed = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const AscentStand stand(seed);
    std::vector<double> duals = stand.master.first_duals(0.9);
    const auto prices = stand.master.prices(duals);
    const auto answers = stand.oracle.ask(prices, std::vector<double>(stand.problem.classes.size(), 0.0), 2);
    RosterPool pool(stand.model);
    std::vector<double> expected(stand.rows.size(), 0.0);
    for (std::size_t c = 0; c < answers.size(); ++c) {
      if (answers[c].rosters.empty())
        continue;
      for (const auto& one : answers[c].rosters)
        pool.follow(c, &one.roster);
      const Roster& cheapest = answers[c].rosters.front().roster;
      for (const auto& entry : uses_of(stand.problem, stand.rows, c, cheapest))
        expected[static_cast<std::size_t>(entry.row)] +=
            static_cast<double>(stand.problem.classes[c].members.size()) * entry.amount;
      ++used;
    }
    pool.choose(prices);
    for (std::size_t row = 0; row < expected.size(); ++row)
      ASSERT_NEAR(pool.use()[row], expected[row], 1e-9) << "seed " << seed;
    // Who is fixed uses what it did before, and is free no more; what is forbidden is followed by nobody.
    for (std::size_t c = 0; c < answers.size(); ++c) {
      if (answers[c].rosters.empty())
        continue;
      const auto record = stand.model.make_record(c, answers[c].rosters.front().roster);
      while (pool.free(c) > 0) {
        pool.fix(c, record);
        ++fixed;
      }
    }
    pool.choose(prices);
    for (std::size_t row = 0; row < expected.size(); ++row)
      ASSERT_NEAR(pool.use()[row], expected[row], 1e-9) << "seed " << seed;
  }
  EXPECT_GE(used, 50);
  EXPECT_GE(fixed, 50);
}

TEST(Dive, FixesUnitsThatAreThereAndBreaksNoRule) {
  int compared = 0;
  int with_rosters = 0;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const AscentStand stand(seed);
    const PlanState first = stand.local.construct(seed);
    if (!first.is_feasible())
      continue;
    DualAscentOptions ascent;
    ascent.rounds = 6;
    const auto raised =
        raise_bound(stand.model, stand.master, stand.oracle, duals_of_plan(stand.coupling, first), ascent);
    EXPECT_LE(raised.bound, first.value().points + 1e-6) << "seed " << seed;
    for (const bool in_batches : {false, true}) {
      DiveOptions options;
      options.escorts_in_batches = in_batches;
      const auto rosters = dive(stand.model, stand.master, stand.oracle, raised, options);
      std::vector<double> units(stand.problem.classes.size(), 0.0);
      for (const auto& one : rosters)
        units[one.unit_class] += one.units;
      for (std::size_t c = 0; c < units.size(); ++c)
        EXPECT_LE(units[c], static_cast<double>(stand.problem.classes[c].members.size())) << "seed " << seed;
      const PlanState plan = stand.local.construct(seed, rosters);
      if (plan.is_feasible()) {
        EXPECT_GE(plan.value().points, raised.bound - 1e-6) << "seed " << seed;
        ++compared;
      }
      with_rosters += rosters.empty() ? 0 : 1;
    }
  }
  EXPECT_GE(compared, 100);
  EXPECT_GE(with_rosters, 50);
}

}  // namespace
}  // namespace relevo::planner
