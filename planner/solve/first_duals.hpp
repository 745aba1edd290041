// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/plan_state.hpp"

#include <vector>

namespace relevo::planner {

/// Prices of the coupling rows to begin an ascent with, read off a plan: what one more unit of a kind would earn on a
/// day. That is the worth of the need of the kind that the plan leaves open on that day, and no line pays more for a
/// unit, nor more than its own need is worth. All other rows begin at 0.
std::vector<double> duals_of_plan(const Coupling& coupling, const PlanState& plan);

}  // namespace relevo::planner
