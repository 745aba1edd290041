// SPDX-License-Identifier: MIT
#include "planner/solve/attempt.hpp"

#include <algorithm>

namespace relevo::planner {

PlanValue Attempt::set(Seat seat, RecordPtr record) {
  if (is_touched_.insert(seat).second)
    before_.emplace_back(seat, state_.record(seat));
  const PlanValue change = state_.set(seat, std::move(record));
  value_ += change;
  return change;
}

void Attempt::hold_open(std::size_t package, bool is_open) {
  value_ += state_.hold_open(package, is_open);
}

void Attempt::undo() {
  std::for_each(before_.rbegin(), before_.rend(),
                [this](auto& change) { state_.set(change.first, std::move(change.second)); });
  before_.clear();
  is_touched_.clear();
  value_ = {};
}

std::vector<SeatChange> Attempt::changes() const {
  std::vector<SeatChange> changes;
  for (const auto& [seat, before] : before_) {
    const RecordPtr& after = state_.record(seat);
    if (!is_same_roster(before, after))
      changes.push_back({seat, before, after});
  }
  return changes;
}

}  // namespace relevo::planner
