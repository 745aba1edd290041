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

struct CappedOptions {
  /// The least unmet need of the line is looked for, not the best plan.
  bool least_unmet = false;
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

/// The best plan of the scenario within the caps, by the compact model. Only its independent block that holds `line` is
/// searched: in the others the assignments of `present` stand, a plan of the scenario or of one that allows less.
CappedResult solve_capped(const Scenario& scenario, const Plan& present, RequestIndex line,
                          const std::vector<UnmetCap>& caps, const CappedOptions& options);

/// Unmet need of a line over the planning days, in its measure.
int unmet_of(const Plan& plan, RequestIndex line);

}  // namespace relevo::planner
