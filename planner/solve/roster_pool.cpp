// SPDX-License-Identifier: MIT
#include "planner/solve/roster_pool.hpp"

#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

constexpr std::size_t kFewClasses = 500;  // which choose in less time than a thread takes to begin

}  // namespace

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

template <class Visit>
void RosterPool::for_each_run(const Column& column, const Visit& visit) {
  for (const auto& run : column.record->runs)
    visit(run);
  for (const auto& run : column.pins)
    visit(run);
}

std::vector<RowRun> RosterPool::pins_met(std::size_t unit_class, const RosterRecord& record) const {
  std::vector<RowRun> pins;
  for (const GroupIndex group : model_.pins_met(unit_class, record.roster))
    pins.push_back({group, 0, 1, 1.0});
  return pins;
}

void RosterPool::add_use(const Column& column, double units) {
  for_each_run(column, [&](const RowRun& run) {
    for (int t = run.first; t < run.last; ++t)
      use_[static_cast<std::size_t>(model_.rows().row(run.group, t))] += units * run.amount;
  });
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
}

void RosterPool::fix(std::size_t unit_class, const RecordPtr& record) {
  turn(unit_class, kHome);
  --units_[unit_class];
  add_use({record, pins_met(unit_class, *record)}, 1.0);
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
    auto pins = pins_met(unit_class, *record);
    columns.push_back({std::move(record), std::move(pins)});
    for_each_run(columns.back(), [&](const RowRun& run) {
      for (int t = run.first; t < run.last; ++t) {
        double& largest = largest_use_[static_cast<std::size_t>(model_.rows().row(run.group, t))];
        largest = std::max(largest, std::abs(run.amount));
      }
    });
  }
  turn(unit_class, at);
}

/// By the sums of the prices.
std::size_t RosterPool::cheapest(std::size_t unit_class) const {
  const auto& columns = columns_[unit_class];
  double least = 0.0;
  std::size_t best = kHome;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    double price = columns[j].record->points;
    for_each_run(columns[j], [&](const RowRun& run) {
      const auto first = static_cast<std::size_t>(model_.rows().row(run.group, run.first));
      price += run.amount * (sums_[first + static_cast<std::size_t>(run.last - run.first)] - sums_[first]);
    });
    if (price < least) {
      least = price;
      best = j;
    }
  }
  return best;
}

void RosterPool::choose(const std::vector<double>& price_of_row, int threads) {
  for (std::size_t row = 0; row < price_of_row.size(); ++row)
    sums_[row + 1] = sums_[row] + price_of_row[row];
  std::vector<std::size_t> best(columns_.size(), kHome);
  side_by_side(columns_.size(), columns_.size() < kFewClasses ? 1 : threads, [&](std::size_t c, std::size_t) {
    if (units_[c] > 0)
      best[c] = cheapest(c);
  });
  for (std::size_t c = 0; c < columns_.size(); ++c)
    if (units_[c] > 0)
      turn(c, best[c]);
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

}  // namespace relevo::planner
