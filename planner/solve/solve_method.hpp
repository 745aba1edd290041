// SPDX-License-Identifier: MIT
#pragma once

namespace relevo::planner {

/// How the best plan is looked for. Arcs: the compact model of docs/model.md, section 6, by branch and bound; exact,
/// for small scenarios. Rosters: column generation and search (docs/solver.md), for all sizes. Automatic: arcs where
/// they are few.
enum class SolveMethod { Automatic, Arcs, Rosters };

/// How long to look where the search has no end of its own (docs/solver.md, section 5).
enum class SolveEffort { Full, Quick };

}  // namespace relevo::planner
