// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/duty.hpp"
#include "planner/solve/roster_prices.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::planner {

/// The dynamic programme of RosterPricing: for each day, last to first, the least price of what a unit can still do
///   - at home: H(t) = min(H(t+1), deployments that depart on t);
///   - on the line, about to work on t: A(q,j,n,t,c) = line day + C(q,j,n,t+1,c+1);
///   - after a line day: C(q,j,n,t,c) = min(go home, days off and a further tour, A(q,j,n,t,c), move on)
/// at duty q in tour j with n moves made and c duty days of the tour used (docs/model.md, section 6). Duties under an
/// agreement with one tour and no moves need no table: their blocks are tried one by one. C alone is kept.
///
/// Where (D4) can end a deployment of one tour with moves before its tour does, the duty days used say how long it has
/// lasted, but for the journey out; then j is no tour but the budget of duty days that the way out leaves.
class DayRecursion {
 public:
  DayRecursion(const Problem& problem, const RowTable& rows, std::size_t unit_class);

  std::vector<PricedRoster> cheapest(const RosterPrices& prices, std::size_t most, double below,
                                     std::vector<double>& tables, std::vector<double>& home) const;
  double least_price(const RosterPrices& prices, std::vector<double>& tables, std::vector<double>& home) const;

  /// Whether no deployment found is longer than (D4) allows. False: where several tours are bounded, or one from many
  /// ways out, some may be.
  bool knows_lengths() const noexcept { return knows_lengths_; }

 private:
  /// Duties under one agreement, between which units move.
  struct Group {
    bool one_block = false;
    int tours = 1;
    int moves = 0;
    int longest_move = 0;  ///< days
    int longest = 0;       ///< duty days of a tour, its extension included
    int stride = 0;        ///< numbers of one state, by duty days used: 0 .. longest
    int layers = 1;        ///< tours, or budgets
    /// Duty days, those before the deployment included, and days of the way home where these count, that (D4) leaves
    /// after a way out; ascending. Empty: it binds nobody.
    std::vector<int> budgets;
    std::vector<std::size_t> duties;
  };
  /// Where the tables of a duty stand.
  struct Place {
    std::size_t group = 0;
    std::size_t after = 0;  ///< first number of C(q,1,0,first,0)
    int first = 0;          ///< first day with a line day
    int last = 0;           ///< one past the last
    int used_before = 0;    ///< duty days of its first tour that a deployment may have used when its line days begin
  };
  /// Days [first, last] on which a deployment to a duty may begin, all alike.
  struct Departures {
    int first = 0;
    int last = 0;
    int worked = 0;          ///< duty days of the first tour that lie behind the unit
    std::uint8_t layer = 0;  ///< where its states begin: tour 0, or its budget
    bool shadow_allowed = false;
  };
  struct Choice;
  class Search;
  class Trace;

  void make_groups();
  void make_departures(const Problem& problem);
  void make_budgets(Group& group);
  void make_places();
  int budget_of(std::size_t duty, int worked) const;
  std::size_t offset(std::size_t duty, int layer, int moves, int day) const;
  /// The most duty days of a tour after which a unit may go home from the duty.
  int last_end(const Group& group, std::size_t duty, int layer) const;
  const Departures& departures_on(std::size_t duty, int day) const;

  const UnitClass* unit_class_;
  std::size_t index_;
  int columns_;
  int horizon_;
  std::vector<Group> groups_;
  std::vector<Place> places_;                   // by duty
  std::vector<Departures> departures_;          // duty by duty, ascending
  std::vector<std::uint32_t> first_departure_;  // by duty and one more: position in departures_
  std::size_t table_size_ = 0;
  bool knows_lengths_ = true;
};

}  // namespace relevo::planner
