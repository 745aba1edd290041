// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/master.hpp"
#include "planner/solve/roster_pool.hpp"

#include <vector>

namespace relevo::planner {

/// Steps of the duals of the coupling rows along what the rows lack when units follow the rosters of a pool that they
/// have chosen (Kingma and Ba 2015: Adam).
class DualSteps {
 public:
  explicit DualSteps(const Master& master);

  /// Takes note of rosters that are new to the pool: a price moves by what fits the largest use of one unit.
  void fit_to(const RosterPool& pool);
  /// `length`: of the typical price, for a row that lacks as much as it usually does.
  void step(std::vector<double>& duals, const RosterPool& pool, double length);

 private:
  const Master& master_;
  std::vector<double> amounts_;
  std::vector<double> lacking_;
  std::vector<double> mean_;
  std::vector<double> square_;
  double mean_weight_ = 0.0;
  double square_weight_ = 0.0;
};

}  // namespace relevo::planner
