// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/record/order_history.hpp"
#include "planner/text/message.hpp"

#include <string>
#include <vector>

namespace relevo::cli {

/// Timelines of orders as docs/history.md describes them; ends in "\n".
std::string history_json(const planner::Scenario& scenario, const std::vector<planner::OrderTimeline>& timelines,
                         text::Lang lang);

}  // namespace relevo::cli
