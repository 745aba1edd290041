// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/duty.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network.hpp"
#include "planner/solve/roster_prices.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace relevo::planner {

/// The price of one block by its days; `depart` is given for the first block of a deployment.
double price_of_block(const UnitClass& unit_class, const RosterPrices& prices, const Block& block,
                      std::optional<int> depart, int extension_days);

/// The network of a class, made once and searched backwards from the end.
class NetworkSearch {
 public:
  NetworkSearch(const Problem& problem, const RowTable& rows, std::size_t unit_class);

  /// As RosterPricing::cheapest().
  std::vector<PricedRoster> cheapest(const RosterPrices& prices, std::size_t most, double below) const;

  /// All rosters with a price of at most `limit`, in the order of the arcs, the empty one left out; none where they are
  /// more than `most`.
  ///
  /// With the prices that prove a bound, only rosters within gap of their class's least price can be in a plan that is
  /// better than the one at hand: a programme over them is the whole problem.
  std::optional<std::vector<Roster>> within(const RosterPrices& prices, double limit, std::size_t most) const;

 private:
  struct First {
    double price = kInfinity;
    std::size_t duty = 0;
    std::size_t arc = 0;
  };
  /// By arc, by node: what is left to pay, and the arc to take.
  struct Priced {
    std::vector<double> of_arc;
    std::vector<double> rest;
    std::vector<std::size_t> best;
  };
  Priced price(const RosterPrices& prices) const;
  Roster path(std::size_t arc_index, const std::vector<std::size_t>& best) const;
  void append(const Arc& arc, Roster& roster) const;

  const UnitClass* unit_class_;
  DutyNetwork network_;
  std::vector<std::vector<std::size_t>> pins_of_arcs_;
  std::vector<std::vector<std::size_t>> out_;  // by node
  std::vector<int> order_;
};

}  // namespace relevo::planner
