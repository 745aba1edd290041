// SPDX-License-Identifier: MIT
// The pool adds up what units use that are fixed; plans that are dived for hold no more units than there are and break
// no rule.
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

TEST(DeploymentPool, FixedUnitsFollowTheirsWhateverThePrices) {
  int used = 0;
  int fixed = 0;
  int forbidden = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const AscentStand stand(seed);
    const auto prices = stand.master.prices(stand.master.first_duals(0.9));
    const auto answers = stand.oracle.ask(prices, std::vector<double>(stand.problem.classes.size(), 0.0), 2);
    DeploymentPool pool(stand.model);
    std::vector<double> nobody(stand.rows.size(), 0.0);
    std::vector<double> all(stand.rows.size(), 0.0);
    std::vector<std::size_t> classes;
    for (std::size_t c = 0; c < answers.size(); ++c) {
      if (answers[c].rosters.empty())
        continue;
      for (const auto& one : answers[c].rosters)
        pool.add(c, one.roster);
      classes.push_back(c);
      for (const auto& entry : uses_of(stand.problem, stand.rows, c, answers[c].rosters.front().roster))
        all[static_cast<std::size_t>(entry.row)] +=
            static_cast<double>(stand.problem.classes[c].members.size()) * entry.amount;
      ++used;
    }
    const auto expect_use = [&](const DeploymentPool& of, const std::vector<double>& expected, const char* when) {
      for (std::size_t row = 0; row < expected.size(); ++row)
        ASSERT_NEAR(of.use()[row], expected[row], 1e-9) << "seed " << seed << ", " << when;
    };
    // Closed and forbidden: nobody goes.
    DeploymentPool without = pool;
    DeploymentPool closed = pool;
    for (const std::size_t c : classes) {
      without.choose(prices);
      for (const auto& one : answers[c].rosters) {
        if (!stand.model.pins_of(c).empty())
          without.forbid(c, one.roster);
        else
          for (const auto& deployment : one.roster)
            without.forbid(c, {deployment});
        ++forbidden;
      }
    }
    without.choose(prices);
    expect_use(without, nobody, "forbidden");
    closed.choose(prices);
    for (const std::size_t c : classes)
      closed.close(c);
    expect_use(closed, nobody, "closed");
    closed.choose(prices);
    expect_use(closed, nobody, "closed and chosen");
    // Fixed: all go, also where prices would keep them at home.
    for (const std::size_t c : classes) {
      const auto record = stand.model.make_record(c, answers[c].rosters.front().roster);
      EXPECT_EQ(pool.free(c), stand.problem.classes[c].members.size());
      for (; pool.free(c) > 0; ++fixed) {
        pool.choose(prices);
        pool.fix(c, record);
      }
    }
    expect_use(pool, all, "fixed");
    pool.choose(std::vector<double>(stand.rows.size(), 0.0));
    expect_use(pool, all, "fixed and chosen");
  }
  EXPECT_GE(used, 50);
  EXPECT_GE(fixed, 50);
  EXPECT_GE(forbidden, 50);
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
      if (seed % 2 == 0)
        options.seconds = 0.0;  // no time at all is enough for the least number of batches
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
