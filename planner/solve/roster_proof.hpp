// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/column_generation.hpp"
#include "planner/solve/coupling.hpp"
#include "planner/solve/escort_tree.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/incumbent.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_search.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace relevo::planner {

/// Branch and bound by CBC, in a child process, over programmes that a search over rosters makes small enough for it.
/// What it finds and proves goes to the incumbent.
class RosterProof {
 public:
  /// All stay with the caller.
  RosterProof(const PlanModel& model, const Coupling& coupling, const RosterSearchOptions& options,
              Incumbent& incumbent);

  /// Over the rosters of a linear programme: proves nothing of those it does not have.
  void over(const Master& master, int nodes);

  /// Over all rosters that a better plan could use, up to `most`: those whose price at these duals is within the gap
  /// of the least of their class. Where there is no plan at hand, over all there are. Nothing is done where there are
  /// more.
  void over_all_within_gap(const ColumnGenerationResult& relaxed, std::size_t most);

  /// Branches on escorts of the roster, up to so many nodes, and until `is_late`. Every plan that is better than the
  /// one at hand, which there must be, is in one of the leaves.
  std::vector<EscortLeaf> by_escorts(const Master& master, const ColumnGenerationResult& relaxed, int nodes,
                                     const std::function<bool()>& is_late);

  /// Over the columns of the compact model that a better plan could use. `most`: by column, the units that such a plan
  /// can have there at most.
  void by_arcs(const Formulation& formulation, const std::vector<double>& most);

 private:
  MipOptions options_for(int nodes) const;
  MipResult solve_over(const Master& master, int nodes);
  void take(const MipResult& found, const Master& master);

  const PlanModel& model_;
  const Problem& problem_;
  const RowTable& rows_;
  const Coupling& coupling_;
  const RosterSearchOptions& options_;
  Incumbent& incumbent_;
  int escort_nodes_ = 0;
};

}  // namespace relevo::planner
