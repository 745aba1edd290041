// SPDX-License-Identifier: MIT
#include "planner/solve/solve.hpp"

#include "planner/solve/arc_bounds.hpp"
#include "planner/solve/assemble.hpp"
#include "planner/solve/blocks.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/goal_after_goal.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/roster_search.hpp"
#include "planner/solve/tolerances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

constexpr long kQuickRounds = 400;             // of local search, where the effort is quick
constexpr std::size_t kMostDispatched = 400;   // classes
constexpr double kMostArcsOfAnswers = 30'000;  // for questions about a plan, each a search of some blocks
constexpr double kMostArcsOfGoals = 60'000;    // to be solved for one goal after the other
constexpr double kFewArcs = 12'000;            // of a compact model that is solved alone,
constexpr std::size_t kFewColumns = 8'000;     // and columns of an independent block of it

PlanStatus status_of(MipResult::End end) {
  switch (end) {
    case MipResult::End::Optimal:
      return PlanStatus::Optimal;
    case MipResult::End::GapLimit:
      return PlanStatus::GapLimit;
    case MipResult::End::TimeLimit:
      return PlanStatus::TimeLimit;
    case MipResult::End::Stopped:
      return PlanStatus::Interrupted;
    case MipResult::End::NodeLimit:
    case MipResult::End::Infeasible:
      break;
  }
  return PlanStatus::WorkLimit;
}

[[noreturn]] void throw_contradiction() {
  Diagnostics diagnostics;
  diagnostics.add(make_diagnostic(Severity::Error, {"decisions", 0, ""}, "", "decision.pin", {}));
  throw ContradictionError(std::move(diagnostics));
}

Plan plan_of(const Problem& problem, const Formulation& formulation, const std::vector<double>& values) {
  std::vector<Assignment> assignments;
  for (const auto& unit : formulation.deployments_of(values))
    assignments.push_back(make_assignment(problem, unit.deployment, unit.member));
  return assemble_plan(problem, formulation.rows(), std::move(assignments), "plan");
}

void set_proof(PlanResult& result, double bound, double constant, PlanStatus status, std::string proof) {
  result.status = status;
  result.constant = constant;
  result.bound = std::min(std::max(bound, constant), result.objective);
  if (status == PlanStatus::Optimal && result.objective - bound <= kProofTolerance + 1e-9 * std::abs(result.objective))
    result.bound = result.objective;
  const double difference = result.objective - result.bound;
  result.gap = difference == 0.0 ? 0.0 : difference / std::abs(result.objective);
  const double influenceable = result.objective - constant;
  result.influenceable_gap = difference == 0.0 ? 0.0 : difference / influenceable;
  result.proof = std::move(proof);
}

}  // namespace

namespace {

/// Of plans that are equally good the one to begin with is kept: what people know already.
bool is_no_worse(const PlanState& start, std::optional<double> objective) {
  return start.is_feasible() && (!objective || start.value().points <= *objective + kProofTolerance);
}

/// Least need, then least disturbance, then what is left of the objective.
bool is_better_by_goals(const PlanResult& a, const PlanResult& b) {
  const auto less = [](double x, double y) { return x < y - kProofTolerance - 1e-9 * std::abs(y); };
  const double need = b.vector.need.value();
  const double disturbance = b.vector.disturbance.value();
  if (less(a.vector.need.value(), need) || less(need, a.vector.need.value()))
    return a.vector.need.value() < need;
  if (less(a.vector.disturbance.value(), disturbance) || less(disturbance, a.vector.disturbance.value()))
    return a.vector.disturbance.value() < disturbance;
  return less(a.objective, b.objective);
}

bool is_better(const PlanResult& a, const PlanResult& b, const SolveOptions& options) {
  return options.goal_after_goal ? is_better_by_goals(a, b) : a.objective < b.objective - kProofTolerance;
}

Plan solve_by_arcs(const Problem& problem, const Formulation& formulation, const SolveOptions& options) {
  auto baseline = greedy_plan(problem, formulation.rows());
  MipOptions mip{options.nodes, options.gap, options.seconds, options.stop, options.on_progress, {}, false};
  const MipResult found =
      options.goal_after_goal ? solve_goal_after_goal(formulation.model(), mip) : solve_mip(formulation.model(), mip);
  if (found.end == MipResult::End::Infeasible)
    throw_contradiction();

  std::optional<Plan> plan;
  if (!found.values.empty())
    plan = plan_of(problem, formulation, found.values);
  if (baseline && (!plan || is_better(baseline->result, plan->result, options))) {
    plan = std::move(baseline);
    plan->name = "plan";
  }
  if (options.start) {
    const PlanModel model(problem, formulation.rows());
    const PlanState start = start_of(model, *options.start).state;
    if (start.is_feasible()) {
      Plan given = assemble_plan(problem, formulation.rows(), assignments_of(start), "plan");
      if (!plan || !is_better(plan->result, given.result, options))
        plan = std::move(given);
    }
  }
  if (!plan)
    throw LimitReachedError();
  set_proof(plan->result, found.bound, formulation.constant(), status_of(found.end),
            fmt::format("compact arc-flow model, branch and bound by CBC, {} nodes{}", found.nodes,
                        options.goal_after_goal ? "; need, then disturbance, then cost" : ""));
  return *std::move(plan);
}

Plan solve_by_rosters(const Problem& problem, const SolveOptions& options) {
  const RowTable rows(problem);
  const PlanModel model(problem, rows);
  std::vector<PlanState> start;
  // Where there are many classes, dispatching line by line takes longer than the search's own first plan.
  const bool dispatches = problem.classes.size() <= kMostDispatched;
  if (const auto baseline = dispatches ? greedy_plan(problem, rows) : std::nullopt)
    start.push_back(state_of(model, *baseline).state);
  std::optional<PlanState> given;
  if (options.start) {
    given = start_of(model, *options.start).state;
    start.push_back(*given);
  }
  RosterSearchOptions search;
  search.nodes = options.nodes;
  search.gap = options.gap;
  search.seconds = options.seconds;
  search.stop = options.stop;
  search.on_progress = options.on_progress;
  search.seed = options.seed;
  search.threads = options.threads;
  if (options.effort == SolveEffort::Quick) {
    search.is_quick = true;
    search.search_rounds = kQuickRounds;
  }
  const RosterSearchResult found = search_rosters(model, std::move(start), search);
  if (found.end == MipResult::End::Infeasible)
    throw_contradiction();
  if (!found.plan)
    throw LimitReachedError();
  const bool keeps_given = given && is_no_worse(*given, found.plan->value().points);
  Plan plan = assemble_plan(problem, rows, assignments_of(keeps_given ? *given : *found.plan), "plan");
  set_proof(plan.result, found.bound, found.constant, status_of(found.end), found.proof);
  return plan;
}

/// The compact model, where it alone is the faster way to a proof: it is small, or falls into small blocks.
std::optional<Formulation> few_arcs(const Problem& problem) {
  if (estimated_arcs(problem) > kFewArcs)
    return std::nullopt;
  std::optional<Formulation> formulation(problem);
  const auto is_small = [](const ModelBlock& block) {
    return block.model.rows.empty() || block.columns.size() <= kFewColumns;
  };
  if (formulation->model().columns.size() > kFewColumns &&
      !std::ranges::all_of(independent_blocks(formulation->model()), is_small))
    formulation.reset();
  return formulation;
}

}  // namespace

bool can_go_goal_after_goal(const Scenario& scenario) {
  return estimated_arcs(make_problem(scenario)) <= kMostArcsOfGoals;
}

bool answers_exactly(const Problem& problem) {
  return estimated_arcs(problem) <= kMostArcsOfAnswers;
}

SolveMethod method_for(const Problem& problem) {
  return few_arcs(problem) ? SolveMethod::Arcs : SolveMethod::Rosters;
}

Plan solve(const Scenario& scenario, const SolveOptions& options) {
  const Problem problem = make_problem(scenario);
  if (options.goal_after_goal || options.method == SolveMethod::Arcs)
    return solve_by_arcs(problem, Formulation(problem), options);
  if (options.method == SolveMethod::Automatic)
    if (const auto formulation = few_arcs(problem))
      return solve_by_arcs(problem, *formulation, options);
  return solve_by_rosters(problem, options);
}

std::string model_as_mps(const Scenario& scenario) {
  const Problem problem = make_problem(scenario);
  return to_mps(Formulation(problem).model(), "relevo");
}

std::string model_as_lp(const Scenario& scenario) {
  const Problem problem = make_problem(scenario);
  return to_lp(Formulation(problem).model(), scenario->id);
}

Plan plan_of_solution(const Scenario& scenario, const std::string& solution_text, const std::string& file) {
  const Problem problem = make_problem(scenario);
  const Formulation formulation(problem);
  Plan plan = plan_of(problem, formulation, read_solution(formulation.model(), solution_text, file));
  plan.result.status = PlanStatus::Heuristic;
  plan.result.bound = formulation.constant();
  plan.result.constant = formulation.constant();
  return plan;
}

}  // namespace relevo::planner
