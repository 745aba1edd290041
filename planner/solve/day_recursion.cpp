// SPDX-License-Identifier: MIT
#include "planner/solve/day_recursion.hpp"

#include "planner/solve/network.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace relevo::planner {

namespace {

/// Budgets of duty days (D4) with states of their own.
constexpr std::size_t kMostBudgets = 24;

/// (D4) can end a deployment to the duty before its terms do.
bool bounded(const UnitClass& unit_class, const Duty& duty) {
  const DeploymentTerms& terms = duty.option.terms;
  if (!terms.max_deployment_days)
    return false;
  int longest_way_home = terms.journey_days;
  if (terms.max_moves > 0)
    for (const auto& other : unit_class.duties)
      if (other.option.agreement == duty.option.agreement)
        longest_way_home = std::max(longest_way_home, other.option.terms.journey_days);
  const int journeys = terms.travel_counts ? terms.journey_days + longest_way_home : 0;
  return terms.longest_stay() + journeys > *terms.max_deployment_days;
}

bool one_block(const UnitClass& unit_class, std::size_t duty) {
  const DeploymentTerms& terms = unit_class.duties[duty].option.terms;
  return terms.max_tours == 1 && (terms.max_moves == 0 || unit_class.moves[duty].empty());
}

}  // namespace

DayRecursion::DayRecursion(const Problem& problem, const RowTable& rows, std::size_t unit_class)
    : unit_class_(&problem.classes[unit_class]),
      index_(unit_class),
      columns_(rows.columns()),
      horizon_(problem.data().horizon.days) {
  make_groups();
  make_departures(problem);
  for (auto& group : groups_)
    if (!group.one_block)
      make_budgets(group);
  make_places();
}

void DayRecursion::make_groups() {
  const auto& duties = unit_class_->duties;
  places_.resize(duties.size());
  std::vector<std::pair<AgreementIndex, bool>> keys;
  for (std::size_t d = 0; d < duties.size(); ++d) {
    const std::pair key(duties[d].option.agreement, duties[d].escort_group.has_value());
    auto g = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    if (g == keys.size()) {
      keys.push_back(key);
      groups_.emplace_back();
      groups_.back().one_block = true;
    }
    const DeploymentTerms& terms = duties[d].option.terms;
    Group& group = groups_[g];
    group.one_block = group.one_block && one_block(*unit_class_, d);
    group.tours = std::max(group.tours, terms.max_tours);
    group.moves = std::max(group.moves, terms.max_moves);
    group.longest = std::max(group.longest, terms.longest_tour());
    for (const auto& move : unit_class_->moves[d])
      group.longest_move = std::max(group.longest_move, move.days);
    group.duties.push_back(d);
    places_[d].group = g;
    places_[d].first = std::max(0, duties[d].option.need_first);
    places_[d].last = std::max(places_[d].first, std::min(columns_, duties[d].option.need_last));
  }
}

void DayRecursion::make_departures(const Problem& problem) {
  for (std::size_t d = 0; d < unit_class_->duties.size(); ++d) {
    const PairOption& option = unit_class_->duties[d].option;
    first_departure_.push_back(static_cast<std::uint32_t>(departures_.size()));
    for (const auto& [day, cap] : option.first_departures()) {
      const int worked = option.terms.max_line_days - cap;
      const bool shadow_allowed = may_begin_with_shadow(problem, *unit_class_, d, day);
      if (departures_.size() > first_departure_.back())
        if (Departures& last = departures_.back();
            last.last + 1 == day && last.worked == worked && last.shadow_allowed == shadow_allowed) {
          last.last = day;
          continue;
        }
      departures_.push_back({day, day, worked, 0, shadow_allowed});
      places_[d].used_before = std::max(places_[d].used_before, worked + (shadow_allowed ? 1 : 0));
    }
  }
  first_departure_.push_back(static_cast<std::uint32_t>(departures_.size()));
  departures_.shrink_to_fit();
}

// With k days of the way out, o of orientation and w duty days before, c - w duty days end within D where
// k + o + (c - w) + k' <= D, and k' is the way home from the last duty; without both ways where they do not count.
int DayRecursion::budget_of(std::size_t duty, int worked) const {
  const DeploymentTerms& terms = unit_class_->duties[duty].option.terms;
  return *terms.max_deployment_days - (terms.travel_counts ? terms.journey_days : 0) - terms.orientation_days + worked;
}

void DayRecursion::make_budgets(Group& group) {
  group.layers = group.tours;
  const auto is_bounded = [&](std::size_t d) { return bounded(*unit_class_, unit_class_->duties[d]); };
  if (std::none_of(group.duties.begin(), group.duties.end(), is_bounded))
    return;
  int longest_way_home = 0;
  for (const std::size_t d : group.duties) {
    const DeploymentTerms& terms = unit_class_->duties[d].option.terms;
    longest_way_home = std::max(longest_way_home, terms.travel_counts ? terms.journey_days : 0);
  }
  const int ample = group.longest + longest_way_home;
  std::set<int> budgets;
  for (const std::size_t d : group.duties)
    for (auto i = first_departure_[d]; i < first_departure_[d + 1]; ++i)
      budgets.insert(std::min(ample, budget_of(d, departures_[i].worked)));
  if (group.tours > 1 || budgets.size() > kMostBudgets) {
    knows_lengths_ = false;
    return;
  }
  group.budgets.assign(budgets.begin(), budgets.end());
  group.layers = std::max(1, static_cast<int>(group.budgets.size()));
  for (const std::size_t d : group.duties)
    for (auto i = first_departure_[d]; i < first_departure_[d + 1]; ++i) {
      const int budget = std::min(ample, budget_of(d, departures_[i].worked));
      departures_[i].layer = static_cast<std::uint8_t>(
          std::lower_bound(group.budgets.begin(), group.budgets.end(), budget) - group.budgets.begin());
    }
}

void DayRecursion::make_places() {
  for (auto& group : groups_) {
    if (group.one_block)
      continue;
    group.stride = group.longest + 1;
    for (const std::size_t d : group.duties) {
      Place& place = places_[d];
      const auto states = static_cast<std::size_t>(group.layers * (group.moves + 1) * (place.last - place.first + 2)) *
                          static_cast<std::size_t>(group.stride);
      place.after = table_size_;
      table_size_ += states;
    }
  }
}

}  // namespace relevo::planner
