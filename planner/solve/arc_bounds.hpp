// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/escort_tree.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/master.hpp"

#include <vector>

namespace relevo::planner {

/// By column of the formulation, the most units that a plan can have there which is better than one at hand; columns
/// that are not arcs keep their bound.
///
/// `price_of_row`: points for each unit of use, by row of the table, for which the Lagrangian bound of docs/solver.md,
/// section 4, is less than the plan at hand by `gap`. Each unit on an arc raises that bound by what the cheapest roster
/// through the arc costs more than the cheapest of its class, so that no more than gap / difference can be there.
std::vector<double> most_units(const Problem& problem, const Formulation& formulation,
                               const std::vector<double>& price_of_row, double gap);

/// The same for plans that are in one of the leaves, at the prices and within the bounds of each: the most of any.
std::vector<double> most_units(const Problem& problem, const Formulation& formulation, const Master& master,
                               const std::vector<EscortLeaf>& leaves, double objective);

/// Arcs of first blocks, and of those after a move: what the compact programme would be made of, without making it.
double estimated_arcs(const Problem& problem);

}  // namespace relevo::planner
