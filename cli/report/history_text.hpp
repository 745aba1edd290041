// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/record/order_history.hpp"
#include "planner/text/message.hpp"

#include <string>
#include <vector>

namespace relevo::cli {

/// Timelines of orders, one paragraph each; lines end in "\n".
std::string history_text(const planner::Scenario& scenario, const std::vector<planner::OrderTimeline>& timelines,
                         text::Lang lang);

/// A plan's sentence in words; empty where it names a sentence that this Relevo does not have.
std::string said(const text::Message& message, text::Lang lang);

}  // namespace relevo::cli
