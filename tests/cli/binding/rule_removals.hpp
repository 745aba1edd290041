// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relevo::test {

/// One rule family taken away from a part of a shipped scenario. The plan must feel it.
struct RuleRemoval {
  /// A rule that only forbids makes the best plan better when it is gone, one that only allows makes it worse.
  enum class Effect { Forbids, Allows };

  std::string family;              ///< as in rule_families(), or a family of the model that only this table has
  std::string rule;                ///< its number in docs/model.md
  std::string code;                ///< code of the pair rule it is, empty: none
  std::string scenario;            ///< folder in data/scenarios
  std::vector<std::string> lines;  ///< requests that are kept; empty: all
  Effect effect = Effect::Forbids;
  std::function<void(planner::ScenarioData&)> remove;
};

const std::vector<RuleRemoval>& rule_removals();

/// The scenario with these lines and no others; what was said of the others is gone, their commitments stay away from
/// home and work for nobody. Empty: as it is.
planner::ScenarioData with_lines(const planner::ScenarioData& data, const std::vector<std::string>& lines);

}  // namespace relevo::test
