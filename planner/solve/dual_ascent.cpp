// SPDX-License-Identifier: MIT
#include "planner/solve/dual_ascent.hpp"

#include "planner/solve/roster_pool.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M and L (docs/solver.md).
constexpr double kFirstStep = 0.1;  ///< of the typical price, for a row that lacks as much as it usually does
constexpr double kLastStep = 0.001;
constexpr int kSteps = 20;         ///< over the rosters found, after each round of pricing
constexpr int kTimedRounds = 3;    ///< after which it is known how long one takes
constexpr double kKeepMean = 0.8;  ///< of the averages, from step to step
constexpr double kKeepSquare = 0.95;
constexpr double kLeastUsual = 0.1;      ///< of one unit's use: rows that lack next to nothing move little
constexpr std::size_t kMostRosters = 30;  ///< of a class, that steps look at
constexpr double kCounted = 0.5;         ///< of the rounds: in those after them, who follows what is counted

class Ascent {
 public:
  Ascent(const PlanModel& model, const Master& master, const RosterOracle& oracle, const DualAscentOptions& options)
      : problem_(model.problem()),
        master_(master),
        oracle_(oracle),
        options_(options),
        pool_(model),
        below_(problem_.classes.size(), 0.0) {}

  DualAscentResult run(std::vector<double> duals) {
    master_.project(duals);
    mean_.assign(duals.size(), 0.0);
    square_.assign(duals.size(), 0.0);
    const auto begin = std::chrono::steady_clock::now();
    int rounds = options_.rounds;
    bool counts = false;
    while (result_.rounds < rounds && !(options_.stop && options_.stop())) {
      evaluate(duals);
      if (result_.rounds >= kCounted * rounds && !counts) {
        counts = true;
        pool_.restart_counts();
      }
      for (int i = 0; i < kSteps; ++i) {
        if (i > 0)
          pool_.choose(master_.prices(duals));
        const double done = (result_.rounds + static_cast<double>(i) / kSteps) / rounds;
        step(duals, kFirstStep * std::pow(kLastStep / kFirstStep, std::min(1.0, done)));
        pool_.count();
      }
      pool_.trim(kMostRosters);
      ++result_.rounds;
      if (options_.seconds && result_.rounds >= kTimedRounds) {
        const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        rounds = std::min(options_.rounds,
                          std::max(kTimedRounds, static_cast<int>(*options_.seconds / spent * result_.rounds)));
      }
      if (options_.on_round)
        options_.on_round(result_.rounds, result_.bound);
    }
    evaluate(duals);
    for (auto& share : pool_.shares())
      result_.rosters.push_back(
          {share.unit_class, share.record,
           share.share * static_cast<double>(problem_.classes[share.unit_class].members.size())});
    return std::move(result_);
  }

 private:
  /// Takes the bound that the duals prove, and the rosters that prove it.
  void evaluate(std::vector<double>& duals) {
    double bound = master_.bound_of_rows(duals);
    const auto answers = oracle_.ask(master_.prices(duals), below_, 1);
    for (std::size_t c = 0; c < answers.size(); ++c) {
      bound += static_cast<double>(problem_.classes[c].members.size()) * answers[c].least;
      pool_.follow(c, answers[c].rosters.empty() ? nullptr : &answers[c].rosters.front().roster);
    }
    amounts_ = master_.largest_amounts(pool_.largest_use());
    if (!(bound > result_.bound))
      return;
    result_.bound = bound;
    result_.duals = duals;
    result_.class_duals.clear();
    for (const auto& answer : answers)
      result_.class_duals.push_back(answer.least);
  }

  void step(std::vector<double>& duals, double share) {
    master_.bound_of_rows(duals, &lacking_);
    master_.subtract_uses(pool_.use(), lacking_);
    const double length = share * master_.typical_dual();
    mean_weight_ = kKeepMean * mean_weight_ + 1.0 - kKeepMean;
    square_weight_ = kKeepSquare * square_weight_ + 1.0 - kKeepSquare;
    for (std::size_t i = 0; i < duals.size(); ++i) {
      mean_[i] = kKeepMean * mean_[i] + (1.0 - kKeepMean) * lacking_[i];
      square_[i] = kKeepSquare * square_[i] + (1.0 - kKeepSquare) * lacking_[i] * lacking_[i];
      if (mean_[i] == 0.0)
        continue;
      const double amount = std::max(amounts_[i], 1.0);
      const double usual = std::sqrt(square_[i] / square_weight_) + kLeastUsual * amount;
      duals[i] += length / amount * (mean_[i] / mean_weight_) / usual;
    }
    master_.project(duals);
  }

  const Problem& problem_;
  const Master& master_;
  const RosterOracle& oracle_;
  const DualAscentOptions& options_;
  DualAscentResult result_;
  RosterPool pool_;
  std::vector<double> below_;
  std::vector<double> amounts_;
  std::vector<double> lacking_;
  std::vector<double> mean_;
  std::vector<double> square_;
  double mean_weight_ = 0.0;
  double square_weight_ = 0.0;
};

}  // namespace

DualAscentResult raise_bound(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                             std::vector<double> start, const DualAscentOptions& options) {
  return Ascent(model, master, oracle, options).run(std::move(start));
}

}  // namespace relevo::planner
