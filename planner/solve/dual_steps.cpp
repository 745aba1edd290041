// SPDX-License-Identifier: MIT
#include "planner/solve/dual_steps.hpp"

#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

constexpr double kKeepMean = 0.8;  ///< of the averages, from step to step
constexpr double kKeepSquare = 0.95;
constexpr double kLeastUsual = 0.1;  ///< of one unit's use: rows that lack next to nothing move little

/// The pairs of `list` by what `by` says of them, in their order: what `of` says, and the value of `value`.
template <typename Lists, typename List, typename By, typename Of, typename Value>
Lists make_lists(std::size_t count, const List& list, const By& by, const Of& of, const Value& value) {
  Lists lists;
  lists.begins.assign(count + 1, 0);
  for (const auto& one : list)
    ++lists.begins[static_cast<std::size_t>(by(one)) + 1];
  for (std::size_t i = 0; i < count; ++i)
    lists.begins[i + 1] += lists.begins[i];
  lists.items.resize(list.size());
  auto next = lists.begins;
  for (const auto& one : list)
    lists.items[next[static_cast<std::size_t>(by(one))]++] = {static_cast<std::uint32_t>(of(one)), value(one)};
  return lists;
}

}  // namespace

DualSteps::DualSteps(const Master& master, int threads) : threads_(threads) {
  const Coupling& coupling = master.coupling();
  const LinearModel& model = coupling.model;
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < model.rows.size(); ++i) {
    const double most_dual = master.most_duals()[i];
    rows_.push_back({model.rows[i].lower, model.rows[i].upper, most_dual});
    if (most_dual < kInfinity) {
      sum += most_dual;
      count += 1.0;
    }
  }
  if (count > 0.0)
    typical_dual_ = sum / count;
  for (std::size_t j = 0; j < model.columns.size(); ++j) {
    const auto& [lower, upper] = master.auxiliary_bounds()[j];
    columns_.push_back({model.columns[j].cost, lower, upper});
  }
  const auto row = [](const auto& term) { return term.row; };
  const auto column = [](const auto& term) { return term.column; };
  const auto value = [](const auto& term) { return term.value; };
  const auto model_row = [](const auto& link) { return link.model_row; };
  const auto table_row = [](const auto& link) { return link.table_row; };
  const auto factor = [](const auto& link) { return link.factor; };
  rows_of_column_ = make_lists<Lists>(columns_.size(), model.terms, column, row, value);
  columns_of_row_ = make_lists<Lists>(rows_.size(), model.terms, row, column, value);
  table_of_row_ = make_lists<Lists>(rows_.size(), coupling.links, model_row, table_row, factor);
  rows_of_table_ = make_lists<Lists>(master.rows().size(), coupling.links, table_row, model_row, factor);
  amounts_.assign(rows_.size(), 1.0);
  best_.resize(columns_.size());
  prices_.resize(master.rows().size());
  mean_.resize(rows_.size(), 0.0);
  square_.resize(rows_.size(), 0.0);
}

void DualSteps::fit_to(const std::vector<double>& largest_use) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    amounts_[i] = 1.0;
    for (auto k = table_of_row_.begins[i]; k < table_of_row_.begins[i + 1]; ++k)
      amounts_[i] =
          std::max(amounts_[i], std::abs(table_of_row_.items[k].value) * largest_use[table_of_row_.items[k].of]);
  }
}

double DualSteps::projected(const Row& row, double dual) {
  if ((dual > 0.0 && row.lower == -kInfinity) || (dual < 0.0 && row.upper == kInfinity))
    dual = 0.0;
  return std::min(dual, row.most_dual);
}

void DualSteps::project(std::vector<double>& duals) const {
  for (std::size_t i = 0; i < rows_.size(); ++i)
    duals[i] = projected(rows_[i], duals[i]);
}

const std::vector<double>& DualSteps::prices(const std::vector<double>& duals) {
  ranges_side_by_side(prices_.size(), threads_, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      double price = 0.0;
      for (auto k = rows_of_table_.begins[i]; k < rows_of_table_.begins[i + 1]; ++k)
        price -= rows_of_table_.items[k].value * duals[rows_of_table_.items[k].of];
      prices_[i] = price;
    }
  });
  return prices_;
}

/// Each auxiliary column at its best, as in Master::bound_of_rows().
void DualSteps::choose_columns(const std::vector<double>& duals) {
  ranges_side_by_side(columns_.size(), threads_, [&](std::size_t first, std::size_t last) {
    for (std::size_t j = first; j < last; ++j) {
      const Column& column = columns_[j];
      double reduced = column.cost;
      for (auto k = rows_of_column_.begins[j]; k < rows_of_column_.begins[j + 1]; ++k)
        reduced -= duals[rows_of_column_.items[k].of] * rows_of_column_.items[k].value;
      best_[j] = reduced == 0.0 ? 0.0 : (reduced > 0.0 ? column.lower : column.upper);
    }
  });
}

double DualSteps::lacking_in(std::size_t i, double dual, const std::vector<double>& use) const {
  const Row& row = rows_[i];
  double lacking = row.lower == -kInfinity || (row.upper < kInfinity && dual < 0.0) ? row.upper : row.lower;
  for (auto k = columns_of_row_.begins[i]; k < columns_of_row_.begins[i + 1]; ++k)
    lacking -= columns_of_row_.items[k].value * best_[columns_of_row_.items[k].of];
  for (auto k = table_of_row_.begins[i]; k < table_of_row_.begins[i + 1]; ++k)
    lacking -= table_of_row_.items[k].value * use[table_of_row_.items[k].of];
  return lacking;
}

std::vector<double> DualSteps::lacking(const std::vector<double>& duals, const std::vector<double>& use) {
  choose_columns(duals);
  std::vector<double> lacking;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    lacking.push_back(lacking_in(i, duals[i], use));
  return lacking;
}

void DualSteps::step(std::vector<double>& duals, const std::vector<double>& use, double length) {
  choose_columns(duals);
  const double points = length * typical_dual_;
  mean_weight_ = kKeepMean * mean_weight_ + 1.0 - kKeepMean;
  square_weight_ = kKeepSquare * square_weight_ + 1.0 - kKeepSquare;
  ranges_side_by_side(rows_.size(), threads_, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      const double lacks = lacking_in(i, duals[i], use);
      mean_[i] = kKeepMean * mean_[i] + (1.0 - kKeepMean) * lacks;
      square_[i] = kKeepSquare * square_[i] + (1.0 - kKeepSquare) * lacks * lacks;
      if (mean_[i] == 0.0)
        continue;
      const double usual = std::sqrt(square_[i] / square_weight_) + kLeastUsual * amounts_[i];
      duals[i] = projected(rows_[i], duals[i] + points / amounts_[i] * (mean_[i] / mean_weight_) / usual);
    }
  });
}

}  // namespace relevo::planner
