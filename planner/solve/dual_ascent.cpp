// SPDX-License-Identifier: MIT
#include "planner/solve/dual_ascent.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

// Found by trial on seasons of tier M (docs/solver.md).
constexpr double kFirstStep = 0.3;  ///< of the typical price, for a row that lacks as much as it usually does
constexpr double kLastStep = 0.002;
constexpr int kTimedRounds = 10;   ///< after which it is known how long one takes
constexpr double kKeepMean = 0.8;  ///< of the averages, from round to round
constexpr double kKeepSquare = 0.95;
constexpr double kLeastUsual = 0.1;  ///< of one unit's use: rows that lack next to nothing move little

class Ascent {
 public:
  Ascent(const Problem& problem, const RowTable& rows, const Master& master, const RosterOracle& oracle,
         const DualAscentOptions& options)
      : problem_(problem),
        rows_(rows),
        master_(master),
        oracle_(oracle),
        options_(options),
        largest_use_(rows.size(), 0.0) {}

  DualAscentResult run(std::vector<double> duals) {
    master_.project(duals);
    std::vector<double> mean(duals.size(), 0.0);
    std::vector<double> square(duals.size(), 0.0);
    const double points = master_.typical_dual();
    double mean_weight = 0.0;
    double square_weight = 0.0;
    const auto begin = std::chrono::steady_clock::now();
    int rounds = options_.rounds;
    while (result_.rounds < rounds && !(options_.stop && options_.stop())) {
      if (options_.seconds && result_.rounds >= kTimedRounds) {
        const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        rounds = std::min(options_.rounds,
                          std::max(kTimedRounds, static_cast<int>(*options_.seconds / spent * result_.rounds)));
      }
      const double done = std::min(1.0, static_cast<double>(result_.rounds) / rounds);
      const double step = points * kFirstStep * std::pow(kLastStep / kFirstStep, done);
      const std::vector<double> lacking = evaluate(duals);
      const std::vector<double> amounts = master_.largest_amounts(largest_use_);
      mean_weight = kKeepMean * mean_weight + 1.0 - kKeepMean;
      square_weight = kKeepSquare * square_weight + 1.0 - kKeepSquare;
      for (std::size_t i = 0; i < duals.size(); ++i) {
        mean[i] = kKeepMean * mean[i] + (1.0 - kKeepMean) * lacking[i];
        square[i] = kKeepSquare * square[i] + (1.0 - kKeepSquare) * lacking[i] * lacking[i];
        if (mean[i] == 0.0)
          continue;
        const double amount = std::max(amounts[i], 1.0);
        const double usual = std::sqrt(square[i] / square_weight) + kLeastUsual * amount;
        duals[i] += step / amount * (mean[i] / mean_weight) / usual;
      }
      master_.project(duals);
      if (options_.on_round)
        options_.on_round(result_.rounds, result_.bound);
    }
    for (auto& round : kept_)
      for (auto& column : round)
        keep(std::move(column));
    for (double& share : result_.shares)
      share /= static_cast<double>(kept_.size());
    return std::move(result_);
  }

 private:
  /// Takes the bound that the duals prove, and says what each row lacks when all do what is cheapest.
  std::vector<double> evaluate(std::vector<double>& duals) {
    ++result_.rounds;
    std::vector<double> lacking;
    double bound = master_.bound_of_rows(duals, &lacking);
    const auto answers = oracle_.ask(master_.prices(duals), std::vector<double>(problem_.classes.size(), 0.0), 1);
    std::vector<double> use(rows_.size(), 0.0);
    std::vector<RosterColumn> found;
    for (std::size_t c = 0; c < answers.size(); ++c) {
      const auto units = static_cast<double>(problem_.classes[c].members.size());
      bound += units * answers[c].least;
      if (answers[c].rosters.empty())
        continue;
      RosterColumn column = make_roster_column(problem_, rows_, c, answers[c].rosters.front().roster);
      for (const auto& entry : column.uses) {
        use[static_cast<std::size_t>(entry.row)] += units * entry.amount;
        double& largest = largest_use_[static_cast<std::size_t>(entry.row)];
        largest = std::max(largest, std::abs(entry.amount));
      }
      found.push_back(std::move(column));
    }
    master_.subtract_uses(use, lacking);
    if (bound > result_.bound) {
      result_.bound = bound;
      result_.duals = duals;
      result_.class_duals.clear();
      for (const auto& answer : answers)
        result_.class_duals.push_back(answer.least);
    }
    kept_.push_back(std::move(found));
    if (kept_.size() > options_.keep_last)
      kept_.pop_front();
    return lacking;
  }

  void keep(RosterColumn column) {
    const auto key = std::pair(column.unit_class, column.uses.size());
    auto& alike = known_[key];
    for (const std::size_t i : alike) {
      const RosterColumn& other = result_.rosters[i];
      if (other.cost == column.cost && other.uses == column.uses) {
        ++result_.shares[i];
        return;
      }
    }
    alike.push_back(result_.rosters.size());
    result_.shares.push_back(1.0);
    result_.rosters.push_back(std::move(column));
  }

  const Problem& problem_;
  const RowTable& rows_;
  const Master& master_;
  const RosterOracle& oracle_;
  const DualAscentOptions& options_;
  DualAscentResult result_;
  std::vector<double> largest_use_;  // of one unit, by row of the table
  std::deque<std::vector<RosterColumn>> kept_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> known_;
};

}  // namespace

DualAscentResult raise_bound(const Problem& problem, const RowTable& rows, const Master& master,
                             const RosterOracle& oracle, std::vector<double> start, const DualAscentOptions& options) {
  return Ascent(problem, rows, master, oracle, options).run(std::move(start));
}

}  // namespace relevo::planner
