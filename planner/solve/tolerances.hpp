// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

/// How exactly the parts of the solver compare numbers.
namespace relevo::planner {

/// Of what rosters use of a row: sums of whole numbers, and of shares such as 1/3.
inline constexpr double kAmountTolerance = 1e-9;
/// Of the prices of rosters, in points: what is cheaper by less than this is no better.
inline constexpr double kPriceTolerance = 1e-9;
/// Of the value of whole plans, in points.
inline constexpr double kProofTolerance = 1e-6;
/// Whether two values of whole plans say the same: sums of so many points, added up in another order.
inline bool is_same_value(double a, double b) {
  return std::abs(a - b) <= kProofTolerance + 1e-9 * std::abs(b);
}

}  // namespace relevo::planner
