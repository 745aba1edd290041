// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/day_pricing.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_pricing.hpp"

#include <cstddef>
#include <vector>

namespace relevo::planner {

/// The cheapest rosters of all classes at once, on one or more threads; the answer is the same with any number.
class RosterOracle {
 public:
  RosterOracle(const PlanModel& model, int threads);

  struct Answer {
    double least = 0.0;                 ///< the least price of a roster of the class, at most 0
    std::vector<PricedRoster> rosters;  ///< the cheapest ones, where they are cheaper than asked for
  };

  /// For each class up to `most` rosters whose price is below `below` of the class. `price_of_row`: points for each
  /// unit of use, by row of the table. `only`: the classes to ask, ascending; empty: all. `of_day`: how many
  /// duties of a day are open, as DayPricing::fill() has it; with fewer than all `least` may be more than the least.
  std::vector<Answer> ask(const std::vector<double>& price_of_row, const std::vector<double>& below, std::size_t most,
                          const std::vector<std::size_t>& only = {}, std::size_t of_day = kAllDuties) const;

  int threads() const noexcept { return threads_; }
  /// By class.
  const std::vector<RosterPricing>& pricings() const noexcept { return pricings_; }

 private:
  const PlanModel& model_;
  int threads_;
  std::vector<RosterPricing> pricings_;  // by class
};

}  // namespace relevo::planner
