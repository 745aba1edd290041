// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "tests/support/rng.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace relevo::test {

/// A unit row and a request of a random scenario that are meant to have to do with each other.
struct Stage {
  planner::ScenarioData& data;
  Rng& rng;
  planner::UnitIndex row{0U};
  planner::RequestIndex line{0U};

  planner::Unit& unit() const { return data.units[row]; }
  planner::Request& request() const { return data.requests[line]; }
  planner::Agreement& agreement() const { return data.agreements[planner::AgreementIndex(0U)]; }
  planner::Day day(int column) const { return data.horizon.day(column); }
};

/// A family of rules: whether a scenario has it, and the scenario without it. Where the two optima differ the family is
/// binding.
struct RuleFamily {
  enum class Reach {
    Plan,  ///< works on plans
    Pair,  ///< keeps a unit off a request
    All    ///< keeps most units off most requests
  };
  std::string name;
  Reach reach = Reach::Plan;
  std::function<bool(const planner::ScenarioData&)> is_present;
  std::function<void(planner::ScenarioData&)> remove;
  std::function<void(const Stage&)> sharpen;  ///< changes a scenario so that the family probably binds
  int turns = 1;                              ///< more for those that other rules easily keep from binding
};

const std::vector<RuleFamily>& rule_families();

}  // namespace relevo::test
