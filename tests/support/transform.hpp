// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

namespace relevo::test {

/// The same problem, every date later (or earlier): the calendar, what is dated in agreements, rosters, lines, answers.
planner::ScenarioData shifted(planner::ScenarioData data, int days);

/// The same problem under other identifiers, whose alphabetical order is the opposite, and with the rows of every table
/// in opposite order.
planner::ScenarioData renamed_and_reversed(const planner::ScenarioData& data);

}  // namespace relevo::test
