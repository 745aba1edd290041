// SPDX-License-Identifier: MIT
#pragma once

#include "planner/record/order_history.hpp"
#include "planner/store/workspace.hpp"

#include <cstdint>
#include <vector>

namespace relevo::planner {

/// Adds what is news in `events` (news_of), so that storing the same plan twice adds nothing. \pre within
/// Workspace::write, with the plan they belong to
void append_plan_events(const Workspace& workspace, std::int64_t plan_id, const std::vector<PlanEvent>& events);

/// All of them, oldest first.
std::vector<PlanEvent> stored_plan_events(const Workspace& workspace);

}  // namespace relevo::planner
