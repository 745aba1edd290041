// SPDX-License-Identifier: MIT
// What prices say of arcs, on random tiny scenarios: the best plan stays within, whatever the prices and the plan at
// hand, and the programme that is left ends with it.
#include "planner/solve/arc_bounds.hpp"

#include "planner/solve/arc_search.hpp"
#include "planner/solve/column_generation.hpp"
#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <optional>
#include <vector>

namespace relevo::test {
namespace {

using planner::Formulation;
using planner::PlanState;

constexpr int kCases = 160;
constexpr double kTolerance = 1e-6;

std::optional<planner::Plan> optimum_of(const planner::Scenario& scenario) {
  try {
    return planner::solve(scenario, {.method = planner::SolveMethod::Arcs});
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

TEST(ArcBounds, NeverCutOffABetterPlan) {
  const std::uint64_t first = first_seed(1);
  int plans = 0;
  int bettered = 0;
  std::size_t all_columns = 0;
  std::size_t columns_left = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const auto data = random_scenario(seed);
    const planner::Scenario scenario(data);
    const auto optimum = optimum_of(scenario);
    if (!optimum)
      continue;
    const auto problem = planner::make_problem(scenario);
    const planner::RowTable rows(problem);
    const planner::PlanModel model(problem, rows);
    const auto coupling = planner::make_coupling(problem, rows, planner::reach_of_duties(problem, rows));
    const planner::Master master(problem, rows, coupling);
    const planner::RosterOracle oracle(model, 1);
    const Formulation formulation(problem);
    const PlanState best = planner::state_of(model, *optimum).state;
    ASSERT_TRUE(best.is_feasible()) << "seed " << seed;
    std::optional<PlanState> worse;
    if (const auto baseline = planner::greedy_plan(problem, rows))
      worse = planner::state_of(model, *baseline).state;

    auto raised = planner::raise_bound(model, master, oracle, master.first_duals(0.5), {.rounds = 30}).duals;
    auto guessed = master.first_duals(0.2 * static_cast<double>(i % 6));
    for (auto* duals : {&raised, &guessed}) {
      const double bound = planner::lagrangian_bound(problem, master, oracle, *duals);
      std::vector<const PlanState*> at_hand_now = {&best};
      if (worse)
        at_hand_now.push_back(&*worse);
      for (const PlanState* at_hand : at_hand_now) {
        const double gap = at_hand->value().points - bound;
        ASSERT_GE(gap, -kTolerance) << "seed " << seed;
        const auto most = planner::most_units(problem, formulation, master.prices(*duals), gap + kTolerance);
        const auto units = planner::units_on_arcs(problem, formulation, best);
        ASSERT_TRUE(units) << "seed " << seed;
        for (std::size_t j = 0; j < units->size(); ++j)
          ASSERT_LE((*units)[j], most[j]) << "seed " << seed << ", " << formulation.model().columns[j].name << '\n'
                                          << to_text(data);
        const auto found = planner::search_arcs(model, formulation, most, *at_hand, {.in_child = true});
        ASSERT_EQ(found.end, planner::MipResult::End::Optimal) << "seed " << seed;
        const double objective = found.plan ? found.plan->value().points : at_hand->value().points;
        ASSERT_NEAR(objective, optimum->result.objective, 1e-5) << "seed " << seed << '\n' << to_text(data);
        ASSERT_NEAR(found.bound, optimum->result.objective, 1e-5) << "seed " << seed;
        // With a gap asked for, what is proved is no more than what holds.
        const auto near = planner::search_arcs(model, formulation, most, *at_hand, {.gap = 0.05, .in_child = true});
        ASSERT_LE(near.bound, optimum->result.objective + 1e-5) << "seed " << seed;
        ++plans;
        bettered += found.plan ? 1 : 0;
        all_columns += most.size();
        columns_left += found.columns;
      }
    }
  }
  std::cout << plans << " plans at hand, " << bettered << " bettered; " << columns_left << " of " << all_columns
            << " columns left\n";
  EXPECT_GT(bettered, number_of_cases(kCases) / 6);
  EXPECT_LT(columns_left, all_columns * 4 / 5);
}

}  // namespace
}  // namespace relevo::test
