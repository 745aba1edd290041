// SPDX-License-Identifier: MIT
#include "planner/solve/dual_ascent.hpp"

#include "planner/solve/roster_pool.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M and L (docs/solver.md).
double env(const char* name, double usual) { const char* v = std::getenv(name); return v ? std::atof(v) : usual; }
const double kFirstStep = env("A_FIRST", 0.3);  ///< of the typical price, for a row that lacks as much as it usually does
const double kLastStep = env("A_LAST", 0.002);
constexpr double kTimedPasses = 3.0;  ///< after which it is known how long one takes
const double kKeepMean = env("A_MEAN", 0.8);  ///< of the averages, from round to round
const double kKeepSquare = env("A_SQUARE", 0.95);
constexpr double kLeastUsual = 0.1;  ///< of one unit's use: rows that lack next to nothing move little
const std::size_t kBlocks = static_cast<std::size_t>(env("A_BLOCKS", 4));
const int kInner = static_cast<int>(env("A_INNER", 10));
const double kBack = env("A_BACK", 0.0);
const std::size_t kMostKept = static_cast<std::size_t>(env("A_KEPT", 30));

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
    int passes = options_.rounds;
    while (result_.rounds < passes && !(options_.stop && options_.stop())) {
      evaluate(duals);
      if (kBack > 0.0 && result_.rounds > 3)
        for (std::size_t i = 0; i < duals.size(); ++i)
          duals[i] += kBack * (result_.duals[i] - duals[i]);
      if (2 * result_.rounds > passes && !counting_) {
        counting_ = true;
        pool_.restart_counts();
      }
      for (int i = 0; i < kInner; ++i) {
        const double done = (result_.rounds + static_cast<double>(i) / kInner) / passes;
        if (i > 0)
          pool_.choose(master_.prices(duals), static_cast<std::size_t>(i) % kBlocks, kBlocks);
        step(duals, kFirstStep * std::pow(kLastStep / kFirstStep, std::min(1.0, done)));
        pool_.count();
      }
      pool_.trim(kMostKept);
      ++result_.rounds;
      if (options_.seconds && result_.rounds >= kTimedPasses) {
        const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        passes = std::min(options_.rounds,
                          std::max(static_cast<int>(kTimedPasses), static_cast<int>(*options_.seconds / spent * result_.rounds)));
      }
      if (options_.on_round)
        options_.on_round(result_.rounds, result_.bound);
    }
    evaluate(duals);
    for (auto& share : pool_.shares())
      result_.rosters.push_back({share.unit_class, share.record, share.share * static_cast<double>(problem_.classes[share.unit_class].members.size())});
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
  bool counting_ = false;
};

}  // namespace

DualAscentResult raise_bound(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                             std::vector<double> start, const DualAscentOptions& options) {
  return Ascent(model, master, oracle, options).run(std::move(start));
}

}  // namespace relevo::planner
