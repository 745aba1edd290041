// SPDX-License-Identifier: MIT
#include "planner/solve/column_generation.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kReducedCost = 1e-6;  ///< points: a column must promise more than this
constexpr double kFirstWeight = 0.7;   ///< of the best prices, against those of the relaxation

double reduced_cost(const RosterColumn& column, const std::vector<double>& prices, double class_dual) {
  double reduced = column.cost - class_dual;
  for (const auto& entry : column.uses)
    reduced += prices[static_cast<std::size_t>(entry.row)] * entry.amount;
  return reduced;
}

double bound_of_classes(const Problem& problem, const std::vector<RosterOracle::Answer>& answers) {
  double bound = 0.0;
  for (std::size_t c = 0; c < answers.size(); ++c)
    bound += static_cast<double>(problem.classes[c].members.size()) * answers[c].least;
  return bound;
}

class Generation {
 public:
  Generation(const Problem& problem, const RowTable& rows, Master& master, const RosterOracle& oracle,
             const ColumnGenerationOptions& options)
      : problem_(problem), rows_(rows), master_(master), oracle_(oracle), options_(options) {}

  ColumnGenerationResult run() {
    result_.bound = options_.start.bound;
    result_.duals = {options_.start.rows, options_.start.classes};
    result_.rounds = options_.first_round;
    master_.solve();
    double weight = options_.smoothed ? kFirstWeight : 0.0;
    while (result_.rounds < options_.rounds && !(options_.stop && options_.stop())) {
      result_.relaxation = master_.objective();
      if (is_near_enough())
        break;
      const bool smoothed = weight > 0.0 && !result_.duals.rows.empty();
      auto duals = smoothed ? between(weight) : master_.duals().rows;
      const auto found = price(duals);
      if (found == 0) {
        if (!smoothed) {
          result_.complete = true;
          break;
        }
        weight = std::max(0.0, weight - 0.25);  // the prices lie too far from those of the relaxation
        if (weight < 0.1)
          weight = 0.0;
        continue;
      }
      weight = options_.smoothed ? kFirstWeight : 0.0;
      master_.solve();
    }
    result_.relaxation = master_.objective();
    result_.complete = result_.complete || is_near_enough();
    return std::move(result_);
  }

 private:
  bool is_near_enough() const {
    return result_.relaxation - result_.bound <= options_.gap * std::abs(result_.relaxation) && !master_.lacks();
  }

  std::vector<double> between(double weight) const {
    std::vector<double> duals = master_.duals().rows;
    for (std::size_t i = 0; i < duals.size(); ++i)
      duals[i] = weight * result_.duals.rows[i] + (1.0 - weight) * duals[i];
    return duals;
  }

  /// Asks for rosters at these prices, takes the bound they prove and the columns that better the relaxation; returns
  /// how many.
  std::size_t price(std::vector<double>& duals) {
    ++result_.rounds;
    double bound = master_.bound_of_rows(duals);
    const auto prices = master_.prices(duals);
    auto answers = oracle_.ask(prices, std::vector<double>(problem_.classes.size(), 0.0), options_.rosters_per_class,
                               options_.only);
    bound += bound_of_classes(problem_, answers);
    if (bound > result_.bound) {
      result_.bound = bound;
      result_.duals.rows = duals;
      result_.duals.classes.clear();
      for (const auto& answer : answers)
        result_.duals.classes.push_back(answer.least);
    }
    const auto true_prices = master_.prices(master_.duals().rows);
    std::vector<RosterColumn> columns;
    for (std::size_t c = 0; c < answers.size(); ++c) {
      for (auto& answer : answers[c].rosters) {
        RosterColumn column = make_roster_column(problem_, rows_, c, std::move(answer.roster));
        if (reduced_cost(column, true_prices, master_.duals().classes[c]) < -kReducedCost)
          columns.push_back(std::move(column));
      }
    }
    const std::size_t found = columns.size();
    master_.add(std::move(columns));
    if (options_.on_round)
      options_.on_round(result_.rounds, result_.relaxation, result_.bound);
    return found;
  }

  const Problem& problem_;
  const RowTable& rows_;
  Master& master_;
  const RosterOracle& oracle_;
  const ColumnGenerationOptions& options_;
  ColumnGenerationResult result_;
};

}  // namespace

ColumnGenerationResult generate_columns(const Problem& problem, const RowTable& rows, Master& master,
                                        const RosterOracle& oracle, const ColumnGenerationOptions& options) {
  return Generation(problem, rows, master, oracle, options).run();
}

double lagrangian_bound(const Problem& problem, const Master& master, const RosterOracle& oracle,
                        std::vector<double>& row_duals) {
  const double bound = master.bound_of_rows(row_duals);
  const auto answers = oracle.ask(master.prices(row_duals), std::vector<double>(problem.classes.size(), 0.0), 1);
  return bound + bound_of_classes(problem, answers);
}

}  // namespace relevo::planner
