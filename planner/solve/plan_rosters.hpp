// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/solve/plan_state.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace relevo::planner {

/// The deployment that a new assignment describes, in the columns of the problem: the inverse of make_assignment().
/// None where the unit has no such duty, as in a plan that breaks the rules of a pair.
std::optional<Deployment> deployment_of(const Problem& problem, std::size_t unit_class, const Assignment& assignment);

/// A plan as a state. `left_out` counts its new assignments that are no deployments of the problem.
struct StateOfPlan {
  PlanState state;
  std::size_t left_out = 0;
};

/// For plans from elsewhere, announced before or made by hand: what obeys the terms of its deployment. The state says
/// which rules of the plan all of it together breaks.
StateOfPlan state_of(const PlanModel& model, const Plan& plan);

/// The same to begin a search with: where rules are broken, those who leave last stay home, and count as left out,
/// until none is. One that is still not feasible is of a scenario whose pins the plan cannot meet.
StateOfPlan start_of(const PlanModel& model, const Plan& plan);

/// The new assignments of a plan, for assemble_plan().
std::vector<Assignment> assignments_of(const PlanState& state);

}  // namespace relevo::planner
