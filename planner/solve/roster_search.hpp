// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/master.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/rows.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// A roster for one unit.
struct MemberRoster {
  Member member;
  Roster roster;
};

/// Who does what, and what it comes to.
struct RosterPlan {
  std::vector<MemberRoster> rosters;
  double objective = kInfinity;
};

/// What the search over rosters found; a legitimate outcome, never an exception.
struct RosterSearchResult {
  MipResult::End end = MipResult::End::NodeLimit;
  std::optional<RosterPlan> plan;  ///< better than the one to start from; none: nothing better was found
  double bound = -kInfinity;
  double constant = 0.0;  ///< points no plan can avoid
  int rounds = 0;
  int nodes = 0;
  std::size_t columns = 0;
  std::string proof;  ///< how the bound was proved
};

struct RosterSearchOptions {
  MipOptions mip;           ///< nodes, gap, seconds, stop and progress
  int ascent_rounds = 200;  ///< pricing rounds before the first linear programme
  int rounds = 400;         ///< and with it
  int threads = 1;
};

/// The best plan over rosters (docs/solver.md): the relaxation by column generation, whose Lagrangian bound is proved;
/// then the programme over the rosters found; and where few rosters are left within the gap, the programme over all
/// of those, which ends with a proof. `start`: the objective of a plan at hand, infinite where there is none, and its
/// rosters.
RosterSearchResult search_rosters(const Problem& problem, const RowTable& rows, const RosterPlan& start,
                                  const RosterSearchOptions& options);

}  // namespace relevo::planner
