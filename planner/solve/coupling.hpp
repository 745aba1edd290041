// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/duty.hpp"
#include "planner/solve/lifts.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace relevo::planner {

/// What all units together can do to the rows of a RowTable, each on its own.
class Reach {
 public:
  Reach(const RowTable& rows, std::size_t escort_groups);

  /// `count` units may each use `amount` of the row at a time.
  void add(int row, double amount, double count);
  /// Units come to the escorts of the group in groups of so many.
  void add_size(std::size_t escort_group, int size);

  bool reached(int row) const noexcept { return reached_[static_cast<std::size_t>(row)] != 0; }
  /// Whether some use is positive (leaving a request, not being a shadow).
  bool rises(int row) const noexcept { return rises_[static_cast<std::size_t>(row)] != 0; }
  /// Not less than what they can use of the row together.
  double most(int row) const noexcept { return most_[static_cast<std::size_t>(row)]; }
  const std::set<int>& sizes(std::size_t escort_group) const noexcept { return sizes_[escort_group]; }

 private:
  std::vector<char> reached_;
  std::vector<char> rises_;
  std::vector<double> most_;
  std::vector<std::set<int>> sizes_;
};

/// From the days of all duties: never less than the networks would say, and nothing is made.
Reach reach_of_duties(const Problem& problem, const RowTable& rows);

/// The rows (2)-(10) of docs/model.md, section 6, and their own columns, without those of the units: what units use of
/// a row of the RowTable stands in the rows of the model as `links` say.
struct Coupling {
  struct Link {
    int model_row = 0;
    int table_row = 0;
    double factor = 1.0;
  };
  /// Column u of a request on a day.
  struct Unmet {
    RequestIndex request{0U};
    int column = 0;
  };
  LinearModel model;
  std::vector<Unmet> unmet;         ///< ascending by request, then day
  std::vector<double> unavoidable;  ///< by request: unmet on days on which nobody can come
  std::vector<Link> links;          ///< ascending by model row
  double constant = 0.0;            ///< points no plan can avoid: need of days on which nobody can come
};

/// Adds the rows (8) "units of a movement <= .. b": the table row, the column b and a name to begin theirs with.
using AddMovementRows =
    std::function<void(LinearModel& model, const std::string& name, Direction direction, int table_row, int b)>;

/// Without `movement_rows`, one row for each movement: its units <= most b.
Coupling make_coupling(const Problem& problem, const RowTable& rows, const Reach& reach,
                       const AddMovementRows& movement_rows = {});

/// Points of a unit-day of a request that is not met; of a person-day, where people are asked for.
double need_weight(const Scenario& scenario, const Request& request);

}  // namespace relevo::planner
