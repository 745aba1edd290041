// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/day_recursion.hpp"
#include "planner/solve/linear_model.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace relevo::planner {

inline std::size_t DayRecursion::offset(std::size_t duty, int layer, int moves, int day) const {
  const Place& place = places_[duty];
  const Group& group = groups_[place.group];
  const int width = place.last - place.first + 2;
  const int state = ((layer * (group.moves + 1) + moves) * width + day - place.first) * group.stride;
  return static_cast<std::size_t>(state);
}

/// The best first step of a deployment.
struct DayRecursion::Choice {
  double price = kInfinity;
  std::size_t duty = 0;
  int depart = 0;
  bool shadow = false;
};

/// The tables of DayRecursion at some prices, filled backwards over the days, and what can be read off them.
class DayRecursion::Search {
  static constexpr std::size_t kMostTogether =
      8;  // days: what one duty is asked for of them lies in one line of the cache

  /// Line days there can be: columns [first, last).
  struct Window {
    int first = 0;
    int last = 0;
  };

 public:
  Search(const DayRecursion& recursion, const RosterPrices& prices, std::vector<double>& tables,
         std::vector<double>& home);

  /// Fills the tables.
  void run();

  /// The least price of what a unit that is at home from day t on can still do.
  double home(int t) const { return t >= r_.horizon_ ? 0.0 : home_[static_cast<std::size_t>(t)]; }
  /// The best that departs on day t.
  const Choice& best_on(int t) const { return best_on_[static_cast<std::size_t>(t)]; }
  /// And by duty departed to.
  const std::vector<Choice>& best_at() const { return best_at_; }

  const DeploymentTerms& terms(std::size_t duty) const { return unit_class_.duties[duty].option.terms; }
  const RosterPrices& prices() const { return prices_; }
  double extension(const DeploymentTerms& terms, int used) const {
    return used >= terms.max_line_days ? prices_.extension_day : 0.0;
  }

  /// What it takes to leave the duty for good after a last line day.
  double end(std::size_t duty, int last_line) const {
    const DutyPrices& days = prices_.duties[duty];
    const auto at = static_cast<std::size_t>(last_line);
    return days.leave[at] + days.go_home[at] + home(terms(duty).rested(last_line));
  }

  /// A line day when so many duty days of the tour are used.
  double line(std::size_t duty, int day, int used) const {
    return prices_.duties[duty].line[static_cast<std::size_t>(day)] + extension(terms(duty), used);
  }
  /// A(q,j,n,t,c)
  double on_line(std::size_t duty, int layer, int moves, int day, int used) const {
    const Place& place = r_.places_[duty];
    if (day < windows_[duty].first || day >= windows_[duty].last || used >= r_.groups_[place.group].longest)
      return kInfinity;
    return line(duty, day, used) + *after_from(duty, layer, moves, day + 1, used + 1);
  }
  /// C(q,j,n,t,c)
  double after(std::size_t duty, int layer, int moves, int day, int used) const {
    if (day <= windows_[duty].first || day > windows_[duty].last)
      return kInfinity;
    return *after_from(duty, layer, moves, day, used);
  }

  /// Days off at the duty from `day` on; infinite where they do not end within the problem.
  double days_off(std::size_t duty, int day) const {
    double sum = 0.0;
    for (int t = day; t < day + terms(duty).days_off; ++t)
      sum += t < r_.columns_ ? prices_.duties[duty].off[static_cast<std::size_t>(t)] : kInfinity;
    return sum;
  }

  /// The move from one duty to the k-th of its moves within a tour: fare and days.
  double moving(std::size_t from, std::size_t k, int day) const {
    const DutyMove& move = unit_class_.moves[from][k];
    double sum = prices_.duties[from].leave[static_cast<std::size_t>(day - 1)] + prices_.fares[from][k];
    for (int t = day; t < day + move.days; ++t)
      sum += t < r_.columns_ ? prices_.duties[move.to].move_to[static_cast<std::size_t>(t)] : kInfinity;
    return sum;
  }

  /// One whole block of a duty without tables, by its number of line days; calls visit(line days, price).
  template <class Visit>
  void for_each_single_block(std::size_t duty, int depart, bool shadow, const Visit& visit) const {
    const PairOption& option = unit_class_.duties[duty].option;
    const DeploymentTerms& of_duty = option.terms;
    const DutyPrices& days = prices_.duties[duty];
    int used = option.worked_before(depart);
    int t = of_duty.first_line(depart);
    double price = days.depart[static_cast<std::size_t>(depart)];
    if (shadow) {
      price += days.shadow[static_cast<std::size_t>(t)] + extension(of_duty, used);
      ++used;
      ++t;
    }
    const int arrived = depart + of_duty.journey_days;
    const std::optional<int> since = of_duty.counted_from(depart);
    const Place& place = r_.places_[duty];
    for (int n = 1; used < of_duty.longest_tour() && t < place.last && price < kInfinity; ++n, ++t, ++used) {
      price += days.line[static_cast<std::size_t>(t)] + extension(of_duty, used);
      if (n < of_duty.min_line_days || !option.may_end(since, t))
        continue;
      double total = price + end(duty, t);
      if (of_duty.relief_days > 0) {
        const int crews = std::max(0, t - arrived) / of_duty.relief_days;
        total += days.relief * crews;
      }
      visit(n, total);
    }
  }

  /// The least price of a deployment that departs to a duty with tables.
  double toured(std::size_t duty, int day, const Departures& departure, bool shadow) const {
    const DeploymentTerms& of_duty = unit_class_.duties[duty].option.terms;
    const DutyPrices& days = prices_.duties[duty];
    int used = departure.worked;
    int t = of_duty.first_line(day);
    double price = days.depart[static_cast<std::size_t>(day)];
    if (shadow) {
      price += days.shadow[static_cast<std::size_t>(t)] + extension(of_duty, used);
      ++used;
      ++t;
    }
    if (used + of_duty.min_line_days > of_duty.longest_tour() || t + of_duty.min_line_days > r_.places_[duty].last ||
        t < r_.places_[duty].first)
      return kInfinity;
    for (int i = 0; i < of_duty.min_line_days; ++i)
      price += days.line[static_cast<std::size_t>(t) + static_cast<std::size_t>(i)] + extension(of_duty, used + i);
    return price + after(duty, departure.layer, 0, t + of_duty.min_line_days, used + of_duty.min_line_days);
  }

  /// Extension days among the days of a move.
  double moved_extension(std::size_t duty, int used, int move_days) const {
    const DeploymentTerms& of_duty = terms(duty);
    return prices_.extension_day * (extension_days(of_duty, used + move_days) - extension_days(of_duty, used));
  }

  /// Days off after a tour, and the best tour after them.
  double rest_and_return(const Group& group, std::size_t duty, int layer, int moves, int t) const {
    if (layer + 1 >= terms(duty).max_tours)
      return kInfinity;
    const int day = t + terms(duty).days_off;
    double best = on_line(duty, layer + 1, moves, day, 0);
    if (moves < group.moves)
      for (std::size_t k = 0; k < unit_class_.moves[duty].size(); ++k)
        best = std::min(best, moved_in_days_off(duty, k, layer, moves, t));
    return days_off(duty, t) + best;
  }

  /// Without the days off themselves.
  double moved_in_days_off(std::size_t duty, std::size_t k, int layer, int moves, int t) const {
    const DutyMove& move = unit_class_.moves[duty][k];
    if (move.days > terms(duty).days_off)
      return kInfinity;
    return prices_.duties[duty].leave[static_cast<std::size_t>(t - 1)] + prices_.fares[duty][k] +
           on_line(move.to, layer + 1, moves + 1, t + terms(duty).days_off, 0);
  }

 private:
  void open_duties();
  int days_together() const;
  void recurse(std::size_t index, int first, int last);
  int states(const Group& group, const Place& place, int moves, int t) const;
  void look_at_moves(const Group& group, const std::vector<std::size_t>& open, int layer, int moves, int t,
                     std::size_t at);
  double moved_to(const DutyMove& move, std::size_t at) const;
  void go_on(const Group& group, std::size_t duty, int layer, int moves, int t, std::size_t at);
  double rest(const Group& group, std::size_t duty, int layer, int moves, int t, std::size_t at) const;
  void depart_on(int t);
  double deployment(std::size_t duty, int day, const Departures& departure, bool shadow) const;

  double* after_from(std::size_t duty, int layer, int moves, int day, int used) const {
    return &tables_[r_.places_[duty].after + r_.offset(duty, layer, moves, day) + static_cast<std::size_t>(used)];
  }

  const DayRecursion& r_;
  const UnitClass& unit_class_;
  const RosterPrices& prices_;
  std::vector<double>& tables_;
  std::vector<double>& home_;
  std::vector<Window> windows_;                 // by duty
  std::vector<std::size_t> all_open_;           // duties with a line day, ascending
  std::vector<std::uint32_t> rank_;             // by duty: one more than its position among these; 0: it has none
  std::vector<std::vector<std::size_t>> open_;  // the same, by group
  std::size_t moved_stride_ = 1;
  // Of the days made together:
  std::vector<double> moved_;  // by rank of the duty moved to, days of the move and day: what follows, without the fare
  std::vector<double> rested_;                 // by rank of the duty moved to in days off, and day: what follows them
  std::vector<double> end_;                    // by rank and day: what it takes to leave the duty for good
  std::vector<Choice> best_on_;                // by day of departure
  std::vector<Choice> best_at_;                // by duty
  std::vector<std::uint32_t> next_departure_;  // by duty: one past the departures to look at
};

}  // namespace relevo::planner
