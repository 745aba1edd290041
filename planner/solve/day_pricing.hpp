// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_prices.hpp"

#include <cstddef>
#include <vector>

namespace relevo::planner {

/// For a number of duties: those that there are.
inline constexpr std::size_t kAllDuties = static_cast<std::size_t>(-1);

/// Prices the days of one class at prices of rows. It holds nothing of its own: seasons have millions of duties.
class DayPricing {
 public:
  DayPricing(const PlanModel& model, std::size_t unit_class) : model_(model), unit_class_(unit_class) {}

  /// The price of a day: what a unit costs by itself (money and points of docs/model.md, section 5) and what its use of
  /// rows costs. Days on which the unit cannot be away, or would use more of a row than its limit, are infinite.
  void fill(const RowPrice& price, RosterPrices& prices) const;
  /// The same where the price of a row is a number for each unit of use, by row of the table. Of the duties only those
  /// are open that on some day have one of the `of_day` cheapest line days below 0; the others have no line day.
  void fill(const std::vector<double>& price_of_row, RosterPrices& prices, std::size_t of_day = kAllDuties) const;

 private:
  const PlanModel& model_;
  std::size_t unit_class_;
};

}  // namespace relevo::planner
