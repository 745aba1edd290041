// SPDX-License-Identifier: MIT
// Branching on escorts on random tiny scenarios: the bound never passes the best plan, the best plan stays in a leaf
// and within what the leaves leave of the arcs, and the tree is the same with any number of threads.
#include "planner/solve/escort_tree.hpp"

#include "planner/solve/arc_bounds.hpp"
#include "planner/solve/arc_search.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/property/stand.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>
#include <vector>

namespace relevo::test {
namespace {

using planner::EscortTreeOptions;
using planner::EscortTreeResult;

constexpr int kCases = 9000;
constexpr int kNodes = 60;
constexpr double kTolerance = 1e-6;
constexpr double kWorse = 300.0;  ///< points: a plan at hand that is not the best

std::optional<planner::Plan> best_plan_of(const planner::Scenario& scenario) {
  try {
    return planner::solve(scenario, {.method = planner::SolveMethod::Arcs});
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

bool has_escorts(const SearchStand& stand) {
  for (std::size_t j = 0; j < stand.coupling.model.columns.size(); ++j)
    if (stand.index.present_row(static_cast<int>(j)) >= 0)
      return true;
  return false;
}

/// The relaxation, its rosters and the tree over it.
struct Trees {
  explicit Trees(const SearchStand& of) : stand(of), master(of.problem, of.rows, of.coupling), formulation(of.problem) {
    relaxed = planner::generate_columns(stand.problem, stand.rows, master, stand.oracle, {});
  }

  EscortTreeResult grow(double objective, int nodes, int threads = 1) const {
    EscortTreeOptions options;
    options.objective = objective;
    options.nodes = nodes;
    options.threads = threads;
    return branch_on_escorts(stand.model, stand.coupling, master.columns(), relaxed, options);
  }

  const SearchStand& stand;
  planner::Master master;
  planner::Formulation formulation;
  planner::ColumnGenerationResult relaxed;
};

void expect_same(const EscortTreeResult& a, const EscortTreeResult& b, std::uint64_t seed) {
  EXPECT_EQ(a.bound, b.bound) << "seed " << seed;
  EXPECT_EQ(a.nodes, b.nodes) << "seed " << seed;
  ASSERT_EQ(a.leaves.size(), b.leaves.size()) << "seed " << seed;
  for (std::size_t i = 0; i < a.leaves.size(); ++i)
    EXPECT_EQ(a.leaves[i].row_duals, b.leaves[i].row_duals) << "seed " << seed;
}

TEST(EscortTree, NeverPassesTheBestPlan) {
  const std::uint64_t first = first_seed(1);
  int trees = 0;
  int branched = 0;
  int raised = 0;
  int proved = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    if (!has_escorts(stand))
      continue;
    const auto best_plan = best_plan_of(stand.scenario);
    if (!best_plan)
      continue;
    const double optimum = best_plan->result.objective;
    const Trees trees_of(stand);
    // Nothing is better than the best plan: what is proved is that, or less.
    const auto of_best = trees_of.grow(optimum, kNodes);
    ASSERT_LE(of_best.bound, optimum + kTolerance) << "seed " << seed << '\n' << to_text(stand.data);
    ASSERT_GE(of_best.bound, std::min(trees_of.relaxed.bound, optimum) - kTolerance) << "seed " << seed;
    // The best plan is better than this one, so that some leaf has it, however short the tree is cut.
    for (const int nodes : {1, 3, kNodes}) {
      const auto of_worse = trees_of.grow(optimum + kWorse, nodes);
      ASSERT_FALSE(of_worse.leaves.empty()) << "seed " << seed << ", " << nodes << " nodes\n" << to_text(stand.data);
      ASSERT_LE(of_worse.bound, optimum + kTolerance) << "seed " << seed << ", " << nodes << " nodes\n"
                                                      << to_text(stand.data);
      ASSERT_LE(of_worse.nodes, nodes) << "seed " << seed;
      for (const auto& leaf : of_worse.leaves)
        ASSERT_GE(leaf.bound, of_worse.bound) << "seed " << seed;
      const auto most =
          planner::most_units(stand.problem, trees_of.formulation, trees_of.master, of_worse.leaves, optimum + kWorse);
      const auto units =
          planner::units_on_arcs(stand.problem, trees_of.formulation, state_of(stand.model, *best_plan).state);
      ASSERT_TRUE(units) << "seed " << seed;
      for (std::size_t j = 0; j < units->size(); ++j)
        ASSERT_LE((*units)[j], most[j]) << "seed " << seed << ", " << nodes << " nodes, "
                                        << trees_of.formulation.model().columns[j].name << '\n'
                                        << to_text(stand.data);
    }
    expect_same(of_best, trees_of.grow(optimum, kNodes, 2), seed);
    ++trees;
    branched += of_best.nodes > 1 ? 1 : 0;
    raised += of_best.bound > trees_of.relaxed.bound + 1.0 ? 1 : 0;
    proved += of_best.leaves.empty() && of_best.nodes > 1 ? 1 : 0;
  }
  std::cout << trees << " trees, " << branched << " with more than one node, " << raised << " raise the bound, "
            << proved << " of these prove the plan\n";
  EXPECT_GT(branched, number_of_cases(kCases) / 100);
  EXPECT_GT(raised, number_of_cases(kCases) / 150);
}

/// Trials with steps enough come to what the relaxation comes to under the bound, and leave it as it was.
TEST(EscortTree, TrialsComeToWhatTheRelaxationComesTo) {
  int trials = 0;
  for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
    const SearchStand stand(seed);
    if (!has_escorts(stand))
      continue;
    Trees trees(stand);
    planner::Master& master = trees.master;
    const auto values = master.auxiliary();
    std::vector<int> columns;
    for (std::size_t j = 0; j < values.size(); ++j)
      if (stand.index.present_row(static_cast<int>(j)) >= 0 && std::abs(values[j] - std::round(values[j])) > 1e-3)
        columns.push_back(static_cast<int>(j));
    if (columns.empty())
      continue;
    const double before = master.objective();
    const auto rises = master.rises(columns, 100'000);
    ASSERT_EQ(rises.size(), columns.size());
    EXPECT_EQ(master.objective(), before) << "seed " << seed;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const auto j = static_cast<std::size_t>(columns[k]);
      const auto& own = stand.coupling.model.columns[j];
      planner::Master below(master);
      below.bound_auxiliary(columns[k], own.lower, std::floor(values[j]));
      below.solve();
      EXPECT_NEAR(rises[k].below, below.objective() - before, 1e-4) << "seed " << seed << ", " << own.name;
      planner::Master above(master);
      above.bound_auxiliary(columns[k], std::ceil(values[j]), own.upper);
      above.solve();
      if (above.auxiliary()[j] >= std::ceil(values[j]) - 1e-6) {  // else no roster at hand brings so many
        EXPECT_NEAR(rises[k].above, above.objective() - before, 1e-4) << "seed " << seed << ", " << own.name;
      }
      ++trials;
    }
    const auto after = master.auxiliary();
    for (std::size_t j = 0; j < values.size(); ++j)
      EXPECT_NEAR(after[j], values[j], 1e-9) << "seed " << seed;
  }
  std::cout << trials << " trials\n";
  EXPECT_GT(trials, 100);
}

/// Stopped at once, the tree says what was known.
TEST(EscortTree, StoppedAtOnceSaysWhatWasKnown) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const SearchStand stand(seed);
    if (!has_escorts(stand))
      continue;
    const Trees trees(stand);
    EscortTreeOptions options;
    options.objective = trees.relaxed.bound + kWorse;
    options.nodes = kNodes;
    options.stop = [] { return true; };
    const auto result = branch_on_escorts(stand.model, stand.coupling, trees.master.columns(), trees.relaxed, options);
    ASSERT_EQ(result.leaves.size(), 1U);
    EXPECT_EQ(result.nodes, 0);
    EXPECT_EQ(result.bound, trees.relaxed.bound);
    EXPECT_EQ(result.leaves.front().row_duals, trees.relaxed.duals.rows);
    return;
  }
  FAIL() << "no scenario has escorts of the roster";
}

}  // namespace
}  // namespace relevo::test
