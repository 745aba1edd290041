// SPDX-License-Identifier: MIT
// What rows lack is how fast the bound rises there; steps go that way, and stay where duals may be.
#include "planner/solve/dual_steps.hpp"

#include "planner/solve/column_generation.hpp"
#include "tests/planner/solve/priced_scenario.hpp"
#include "tests/support/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <numeric>
#include <vector>

namespace relevo::planner {
namespace {

struct StepsStand : PricedScenario {
  explicit StepsStand(std::uint64_t seed)
      : PricedScenario(seed),
        coupling(make_coupling(problem, rows, reach_of_duties(problem, rows))),
        master(problem, rows, coupling) {}

  /// Duals of either sign, as they come.
  std::vector<double> any_duals(test::Rng& rng) const {
    std::vector<double> duals(coupling.model.rows.size());
    for (auto& dual : duals)
      dual = rng.pick(0, 3) == 0 ? 0.0 : rng.pick(-2000, 2000) / 4.0;
    return duals;
  }

  Coupling coupling;
  Master master;
};

/// What units use when each class follows its cheapest roster, by row of the table.
std::vector<double> uses_at(const StepsStand& at, const std::vector<double>& duals) {
  std::vector<double> used(at.rows.size(), 0.0);
  const std::vector<double> below(at.problem.classes.size(), 0.0);
  const auto answers = at.oracle.ask(at.master.prices(duals), below, 1);
  for (std::size_t c = 0; c < answers.size(); ++c)
    if (!answers[c].rosters.empty())
      for (const auto& use : uses_of(at.problem, at.rows, c, answers[c].rosters.front().roster))
        used[static_cast<std::size_t>(use.row)] +=
            use.amount * static_cast<double>(at.problem.classes[c].members.size());
  return used;
}

// The bound is concave, and what rows lack its slope: from wherever one looks, it lies below that plane.
TEST(DualSteps, WhatRowsLackIsTheSlopeOfTheBound) {
  int rises = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const StepsStand at(seed);
    DualSteps steps(at.master);
    test::Rng rng(seed);
    auto here = at.any_duals(rng);
    steps.project(here);
    const double bound = lagrangian_bound(at.problem, at.master, at.oracle, here);
    const auto slope = steps.lacking(here, uses_at(at, here));
    for (int i = 0; i < 5; ++i) {
      auto there = at.any_duals(rng);
      steps.project(there);
      const double other = lagrangian_bound(at.problem, at.master, at.oracle, there);
      double plane = bound;
      for (std::size_t row = 0; row < slope.size(); ++row)
        plane += slope[row] * (there[row] - here[row]);
      ASSERT_LE(other, plane + 1e-6 * (1.0 + std::abs(plane))) << "seed " << seed;
      rises += other > bound ? 1 : 0;
    }
  }
  std::cout << rises << " of 1000 bounds are higher than the one looked from\n";
  EXPECT_GE(rises, 200);
}

TEST(DualSteps, PricesAreThoseOfTheMaster) {
  int priced = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const StepsStand at(seed);
    DualSteps steps(at.master);
    test::Rng rng(seed);
    const auto duals = at.any_duals(rng);
    const auto& prices = steps.prices(duals);
    ASSERT_EQ(prices, at.master.prices(duals)) << "seed " << seed;
    priced += std::any_of(prices.begin(), prices.end(), [](double price) { return price != 0.0; }) ? 1 : 0;
  }
  EXPECT_GE(priced, 50);
}

TEST(DualSteps, ProjectsToWhereDualsMayBe) {
  int wrong = 0;
  int dear = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const StepsStand at(seed);
    test::Rng rng(seed);
    const auto any = at.any_duals(rng);
    auto duals = any;
    DualSteps(at.master).project(duals);
    for (std::size_t row = 0; row < any.size(); ++row) {
      const auto& sides = at.coupling.model.rows[row];
      const double most = at.master.most_duals()[row];
      if ((any[row] > 0.0 && sides.lower == -kInfinity) || (any[row] < 0.0 && sides.upper == kInfinity)) {
        ASSERT_EQ(duals[row], 0.0);
        ++wrong;
      } else {
        ASSERT_EQ(duals[row], std::min(any[row], most));
        dear += any[row] > most ? 1 : 0;
      }
    }
  }
  EXPECT_GE(wrong, 100);
  EXPECT_GE(dear, 50);
}

// Kingma and Ba (2015), algorithm 1, in the units of docs/solver.md.
TEST(DualSteps, StepsAsThePaperSays) {
  int moved = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const StepsStand at(seed);
    DualSteps steps(at.master);
    test::Rng rng(seed);
    std::vector<double> largest(at.rows.size());
    for (auto& one : largest)
      one = rng.pick(0, 40) / 2.0;
    steps.fit_to(largest);
    std::vector<double> amounts(at.coupling.model.rows.size(), 1.0);
    for (const auto& link : at.coupling.links) {
      double& amount = amounts[static_cast<std::size_t>(link.model_row)];
      amount = std::max(amount, std::abs(link.factor) * largest[static_cast<std::size_t>(link.table_row)]);
    }
    std::vector<double> worth;
    for (const double most : at.master.most_duals())
      if (most < kInfinity)
        worth.push_back(most);
    const double typical =
        worth.empty() ? 1.0 : std::accumulate(worth.begin(), worth.end(), 0.0) / static_cast<double>(worth.size());
    auto duals = at.any_duals(rng);
    steps.project(duals);
    auto expected = duals;
    std::vector<double> mean(duals.size(), 0.0);
    std::vector<double> square(duals.size(), 0.0);
    for (int i = 1; i <= 8; ++i) {
      std::vector<double> use(at.rows.size());
      for (auto& one : use)
        one = rng.pick(0, 6);
      const auto lacks = steps.lacking(expected, use);
      for (std::size_t row = 0; row < expected.size(); ++row) {
        mean[row] = 0.8 * mean[row] + 0.2 * lacks[row];
        square[row] = 0.95 * square[row] + 0.05 * lacks[row] * lacks[row];
        if (mean[row] == 0.0)
          continue;
        const double usual = std::sqrt(square[row] / (1.0 - std::pow(0.95, i))) + 0.1 * amounts[row];
        expected[row] += 0.01 * typical / amounts[row] * mean[row] / (1.0 - std::pow(0.8, i)) / usual;
      }
      steps.project(expected);
      const auto before = duals;
      steps.step(duals, use, 0.01);
      for (std::size_t row = 0; row < duals.size(); ++row) {
        ASSERT_NEAR(duals[row], expected[row], 1e-9 * (1.0 + std::abs(expected[row]))) << "seed " << seed;
        moved += duals[row] != before[row] ? 1 : 0;
      }
    }
  }
  EXPECT_GE(moved, 1000);
}

}  // namespace
}  // namespace relevo::planner
