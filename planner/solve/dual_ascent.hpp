// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/master.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

struct DualAscentOptions {
  int rounds = 300;            ///< each asks for a cheapest roster of every class once
  std::size_t keep_last = 60;  ///< rosters of so many last rounds are kept
  /// Wall clock; the rounds, and with them the steps, are made fewer where the first ones take too long.
  std::optional<double> seconds;
  std::function<bool()> stop;  ///< true ends it with the bound so far
  std::function<void(int rounds, double bound)> on_round;
};

struct DualAscentResult {
  double bound = -kInfinity;          ///< proved, by `duals`
  std::vector<double> duals;          ///< of the coupling rows
  std::vector<double> class_duals;    ///< the least price of a roster, by class, at these duals
  std::vector<RosterColumn> rosters;  ///< different ones, in the order in which they were found
  /// Of the rounds kept, those in which the units of its class followed each of them: times the units, near a solution
  /// of the relaxation (Barahona and Anbil 2000: The volume algorithm).
  std::vector<double> shares;
  int rounds = 0;
};

/// Raises the Lagrangian bound by steps along what the rows lack when every unit follows its cheapest roster. Each row
/// has a step of its own: of the mean of what it lacked, by what it usually lacks (Kingma and Ba 2015: Adam), in prices
/// that fit one unit's use of the row; steps shrink geometrically over the rounds. It needs no linear programme, so
/// that it serves where the master problem is too large for one; and it gives the master problem prices and rosters to
/// begin with.
DualAscentResult raise_bound(const Problem& problem, const RowTable& rows, const Master& master,
                             const RosterOracle& oracle, std::vector<double> start, const DualAscentOptions& options);

}  // namespace relevo::planner
