// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/change.hpp"

#include <vector>

namespace relevo::test {

/// The catalogue of docs/explain.md for a line, in all the sizes up to `most_steps`, written down again from that page:
/// it asks for no rule whether a change could help, only whether the thing to be changed is there.
std::vector<planner::Change> every_change(const planner::ScenarioData& data, planner::RequestIndex line,
                                          int most_steps);

}  // namespace relevo::test
