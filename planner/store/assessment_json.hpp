// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <string>

namespace relevo::planner {

/// data.assessment as JSON: imports, incidents with every part of their priority, clusters, risks. Records are named by
/// their identifiers, not by positions. docs/workspace.md lists the keys.
std::string assessment_json(const ScenarioData& data);

}  // namespace relevo::planner
