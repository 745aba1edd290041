// SPDX-License-Identifier: MIT
#include "planner/solve/dual_ascent.hpp"

#include "planner/solve/dual_steps.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of the tiers M and L (docs/solver.md).
constexpr double kFirstStep = 0.1;  ///< of the typical price, for a row that lacks as much as it usually does
constexpr double kLastStep = 0.001;
constexpr int kAscentSteps = 20;          ///< over the rosters found, after each round of pricing
constexpr int kAllAfter = 10;             ///< rounds of a part of the classes each, all of them are asked
constexpr int kTimedRounds = 3;           ///< after which it is known how long one takes
constexpr std::size_t kMostRosters = 30;  ///< of a class, that steps look at
constexpr double kCounted = 0.5;          ///< of the rounds: in those after them, who follows what is counted

class Ascent {
 public:
  Ascent(const PlanModel& model, const Master& master, const RosterOracle& oracle, const DualAscentOptions& options)
      : problem_(model.problem()),
        master_(master),
        oracle_(oracle),
        options_(options),
        pool_(model),
        steps_(master),
        below_(problem_.classes.size(), 0.0) {}

  DualAscentResult run(std::vector<double> duals) {
    master_.project(duals);
    const auto begin = std::chrono::steady_clock::now();
    int rounds = options_.rounds;
    bool counts = false;
    while (result_.rounds < rounds && !(options_.stop && options_.stop())) {
      if (options_.parts == 1 || result_.rounds % kAllAfter == 0)
        evaluate(duals);
      else
        price_part(duals, result_.rounds % options_.parts);
      if (result_.rounds >= kCounted * rounds && !counts) {
        counts = true;
        pool_.restart_counts();
      }
      for (int i = 0; i < kAscentSteps; ++i) {
        if (i > 0)
          pool_.choose(master_.prices(duals), oracle_.threads());
        const double done = (result_.rounds + static_cast<double>(i) / kAscentSteps) / rounds;
        steps_.step(duals, pool_, kFirstStep * std::pow(kLastStep / kFirstStep, std::min(1.0, done)));
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
      result_.rosters.push_back({share.unit_class, share.record,
                                 share.share * static_cast<double>(problem_.classes[share.unit_class].members.size())});
    result_.pool = std::make_shared<RosterPool>(std::move(pool_));
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
    steps_.fit_to(pool_);
    if (!(bound > result_.bound))
      return;
    result_.bound = bound;
    result_.duals = duals;
    result_.class_duals.clear();
    for (const auto& answer : answers)
      result_.class_duals.push_back(answer.least);
  }

  /// New rosters for some classes; the others choose among those they have.
  void price_part(std::vector<double>& duals, int part) {
    master_.project(duals);
    const auto prices = master_.prices(duals);
    pool_.choose(prices, oracle_.threads());
    std::vector<std::size_t> asked;
    for (auto c = static_cast<std::size_t>(part); c < problem_.classes.size();
         c += static_cast<std::size_t>(options_.parts))
      asked.push_back(c);
    if (asked.empty())
      return;
    const auto answers = oracle_.ask(prices, below_, 1, asked);
    for (const std::size_t c : asked)
      pool_.follow(c, answers[c].rosters.empty() ? nullptr : &answers[c].rosters.front().roster);
    steps_.fit_to(pool_);
  }

  const Problem& problem_;
  const Master& master_;
  const RosterOracle& oracle_;
  const DualAscentOptions& options_;
  DualAscentResult result_;
  RosterPool pool_;
  DualSteps steps_;
  std::vector<double> below_;
};

}  // namespace

DualAscentResult raise_bound(const PlanModel& model, const Master& master, const RosterOracle& oracle,
                             std::vector<double> start, const DualAscentOptions& options) {
  return Ascent(model, master, oracle, options).run(std::move(start));
}

}  // namespace relevo::planner
