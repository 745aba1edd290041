// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/master.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::planner {

/// Steps of the duals of the coupling rows along what the rows lack when units follow rosters that they have chosen
/// (Kingma and Ba 2015: Adam). There are thousands of steps to one programme: what they read of the rows is kept in the
/// order in which they read it, and rows go side by side. `threads` never changes what comes of it.
class DualSteps {
 public:
  /// The auxiliary columns have the bounds that they have in the master now.
  explicit DualSteps(const Master& master, int threads = 1);

  /// A price moves by what fits the largest use that one unit makes of its row, by row of the table.
  void fit_to(const std::vector<double>& largest_use);
  /// Sets duals of the wrong sign to 0, and those that cost more than an auxiliary column would to its cost.
  void project(std::vector<double>& duals) const;
  /// What Master::prices() gives; until the next call.
  const std::vector<double>& prices(const std::vector<double>& duals);
  /// What each row lacks (side minus use), with the auxiliary columns at their best for these duals, which are such as
  /// project() leaves them. `use`: of units, by row of the table.
  std::vector<double> lacking(const std::vector<double>& duals, const std::vector<double>& use);
  /// `use`: by row of the table. `length`: of the typical price, for a row that lacks as much as it usually does.
  void step(std::vector<double>& duals, const std::vector<double>& use, double length);

 private:
  /// What stands in a row, in a column or beside a row of the table: those of number i are [begins[i], begins[i + 1]).
  struct Lists {
    struct Item {
      std::uint32_t of = 0;
      double value = 0.0;
    };
    std::vector<std::uint32_t> begins;
    std::vector<Item> items;
  };
  struct Row {
    double lower = 0.0;
    double upper = 0.0;
    double most_dual = 0.0;
  };
  struct Column {
    double cost = 0.0;
    double lower = 0.0;
    double upper = 0.0;
  };

  void choose_columns(const std::vector<double>& duals);
  double lacking_in(std::size_t i, double dual, const std::vector<double>& use) const;
  static double projected(const Row& row, double dual);

  int threads_;
  std::vector<Row> rows_;
  std::vector<Column> columns_;
  Lists rows_of_column_;
  Lists columns_of_row_;
  Lists table_of_row_;
  Lists rows_of_table_;
  double typical_dual_ = 1.0;    // the mean of what it costs not to meet a row, over those where that has a price
  std::vector<double> amounts_;  // by coupling row, the largest coefficient of a unit
  std::vector<double> best_;     // by auxiliary column
  std::vector<double> prices_;
  std::vector<double> mean_;
  std::vector<double> square_;
  double mean_weight_ = 0.0;
  double square_weight_ = 0.0;
};

}  // namespace relevo::planner
