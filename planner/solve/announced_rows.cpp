// SPDX-License-Identifier: MIT
// Rows (10) of docs/model.md: what an earlier plan announced.
#include "planner/solve/rows.hpp"

#include <algorithm>
#include <set>

namespace relevo::planner {

// (10): one group for all that was announced of a roster row, an agreement, a line and a direction.
void RowTable::make_announced_groups() {
  std::set<AnnouncedSubject> subjects;
  for (const auto& a : problem_->data().announcements) {
    subjects.insert({a.unit, a.agreement, a.request, a.borrower, Direction::Out});
    subjects.insert({a.unit, a.agreement, a.last_request, a.last_borrower, Direction::Home});
  }
  announced_.assign(subjects.begin(), subjects.end());
  add_groups(RowFamily::Announced, announced_group_, announced_.size());
}

// What was announced for a day before the horizon's can neither be kept nor broken by this plan.
void RowTable::set_announced() {
  const Horizon& horizon = problem_->data().horizon;
  const auto note = [&](const AnnouncedSubject& subject, Day day, const Announcement& announcement) {
    const int t = horizon.column(day);
    if (t < 0)
      return;
    const auto i = static_cast<std::size_t>(std::ranges::lower_bound(announced_, subject) - announced_.begin());
    wanted_[static_cast<std::size_t>(row(announced_group_[i], t))] += announcement.quantity;
    if (announcement.firm)
      firm_.insert({i, t});
  };
  for (const auto& a : problem_->data().announcements) {
    note({a.unit, a.agreement, a.request, a.borrower, Direction::Out}, a.depart, a);
    note({a.unit, a.agreement, a.last_request, a.last_borrower, Direction::Home}, a.home, a);
  }
  // (D6): before notice would be over, only those who have been told.
  for (std::size_t i = 0; i < announced_.size(); ++i) {
    if (announced_[i].direction != Direction::Out)
      continue;
    const Day from = earliest_departure(*problem_->scenario, problem_->data().agreements[announced_[i].agreement]);
    for (int t = 0; t < std::min(columns_, horizon.column(from)); ++t) {
      const auto r = static_cast<std::size_t>(row(announced_group_[i], t));
      limit_[r] = wanted_[r];
    }
  }
}

double RowTable::announced_points(int row) const {
  const std::size_t i = groups_[group_of(row)].subject;
  const Policy& policy = problem_->data().policy;
  if (!announced_[i].request)
    return 0.0;  // escorts follow those whom they accompany
  if (announced_[i].direction == Direction::Home)
    return policy.changed_return_points.value;
  return firm_.contains({i, column_of(row)}) ? policy.changed_firm_points.value : policy.changed_outlook_points.value;
}

std::size_t RowTable::announced_group(const UnitClass& unit_class, const Duty& duty, Direction direction) const {
  if (announced_.empty())
    return kNone;
  const AnnouncedSubject subject{unit_class.exemplar, duty.option.agreement, duty.request, duty.borrower, direction};
  const auto it = std::ranges::lower_bound(announced_, subject);
  return it == announced_.end() || *it != subject ? kNone
                                                  : announced_group_[static_cast<std::size_t>(it - announced_.begin())];
}

void RowTable::use_announced(const UnitClass& unit_class, const Duty& duty, Direction direction, int day,
                             std::vector<Entry>& out) const {
  span(announced_group(unit_class, duty, direction), {day, day + 1}, 1.0, out);
}

}  // namespace relevo::planner
