// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/local_search.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

struct DiveOptions {
  /// Escorts are fixed batch by batch as the others are, those that follow one roster at few steps only not at all;
  /// else all at once, as many as whole units are in the sum of what they follow. Which is better depends on the
  /// season.
  bool escorts_in_batches = false;
  int batches = 150;              ///< of units that are no escorts: the more, the nearer the plan is to the bound
  std::optional<double> seconds;  ///< wall clock for these: where it is short, there are fewer
  std::function<bool()> stop;     ///< true ends it with what is fixed so far
};

/// Whole rosters near the relaxation, for LocalSearch::construct(): those that most units agree on are fixed, batch by
/// batch, escorts first; between batches the prices follow what is still open, and pricing finds rosters at these
/// prices. No linear programme is solved.
std::vector<RelaxedRoster> dive(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                                const DualAscentResult& raised, const DiveOptions& options);

}  // namespace relevo::planner
