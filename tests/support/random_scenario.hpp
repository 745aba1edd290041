// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <cstdint>

namespace relevo::test {

/// A tiny scenario: one to four units in one to three rows (and a few escorts), one to three requests, six to ten days.
/// Every rule of docs/model.md occurs in some of them; one to three families (rule_families.hpp), by turns, are made
/// likely to bind. The same seed gives the same scenario everywhere.
planner::ScenarioData random_scenario(std::uint64_t seed);

}  // namespace relevo::test
