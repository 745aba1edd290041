// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <string>

namespace relevo::test {

/// The new assignments of a plan, one line each, with days as columns of the horizon.
std::string to_text(const planner::ScenarioData& data, const planner::Plan& plan);

/// One line for each finding: code, subject, column, amount.
std::string to_text(const planner::ScenarioData& data, const std::vector<planner::Finding>& findings);

}  // namespace relevo::test
