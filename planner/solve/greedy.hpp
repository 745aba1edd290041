// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/ledger.hpp"
#include "planner/solve/rows.hpp"

#include <optional>

namespace relevo::planner {

/// What dispatch would have done (docs/model.md, section 7): closest forces by priority, obeying every rule. None when
/// it cannot satisfy the pins.
std::optional<Plan> greedy_plan(const Problem& problem, const RowTable& rows);

/// The same from a scenario. \throws ContradictionError when it cannot satisfy the pins.
Plan greedy_plan(const Scenario& scenario);

}  // namespace relevo::planner
