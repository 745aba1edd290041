// SPDX-License-Identifier: MIT
#include "planner/solve/linear_model.hpp"

#include "planner/model/diagnostics.hpp"
#include "planner/solve/blocks.hpp"
#include "planner/solve/mip.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace relevo::planner {
namespace {

/// minimise -3x - 2y + 0.1z,  x + y <= 4,  x - y = 1,  z >= 2.5;  x, y integer: x = 2, y = 1 or x = 2.5 relaxed.
LinearModel small_model() {
  LinearModel model;
  const int x = model.add_column({"x", 0.0, 10.0, -3.0, true});
  const int y = model.add_column({"y", 0.0, kInfinity, -2.0, true});
  const int z = model.add_column({"z", 0.0, kInfinity, 0.1, false});
  const int sum = model.add_row({"sum", -kInfinity, 4.0});
  const int difference = model.add_row({"difference", 1.0, 1.0});
  const int least = model.add_row({"least", 2.5, kInfinity});
  model.add_term(sum, x, 1.0);
  model.add_term(sum, y, 1.0);
  model.add_term(difference, x, 1.0);
  model.add_term(difference, y, -1.0);
  model.add_term(least, z, 1.0);
  return model;
}

TEST(LinearModel, WritesFreeMps) {
  EXPECT_EQ(to_mps(small_model(), "small"),
            "NAME          small\n"
            "ROWS\n"
            " N  objective\n"
            " L  sum\n"
            " E  difference\n"
            " G  least\n"
            "COLUMNS\n"
            "    MARKER1  'MARKER'  'INTORG'\n"
            "    x  objective  -3\n"
            "    x  sum  1\n"
            "    x  difference  1\n"
            "    y  objective  -2\n"
            "    y  sum  1\n"
            "    y  difference  -1\n"
            "    MARKER2  'MARKER'  'INTEND'\n"
            "    z  objective  0.1\n"
            "    z  least  1\n"
            "RHS\n"
            "    rhs  sum  4\n"
            "    rhs  difference  1\n"
            "    rhs  least  2.5\n"
            "RANGES\n"
            "BOUNDS\n"
            " UP bounds  x  10\n"
            " PL bounds  y\n"
            "ENDATA\n");
}

TEST(LinearModel, WritesLp) {
  EXPECT_EQ(to_lp(small_model(), "small"),
            "\\ small\n"
            "Minimize\n"
            " objective: - 3 x - 2 y + 0.1 z\n"
            "Subject To\n"
            " sum: + 1 x + 1 y <= 4\n"
            " difference: + 1 x - 1 y = 1\n"
            " least: + 1 z >= 2.5\n"
            "Bounds\n"
            " 0 <= x <= 10\n"
            "Generals\n"
            " x\n"
            " y\n"
            "End\n");
}

TEST(LinearModel, ReadsSolutionsAsHighsAndCbcWriteThem) {
  const auto model = small_model();
  const std::vector<double> expected{2.0, 1.0, 2.5};
  EXPECT_EQ(read_solution(model, "# Columns 3\nx 2\ny 1\nz 2.5\n", "a.sol"), expected);
  EXPECT_EQ(read_solution(model, "Optimal - objective value -7.75\n 0 x 2 -3\n** 1 y 1 -2\n 2 z 2.5 0.1\n", "b.sol"),
            expected);
  EXPECT_THROW(read_solution(model, "nothing to see\n", "c.sol"), InputError);
}

TEST(Mip, FindsTheIntegerOptimumAndProvesIt) {
  const auto result = solve_mip(small_model(), {});
  ASSERT_EQ(result.end, MipResult::End::Optimal);
  EXPECT_NEAR(result.objective, -3.0 * 2 - 2.0 * 1 + 0.25, 1e-9);
  EXPECT_EQ(result.bound, result.objective);
}

TEST(Mip, SaysInfeasible) {
  auto model = small_model();
  model.rows[0].upper = 0.5;
  EXPECT_EQ(solve_mip(model, {}).end, MipResult::End::Infeasible);
}

TEST(Mip, SaysInfeasibleOfARowWithoutTerms) {
  auto model = small_model();
  model.add_row({"pin", 1.0, kInfinity});
  EXPECT_EQ(solve_mip(model, {}).end, MipResult::End::Infeasible);
}

TEST(Mip, TakesARowWithoutTermsThatIsOffByRounding) {
  auto model = small_model();
  model.add_row({"used up", -kInfinity, 0.3 - (0.1 + 0.2)});
  ASSERT_LT(model.rows.back().upper, 0.0);
  EXPECT_EQ(solve_mip(model, {}).end, MipResult::End::Optimal);
}

/// minimise -x, 2x <= 3.4 and x whole: the linear programme says 1.7.
TEST(Mip, TakesNoRelaxationThatIsNotWhole) {
  for (const bool without_cuts : {false, true}) {
    LinearModel model;
    model.add_term(model.add_row({"most", -kInfinity, 3.4}), model.add_column({"x", 0.0, 9.0, -1.0, true}), 2.0);
    MipOptions options;
    options.without_cuts = without_cuts;
    const auto result = solve_mip(model, options);
    ASSERT_EQ(result.end, MipResult::End::Optimal);
    EXPECT_EQ(result.values, std::vector<double>{1.0});
    EXPECT_EQ(result.bound, -1.0);
    // Where nothing is better than what one begins with, that is the result.
    options.start = {1.0};
    const auto again = solve_mip(model, options);
    ASSERT_EQ(again.end, MipResult::End::Optimal);
    EXPECT_EQ(again.values, options.start);
    EXPECT_EQ(again.bound, -1.0);
  }
}

/// A market split: 25 numbers are to be halved three times over, which takes thousands of nodes to do well; any choice
/// is a solution, at the price of what is left over. the last column has a block of its own.
LinearModel hard_model_and_a_constant() {
  LinearModel model;
  std::vector<int> choice;
  for (int j = 0; j < 25; ++j)
    choice.push_back(model.add_column({"x" + std::to_string(j), 0.0, 1.0, 0.0, true}));
  for (int i = 0; i < 3; ++i) {
    double sum = 0.0;
    const int row = model.add_row({"split" + std::to_string(i), 0.0, 0.0});
    for (int j = 0; j < 25; ++j) {
      const double number = (j * (37 + 24 * i) + 11 * j * j + 5 * i) % 97 + 1;
      model.add_term(row, choice[static_cast<std::size_t>(j)], number);
      sum += number;
    }
    model.rows.back().lower = model.rows.back().upper = std::floor(sum / 2);
    model.add_term(row, model.add_column({"less" + std::to_string(i), 0.0, kInfinity, 1.0, false}), 1.0);
    model.add_term(row, model.add_column({"more" + std::to_string(i), 0.0, kInfinity, 1.0, false}), -1.0);
  }
  model.add_column({"constant", 1.0, 1.0, 7.0, false});
  return model;
}

TEST(Mip, ALimitInOneBlockKeepsWhatWasFound) {
  const LinearModel model = hard_model_and_a_constant();
  MipOptions options;
  options.nodes = 5;
  const auto result = solve_mip(model, options);
  ASSERT_EQ(result.end, MipResult::End::NodeLimit);
  ASSERT_EQ(result.values.size(), model.columns.size());
  EXPECT_EQ(result.values.back(), 1.0);
  double objective = 0.0;
  for (std::size_t j = 0; j < model.columns.size(); ++j)
    objective += model.columns[j].cost * result.values[j];
  EXPECT_NEAR(result.objective, objective, 1e-6);
  EXPECT_LT(result.bound, result.objective);
}

/// The same twice over, as two blocks.
LinearModel hard_models() {
  LinearModel model = hard_model_and_a_constant();
  const LinearModel again = model;
  const auto rows = static_cast<int>(model.rows.size());
  const auto columns = static_cast<int>(model.columns.size());
  model.rows.insert(model.rows.end(), again.rows.begin(), again.rows.end());
  model.columns.insert(model.columns.end(), again.columns.begin(), again.columns.end());
  for (const auto& term : again.terms)
    model.add_term(rows + term.row, columns + term.column, term.value);
  return model;
}

TEST(Mip, WhatALimitLeavesOutStaysAsItStarted) {
  const LinearModel model = hard_models();
  MipOptions options;
  options.nodes = 5;
  // Nobody is chosen: all that is asked for is left over.
  for (const auto& column : model.columns) {
    const int row = column.name.starts_with("less") ? column.name.back() - '0' : -1;
    options.start.push_back(row >= 0 ? model.rows[static_cast<std::size_t>(row)].lower : column.lower);
  }
  double cost = 0.0;
  for (std::size_t j = 0; j < model.columns.size(); ++j)
    cost += model.columns[j].cost * options.start[j];
  std::vector<double> incumbents;
  options.on_progress = [&](const Progress& progress) {
    if (progress.incumbent) {
      incumbents.push_back(*progress.incumbent);
      EXPECT_GE(*progress.incumbent, progress.bound - 1e-6);
    }
  };
  const auto result = solve_mip(model, options);
  ASSERT_EQ(result.end, MipResult::End::NodeLimit);
  ASSERT_EQ(result.values.size(), model.columns.size());
  EXPECT_LT(result.objective, cost);  // the first block's part is better
  EXPECT_GT(result.objective, cost / 2);
  for (const double incumbent : incumbents)
    EXPECT_GE(incumbent, result.objective - 1e-6);
  EXPECT_FALSE(incumbents.empty());

  // Without a start nothing is said of a whole that nobody has.
  options.start.clear();
  incumbents.clear();
  EXPECT_TRUE(solve_mip(model, options).values.empty());
  EXPECT_TRUE(incumbents.empty());
}

TEST(Blocks, TakeAModelApartByItsRows) {
  const auto blocks = independent_blocks(small_model());
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].columns, (std::vector<int>{0, 1}));
  EXPECT_EQ(blocks[0].model.rows.size(), 2U);
  EXPECT_EQ(blocks[1].columns, (std::vector<int>{2}));
  EXPECT_EQ(blocks[1].model.terms.size(), 1U);
}

}  // namespace
}  // namespace relevo::planner
