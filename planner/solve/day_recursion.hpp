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
/// agreement with one tour and no moves need no table: their blocks are tried one by one.
class DayRecursion {
 public:
  /// Whether the states above hold all that a unit of the class has to remember.
  static bool holds(const Problem& problem, const RowTable& rows, std::size_t unit_class);

  DayRecursion(const Problem& problem, const RowTable& rows, std::size_t unit_class);

  std::vector<PricedRoster> cheapest(const RosterPrices& prices, std::size_t most, double below,
                                     std::vector<double>& tables, std::vector<double>& home) const;
  double least_price(const RosterPrices& prices, std::vector<double>& tables, std::vector<double>& home) const;

 private:
  /// Duties under one agreement, between which units move.
  struct Group {
    bool one_block = false;
    int tours = 1;
    int moves = 0;
    int longest = 0;  ///< duty days of a tour, its extension included
    int stride = 0;   ///< numbers of one state, by duty days used: 0 .. longest
    std::vector<std::size_t> duties;
  };
  /// Where the tables of a duty stand.
  struct Place {
    std::size_t group = 0;
    std::size_t on_line = 0;  ///< first number of A(q,1,0,first,0)
    std::size_t after = 0;    ///< first number of C(q,1,0,first,0)
    int first = 0;            ///< first day with a line day
    int last = 0;             ///< one past the last
  };
  /// A day on which a deployment to a duty may begin.
  struct Departure {
    int day = 0;
    int worked = 0;  ///< duty days of the first tour that lie behind the unit
    bool shadow_allowed = false;
  };
  /// A move from one duty to another.
  struct MoveTo {
    std::uint32_t to = 0;
    int days = 0;
  };
  struct Choice;
  class Search;
  class Trace;

  std::size_t offset(std::size_t duty, int tour, int moves, int day) const;

  const UnitClass* unit_class_;
  std::size_t index_;
  int columns_;
  int horizon_;
  std::vector<Group> groups_;
  std::vector<Place> places_;                       // by duty
  std::vector<std::vector<Departure>> departures_;  // by duty, ascending
  std::vector<std::vector<MoveTo>> moves_;          // by duty moved from, as in UnitClass::moves
  std::size_t table_size_ = 0;
};

}  // namespace relevo::planner
