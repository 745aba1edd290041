// SPDX-License-Identifier: MIT
#include "planner/solve/solve_by_rosters.hpp"

#include "planner/solve/assemble.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_proof.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/roster_search.hpp"
#include "planner/solve/tolerances.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

constexpr long kQuickRounds = 400;            // of local search, where the effort is quick
constexpr std::size_t kMostDispatched = 400;  // classes

/// Of plans that are equally good the one to begin with is kept: what people know already.
bool is_no_worse(const PlanState& start, std::optional<double> objective) {
  return start.is_feasible() && (!objective || start.value().points <= *objective + kProofTolerance);
}

}  // namespace

std::optional<Plan> given_plan(const Problem& problem, const RowTable& rows, const SolveOptions& options) {
  if (!options.start)
    return std::nullopt;
  const PlanModel model(problem, rows);
  const PlanState start = start_of(model, *options.start).state;
  if (!start.is_feasible())
    return std::nullopt;
  return assemble_plan(problem, rows, assignments_of(start), "plan");
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
  search.started = options.started;
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

}  // namespace relevo::planner
