// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/assemble.hpp"
#include "planner/solve/coupling_index.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/local_search.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <cstdint>
#include <optional>

namespace relevo::test {

/// A random scenario with all that stands on it.
struct Stand {
  explicit Stand(std::uint64_t seed)
      : data(random_scenario(seed)),
        scenario(data),
        problem(make_problem(scenario)),
        rows(problem),
        model(problem, rows) {}

  /// The plan of closest forces first; none where it breaks a rule.
  std::optional<planner::PlanState> start() const {
    if (const auto greedy = planner::greedy_plan(problem, rows))
      return state_of(model, *greedy).state;
    return std::nullopt;
  }
  planner::Plan plan_of(const planner::PlanState& state) const {
    return assemble_plan(problem, rows, assignments_of(state), "plan");
  }

  planner::ScenarioData data;
  planner::Scenario scenario;
  planner::Problem problem;
  planner::RowTable rows;
  planner::PlanModel model;
};

/// The same with what searches over its rosters need.
struct SearchStand : Stand {
  explicit SearchStand(std::uint64_t seed)
      : Stand(seed),
        coupling(make_coupling(problem, rows, reach_of_duties(problem, rows))),
        index(rows, coupling),
        oracle(model, 1),
        local(model, oracle.pricings()) {}

  planner::Coupling coupling;
  planner::CouplingIndex index;
  planner::RosterOracle oracle;
  planner::LocalSearch local;
};

}  // namespace relevo::test
