// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/ledger.hpp"
#include "planner/check/timeline.hpp"

namespace relevo::planner::checking {

/// Files round money to the hundredth.
inline constexpr double kMoneyTolerance = 0.011;

/// What one new assignment costs: section 5.
struct CostItems {
  double wages = 0.0;
  double travel = 0.0;
  double lodging = 0.0;
  double relief = 0.0;
  double sum() const noexcept { return wages + travel + lodging + relief; }
};
CostItems cost_of(const ScenarioData& data, const Timeline& timeline);

/// The parts of the objective that the assignments and the lifts of the plan add up to, all in points but the cost.
struct ObjectiveParts {
  double need = 0.0;
  double disturbance = 0.0;
  double cost = 0.0;  ///< money
  double tiers = 0.0;
  double movements = 0.0;
  double value(const Policy& policy) const noexcept {
    return need + disturbance + policy.points_per_money.value * cost + tiers + movements;
  }
};
ObjectiveParts objective_of(const Evidence& evidence, const Ledger& ledger);

}  // namespace relevo::planner::checking
