// SPDX-License-Identifier: MIT
#include "planner/solve/roster_pool.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

RosterPool::RosterPool(const PlanModel& model)
    : model_(model),
      columns_(model.problem().classes.size()),
      chosen_(model.problem().classes.size(), kHome),
      use_(model.rows().size(), 0.0),
      largest_use_(model.rows().size(), 0.0),
      sums_(model.rows().size() + 1, 0.0) {
  for (const auto& unit_class : model.problem().classes)
    units_.push_back(unit_class.members.size());
}

std::vector<RowRun> RosterPool::runs_of(std::size_t unit_class, const RosterRecord& record) const {
  std::vector<RowRun> runs = record.runs;
  const UnitClass& units = model_.problem().classes[unit_class];
  for (const auto& pin : model_.pins_of(unit_class))
    if (!pin.met_by_commitments && PlanModel::meets(units, record.roster, pin.request))
      runs.push_back({pin.group, 0, 1, 1.0});
  return runs;
}

void RosterPool::add_use(const Column& column, double units) {
  for (const auto& run : column.runs)
    for (int t = run.first; t < run.last; ++t)
      use_[static_cast<std::size_t>(model_.rows().row(run.group, t))] += units * run.amount;
}

void RosterPool::turn(std::size_t unit_class, std::size_t column) {
  if (chosen_[unit_class] != column) {
    const auto units = static_cast<double>(units_[unit_class]);
    if (chosen_[unit_class] != kHome)
      add_use(columns_[unit_class][chosen_[unit_class]], -units);
    if (column != kHome)
      add_use(columns_[unit_class][column], units);
    chosen_[unit_class] = column;
  }
  if (column != kHome)
    columns_[unit_class][column].followed = clock_;
}

void RosterPool::fix(std::size_t unit_class, const RecordPtr& record) {
  turn(unit_class, kHome);
  --units_[unit_class];
  add_use({record, runs_of(unit_class, *record)}, 1.0);
}

void RosterPool::close(std::size_t unit_class) {
  turn(unit_class, kHome);
  units_[unit_class] = 0;
}

void RosterPool::forbid(std::size_t unit_class, const RecordPtr& record) {
  turn(unit_class, kHome);
  std::erase_if(columns_[unit_class], [&](const Column& column) { return column.record == record; });
}

void RosterPool::follow(std::size_t unit_class, const Roster* roster) {
  if (roster == nullptr || roster->empty())
    return turn(unit_class, kHome);
  auto& columns = columns_[unit_class];
  auto record = model_.make_record(unit_class, *roster);
  std::size_t at = 0;
  while (at < columns.size() && !is_same_roster(columns[at].record, record))
    ++at;
  if (at == columns.size()) {
    auto runs = runs_of(unit_class, *record);
    for (const auto& run : runs)
      for (int t = run.first; t < run.last; ++t) {
        double& largest = largest_use_[static_cast<std::size_t>(model_.rows().row(run.group, t))];
        largest = std::max(largest, std::abs(run.amount));
      }
    columns.push_back({std::move(record), std::move(runs)});
  }
  turn(unit_class, at);
}

void RosterPool::choose(const std::vector<double>& price_of_row) {
  ++clock_;
  for (std::size_t row = 0; row < price_of_row.size(); ++row)
    sums_[row + 1] = sums_[row] + price_of_row[row];
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (units_[c] == 0)
      continue;
    double least = 0.0;
    std::size_t best = kHome;
    for (std::size_t j = 0; j < columns_[c].size(); ++j) {
      const Column& column = columns_[c][j];
      double price = column.record->points;
      for (const auto& run : column.runs) {
        const auto first = static_cast<std::size_t>(model_.rows().row(run.group, run.first));
        price += run.amount * (sums_[first + static_cast<std::size_t>(run.last - run.first)] - sums_[first]);
      }
      if (price < least) {
        least = price;
        best = j;
      }
    }
    turn(c, best);
  }
}

void RosterPool::count() {
  ++counted_;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (chosen_[c] != kHome)
      ++columns_[c][chosen_[c]].counts;
}

void RosterPool::restart_counts() {
  counted_ = 0;
  for (auto& columns : columns_)
    for (auto& column : columns)
      column.counts = 0;
}

std::vector<RosterPool::Share> RosterPool::shares() const {
  std::vector<Share> all;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    for (const auto& column : columns_[c])
      if (column.counts > 0)
        all.push_back({c, column.record, static_cast<double>(column.counts) / static_cast<double>(counted_)});
  return all;
}

void RosterPool::trim(std::size_t most) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    auto& columns = columns_[c];
    if (columns.size() <= most)
      continue;
    std::vector<long> times;
    for (const auto& column : columns)
      times.push_back(column.followed);
    std::nth_element(times.begin(), times.end() - static_cast<std::ptrdiff_t>(most), times.end());
    const long oldest = times[times.size() - most];
    const RecordPtr chosen = chosen_[c] == kHome ? nullptr : columns[chosen_[c]].record;
    std::erase_if(columns, [&](const Column& column) { return column.followed < oldest && column.record != chosen; });
    for (std::size_t j = 0; chosen && j < columns.size(); ++j)
      if (columns[j].record == chosen)
        chosen_[c] = j;
  }
}

}  // namespace relevo::planner
