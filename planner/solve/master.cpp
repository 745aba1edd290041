// SPDX-License-Identifier: MIT
#include "planner/solve/master.hpp"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>

namespace relevo::planner {

namespace {

/// Points of one unit by which a row that asks for something is missed; far more than any roster costs.
constexpr double kPointsOfLack = 1e7;
constexpr double kLackTolerance = 1e-7;
constexpr int kFirstAuxiliary = 1;  ///< of the columns of the relaxation, after one that does nothing

/// Adds up the coefficients of a roster column by model row.
std::map<int, double> coefficients(const std::vector<std::vector<Coupling::Link>>& links, const RosterColumn& column) {
  std::map<int, double> sums;
  for (const auto& entry : column.uses)
    for (const auto& link : links[static_cast<std::size_t>(entry.row)])
      sums[link.model_row] += link.factor * entry.amount;
  return sums;
}

}  // namespace

struct Master::Relaxation {
  ClpSimplex clp;
  std::vector<int> artificial;  // columns
  int coupling_rows = 0;
  int first_roster = 0;
  bool begins_with_dual = true;  // the next time: it is new, or bounds of columns of the coupling have changed
};

RosterColumn make_roster_column(const Problem& problem, const RowTable& rows, std::size_t unit_class, Roster roster) {
  RosterColumn column;
  column.unit_class = unit_class;
  column.cost = own_points(problem, roster);
  column.uses = uses_of(problem, rows, unit_class, roster);
  column.roster = std::move(roster);
  return column;
}

Master::Master(const Problem& problem, const RowTable& rows, const Coupling& coupling)
    : problem_(&problem), rows_(&rows), coupling_(&coupling) {
  links_.resize(rows.size());
  for (const auto& link : coupling.links)
    links_[static_cast<std::size_t>(link.table_row)].push_back(link);
  terms_of_column_.resize(coupling.model.columns.size());
  for (const auto& term : coupling.model.terms)
    terms_of_column_[static_cast<std::size_t>(term.column)].push_back(term);
  for (const auto& column : coupling.model.columns)
    auxiliary_bounds_.emplace_back(column.lower, column.upper);

  most_duals_.assign(coupling.model.rows.size(), kInfinity);
  for (std::size_t j = 0; j < coupling.model.columns.size(); ++j) {
    const auto& terms = terms_of_column_[j];
    if (terms.size() == 1 && terms.front().value > 0.0 && coupling.model.columns[j].lower == 0.0) {
      double& most = most_duals_[static_cast<std::size_t>(terms.front().row)];
      most = std::min(most, coupling.model.columns[j].cost / terms.front().value);
    }
  }

  duals_.rows.assign(coupling.model.rows.size(), 0.0);
  duals_.classes.assign(problem.classes.size(), 0.0);
}

// Made when it is first needed: where rows are many, it is large, and bounds do without.
Master::Relaxation& Master::relaxation() {
  if (relaxation_)
    return *relaxation_;
  const Coupling& coupling = *coupling_;
  const Problem& problem = *problem_;
  relaxation_ = std::make_unique<Relaxation>();
  Relaxation& r = *relaxation_;
  ClpSimplex& clp = r.clp;
  clp.setLogLevel(0);
  r.coupling_rows = static_cast<int>(coupling.model.rows.size());
  clp.resize(r.coupling_rows + static_cast<int>(problem.classes.size()), 0);
  for (int i = 0; i < r.coupling_rows; ++i) {
    const auto& row = coupling.model.rows[static_cast<std::size_t>(i)];
    clp.setRowBounds(i, std::max(row.lower, -COIN_DBL_MAX), std::min(row.upper, COIN_DBL_MAX));
  }
  for (std::size_t c = 0; c < problem.classes.size(); ++c)
    clp.setRowBounds(r.coupling_rows + static_cast<int>(c), -COIN_DBL_MAX,
                     static_cast<double>(problem.classes[c].members.size()));
  // One column that does nothing: Clp does not survive a model without any.
  std::vector<CoinBigIndex> starts = {0, 0};
  std::vector<int> indices;
  std::vector<double> values;
  std::vector<double> lower = {0.0};
  std::vector<double> upper = {0.0};
  std::vector<double> costs = {0.0};
  for (std::size_t j = 0; j < coupling.model.columns.size(); ++j) {
    const auto& column = coupling.model.columns[j];
    for (const auto& term : terms_of_column_[j]) {
      indices.push_back(term.row);
      values.push_back(term.value);
    }
    starts.push_back(static_cast<CoinBigIndex>(indices.size()));
    lower.push_back(auxiliary_bounds_[j].first);
    upper.push_back(std::min(auxiliary_bounds_[j].second, COIN_DBL_MAX));
    costs.push_back(column.cost);
  }
  clp.addColumns(static_cast<int>(costs.size()), lower.data(), upper.data(), costs.data(), starts.data(),
                 indices.data(), values.data());
  // Rows that nothing at all would break are met by staying at home; those that ask (pins) need a way out.
  std::vector<bool> has_column(static_cast<std::size_t>(r.coupling_rows), false);
  for (const auto& term : coupling.model.terms)
    has_column[static_cast<std::size_t>(term.row)] = true;
  for (int i = 0; i < r.coupling_rows; ++i) {
    if (has_column[static_cast<std::size_t>(i)] || !(coupling.model.rows[static_cast<std::size_t>(i)].lower > 0.0))
      continue;
    const double one = 1.0;
    r.artificial.push_back(clp.numberColumns());
    clp.addColumn(1, &i, &one, 0.0, COIN_DBL_MAX, kPointsOfLack);
  }
  r.first_roster = clp.numberColumns();
  return r;
}

Master::Master(const Master& other)
    : problem_(other.problem_),
      rows_(other.rows_),
      coupling_(other.coupling_),
      links_(other.links_),
      terms_of_column_(other.terms_of_column_),
      auxiliary_bounds_(other.auxiliary_bounds_),
      most_duals_(other.most_duals_),
      columns_(other.columns_),
      bounds_(other.bounds_),
      duals_(other.duals_),
      relaxation_(other.relaxation_ ? std::make_unique<Relaxation>(*other.relaxation_) : nullptr) {}

Master::~Master() = default;

void Master::add(std::vector<RosterColumn> columns) {
  Relaxation& r = relaxation();
  const std::size_t count = columns.size();
  std::vector<CoinBigIndex> starts = {0};
  std::vector<int> rows;
  std::vector<double> values;
  std::vector<double> costs;
  for (auto& column : columns) {
    for (const auto& [row, value] : coefficients(links_, column)) {
      if (value == 0.0)
        continue;
      rows.push_back(row);
      values.push_back(value);
    }
    rows.push_back(r.coupling_rows + static_cast<int>(column.unit_class));
    values.push_back(1.0);
    starts.push_back(static_cast<CoinBigIndex>(rows.size()));
    costs.push_back(column.cost);
    bounds_.emplace_back(0.0, static_cast<double>(problem_->classes[column.unit_class].members.size()));
    columns_.push_back(std::move(column));
  }
  const std::vector<double> lower(count, 0.0);
  const std::vector<double> upper(count, COIN_DBL_MAX);
  r.clp.addColumns(static_cast<int>(count), lower.data(), upper.data(), costs.data(), starts.data(), rows.data(),
                   values.data());
}

void Master::solve() {
  Relaxation& r = relaxation();
  if (r.begins_with_dual)
    r.clp.dual();
  else
    r.clp.primal(1);
  r.begins_with_dual = false;
  const double* duals = r.clp.getRowPrice();
  for (int i = 0; i < r.coupling_rows; ++i)
    duals_.rows[static_cast<std::size_t>(i)] = duals[i];
  for (std::size_t c = 0; c < duals_.classes.size(); ++c)
    duals_.classes[c] = std::min(0.0, duals[r.coupling_rows + static_cast<int>(c)]);
}

double Master::objective() const {
  return relaxation_->clp.objectiveValue() + coupling_->constant;
}

std::vector<double> Master::units() const {
  if (!relaxation_)
    return {};
  const double* values = relaxation_->clp.getColSolution();
  std::vector<double> units(columns_.size());
  for (std::size_t j = 0; j < units.size(); ++j)
    units[j] = values[static_cast<std::size_t>(relaxation_->first_roster) + j];
  return units;
}

std::vector<double> Master::auxiliary() const {
  const double* first = relaxation_->clp.getColSolution() + kFirstAuxiliary;
  return {first, first + coupling_->model.columns.size()};
}

void Master::bound_auxiliary(int column, double least, double most) {
  auxiliary_bounds_[static_cast<std::size_t>(column)] = {least, most};
  if (!relaxation_)
    return;
  relaxation_->clp.setColumnBounds(kFirstAuxiliary + column, least, std::min(most, COIN_DBL_MAX));
  relaxation_->begins_with_dual = true;
}

std::vector<Master::Rise> Master::rises(const std::vector<int>& columns, int steps) {
  ClpSimplex& clp = relaxation().clp;
  const std::size_t count = columns.size();
  std::vector<int> tried;
  std::vector<double> above;
  std::vector<double> below;
  for (const int column : columns) {
    tried.push_back(kFirstAuxiliary + column);
    const double value = clp.getColSolution()[tried.back()];
    above.push_back(std::ceil(value));
    below.push_back(std::floor(value));
  }
  // By column, below and then above.
  std::vector<std::vector<double>> solutions(2 * count,
                                             std::vector<double>(static_cast<std::size_t>(clp.numberColumns())));
  std::vector<double*> starts;
  starts.reserve(solutions.size());
  for (auto& solution : solutions)
    starts.push_back(solution.data());
  std::vector<int> status(2 * count);
  std::vector<int> taken(2 * count);
  const int limit = clp.maximumIterations();
  clp.setMaximumIterations(steps);
  clp.strongBranching(static_cast<int>(count), tried.data(), above.data(), below.data(), starts.data(), status.data(),
                      taken.data(), false, false, 0);
  clp.setMaximumIterations(limit);
  // What Clp says of the objective is that of before where it did not come to the end; its solution is up to date.
  const auto costs = std::span(clp.getObjCoefficients(), static_cast<std::size_t>(clp.numberColumns()));
  const auto rise = [&](const std::vector<double>& solution) {
    return std::inner_product(costs.begin(), costs.end(), solution.begin(), -clp.objectiveValue());
  };
  std::vector<Rise> rises;
  for (std::size_t i = 0; i < count; ++i)
    rises.push_back({rise(solutions[2 * i]), rise(solutions[2 * i + 1])});
  return rises;
}

bool Master::lacks() const {
  if (!relaxation_)
    return false;
  const double* values = relaxation_->clp.getColSolution();
  return std::any_of(relaxation_->artificial.begin(), relaxation_->artificial.end(),
                     [&](int column) { return values[column] > kLackTolerance; });
}

void Master::bound(std::size_t column, double least, double most) {
  bounds_[column] = {least, most};
  relaxation_->clp.setColumnBounds(relaxation_->first_roster + static_cast<int>(column), least,
                                   std::min(most, COIN_DBL_MAX));
}

std::vector<double> Master::prices(const std::vector<double>& row_duals) const {
  std::vector<double> prices(rows_->size(), 0.0);
  for (const auto& link : coupling_->links)
    prices[static_cast<std::size_t>(link.table_row)] -=
        link.factor * row_duals[static_cast<std::size_t>(link.model_row)];
  return prices;
}

double Master::bound_of_rows(std::vector<double>& row_duals) const {
  double bound = coupling_->constant;
  for (std::size_t i = 0; i < row_duals.size(); ++i) {
    const auto& row = coupling_->model.rows[i];
    double& dual = row_duals[i];
    if ((dual > 0.0 && row.lower == -kInfinity) || (dual < 0.0 && row.upper == kInfinity))
      dual = 0.0;
    if (dual != 0.0)
      bound += dual * (dual > 0.0 ? row.lower : row.upper);
  }
  for (std::size_t j = 0; j < coupling_->model.columns.size(); ++j) {
    double reduced = coupling_->model.columns[j].cost;
    for (const auto& term : terms_of_column_[j])
      reduced -= row_duals[static_cast<std::size_t>(term.row)] * term.value;
    const double value = reduced > 0.0 ? auxiliary_bounds_[j].first : auxiliary_bounds_[j].second;
    if (reduced != 0.0 && value != 0.0)
      bound += reduced * value;
  }
  return bound;
}

std::vector<double> Master::first_duals(double share) const {
  std::vector<double> duals(coupling_->model.rows.size(), 0.0);
  for (std::size_t i = 0; i < duals.size(); ++i)
    if (most_duals_[i] < kInfinity)
      duals[i] = share * most_duals_[i];
  return duals;
}

LinearModel Master::as_model() const {
  LinearModel model = coupling_->model;
  std::vector<int> row_of_class(problem_->classes.size(), -1);
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    const RosterColumn& column = columns_[j];
    const auto most = static_cast<double>(problem_->classes[column.unit_class].members.size());
    const int index = model.add_column(
        {fmt::format("roster_{}", j), bounds_[j].first, std::min(most, bounds_[j].second), column.cost, true});
    for (const auto& [row, value] : coefficients(links_, column))
      if (value != 0.0)
        model.add_term(row, index, value);
    int& row = row_of_class[column.unit_class];
    if (row < 0)
      row = model.add_row({fmt::format("class_{}", column.unit_class), -kInfinity, most});
    model.add_term(row, index, 1.0);
  }
  return model;
}

}  // namespace relevo::planner
