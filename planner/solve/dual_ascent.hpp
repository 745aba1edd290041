// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment_pool.hpp"
#include "planner/solve/master.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace relevo::planner {

struct DualAscentOptions {
  int rounds = 60;
  /// Only every so many-th round asks for a cheapest roster of every class, and proves a bound. Those between look at
  /// few duties, those that pay most on some day, which takes less time where a class has hundreds, and steps are more.
  int exact_every = 1;
  /// Wall clock; the rounds, and with them the steps, are made fewer where the first ones take too long.
  std::optional<double> seconds;
  std::function<bool()> stop;  ///< true ends it with the bound so far
  std::function<void(int rounds, double bound)> on_round;
};

struct DualAscentResult {
  double bound = -kInfinity;        ///< proved, by `duals`
  std::vector<double> duals;        ///< of the coupling rows
  std::vector<double> class_duals;  ///< the least price of a roster, by class, at these duals
  struct Followed {
    std::size_t unit_class = 0;
    RecordPtr record;
    double units = 0.0;
  };
  /// Different rosters, of each class those followed most, with the units that followed each of them in the mean over
  /// the later steps: near a solution of the relaxation (Barahona and Anbil 2000: The volume algorithm).
  std::vector<Followed> rosters;
  std::shared_ptr<const DeploymentPool> pool;  ///< what was found, to go on from
  int rounds = 0;
};

/// Raises the Lagrangian bound by steps along what the rows lack when every unit follows its cheapest roster. Each row
/// has a step of its own: of the mean of what it lacked, by what it usually lacks (Kingma and Ba 2015: Adam), in prices
/// that fit one unit's use of the row; steps shrink geometrically over the rounds. A round of pricing finds the
/// cheapest rosters of all, which proves a bound; the steps that follow it string rosters together from the deployments
/// found so far (DeploymentPool), which costs a hundredth, and the round ends in the mean of the prices they went
/// through. It needs no linear programme, so that it serves where the master problem is too large for one; and
/// it gives the master problem prices and rosters to begin with.
DualAscentResult raise_bound(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                             std::vector<double> start, const DualAscentOptions& options);

}  // namespace relevo::planner
