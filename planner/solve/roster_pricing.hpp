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
/// Where a state has to remember more - sets of pins met, or the day of departure (D4) over several tours or moves - the
/// network is made, once, and searched.
class RosterPricing {
 public:
  RosterPricing(const Problem& problem, const RowTable& rows, std::size_t unit_class);
  ~RosterPricing();
  RosterPricing(RosterPricing&&) noexcept;
  RosterPricing& operator=(RosterPricing&&) noexcept;

  /// Memory of one search; may be used again, by one thread at a time.
  class Workspace {
   public:
    Workspace();
    ~Workspace();
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;

   private:
    friend class RosterPricing;
    friend class DayRecursion;
    struct Tables;
    std::unique_ptr<Tables> tables_;
  };

  /// Up to `most` rosters with a price below `below`, cheapest first; they differ in the duty of their first
  /// deployment. Empty: none is that cheap. Ties fall the same way on every machine and with every thread.
  std::vector<PricedRoster> cheapest(const RosterPrices& prices, std::size_t most, double below,
                                     Workspace& workspace) const;

  /// The least price of a roster, at most 0: a unit may stay at home.
  double least_price(const RosterPrices& prices, Workspace& workspace) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The price of a roster, added up block by block from its rows and its own cost: what the searches above must agree
/// with, and slow.
double price_of(const Problem& problem, const RowTable& rows, std::size_t unit_class, const Roster& roster,
                const RowPrice& price);

}  // namespace relevo::planner
