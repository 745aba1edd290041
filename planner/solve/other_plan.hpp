// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/travel_counts.hpp"

#include <functional>
#include <optional>

namespace relevo::planner {

struct OtherPlanOptions {
  PlanDifference difference = PlanDifference::Contingents;
  int nodes = 20'000;    ///< of branch and bound, for one contingent
  bool in_child = true;  ///< search in child processes (planner/solve/mip.hpp)
  std::function<bool()> stop;
};

/// A legitimate outcome, never an exception.
struct OtherPlan {
  std::optional<Plan> plan;  ///< none: there is no other, or (not proved) none was found
  bool is_proved = true;     ///< no other plan is better
};

/// The best plan whose contingents are not those of `present` (travel_counts()), by the compact model: either fewer
/// units travel so than in `present` for some key, or as many for all keys and more for one; each of these is a
/// programme of its own, within the independent blocks that it concerns. Who: more units for one of the keys, a
/// programme for each that `present` uses and one for all others. \pre `present` is the best plan
OtherPlan solve_other(const Scenario& scenario, const Plan& present, const OtherPlanOptions& options);

}  // namespace relevo::planner
