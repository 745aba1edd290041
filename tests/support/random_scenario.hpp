// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace relevo::test {

/// A tiny scenario: one to four units in one to three rows (and a few escorts), one to three requests, six to ten days.
/// Every rule of docs/model.md occurs in some of them. The same seed gives the same scenario everywhere.
planner::ScenarioData random_scenario(std::uint64_t seed);

/// A family of rules: whether a scenario has it, and the scenario without it. Where the two optima differ the family is
/// binding.
struct RuleFamily {
  std::string name;
  std::function<bool(const planner::ScenarioData&)> is_present;
  std::function<void(planner::ScenarioData&)> remove;
};

const std::vector<RuleFamily>& rule_families();

}  // namespace relevo::test
