// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/master.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

struct ColumnGenerationOptions {
  int rounds = 500;                   ///< pricing rounds at most: the deterministic limit
  double gap = 1e-6;                  ///< ends where the bound is this near to the relaxation, relatively
  std::size_t rosters_per_class = 4;  ///< columns of a class that one round may bring
  /// A bound known already, the duals of the coupling rows and the least prices of the classes that prove it.
  struct Start {
    double bound = -kInfinity;
    std::vector<double> rows;
    std::vector<double> classes;
  } start;
  bool smoothed = true;           ///< prices between those of the relaxation and of the best bound
  std::vector<std::size_t> only;  ///< classes that get rosters, ascending; empty: all
  int first_round = 0;            ///< rounds done before
  std::function<bool()> stop;     ///< true ends it with the bound so far
  std::function<void(int rounds, double relaxation, double bound)> on_round;
};

struct ColumnGenerationResult {
  double relaxation = 0.0;    ///< of the master problem with the columns found
  double bound = -kInfinity;  ///< proved: no plan has a smaller objective
  MasterDuals duals;          ///< those that prove it
  int rounds = 0;
  bool complete = false;  ///< no roster can better the relaxation any more, within the gap
};

/// Solves the relaxation of the master problem over all rosters there are, and proves a lower bound on every plan:
/// for any prices of the rows, what the rows earn and each class's cheapest roster is a bound (Lagrange); the best one
/// seen is kept. Prices are taken between those of the relaxation and those of the best bound, which keeps them from
/// swinging (Wentges 1997: Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming).
ColumnGenerationResult generate_columns(const Problem& problem, const RowTable& rows, Master& master,
                                        const RosterOracle& oracle, const ColumnGenerationOptions& options);

/// The bound that prices of the coupling rows prove. Duals of the wrong sign are set to 0.
double lagrangian_bound(const Problem& problem, const Master& master, const RosterOracle& oracle,
                        std::vector<double>& row_duals);

}  // namespace relevo::planner
