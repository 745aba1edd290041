// SPDX-License-Identifier: MIT
#include "planner/solve/goals_by_rosters.hpp"

#include "planner/solve/assemble.hpp"
#include "planner/solve/plan_proof.hpp"
#include "planner/solve/rows.hpp"
#include "planner/solve/seconds.hpp"
#include "planner/solve/solve_by_rosters.hpp"
#include "planner/solve/tolerances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

constexpr GoalWeights kNeedAlone{1.0, 0.0, 0.0};
constexpr GoalWeights kMerged{1.0, 1.0, 1.0};
/// A person-day of the lowest priority outweighs dozens of extension days, one of these more than what a crew costs in
/// months; and linear programmes can still tell the least price from none.
constexpr GoalWeights kInOrder{1.0, 0.005, 0.0002};
constexpr GoalWeights kBeforeRest{kInOrder.need, kInOrder.disturbance, 0.0};
constexpr double kShareOfTime = 0.15;  // of need alone, and of the goals merged

bool is_reached(double value, double bound) {
  return value <= bound || is_same_value(bound, value);
}

struct Goals {
  double need = 0.0;
  double disturbance = 0.0;
  double rest = 0.0;

  double weighted(const GoalWeights& weights) const {
    return weights.need * need + weights.disturbance * disturbance + weights.rest * rest;
  }
};

Goals goals_of(const PlanResult& result) {
  const double need = result.vector.need.value();
  const double disturbance = result.vector.disturbance.value();
  return {need, disturbance, result.objective - need - disturbance};
}

class GoalsByRosters {
 public:
  GoalsByRosters(const Problem& problem, const SolveOptions& options)
      : problem_(problem), rows_(problem), options_(options) {}

  Plan run() {
    best_ = given_plan(problem_, rows_, options_);
    search(kNeedAlone, SolveEffort::Quick, kShareOfTime);
    search(kMerged, SolveEffort::Quick, kShareOfTime);
    // What is left is for the plan, but where its disturbance will have to be proved too.
    search(kInOrder, options_.effort, has_disturbance() ? 1.0 - 3.0 * kShareOfTime : 1.0);
    if (has_disturbance() && has_least_need())
      search(kBeforeRest, SolveEffort::Quick, kShareOfTime);
    if (!best_)
      throw LimitReachedError();
    prove();
    return *std::move(best_);
  }

 private:
  struct Proved {
    GoalWeights weights;
    double bound = 0.0;
  };

  /// The best plan at these weights, from the best one so far, and a bound on all.
  void search(const GoalWeights& weights, SolveEffort effort, double share_of_time) {
    if (best_ && is_over())
      return;
    SolveOptions options = options_;
    options.goal_after_goal = false;
    options.effort = effort;
    options.start = best_;
    if (options_.seconds)
      options.seconds = std::clamp(*options_.seconds - elapsed(), 0.0, share_of_time * *options_.seconds);
    const double begun = elapsed();
    options.started = std::chrono::steady_clock::now();
    if (options_.on_progress)
      options.on_progress = [this, begun](Progress progress) {
        progress.seconds += begun;
        options_.on_progress(progress);
      };
    const Scenario scenario = at_weights(*problem_.scenario, weights);
    const Problem problem = make_problem(scenario);
    try {
      const Plan plan = solve_by_rosters(problem, options);
      proved_.push_back({weights, plan.result.bound});
      constant_ = std::max(constant_, plan.result.constant);
      note_end(plan.result.status);
      take(plan);
    } catch (const LimitReachedError&) {
      note_end(options_.seconds ? PlanStatus::TimeLimit : PlanStatus::WorkLimit);
    }
  }

  /// Where the clock or somebody cut one search short, the plan may be another one, whatever ended those after it.
  void note_end(PlanStatus status) {
    if (end_ != PlanStatus::Interrupted && (end_ != PlanStatus::TimeLimit || status == PlanStatus::Interrupted))
      end_ = status;
  }

  /// Of plans equally good the earlier one stays, so that what was given does.
  void take(const Plan& plan) {
    std::vector<Assignment> assignments;
    std::copy_if(plan.assignments.begin(), plan.assignments.end(), std::back_inserter(assignments),
                 [](const Assignment& assignment) { return !assignment.commitment; });
    Plan at_face_value = assemble_plan(problem_, rows_, std::move(assignments), "plan");
    if (!best_ || is_better_by_goals(at_face_value.result, best_->result))
      best_ = std::move(at_face_value);
  }

  double least_need() const {
    double least = 0.0;
    for (const auto& [weights, bound] : proved_)
      if (weights.disturbance == 0.0 && weights.rest == 0.0)
        least = std::max(least, bound / weights.need);
    return least;
  }
  bool has_disturbance() const { return best_ && goals_of(best_->result).disturbance > kProofTolerance; }
  bool has_least_need() const { return is_reached(goals_of(best_->result).need, least_need()); }

  /// Of plans with no more need.
  double least_disturbance(const Goals& reached) const {
    double least = 0.0;
    for (const auto& [weights, bound] : proved_)
      if (weights.disturbance > 0.0 && weights.rest == 0.0)
        least = std::max(least, (bound - weights.need * reached.need) / weights.disturbance);
    return least;
  }

  /// By how much the rest may be bettered by plans with no more need and disturbance.
  double excess_of_rest(const Goals& reached) const {
    double excess = std::numeric_limits<double>::infinity();
    for (const auto& [weights, bound] : proved_) {
      if (weights.rest == 0.0)
        continue;
      const double value = reached.weighted(weights);
      excess = std::min(excess, is_reached(value, bound) ? 0.0 : (value - bound) / weights.rest);
    }
    return std::clamp(reached.rest, 0.0, excess);
  }

  void prove() {
    PlanResult& result = best_->result;
    const Goals reached = goals_of(result);
    const double need = least_need();
    const double disturbance = least_disturbance(reached);
    double missing = 0.0;
    if (!is_reached(reached.need, need))
      missing += reached.need - need;
    if (!is_reached(reached.disturbance, disturbance))
      missing += reached.disturbance - disturbance;
    missing += excess_of_rest(reached);
    const double bound = result.objective - missing;
    PlanStatus status = end_;
    if (missing <= kProofTolerance)
      status = PlanStatus::Optimal;
    else if (missing <= options_.gap * std::abs(result.objective))
      status = PlanStatus::GapLimit;
    else if (status == PlanStatus::Optimal || status == PlanStatus::GapLimit)
      status = PlanStatus::WorkLimit;
    set_proof(result, bound, constant_, status,
              fmt::format("need, then disturbance, then cost: column generation over rosters at prices of that order; "
                          "no plan has less need than {:.0f}",
                          std::floor(std::min(need, reached.need) + kProofTolerance)));
  }

  double elapsed() const { return seconds_since(options_.started); }
  bool is_over() const {
    return (options_.seconds && elapsed() >= *options_.seconds) || (options_.stop && options_.stop());
  }

  const Problem& problem_;
  RowTable rows_;
  const SolveOptions& options_;
  std::optional<Plan> best_;
  std::vector<Proved> proved_;
  double constant_ = 0.0;  ///< the largest, which is that of the goals merged: no weight is more than 1
  PlanStatus end_ = PlanStatus::WorkLimit;  ///< of the searches so far
};

}  // namespace

Scenario at_weights(const Scenario& scenario, const GoalWeights& weights) {
  ScenarioData data = scenario.data();
  Policy& policy = data.policy;
  for (auto& points : policy.unmet_points)
    points.value *= weights.need;
  for (auto* points : {&policy.handover_points, &policy.extension_points, &policy.changed_firm_points,
                       &policy.changed_outlook_points, &policy.changed_return_points})
    points->value *= weights.disturbance;
  for (auto& points : policy.tier_points)
    points.value *= weights.rest;
  for (auto* points : {&policy.points_per_money, &policy.movement_points})
    points->value *= weights.rest;
  return Scenario(std::move(data));
}

bool is_better_by_goals(const PlanResult& a, const PlanResult& b) {
  const Goals one = goals_of(a);
  const Goals other = goals_of(b);
  if (!is_same_value(one.need, other.need))
    return one.need < other.need;
  if (!is_same_value(one.disturbance, other.disturbance))
    return one.disturbance < other.disturbance;
  return a.objective < b.objective && !is_same_value(a.objective, b.objective);
}

Plan solve_goals_by_rosters(const Problem& problem, const SolveOptions& options) {
  return GoalsByRosters(problem, options).run();
}

}  // namespace relevo::planner
