// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/roster_prices.hpp"
#include "planner/solve/rows.hpp"

#include <memory>
#include <vector>

namespace relevo::planner {

/// What one unit does from the first day until it is home and rested: its deployments, in order of departure. A roster
/// without any stays at home.
using Roster = std::vector<Deployment>;

/// A roster and its price.
struct PricedRoster {
  double price = 0.0;
  Roster roster;
};

/// Finds the cheapest rosters of a class by dynamic programming over its duty network, which it never makes: backwards
/// over the days, with the best continuation of a unit that has used so many days of its tour and made so many moves.
/// It finds the same least price as the shortest path through make_network().
///
/// Over several tours the recursion does not know how long a deployment has lasted (D4); what it finds is the answer
/// where it is short enough. Where it is not, and where a state has to remember the pins that are met, the network is
/// made, once, and searched.
class RosterPricing {
 public:
  RosterPricing(const Problem& problem, const RowTable& rows, std::size_t unit_class);
  ~RosterPricing();
  RosterPricing(RosterPricing&&) noexcept;
  RosterPricing& operator=(RosterPricing&&) noexcept;
  RosterPricing(const RosterPricing&) = delete;
  RosterPricing& operator=(const RosterPricing&) = delete;

  /// Memory of one search; may be used again, by one thread at a time.
  struct Workspace {
    std::vector<double> tables;
    std::vector<double> home;
  };

  /// Up to `most` rosters with a price below `below`, cheapest first; they differ in the duty of their first
  /// deployment. Empty: none is that cheap. Ties fall the same way on every machine and with every thread.
  std::vector<PricedRoster> cheapest(const RosterPrices& prices, std::size_t most, double below,
                                     Workspace& workspace) const;

  /// The least price of a roster, at most 0: a unit may stay at home.
  double least_price(const RosterPrices& prices, Workspace& workspace) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

/// The price of a roster by its days.
double price_of(const UnitClass& unit_class, const RosterPrices& prices, const Roster& roster);

/// The same, added up from the rows it uses and its own cost; what a unit with a roster pays in the objective.
double price_of(const Problem& problem, const RowTable& rows, const Roster& roster, const RowPrice& price);

/// Points of a roster without any row: money, tier and extension days.
double own_points(const Problem& problem, const Roster& roster);

/// What a roster uses of the rows, pins met for the first time included; each row comes once, ascending.
std::vector<Entry> uses_of(const Problem& problem, const RowTable& rows, std::size_t unit_class, const Roster& roster);

}  // namespace relevo::planner
