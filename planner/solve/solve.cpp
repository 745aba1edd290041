// SPDX-License-Identifier: MIT
#include "planner/solve/solve.hpp"

#include "planner/solve/arc_bounds.hpp"
#include "planner/solve/assemble.hpp"
#include "planner/solve/blocks.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/goal_after_goal.hpp"
#include "planner/solve/goals_by_rosters.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_proof.hpp"
#include "planner/solve/seconds.hpp"
#include "planner/solve/solve_by_rosters.hpp"
#include "planner/solve/tolerances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

constexpr double kMostArcsOfAnswers = 30'000;  // for questions about a plan, each a search of some blocks
constexpr double kFewArcs = 12'000;            // of a compact model that is solved alone,
constexpr std::size_t kFewColumns = 8'000;     // and columns of an independent block of it
constexpr double kLeastSeconds = 0.01;         // that CBC is given

Plan plan_of(const Problem& problem, const Formulation& formulation, const std::vector<double>& values) {
  std::vector<Assignment> assignments;
  for (const auto& unit : formulation.deployments_of(values))
    assignments.push_back(make_assignment(problem, unit.deployment, unit.member));
  return assemble_plan(problem, formulation.rows(), std::move(assignments), "plan");
}

bool is_better(const PlanResult& a, const PlanResult& b, const SolveOptions& options) {
  return options.goal_after_goal ? is_better_by_goals(a, b) : a.objective < b.objective - kProofTolerance;
}

/// Of the seconds that there are.
std::optional<double> seconds_left(const SolveOptions& options) {
  if (!options.seconds)
    return std::nullopt;
  return std::max(kLeastSeconds, *options.seconds - seconds_since(options.started));
}

Plan solve_by_arcs(const Problem& problem, const Formulation& formulation, const SolveOptions& options) {
  auto baseline = greedy_plan(problem, formulation.rows());
  MipOptions mip{options.nodes, options.gap, seconds_left(options), options.stop, options.on_progress, {}, false};
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
  auto given = given_plan(problem, formulation.rows(), options);
  if (given && (!plan || !is_better(plan->result, given->result, options)))
    plan = std::move(given);
  if (!plan)
    throw LimitReachedError();
  set_proof(plan->result, found.bound, formulation.constant(), status_of(found.end),
            fmt::format("compact arc-flow model, branch and bound by CBC, {} nodes{}", found.nodes,
                        options.goal_after_goal ? "; need, then disturbance, then cost" : ""));
  return *std::move(plan);
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

bool answers_exactly(const Problem& problem) {
  return estimated_arcs(problem) <= kMostArcsOfAnswers;
}

SolveMethod method_for(const Problem& problem) {
  return few_arcs(problem) ? SolveMethod::Arcs : SolveMethod::Rosters;
}

Plan solve(const Scenario& scenario, const SolveOptions& options) {
  const Problem problem = make_problem(scenario);
  if (options.method == SolveMethod::Arcs)
    return solve_by_arcs(problem, Formulation(problem), options);
  if (options.method == SolveMethod::Automatic)
    if (const auto formulation = few_arcs(problem))
      return solve_by_arcs(problem, *formulation, options);
  return options.goal_after_goal ? solve_goals_by_rosters(problem, options) : solve_by_rosters(problem, options);
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
