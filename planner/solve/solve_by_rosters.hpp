// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"
#include "planner/solve/solve.hpp"

#include <optional>

namespace relevo::planner {

/// The best plan over rosters, goals merged, with its bound (docs/solver.md). \throws ContradictionError,
/// LimitReachedError.
Plan solve_by_rosters(const Problem& problem, const SolveOptions& options);

/// The plan to begin with (SolveOptions::start) as far as it fits the problem, of the cost it has there; none where
/// there is none, or nothing feasible is left of it.
std::optional<Plan> given_plan(const Problem& problem, const RowTable& rows, const SolveOptions& options);

}  // namespace relevo::planner
