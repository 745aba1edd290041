// SPDX-License-Identifier: MIT
#include "planner/solve/dual_steps.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

constexpr double kKeepMean = 0.8;  ///< of the averages, from step to step
constexpr double kKeepSquare = 0.95;
constexpr double kLeastUsual = 0.1;  ///< of one unit's use: rows that lack next to nothing move little

}  // namespace

DualSteps::DualSteps(const Master& master) : master_(master) {}

void DualSteps::fit_to(const std::vector<double>& largest_use) {
  amounts_ = master_.largest_amounts(largest_use);
}

void DualSteps::step(std::vector<double>& duals, const std::vector<double>& use, double length) {
  mean_.resize(duals.size(), 0.0);
  square_.resize(duals.size(), 0.0);
  master_.bound_of_rows(duals, &lacking_);
  master_.subtract_uses(use, lacking_);
  const double points = length * master_.typical_dual();
  mean_weight_ = kKeepMean * mean_weight_ + 1.0 - kKeepMean;
  square_weight_ = kKeepSquare * square_weight_ + 1.0 - kKeepSquare;
  for (std::size_t i = 0; i < duals.size(); ++i) {
    mean_[i] = kKeepMean * mean_[i] + (1.0 - kKeepMean) * lacking_[i];
    square_[i] = kKeepSquare * square_[i] + (1.0 - kKeepSquare) * lacking_[i] * lacking_[i];
    if (mean_[i] == 0.0)
      continue;
    const double amount = std::max(amounts_[i], 1.0);
    const double usual = std::sqrt(square_[i] / square_weight_) + kLeastUsual * amount;
    duals[i] += points / amount * (mean_[i] / mean_weight_) / usual;
  }
  master_.project(duals);
}

}  // namespace relevo::planner
