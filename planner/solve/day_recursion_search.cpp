// SPDX-License-Identifier: MIT
#include "planner/solve/day_recursion_search.hpp"

#include "planner/solve/tolerances.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

// The loops over the days used of a tour; they read and write different places of the table.

/// to[c] = min(least, price + from[c])
void add_below(double* __restrict to, const double* __restrict from, double price, double least, int count) {
  for (int c = 0; c < count; ++c) {
    const double sum = price + from[c];
    to[c] = sum < least ? sum : least;
  }
}

/// to[c] = min(to[c], first + (second + from[c]))
void add_both_and_take_least(double* __restrict to, const double* __restrict from, double first, double second,
                             int count) {
  for (int c = 0; c < count; ++c) {
    const double sum = first + (second + from[c]);
    to[c] = sum < to[c] ? sum : to[c];
  }
}

}  // namespace

int DayRecursion::last_end(const Group& group, std::size_t duty, int layer) const {
  if (group.budgets.empty())
    return group.longest;
  const DeploymentTerms& terms = unit_class_->duties[duty].option.terms;
  return std::min(group.longest,
                  group.budgets[static_cast<std::size_t>(layer)] - (terms.travel_counts ? terms.journey_days : 0));
}

DayRecursion::Search::Search(const DayRecursion& recursion, const RosterPrices& prices, std::vector<double>& tables,
                             std::vector<double>& home)
    : r_(recursion), unit_class_(*recursion.unit_class_), prices_(prices), tables_(tables), home_(home) {
  open_duties();
  for (const auto& group : r_.groups_)
    moved_stride_ = std::max(moved_stride_, static_cast<std::size_t>(group.longest_move) + 1);
  const std::size_t days = (all_open_.size() + 1) * kMostTogether;
  moved_.resize(days * moved_stride_);
  std::fill_n(moved_.begin(), kMostTogether * moved_stride_, kInfinity);
  rested_.resize(days);
  std::fill_n(rested_.begin(), kMostTogether, kInfinity);
  end_.resize(days);
  home_.assign(static_cast<std::size_t>(r_.columns_) + 1, 0.0);
  best_on_.resize(static_cast<std::size_t>(r_.horizon_));
  best_at_.resize(unit_class_.duties.size());
  next_departure_.resize(unit_class_.duties.size());
  for (std::size_t d = 0; d < unit_class_.duties.size(); ++d)
    next_departure_[d] = r_.first_departure_[d + 1];
}

/// Duties with a line day at all, and the days between the first and the last of these: the rest of the tables is
/// neither made nor read.
void DayRecursion::Search::open_duties() {
  windows_.resize(unit_class_.duties.size());
  rank_.assign(unit_class_.duties.size(), 0);
  open_.resize(r_.groups_.size());
  if (tables_.size() < r_.table_size_)
    tables_.resize(r_.table_size_);
  for (std::size_t d = 0; d < unit_class_.duties.size(); ++d) {
    const Place& place = r_.places_[d];
    const auto& line = prices_.duties[d].line;
    Window& window = windows_[d];
    window = {place.first, place.last};
    while (window.first < window.last && !(line[static_cast<std::size_t>(window.first)] < kInfinity))
      ++window.first;
    while (window.first < window.last && !(line[static_cast<std::size_t>(window.last) - 1] < kInfinity))
      --window.last;
    if (window.first == window.last)
      continue;
    all_open_.push_back(d);
    rank_[d] = static_cast<std::uint32_t>(all_open_.size());
    open_[place.group].push_back(d);
  }
}

void DayRecursion::Search::run() {
  const int together = days_together();
  depart_on(r_.columns_);
  for (int last = r_.columns_, first = 0; last >= 0; last = first - 1) {
    first = std::max(0, last - together + 1);
    for (std::size_t g = 0; g < r_.groups_.size(); ++g)
      if (!r_.groups_[g].one_block && !open_[g].empty())
        recurse(g, first, last);
    // Who departs needs what follows the first block, of later days; and who comes home on the last day of those made
    // together may be fit to go on it.
    for (int t = last - 1; t >= std::max(0, first - 1); --t)
      depart_on(t);
  }
}

/// Days whose states can be made together: who leaves a duty on one of them is not fit to go before the last of them.
int DayRecursion::Search::days_together() const {
  int days = static_cast<int>(kMostTogether);
  for (const std::size_t duty : all_open_)
    days = std::min(days, terms(duty).rested(0));
  return std::max(days, 1);
}

/// The states of days [first, last], of each duty its own days after one another: its tables stay in the cache.
void DayRecursion::Search::recurse(std::size_t index, int first, int last) {
  const Group& group = r_.groups_[index];
  const auto& open = open_[index];
  for (const std::size_t duty : open)
    for (int t = std::max(first, windows_[duty].first + 1); t <= std::min(last, windows_[duty].last); ++t)
      end_[rank_[duty] * kMostTogether + static_cast<std::size_t>(t - first)] = end(duty, t - 1);
  for (int moves = group.moves; moves >= 0; --moves)
    for (int layer = group.layers - 1; layer >= 0; --layer) {
      if (moves < group.moves)
        for (int t = first; t <= last; ++t)
          look_at_moves(group, open, layer, moves, t, static_cast<std::size_t>(t - first));
      for (const std::size_t duty : open)
        for (int t = std::min(last, windows_[duty].last); t >= std::max(first, windows_[duty].first + 1); --t)
          go_on(group, duty, layer, moves, t, static_cast<std::size_t>(t - first));
    }
}

/// States of day t, by duty days used: before any move, all of these but the ones the deployment began with were at
/// the duty itself.
int DayRecursion::Search::states(const Group& group, const Place& place, int moves, int t) const {
  return moves > 0 ? group.longest + 1 : std::min(group.longest, t - place.first + place.used_before) + 1;
}

/// For all duties once what each may cost that is moved to from day t on, so that go_on() need not ask for each move.
void DayRecursion::Search::look_at_moves(const Group& group, const std::vector<std::size_t>& open, int layer, int moves,
                                         int t, std::size_t at) {
  if (t == 0)
    return;
  for (const std::size_t to : open) {
    const Window& window = windows_[to];
    double* moved = &moved_[rank_[to] * moved_stride_ * kMostTogether + at];
    rested_[rank_[to] * kMostTogether + at] =
        layer + 1 < terms(to).max_tours ? on_line(to, layer + 1, moves + 1, t + terms(to).days_off, 0) : kInfinity;
    const int last = std::min({group.longest_move, window.last - 1 - t, group.longest - 1});
    int days = 0;
    if (t + last >= window.first) {
      const auto& days_on_the_way = prices_.duties[to].move_to;
      double on_the_way = 0.0;
      for (; days <= last; ++days) {
        moved[static_cast<std::size_t>(days) * kMostTogether] =
            t + days >= window.first ? on_the_way + on_line(to, layer, moves + 1, t + days, days) : kInfinity;
        on_the_way += days_on_the_way[static_cast<std::size_t>(t) + static_cast<std::size_t>(days)];
      }
    }
    for (; days < static_cast<int>(moved_stride_); ++days)
      moved[static_cast<std::size_t>(days) * kMostTogether] = kInfinity;
  }
}

double DayRecursion::Search::moved_to(const DutyMove& move, std::size_t at) const {
  return moved_[(rank_[move.to] * moved_stride_ + static_cast<std::size_t>(move.days)) * kMostTogether + at];
}

/// C(q,j,n,t,c) for all c.
void DayRecursion::Search::go_on(const Group& group, std::size_t duty, int layer, int moves, int t, std::size_t at) {
  const Place& place = r_.places_[duty];
  const double at_once = std::min(end_[rank_[duty] * kMostTogether + at], rest(group, duty, layer, moves, t, at));
  const int may_end = std::max(0, r_.last_end(group, duty, layer) + 1);  // states from which it may end
  const int count = states(group, place, moves, t);
  const int ending = std::min(may_end, count);
  double* here = after_from(duty, layer, moves, t, 0);
  if (t < windows_[duty].last) {
    const double* next = after_from(duty, layer, moves, t + 1, 1);
    const int on_line = std::min(count, group.longest);
    const int usual = std::min(terms(duty).max_line_days, on_line);
    const auto go_on_line = [&](int first, int last, int used) {
      const double price = line(duty, t, used);
      const int split = std::clamp(ending, first, last);
      add_below(here + first, next + first, price, at_once, split - first);
      add_below(here + split, next + split, price, kInfinity, last - split);
    };
    go_on_line(0, usual, 0);
    go_on_line(usual, on_line, terms(duty).max_line_days);
    if (count > group.longest)
      here[group.longest] = may_end > group.longest ? at_once : kInfinity;
  } else {
    std::fill(here, here + ending, at_once);
    std::fill(here + ending, here + count, kInfinity);
  }
  if (moves >= group.moves || t - 1 < 0)
    return;
  const auto& all = unit_class_.moves[duty];
  const auto& fares = prices_.fares[duty];
  // A is least where least of the tour is used, and C nowhere above what it takes to leave at once, where one may.
  const double most = may_end > group.longest && prices_.extension_day >= 0.0 ? at_once + kPriceTolerance : kInfinity;
  const double alone = most - prices_.duties[duty].leave[static_cast<std::size_t>(t - 1)];
  for (std::size_t k = 0; k < all.size(); ++k) {
    const DutyMove& move = all[k];
    if (!(fares[k] + moved_to(move, at) < alone))
      continue;
    const double fixed = moving(duty, k, t);
    const double to_line = line(move.to, t + move.days, 0);
    const double* next = after_from(move.to, layer, moves + 1, t + move.days + 1, move.days + 1);
    const int moving_states = std::max(0, std::min(group.longest - move.days, count));
    const int most_used = std::min(terms(duty).max_line_days + 1, terms(move.to).max_line_days) - move.days;
    const int usual = std::clamp(most_used, 0, moving_states);
    add_both_and_take_least(here, next, fixed, to_line, usual);
    for (int c = usual; c < moving_states; ++c)
      here[c] = std::min(here[c], fixed + moved_extension(duty, c, move.days) +
                                      (line(move.to, t + move.days, c + move.days) + next[c]));
  }
}

/// rest_and_return() by what look_at_moves() found.
double DayRecursion::Search::rest(const Group& group, std::size_t duty, int layer, int moves, int t,
                                  std::size_t at) const {
  if (layer + 1 >= terms(duty).max_tours)
    return kInfinity;
  const int days = terms(duty).days_off;
  double best = on_line(duty, layer + 1, moves, t + days, 0);
  if (moves < group.moves) {
    const auto& all = unit_class_.moves[duty];
    const auto& fares = prices_.fares[duty];
    const double leave = prices_.duties[duty].leave[static_cast<std::size_t>(t - 1)];
    for (std::size_t k = 0; k < all.size(); ++k)
      if (all[k].days <= days)
        best = std::min(best, leave + fares[k] + rested_[rank_[all[k].to] * kMostTogether + at]);
  }
  return days_off(duty, t) + best;
}

void DayRecursion::Search::depart_on(int t) {
  if (t >= r_.horizon_)
    return;
  Choice best;
  for (const std::size_t duty : all_open_) {
    std::uint32_t& next = next_departure_[duty];
    const auto& departures = r_.departures_;
    const auto begin = r_.first_departure_[duty];
    while (next > begin && departures[next - 1].first > t)
      --next;
    if (next == begin || departures[next - 1].last < t ||
        !(prices_.duties[duty].depart[static_cast<std::size_t>(t)] < kInfinity))
      continue;
    for (const bool shadow : {false, true}) {
      if (shadow && !departures[next - 1].shadow_allowed)
        continue;
      const double price = deployment(duty, t, departures[next - 1], shadow);
      if (price < best.price - kPriceTolerance)
        best = {price, duty, t, shadow};
      if (price <= best_at_[duty].price)
        best_at_[duty] = {price, duty, t, shadow};
    }
  }
  best_on_[static_cast<std::size_t>(t)] = best;
  home_[static_cast<std::size_t>(t)] = std::min(home(t + 1), best.price);
}

double DayRecursion::Search::deployment(std::size_t duty, int day, const Departures& departure, bool shadow) const {
  if (!r_.groups_[r_.places_[duty].group].one_block)
    return toured(duty, day, departure, shadow);
  double best = kInfinity;
  for_each_single_block(duty, day, shadow, [&](int, double price) { best = std::min(best, price); });
  return best;
}

double DayRecursion::least_price(const RosterPrices& prices, std::vector<double>& tables,
                                 std::vector<double>& home) const {
  Search search(*this, prices, tables, home);
  search.run();
  return search.home(0);
}

}  // namespace relevo::planner
