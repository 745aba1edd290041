// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"
#include "tests/property/stand.hpp"

#include <cstdint>

namespace relevo::test {

/// Plans that a search found, held against the rules and the best plan.
class FoundPlans {
 public:
  /// Expects that the plan breaks no rule, costs what it says and is not better than the best there is.
  void judge(const SearchStand& stand, std::uint64_t seed, const planner::PlanState& start,
             const planner::PlanState& found);

  int compared() const noexcept { return compared_; }
  int improvable() const noexcept { return improvable_; }  ///< those that began with a plan worse than the best
  int better() const noexcept { return better_; }          ///< those that ended with one better than that

 private:
  int compared_ = 0;
  int improvable_ = 0;
  int better_ = 0;
};

}  // namespace relevo::test
