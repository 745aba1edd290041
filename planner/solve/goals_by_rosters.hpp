// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/solve.hpp"

namespace relevo::planner {

/// What a point of each part of the objective weighs (docs/model.md, section 5); `rest` is cost, tier and movement
/// points. At 1, 1, 1 the goals are merged as they are; at 0 a part does not count.
struct GoalWeights {
  double need = 1.0;
  double disturbance = 1.0;
  double rest = 1.0;
};

/// The scenario in which the merged objective is the weighted sum: same plans, other prices.
Scenario at_weights(const Scenario& scenario, const GoalWeights& weights);

/// Whether a plan has less need, or as much and less disturbance, or as much of both and less of the rest.
bool is_better_by_goals(const PlanResult& a, const PlanResult& b);

/// Least need first, then least disturbance, then least of the rest, by searches over rosters (docs/solver.md, section
/// 7): need alone proves what need no plan can be without; the goals merged give a plan and a bound of the rest; the
/// goals at weights of that order give the plan. `objective` of the result is the merged one, `bound` less by what the
/// goals, one after the other, may still be bettered by: nothing is said of plans with more need. `nodes` holds for
/// each search, `seconds` for all together. \throws ContradictionError, LimitReachedError.
Plan solve_goals_by_rosters(const Problem& problem, const SolveOptions& options);

}  // namespace relevo::planner
