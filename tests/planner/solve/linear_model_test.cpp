// SPDX-License-Identifier: MIT
#include "planner/solve/linear_model.hpp"

#include "planner/model/diagnostics.hpp"
#include "planner/solve/blocks.hpp"
#include "planner/solve/mip.hpp"

#include <gtest/gtest.h>

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
