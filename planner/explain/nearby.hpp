// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "planner/solve/rows.hpp"
#include "planner/solve/search_index.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// What becomes of a plan in a scenario that differs a little from its own: what of it fits stands, and some units do
/// what is best for each as the others stand. For scenarios too large to be solved anew; takes tens of milliseconds.
class NearbyPlan {
 public:
  /// Where what fits of `present` breaks rules, some of those who do leave it for something else, or stay at home. \pre
  /// the scenario outlives it
  NearbyPlan(const Scenario& scenario, const Plan& present);
  NearbyPlan(const NearbyPlan&) = delete;
  NearbyPlan& operator=(const NearbyPlan&) = delete;

  /// Whether no rule is broken; pins may leave none.
  bool is_possible() const noexcept { return state_.is_feasible(); }
  /// Units at home go where that is worth while, with the escorts that makes necessary. \pre is_possible()
  void send(const std::function<bool(const Unit&)>& is_meant);
  /// One unit after the other leaves what it does for something better, where there is. \pre is_possible()
  void reassign(const std::function<bool(const Unit&)>& is_meant);

  Plan plan() const;

 private:
  std::vector<Seat> seats(const std::function<bool(const Unit&)>& is_meant, bool at_home) const;

  Problem problem_;
  RowTable rows_;
  PlanModel model_;
  SearchIndex index_;
  RosterOracle oracle_;
  PlanState state_;
};

}  // namespace relevo::planner
