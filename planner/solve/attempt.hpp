// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"

#include <unordered_set>
#include <utility>
#include <vector>

namespace relevo::planner {

/// One seat's roster before and after.
struct SeatChange {
  Seat seat = 0;
  RecordPtr before;
  RecordPtr after;
};

/// Changes to a state that are kept or taken back as a whole.
class Attempt {
 public:
  explicit Attempt(PlanState& state) : state_(state) {}

  PlanState& state() const noexcept { return state_; }
  PlanValue set(Seat seat, RecordPtr record);
  /// Holds a package open, or no longer: the plan that is kept holds none.
  void hold_open(std::size_t package, bool is_open);
  /// What the changes come to.
  const PlanValue& value() const noexcept { return value_; }
  /// Takes all changes back.
  void undo();
  /// Seats with another roster than before, in the order in which they were first changed.
  std::vector<SeatChange> changes() const;
  /// Seats that were changed, in that order, some of them perhaps changed back.
  const std::vector<std::pair<Seat, RecordPtr>>& touched() const noexcept { return before_; }
  bool has_touched(Seat seat) const { return is_touched_.contains(seat); }

 private:
  PlanState& state_;
  PlanValue value_;
  std::vector<std::pair<Seat, RecordPtr>> before_;
  std::unordered_set<Seat> is_touched_;
};

}  // namespace relevo::planner
