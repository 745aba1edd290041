// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/local_search.hpp"

#include <functional>
#include <vector>

namespace relevo::planner {

struct DiveOptions {
  std::function<bool()> stop;  ///< true ends it with what is fixed so far
};

/// Whole rosters near the relaxation, for LocalSearch::construct(): those that most units agree on are fixed, batch by
/// batch, escorts first; between batches the prices follow what is still open, and pricing finds rosters at these
/// prices. No linear programme is solved.
std::vector<RelaxedRoster> dive(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                                const DualAscentResult& raised, const DiveOptions& options);

}  // namespace relevo::planner
