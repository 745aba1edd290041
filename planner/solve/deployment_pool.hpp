// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_model.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace relevo::planner {

/// Deployments that pricing has found, with the cheapest roster that each class can string together from them at prices
/// of the rows: a model of the Lagrangian bound from above that costs a hundredth of what the bound itself costs. What
/// a unit may do after a deployment depends on nothing but the day on which it is rested, so that any that follow one
/// another make a roster; only where rows ask for one unit whatever its days (pins) are rosters kept whole.
/// Some units of a class may be fixed: they follow what they do whatever the prices are.
class DeploymentPool {
 public:
  explicit DeploymentPool(const PlanModel& model);

  /// The deployments of a roster that units of the class may follow from now on.
  void add(std::size_t unit_class, const Roster& roster);

  /// All units of a class that are not fixed turn to its cheapest roster at these prices (points for each unit of use,
  /// by row of the table). `threads` never changes which.
  void choose(const std::vector<double>& price_of_row, int threads = 1);

  /// Units of the class that are not fixed.
  std::size_t free(std::size_t unit_class) const { return classes_[unit_class].free; }
  /// One of them follows the record from now on, the others stay at home until the next choice.
  void fix(std::size_t unit_class, const RecordPtr& record);
  /// None of them goes where the deployment (the whole roster of a class with pins) leads.
  void forbid(std::size_t unit_class, const Roster& leg);
  /// All of them stay at home.
  void close(std::size_t unit_class);

  /// What all units use when they follow the rosters chosen, or fixed, by row of the table.
  const std::vector<double>& use() const noexcept { return use_; }
  /// The largest use of one unit that any deployment had, by row of the table.
  const std::vector<double>& largest_use() const noexcept { return largest_use_; }

  /// Counts the rosters that are followed now, for shares().
  void count();
  struct Share {
    Roster roster;
    double share = 0.0;  ///< of the counts
  };
  /// Of one class, since those of all are many; in an order that depends on what was added and chosen alone.
  std::vector<Share> shares(std::size_t unit_class) const;
  void restart_counts();

  /// Forgets, of each class with more than `most` deployments, those that were not followed for longest.
  void trim(std::size_t most);

 private:
  using Id = std::uint32_t;
  using Ids = std::vector<Id>;
  /// Rows [first, last) of the table, of each of which one unit uses an amount.
  struct Use {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    double amount = 0.0;
  };
  /// A deployment, or the whole roster of a class with pins. What pricing reads of all of them stands apart.
  struct Leg {
    RecordPtr record;
    Id id = 0;
    long followed = 0;  // when it was for the last time
  };
  struct Price {
    double points = 0.0;
    std::uint32_t end_of_uses = 0;  // those of the leg end there, and begin where those of the one before end
    std::int16_t depart = 0;
    std::int16_t rested = 0;  // the first day on which another may follow, at most the number of days
  };
  struct Of {
    std::vector<Leg> legs;  // descending by day of departure
    std::vector<Price> prices;
    std::vector<Use> uses;
    Ids chosen;  // in the order of days
    Id next_id = 0;
    std::size_t free = 0;  // units that are not fixed
  };
  struct Followed {
    std::vector<RecordPtr> records;  // of the legs
    long counts = 0;
  };

  void add_leg(std::size_t unit_class, const Roster& roster, int rested);
  std::vector<Use> uses_of(std::size_t unit_class, const RosterRecord& record) const;
  Ids cheapest(const Of& of) const;
  /// Of a class that follows its cheapest roster from now on.
  struct Turn {
    std::vector<std::size_t> left;  // legs
    std::vector<std::size_t> taken;
  };
  Turn turn(Of& of) const;
  void go_home(Of& of);
  template <class IsKept>
  static void keep(Of& of, const IsKept& is_kept);
  void add_use(const Use& use, double units);
  void add_use(const Of& of, std::size_t leg, double units);
  static std::size_t leg_of(const Of& of, Id id);

  const PlanModel& model_;
  std::vector<Of> classes_;
  std::vector<std::map<Ids, Followed>> followed_;  // by class
  std::vector<double> use_;
  std::vector<double> largest_use_;
  std::vector<double> sums_;  // of the prices of the rows before
  long clock_ = 0;
  long counted_ = 0;
};

}  // namespace relevo::planner
