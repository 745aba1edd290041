// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "tests/support/random_scenario.hpp"

#include <cstdint>

namespace relevo::planner {

/// A random scenario with its model and pricing.
struct PricedScenario {
  explicit PricedScenario(std::uint64_t seed)
      : scenario(test::random_scenario(seed)),
        problem(make_problem(scenario)),
        rows(problem),
        model(problem, rows),
        oracle(model, 1) {}

  Scenario scenario;
  Problem problem;
  RowTable rows;
  PlanModel model;
  RosterOracle oracle;
};

}  // namespace relevo::planner
