// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_pricing.hpp"

#include <vector>

namespace relevo::planner {

/// What a roster costs: its own points, and at these prices, by row of the table, all that it uses. Pins are left out,
/// as they are of its runs.
double price_of(const PlanModel& model, const RosterRecord& record, const std::vector<double>& price_of_row);

/// Prices of rows that a relaxation found (Master::prices), for a search to look at beside those of its plan. What a
/// plan costs above the relaxation's bound is the sum of what its rosters cost above the cheapest ones of their classes
/// at these prices, and of what it leaves undone of rows with a price.
class RowGuide {
 public:
  /// Guides nowhere.
  RowGuide() = default;
  RowGuide(const PlanModel& model, const std::vector<RosterPricing>& pricing, std::vector<double> price_of_row,
           int threads);

  bool is_empty() const noexcept { return price_of_row_.empty(); }
  const std::vector<double>& price_of_row() const noexcept { return price_of_row_; }
  /// By how much a roster (nullptr: staying at home) of a unit of the class is dearer than its class's cheapest one.
  double regret(const PlanModel& model, std::size_t unit_class, const RecordPtr& record) const;

 private:
  std::vector<double> price_of_row_;
  std::vector<double> least_;  // by class
};

}  // namespace relevo::planner
