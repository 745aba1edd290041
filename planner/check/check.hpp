// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <vector>

namespace relevo::planner {

/// What check found, in the order of the rules in docs/check.md.
struct CheckReport {
  /// Rules the plan breaks. A plan with one of these is not written.
  std::vector<Finding> violations;
  /// Rules that commitments alone break ("inherited." and the code of the rule): real, but not of the plan's making.
  /// And, for a plan without violations, units that a nearer one could replace (precedence.nearer).
  std::vector<Finding> findings;
};

/// Judges a plan - ours, hand-made or another tool's - by the rules of docs/model.md, sections 1-5, derived again from
/// the scenario. It shares no code with what makes plans. Any plan is accepted as input, however broken: what cannot be
/// judged (an unknown index, an impossible day) is a violation itself and is left out of the rest.
CheckReport check(const Scenario& scenario, const Plan& plan);

}  // namespace relevo::planner
