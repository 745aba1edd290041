// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/check.hpp"
#include "tests/planner/check/base_plan.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

inline std::set<std::string> codes_of(const std::vector<Finding>& findings) {
  std::set<std::string> codes;
  for (const Finding& finding : findings)
    codes.insert(finding.code);
  return codes;
}

inline CheckReport check(World world) {
  const Scenario scenario{std::move(world.data)};
  return check(scenario, world.plan);
}

/// The finding of that code; a default one where there is none.
inline Finding find_code(const std::vector<Finding>& findings, const std::string& code) {
  for (const Finding& finding : findings)
    if (finding.code == code)
      return finding;
  return {};
}

}  // namespace relevo::planner
