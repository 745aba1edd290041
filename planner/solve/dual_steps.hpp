// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/master.hpp"

#include <vector>

namespace relevo::planner {

/// Steps of the duals of the coupling rows along what the rows lack when units follow rosters that they have chosen
/// (Kingma and Ba 2015: Adam).
class DualSteps {
 public:
  explicit DualSteps(const Master& master);

  /// A price moves by what fits the largest use that one unit makes of its row, by row of the table.
  void fit_to(const std::vector<double>& largest_use);
  /// `use`: by row of the table. `length`: of the typical price, for a row that lacks as much as it usually does.
  void step(std::vector<double>& duals, const std::vector<double>& use, double length);

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
