// SPDX-License-Identifier: MIT
#include "planner/solve/goal_after_goal.hpp"

#include "planner/solve/blocks.hpp"
#include "planner/solve/seconds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

/// By how much a goal that was reached may be missed by the next: what the solver's tolerances need.
constexpr double kSlack = 1e-6;
constexpr double kSlackOfValue = 1e-9;

struct Goal {
  const char* name;
  double (*part)(const LinearModel::Column& column);
};

constexpr std::array<Goal, 3> kGoals{
    {{"need", [](const LinearModel::Column& column) { return column.need; }},
     {"disturbance", [](const LinearModel::Column& column) { return column.disturbance; }},
     {"cost", [](const LinearModel::Column& column) { return column.cost - column.need - column.disturbance; }}}};

class GoalSearch {
 public:
  GoalSearch(const LinearModel& model, const MipOptions& options)
      : model_(model), options_(options), blocks_(independent_blocks(model)) {}

  MipResult run() {
    MipResult result = solve_mip(model_, options_);
    if (result.values.empty())
      return result;
    const std::vector<double> merged = result.values;
    bool is_merged = result.end == MipResult::End::Optimal;  // what was found first is still the best in this order
    result.end = MipResult::End::Optimal;                    // unless the search for one of the goals ends before
    double missing = 0.0;
    for (const Goal& goal : kGoals) {
      const double reached = part_of(goal, merged);
      // The best of all at the sum of the goals is the best at the last of them among those that equal it in the
      // others.
      const bool is_last = &goal == &kGoals.back();
      if (is_merged && (is_last || reached <= 0.0))
        hold(goal, result.values);
      else
        missing += solve_for(goal, result);
      is_merged = is_merged && part_of(goal, result.values) >= reached - kSlack - kSlackOfValue * std::abs(reached);
      if (is_merged)
        result.values = merged;
    }
    result.objective = 0.0;
    for (std::size_t j = 0; j < model_.columns.size(); ++j)
      result.objective += model_.columns[j].cost * result.values[j];
    result.bound = result.objective - missing;
    return result;
  }

 private:
  struct Held {
    std::size_t block = 0;
    const Goal* goal = nullptr;
    double most = 0.0;
  };

  double part_of(const Goal& goal, const std::vector<double>& values) const {
    double sum = 0.0;
    for (std::size_t j = 0; j < values.size(); ++j)
      sum += goal.part(model_.columns[j]) * values[j];
    return sum;
  }

  /// Betters the result for one goal; by how much it may still be bettered where a limit ended that.
  double solve_for(const Goal& goal, MipResult& result) {
    const MipResult found = solve_mip(for_goal(goal), rest_of_budget(result));
    result.nodes += found.nodes;
    if (found.end != MipResult::End::Optimal)
      result.end = found.end;
    if (!found.values.empty())
      result.values = found.values;
    hold(goal, result.values);
    return std::max(0.0, part_of(goal, result.values) - found.bound);
  }

  /// The model with the costs of one goal, and a row for each goal reached before in each block.
  LinearModel for_goal(const Goal& goal) const {
    LinearModel model = model_;
    for (auto& column : model.columns)
      column.cost = goal.part(column);
    for (const auto& held : held_) {
      const int row = model.add_row({fmt::format("{}_b{}", held.goal->name, held.block), -kInfinity, held.most});
      for (const int column : blocks_[held.block].columns)
        if (const double part = held.goal->part(model_.columns[static_cast<std::size_t>(column)]); part != 0.0)
          model.add_term(row, column, part);
    }
    return model;
  }

  void hold(const Goal& goal, const std::vector<double>& values) {
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      double reached = 0.0;
      bool has_any = false;
      for (const int column : blocks_[b].columns) {
        const double part = goal.part(model_.columns[static_cast<std::size_t>(column)]);
        has_any = has_any || part != 0.0;
        reached += part * values[static_cast<std::size_t>(column)];
      }
      if (has_any && !blocks_[b].model.rows.empty())
        held_.push_back({b, &goal, reached + kSlack + kSlackOfValue * std::abs(reached)});
    }
  }

  MipOptions rest_of_budget(const MipResult& so_far) const {
    MipOptions options = options_;
    options.nodes = std::max(1, options_.nodes - so_far.nodes);
    options.start = so_far.values;
    if (options_.seconds)
      options.seconds = std::max(0.01, *options_.seconds - seconds_since(begin_));
    return options;
  }

  const LinearModel& model_;
  const MipOptions& options_;
  std::vector<ModelBlock> blocks_;
  std::vector<Held> held_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

MipResult solve_goal_after_goal(const LinearModel& model, const MipOptions& options) {
  return GoalSearch(model, options).run();
}

}  // namespace relevo::planner
