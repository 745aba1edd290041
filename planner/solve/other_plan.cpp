// SPDX-License-Identifier: MIT
#include "planner/solve/other_plan.hpp"

#include "planner/solve/block_model.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/tolerances.hpp"
#include "planner/solve/travel_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

class OtherPlanSearch {
 public:
  OtherPlanSearch(const Scenario& scenario, const Plan& present, const OtherPlanOptions& options)
      : options_(options),
        floor_(present.result.bound),
        counts_(travel_counts(scenario, present, options.difference)),
        parts_(scenario, present),
        columns_(travel_columns(parts_.problem(), parts_.formulation(), options.difference)) {
    add_counts();
  }

  OtherPlan run() {
    for (const auto& block : independent_blocks(parts_.model()))
      if (!is_as_good())
        search(block);
    return std::move(result_);
  }

 private:
  struct Count {
    int column = 0;
    int now = 0;
  };

  /// Nothing can be better than what was found.
  bool is_as_good() const { return result_.plan && result_.plan->result.objective <= floor_ + kProofTolerance; }

  /// A column for each key that the present plan uses: how many travel so.
  void add_counts() {
    LinearModel& model = parts_.model();
    travels_.assign(model.columns.size(), 0.0);
    is_new_.assign(model.columns.size(), 0.0);
    for (const auto& [key, columns] : columns_) {
      const auto now = counts_.find(key);
      for (const int column : columns) {
        travels_[static_cast<std::size_t>(column)] += 1.0;
        is_new_[static_cast<std::size_t>(column)] += now == counts_.end() ? 1.0 : 0.0;
      }
      if (now == counts_.end())
        continue;
      const auto i = uses_.size();
      const int count = model.add_column({fmt::format("n_{}", i), 0.0, kInfinity, 0.0, true});
      const int row = model.add_row({fmt::format("travel_{}", i), 0.0, 0.0});
      for (const int column : columns)
        model.add_term(row, column, 1.0);
      model.add_term(row, count, -1.0);
      uses_.push_back({count, now->second});
    }
    travels_.resize(model.columns.size(), 0.0);
    is_new_.resize(model.columns.size(), 0.0);
  }

  MipResult solve(const LinearModel& model) const {
    MipOptions mip;
    mip.nodes = options_.nodes;
    mip.in_child = options_.in_child;
    mip.stop = options_.stop;
    return solve_mip(model, mip);
  }

  /// The least that the programme can cost, without whole numbers; infinite: there is no plan of the way.
  double bound_of(LinearModel model) const {
    for (auto& column : model.columns)
      column.integer = false;
    const MipResult relaxed = solve(model);
    if (relaxed.end == MipResult::End::Infeasible)
      return kInfinity;
    return relaxed.end == MipResult::End::Optimal ? relaxed.objective : -kInfinity;
  }

  /// The ways to differ within a block: programmes of it.
  std::vector<LinearModel> ways_of(const ModelBlock& block) const {
    std::vector<Count> uses;  // with columns of the block
    std::map<int, int> place;
    for (std::size_t j = 0; j < block.columns.size(); ++j)
      place[block.columns[j]] = static_cast<int>(j);
    for (const auto& use : uses_)
      if (const auto found = place.find(use.column); found != place.end())
        uses.push_back({found->second, use.now});
    std::vector<LinearModel> ways;
    if (options_.difference == PlanDifference::Who) {
      if (auto others = with_at_least(block, block.model, is_new_, 1.0))
        ways.push_back(*std::move(others));
      for (const auto& use : uses) {  // more of one
        ways.push_back(block.model);
        ways.back().columns[static_cast<std::size_t>(use.column)].lower = use.now + 1;
      }
      return ways;
    }
    if (auto more = with_more(block, uses))
      ways.push_back(*std::move(more));
    for (const auto& use : uses) {  // fewer of one
      ways.push_back(block.model);
      ways.back().columns[static_cast<std::size_t>(use.column)].upper = use.now - 1;
    }
    return ways;
  }

  /// None fewer, and more of one.
  std::optional<LinearModel> with_more(const ModelBlock& block, const std::vector<Count>& uses) const {
    LinearModel model = block.model;
    int now = 0;
    for (const auto& use : uses) {
      model.columns[static_cast<std::size_t>(use.column)].lower = use.now;
      now += use.now;
    }
    return with_at_least(block, std::move(model), travels_, now + 1.0);
  }

  /// Not fewer of some columns, each as often as it counts; none: no column of the block does.
  static std::optional<LinearModel> with_at_least(const ModelBlock& block, LinearModel model,
                                                  const std::vector<double>& counted, double least) {
    const int row = model.add_row({"travel_more", least, kInfinity});
    bool may_travel = false;
    for (std::size_t j = 0; j < block.columns.size(); ++j)
      if (const double travels = counted[static_cast<std::size_t>(block.columns[j])]; travels > 0.0) {
        model.add_term(row, static_cast<int>(j), travels);
        may_travel = true;
      }
    return may_travel ? std::optional(std::move(model)) : std::nullopt;
  }

  void search(const ModelBlock& block) {
    double best = kInfinity;
    for (const auto& way : ways_of(block)) {
      if (is_as_good() || bound_of(way) >= best - kProofTolerance)
        continue;
      const MipResult found = solve(way);
      if (found.end != MipResult::End::Optimal && found.end != MipResult::End::Infeasible)
        result_.is_proved = false;
      if (found.values.empty() || found.objective >= best - kProofTolerance)
        continue;
      best = found.objective;
      take(parts_.plan_of(block, found.values));
    }
  }

  void take(Plan plan) {
    if (!parts_.obeys_rules(plan))
      result_.is_proved = false;
    else if (!result_.plan || plan.result.objective < result_.plan->result.objective - kProofTolerance)
      result_.plan = std::move(plan);
  }

  const OtherPlanOptions& options_;
  double floor_;  // points: no plan is below
  std::map<TravelKey, int> counts_;
  BlockModel parts_;
  std::map<TravelKey, std::vector<int>> columns_;
  std::vector<double> travels_;  // by column: how often a unit of it counts, out and home
  std::vector<double> is_new_;   // the same for keys that the present plan does not use
  std::vector<Count> uses_;      // of the present plan
  OtherPlan result_;
};

}  // namespace

OtherPlan solve_other(const Scenario& scenario, const Plan& present, const OtherPlanOptions& options) {
  return OtherPlanSearch(scenario, present, options).run();
}

}  // namespace relevo::planner
