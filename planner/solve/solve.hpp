// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/solve_method.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace relevo::planner {

/// A limit was reached before any plan was found (exit code 4).
class LimitReachedError : public std::runtime_error {
 public:
  LimitReachedError() : std::runtime_error("limit reached before any plan was found") {}
};

struct SolveOptions {
  /// Quick: over rosters, seconds instead of minutes for a season of hundreds of units: the bound of the ascent alone,
  /// and fewer rounds of local search. Nothing else differs, and by arcs nothing at all.
  SolveEffort effort = SolveEffort::Full;
  SolveMethod method = SolveMethod::Automatic;
  /// Least need first, then disturbance, then cost (docs/model.md, section 5), instead of the three merged.
  bool goal_after_goal = false;
  int nodes = 200000;             ///< branch-and-bound nodes: the deterministic limit
  double gap = 0.0;               ///< relative gap at which to stop
  std::optional<double> seconds;  ///< wall clock; may change the plan, whose status then says time_limit
  /// From when they count: before the problem is made, which takes its time where there are thousands of lines.
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
  int threads = 1;         ///< never changes the plan
  std::uint64_t seed = 0;  ///< the exact solver has no chance in it; kept with the plan
  /// A plan to begin with, announced before or made by hand: what of it fits the scenario and breaks no rule. The plan
  /// found is never worse; of plans equally good this one is returned.
  std::optional<Plan> start;
  std::function<bool()> stop;  ///< true ends the search with the best plan so far
  std::function<void(const Progress&)> on_progress;
};

/// The best plan of a scenario, with its bound (docs/model.md, sections 6 and 7). Where the search ends before it finds
/// a plan better than the baseline, that one is returned with the bound proved so far. \throws ContradictionError when
/// pins cannot be met, so that no plan exists; LimitReachedError.
Plan solve(const Scenario& scenario, const SolveOptions& options = {});

/// What Automatic means for a problem.
SolveMethod method_for(const Problem& problem);

/// Whether the compact model is small enough to be searched anew for each question about a plan: what would fill a
/// line, who else could come, what one more is worth.
bool answers_exactly(const Problem& problem);

/// The complete model as MPS or LP text.
std::string model_as_mps(const Scenario& scenario);
std::string model_as_lp(const Scenario& scenario);

/// The plan that another solver's solution of that model stands for. \throws InputError when it names no column.
Plan plan_of_solution(const Scenario& scenario, const std::string& solution_text, const std::string& file);

}  // namespace relevo::planner
