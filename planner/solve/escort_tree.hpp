// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/column_generation.hpp"
#include "planner/solve/coupling.hpp"
#include "planner/solve/plan_model.hpp"

#include <functional>
#include <vector>

namespace relevo::planner {

/// Plans whose escorts are within some bounds on some days, and what prices prove of all of them.
struct EscortLeaf {
  double bound = -kInfinity;      ///< no plan of the leaf has a smaller objective; `row_duals` prove it
  std::vector<double> row_duals;  ///< of the coupling rows
};

struct EscortTreeOptions {
  double objective = 0.0;      ///< of the plan at hand, which there must be: only better ones are looked for
  int nodes = 0;               ///< at most
  int threads = 1;             ///< the tree is the same with any number
  std::function<bool()> stop;  ///< true ends it with the leaves so far
  /// After some nodes: how many so far, and the bound on every plan that is better than the one at hand.
  std::function<void(int nodes, double bound)> on_nodes;
};

struct EscortTreeResult {
  double bound = -kInfinity;  ///< no plan has a smaller objective; at most that of the plan at hand
  int nodes = 0;
  std::vector<EscortLeaf> leaves;  ///< every plan that is better than the one at hand is in one of them; none: none is
};

/// Branch and bound on how many escorts of the roster are with a borrower on a day (the columns R of docs/model.md,
/// section 6), each node's relaxation by column generation (docs/solver.md, section 5). Leaves are nodes whose
/// relaxation has whole escorts on all days and those that were not looked at. `known`: rosters to begin with;
/// `relaxed`: the relaxation without any branching.
EscortTreeResult branch_on_escorts(const PlanModel& model, const Coupling& coupling,
                                   const std::vector<RosterColumn>& known, const ColumnGenerationResult& relaxed,
                                   const EscortTreeOptions& options);

}  // namespace relevo::planner
