// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// Row (9) of docs/model.md, section 6: sum over the planning days of the unmet need of a line <= most.
struct UnmetCap {
  RequestIndex request{0U};
  int most = 0;  ///< in the line's measure
};

/// What of a plan may change beside what is coupled with it: those who can serve the lines, and all that the roster
/// rows can do.
struct SearchFocus {
  std::vector<RequestIndex> lines;
  std::vector<UnitIndex> units;
};

struct CappedOptions {
  /// The least unmet need of this line is looked for, not the best plan.
  std::optional<RequestIndex> least_unmet_of;
  int nodes = 20'000;    ///< of branch and bound
  bool in_child = true;  ///< as MipOptions
  std::function<bool()> stop;
};

/// A legitimate outcome, never an exception.
struct CappedResult {
  enum class End {
    Found,       ///< a plan, the best one within the caps
    Impossible,  ///< proved: no plan stays within the caps
    Undecided    ///< a limit hit; `plan` may hold one within the caps
  };
  End end = End::Undecided;
  std::optional<Plan> plan;
  int nodes = 0;
};

/// The best plan of the scenario within the caps, by the compact model. Only its independent blocks that hold the focus
/// are searched: in the others the assignments of `present` stand, a plan of the scenario or of one that differs from
/// it in what the focus says. The result is the best plan of all if `present` was the best.
CappedResult solve_capped(const Scenario& scenario, const Plan& present, const SearchFocus& focus,
                          const std::vector<UnmetCap>& caps, const CappedOptions& options);

/// The roster rows in the independent blocks that hold the focus, ascending: whom a change that takes something away
/// there may leave with nothing to do.
std::vector<UnitIndex> coupled_rows(const Scenario& scenario, const SearchFocus& focus);

/// Unmet need of a line over the planning days, in its measure.
int unmet_of(const Plan& plan, RequestIndex line);

}  // namespace relevo::planner
