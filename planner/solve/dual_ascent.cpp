// SPDX-License-Identifier: MIT
#include "planner/solve/dual_ascent.hpp"

#include "planner/solve/deployment_pool.hpp"
#include "planner/solve/dual_steps.hpp"
#include "planner/solve/seconds.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M, L and XL (docs/solver.md).
constexpr double kFirstStep = 0.05;  ///< of the typical price, for a row that lacks as much as it usually does
constexpr double kLastStep = 0.001;
constexpr int kAscentSteps = 40;               ///< over the deployments found, after each round of pricing; in the
                                               ///< mean of the prices of the second half the round ends
constexpr int kAscentStepsOfFew = 60;          ///< the same, where few duties are priced
constexpr int kTimedRounds = 3;                ///< after which it is known how long one takes
constexpr std::size_t kFound = 2;              ///< rosters that a class is asked for
constexpr std::size_t kFoundOfFew = 8;         ///< the same, where few duties are priced
constexpr std::size_t kPricedOfDay = 30;       ///< duties, where few are
constexpr std::size_t kMostDeployments = 100;  ///< of a class, that steps look at
constexpr std::size_t kRostersCounted = 60;    ///< of a class, among those followed
constexpr double kCounted = 0.5;               ///< of the rounds: in those after them, who follows what is counted,
constexpr int kCountsOfRound = 10;             ///< so many times in each

class Ascent {
 public:
  Ascent(const PlanModel& model, const Master& master, const RosterOracle& oracle, const DualAscentOptions& options)
      : model_(model),
        problem_(model.problem()),
        master_(master),
        oracle_(oracle),
        options_(options),
        pool_(model),
        steps_(master, oracle.threads()),
        steps_of_round_(options.exact_every > 1 ? kAscentStepsOfFew : kAscentSteps),
        below_(problem_.classes.size(), 0.0) {}

  DualAscentResult run(std::vector<double> duals) {
    steps_.project(duals);
    const auto begin = std::chrono::steady_clock::now();
    int rounds = options_.rounds;
    while (result_.rounds < rounds && !(options_.stop && options_.stop())) {
      if (result_.rounds % options_.exact_every == 0)
        evaluate(duals);
      else
        price_few(duals);
      step(duals, rounds);
      pool_.trim(kMostDeployments);
      ++result_.rounds;
      if (options_.seconds && result_.rounds >= kTimedRounds) {
        const double spent = seconds_since(begin);
        rounds = std::min(options_.rounds,
                          std::max(kTimedRounds, static_cast<int>(*options_.seconds / spent * result_.rounds)));
      }
      if (options_.on_round)
        options_.on_round(result_.rounds, result_.bound);
    }
    if (result_.duals.empty() || !(options_.stop && options_.stop()))
      evaluate(duals);
    hand_over();
    return std::move(result_);
  }

 private:
  /// Moves the duals over the deployments found, to the mean of where the last steps were: steps swing about.
  void step(std::vector<double>& duals, int rounds) {
    mean_.assign(duals.size(), 0.0);
    const int in_mean = steps_of_round_ / 2;
    for (int i = 0; i < steps_of_round_; ++i) {
      pool_.choose(steps_.prices(duals), oracle_.threads());
      if (result_.rounds + 1 > kCounted * rounds && i % (steps_of_round_ / kCountsOfRound) == 0)
        pool_.count();
      const double done = (result_.rounds + static_cast<double>(i) / steps_of_round_) / rounds;
      steps_.step(duals, pool_.use(), kFirstStep * std::pow(kLastStep / kFirstStep, std::min(1.0, done)));
      if (i < steps_of_round_ - in_mean)
        continue;
      for (std::size_t row = 0; row < duals.size(); ++row)
        mean_[row] += duals[row] / in_mean;
    }
    duals = mean_;
    steps_.project(duals);
  }

  /// Takes the bound that the duals prove, and the rosters that prove it.
  void evaluate(std::vector<double>& duals) {
    double bound = master_.bound_of_rows(duals);
    const auto answers = oracle_.ask(steps_.prices(duals), below_, kFound);
    for (std::size_t c = 0; c < answers.size(); ++c)
      bound += static_cast<double>(problem_.classes[c].members.size()) * answers[c].least;
    add(answers);
    if (!(bound > result_.bound))
      return;
    result_.bound = bound;
    result_.duals = duals;
    result_.class_duals.clear();
    for (const auto& answer : answers)
      result_.class_duals.push_back(answer.least);
  }

  /// New rosters, none of which need be a cheapest one.
  void price_few(const std::vector<double>& duals) {
    add(oracle_.ask(steps_.prices(duals), below_, kFoundOfFew, {}, kPricedOfDay));
  }

  void add(const std::vector<RosterOracle::Answer>& answers) {
    for (std::size_t c = 0; c < answers.size(); ++c)
      for (const auto& found : answers[c].rosters)
        pool_.add(c, found.roster);
    steps_.fit_to(pool_.largest_use());
  }

  /// Of each class the rosters followed most, and the deployments.
  void hand_over() {
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      auto shares = pool_.shares(c);
      std::stable_sort(shares.begin(), shares.end(), [](const auto& x, const auto& y) { return x.share > y.share; });
      const auto units = static_cast<double>(problem_.classes[c].members.size());
      for (std::size_t i = 0; i < std::min(shares.size(), kRostersCounted); ++i)
        result_.rosters.push_back({c, model_.make_record(c, shares[i].roster), shares[i].share * units});
    }
    pool_.restart_counts();
    result_.pool = std::make_shared<DeploymentPool>(std::move(pool_));
  }

  const PlanModel& model_;
  const Problem& problem_;
  const Master& master_;
  const RosterOracle& oracle_;
  const DualAscentOptions& options_;
  DualAscentResult result_;
  DeploymentPool pool_;
  DualSteps steps_;
  int steps_of_round_;
  std::vector<double> below_;
  std::vector<double> mean_;
};

}  // namespace

DualAscentResult raise_bound(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                             std::vector<double> start, const DualAscentOptions& options) {
  return Ascent(model, master, oracle, options).run(std::move(start));
}

}  // namespace relevo::planner
