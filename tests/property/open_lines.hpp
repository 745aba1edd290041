// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/solve/capped.hpp"
#include "planner/solve/solve.hpp"
#include "tests/support/random_scenario.hpp"

#include <cstdint>
#include <optional>

namespace relevo::test {

/// The best plan of a tiny scenario; none where its pins cannot hold.
inline std::optional<planner::Plan> best_plan(const planner::Scenario& scenario) {
  try {
    planner::SolveOptions options;
    options.method = planner::SolveMethod::Arcs;
    return planner::solve(scenario, options);
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

/// Calls `test(seed, scenario, plan)` for random scenarios from a seed on and their best plans; it returns how many
/// failures it has reported, and so many are enough.
template <class Test>
void for_best_plans(std::uint64_t first, int cases, const Test& test) {
  constexpr int kMostFailures = 5;
  int failures = 0;
  for (int i = 0; i < cases && failures < kMostFailures; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const planner::Scenario scenario(random_scenario(seed));
    if (const auto plan = best_plan(scenario))
      failures += test(seed, scenario, *plan);
  }
}

/// Calls `test(line)` for each line of a plan of which something is open.
template <class Test>
void for_open_lines(const planner::Plan& plan, const Test& test) {
  for (const auto& fill : plan.requests)
    if (fill.status != planner::RequestStatus::Filled && planner::unmet_of(plan, fill.request) > 0)
      test(fill.request);
}

}  // namespace relevo::test
