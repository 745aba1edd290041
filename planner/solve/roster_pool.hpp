// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_model.hpp"

#include <cstddef>
#include <vector>

namespace relevo::planner {

/// Whole rosters to dive among: what each class would choose at prices of the rows, where some of its units are fixed
/// already. (DeploymentPool is what the ascent chooses from.)
class RosterPool {
 public:
  explicit RosterPool(const PlanModel& model);

  /// What the units of a class follow; none: they stay at home.
  void follow(std::size_t unit_class, const Roster* roster);
  /// One unit of the class follows the record from now on and is chosen for no more.
  void fix(std::size_t unit_class, const RecordPtr& record);
  /// Nobody else of the class can follow the record.
  void forbid(std::size_t unit_class, const RecordPtr& record);
  /// The units of the class that are not fixed stay at home.
  void close(std::size_t unit_class);
  /// Units of the class that are not fixed.
  std::size_t free(std::size_t unit_class) const { return units_[unit_class]; }

  /// Each class turns to its cheapest roster at these prices (points for each unit of use, by row of the table).
  /// `threads` never changes which.
  void choose(const std::vector<double>& price_of_row, int threads = 1);

  /// What all units use when they follow the rosters chosen, or fixed, by row of the table.
  const std::vector<double>& use() const noexcept { return use_; }
  /// The largest use of one unit that any roster had, by row of the table.
  const std::vector<double>& largest_use() const noexcept { return largest_use_; }

  /// Counts the rosters that are followed now, for shares().
  void count();
  struct Share {
    std::size_t unit_class = 0;
    RecordPtr record;
    double share = 0.0;  ///< of the counts
  };
  std::vector<Share> shares() const;
  void restart_counts();

 private:
  struct Column {
    RecordPtr record;
    std::vector<RowRun> pins;  // that it meets: the record's own runs leave them out
    long counts = 0;
  };
  template <class Visit>
  static void for_each_run(const Column& column, const Visit& visit);
  static constexpr std::size_t kHome = static_cast<std::size_t>(-1);
  void turn(std::size_t unit_class, std::size_t column);
  std::size_t cheapest(std::size_t unit_class) const;
  void add_use(const Column& column, double units);
  std::vector<RowRun> pins_met(std::size_t unit_class, const RosterRecord& record) const;

  const PlanModel& model_;
  std::vector<std::vector<Column>> columns_;  // by class
  std::vector<std::size_t> chosen_;           // by class
  std::vector<std::size_t> units_;            // not fixed, by class
  std::vector<double> use_;
  std::vector<double> largest_use_;
  std::vector<double> sums_;  // of the prices of the rows before
  long counted_ = 0;
};

}  // namespace relevo::planner
