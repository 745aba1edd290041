// SPDX-License-Identifier: MIT
#include "planner/solve/coupling.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace relevo::planner {

Reach::Reach(const RowTable& rows, std::size_t escort_groups)
    : reached_(rows.size(), 0), rises_(rows.size(), 0), most_(rows.size(), 0.0), sizes_(escort_groups) {}

void Reach::add(int row, double amount, double count) {
  const auto r = static_cast<std::size_t>(row);
  reached_[r] = 1;
  if (amount > 0.0)
    rises_[r] = 1;
  most_[r] += amount * count;
}

void Reach::add_size(std::size_t escort_group, int size) {
  sizes_[escort_group].insert(size);
}

namespace {

/// The largest use of each row by one unit of a class at a time.
class ClassReach {
 public:
  explicit ClassReach(const RowTable& rows) : rows_(rows), largest_(rows.size(), 0.0), seen_(rows.size(), 0) {}

  void use(const std::vector<DutyRows::Share>& shares, int first, int last) {
    for (const auto& share : shares)
      for (int t = std::max(first + share.day, 0); t < std::min(last + share.day, rows_.columns()); ++t)
        use(rows_.row(share.group, t), share.amount);
  }

  void use(int row, double amount) {
    const auto r = static_cast<std::size_t>(row);
    if (seen_[r] == 0) {
      seen_[r] = 1;
      touched_.push_back(row);
      largest_[r] = amount;
    }
    largest_[r] = std::max(largest_[r], amount);
  }

  void add_to(Reach& reach, double count) {
    for (const int row : touched_) {
      reach.add(row, largest_[static_cast<std::size_t>(row)], count);
      seen_[static_cast<std::size_t>(row)] = 0;
    }
    touched_.clear();
  }

 private:
  const RowTable& rows_;
  std::vector<double> largest_;
  std::vector<char> seen_;
  std::vector<int> touched_;
};

/// By duty, the first column on which a unit of the class can work there, straight from its base or after a move.
std::vector<int> first_line_days(const UnitClass& unit_class) {
  constexpr int kNever = std::numeric_limits<int>::max() / 2;
  std::vector<int> from_base(unit_class.duties.size(), kNever);
  for (std::size_t d = 0; d < from_base.size(); ++d) {
    const PairOption& option = unit_class.duties[d].option;
    if (!option.first_departures().empty())
      from_base[d] = std::max(option.need_first, option.terms.first_line(option.first_departures().front()));
  }
  std::vector<int> first = from_base;
  // A second move comes no earlier than the first duty's least stay either: one round bounds them all from below, where
  // it is repeated as often as there are moves.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t d = 0; d < first.size(); ++d)
      for (const auto& move : unit_class.moves[d]) {
        const int then = std::max(unit_class.duties[move.to].option.need_first, first[d] + 1 + move.days);
        if (first[d] < kNever && then < first[move.to]) {
          first[move.to] = then;
          changed = true;
        }
      }
  }
  return first;
}

/// The days on which a unit may do something at a duty, where it can work from `first` on; `longest_of_class`: days of
/// the longest move of its class.
void use_duty(const RowTable& rows, const Duty& duty, const DutyRows& of_duty, int first, int longest_of_class,
              ClassReach& reach) {
  const PairOption& option = duty.option;
  const DeploymentTerms& terms = option.terms;
  const auto& departures = option.first_departures();
  const bool by_move = terms.max_moves > 0;
  const int shadow = terms.shadow_days;
  const int longest_move = by_move ? longest_of_class : 0;
  int last = std::min(option.need_last, rows.columns());
  if (!by_move && !departures.empty())
    last = std::min(last, terms.first_line(departures.back()) + shadow + terms.longest_stay());
  if (first >= last)
    return;
  const int off_last = terms.max_tours > 1 ? last + terms.days_off : last;
  reach.use(of_duty.working, first, last);
  reach.use(of_duty.assigned, first, off_last);
  reach.use(of_duty.accompanied, first - longest_move, off_last);
  const int leave_home = departures.empty() ? first - longest_move : departures.front();
  reach.use(of_duty.away, std::min(leave_home, first - longest_move), std::min(terms.home(last) + 1, rows.columns()));
  for (int t = first; t < last; ++t) {
    const int handover = rows.handover_row(duty.request, t);
    if (handover >= 0)
      reach.use(handover, 1.0);
  }
  for (const auto& days : departures.runs())
    reach.use(of_duty.out, days.first, days.last + 1);
  reach.use(of_duty.home, terms.release(first), terms.release(last) + 1);
  reach.use(of_duty.come_home, terms.home(first), terms.home(last) + 1);
}

}  // namespace

Reach reach_of_duties(const Problem& problem, const RowTable& rows) {
  Reach reach(rows, problem.escort_groups.size());
  ClassReach of_class(rows);
  std::map<std::size_t, std::size_t> escort_group_of;
  for (std::size_t g = 0; g < problem.escort_groups.size(); ++g)
    escort_group_of[rows.escort_persons_group(g)] = g;
  for (const auto& unit_class : problem.classes) {
    const auto first = first_line_days(unit_class);
    const int longest_move = unit_class.longest_move();
    for (std::size_t d = 0; d < unit_class.duties.size(); ++d) {
      const DutyRows of_duty = rows.rows_of(unit_class, d);
      use_duty(rows, unit_class.duties[d], of_duty, first[d], longest_move, of_class);
      for (const auto& share : of_duty.accompanied)
        reach.add_size(escort_group_of.at(share.group), static_cast<int>(share.amount));
    }
    for (const std::size_t pin : rows.pins_of(unit_class))
      of_class.use(rows.row(pin, 0), 1.0);
    of_class.add_to(reach, static_cast<double>(unit_class.members.size()));
  }
  return reach;
}

}  // namespace relevo::planner
