// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/travel_counts.hpp"

#include <functional>
#include <optional>

namespace relevo::planner {

/// The best plan whose contingents are not those of the present one, or to which others come (docs/explain.md, section
/// 8).
struct SecondBest {
  std::optional<Plan> plan;  ///< none: there is no other, or (not proved) none was found
  bool is_proved = true;     ///< no other plan is better
  double bound = 0.0;        ///< points: no other plan is below
};

struct SecondBestOptions {
  PlanDifference difference = PlanDifference::Contingents;
  int nodes = 20'000;    ///< of branch and bound, for one contingent
  bool in_child = true;  ///< search in child processes (planner/solve/mip.hpp)
  /// false: one unit stays at home and others take its place, or one more comes, as for scenarios too large for the
  /// compact model. None: as answers_exactly() says.
  std::optional<bool> is_exact;
  std::function<bool()> stop;
};

/// By solving anew. \pre `present` is a plan of the scenario that breaks no rule; the answer is proved only where it is
/// proved to be the best one
SecondBest second_best(const Scenario& scenario, const Plan& present, const SecondBestOptions& options);

}  // namespace relevo::planner
