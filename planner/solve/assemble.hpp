// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"

#include <string>
#include <vector>

namespace relevo::planner {

/// Makes a whole plan of new assignments: adds the commitments, sorts and numbers everything, groups contingents,
/// counts lines, reserves, escorts and pools, and prices it. `result` holds the objective and its vector; bound and
/// status are the solver's to set. Lines get no reasons here (planner/explain).
Plan assemble_plan(const Problem& problem, const RowTable& rows, std::vector<Assignment> assignments, std::string name);

}  // namespace relevo::planner
