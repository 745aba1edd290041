// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

namespace relevo::planner {

/// Adds the commitments of the scenario that the plan does not have, laid out by rule (0) of docs/model.md. A
/// commitment is had where an assignment of the same ordinal, marked as a commitment, departs on the same day.
void add_commitments(const Scenario& scenario, Plan& plan);

/// Writes everything a plan says that follows from who goes where on which days: of each assignment its persons, phase,
/// arrival, rest, extension days, relief crews, journey and cost, and an id where it has none; contingents, fills of
/// requests, lines of reserve, escorts and pools, uses of lifts (the cheapest), and the result, whose
/// status is `heuristic`: nothing is proved. For plans from elsewhere, which state none of this. Assignments that
/// cannot be judged (plan.index, plan.day) are left as they are.
void restate(const Scenario& scenario, Plan& plan);

}  // namespace relevo::planner
