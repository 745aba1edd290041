// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/linear_model.hpp"
#include "planner/solve/mip.hpp"

namespace relevo::planner {

/// Solves a model for one goal after the other, as the vector of docs/model.md, section 5, is compared: least need
/// (LinearModel::Column::need), then, of the solutions with no more need than that, least disturbance (`disturbance`),
/// then the least of what is left of the costs. The merged objective comes first: where its best solution has no more
/// need than another can have, and then no more disturbance, it is the result. What a goal has reached is a row of the
/// next programme, in each independent block for itself.
///
/// `objective` of the result is that of the model, `bound` less by as much as the goals together may still be bettered
/// where a limit ended the search for one: nothing is said of solutions with more need. The budget of nodes and seconds
/// is one for all three.
MipResult solve_goal_after_goal(const LinearModel& model, const MipOptions& options);

}  // namespace relevo::planner
