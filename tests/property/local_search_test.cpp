// SPDX-License-Identifier: MIT
// The search on random tiny scenarios: it never worsens a plan and breaks no rule, the number of threads does not
// matter, and it finds most optima.
#include "planner/solve/local_search.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/assemble.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace relevo::test {
namespace {

using planner::LocalSearch;
using planner::Plan;
using planner::PlanModel;
using planner::PlanState;
using planner::Scenario;
using planner::ScenarioData;

constexpr int kCases = 300;
const long kRounds = std::getenv("R") ? std::stol(std::getenv("R")) : 12;
constexpr double kTolerance = 1e-6;

struct Stand {
  explicit Stand(std::uint64_t seed)
      : data(random_scenario(seed)),
        scenario(data),
        problem(make_problem(scenario)),
        rows(problem),
        model(problem, rows) {
    for (std::size_t c = 0; c < problem.classes.size(); ++c)
      pricing.emplace_back(problem, rows, c);
  }

  /// The greedy plan, or what construct() finds where that keeps all pins.
  std::optional<PlanState> start() const {
    if (const auto greedy = planner::greedy_plan(problem, rows))
      return state_of(model, *greedy).state;
    PlanState constructed = LocalSearch(model, pricing).construct(1);
    return constructed.is_feasible() ? std::optional(constructed) : std::nullopt;
  }
  Plan plan_of(const PlanState& state) const { return assemble_plan(problem, rows, assignments_of(state), "plan"); }

  ScenarioData data;
  Scenario scenario;
  planner::Problem problem;
  planner::RowTable rows;
  PlanModel model;
  std::vector<planner::RosterPricing> pricing;
};

TEST(LocalSearch, FindsMostOptimaAndBreaksNoRule) {
  const std::uint64_t first = first_seed(1);
  int compared = 0;
  int optimal_at_start = 0;
  int optimal = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    const auto start = stand.start();
    if (!start)
      continue;
    LocalSearch search(stand.model, stand.pricing);
    const PlanState found = search.improve(*start, {.seed = seed, .rounds = kRounds});
    const Plan plan = stand.plan_of(found);
    const auto report = planner::check(stand.scenario, plan);
    ASSERT_TRUE(report.violations.empty())
        << "seed " << seed << '\n'
        << to_text(stand.data, report.violations) << to_text(stand.data, plan) << to_text(stand.data);
    ASSERT_LE(found.value().points, start->value().points + kTolerance) << "seed " << seed;
    ASSERT_NEAR(found.value().points, plan.result.objective, kTolerance * std::abs(plan.result.objective) + kTolerance)
        << "seed " << seed;
    const Plan best = planner::solve(stand.scenario);
    const double tolerance = kTolerance * std::max(1.0, std::abs(best.result.objective));
    ASSERT_GE(plan.result.objective, best.result.objective - tolerance) << "seed " << seed;
    ++compared;
    optimal_at_start += start->value().points <= best.result.objective + tolerance ? 1 : 0;
    const bool is_optimal = plan.result.objective <= best.result.objective + tolerance;
    optimal += is_optimal ? 1 : 0;
    if (!is_optimal && std::getenv("RELEVO_SHOW"))
      std::cout << "seed " << seed << ": " << plan.result.objective << " and not " << best.result.objective << " from "
                << start->value().points << '\n'
                << to_text(stand.data, plan) << to_text(stand.data, best) << to_text(stand.data);
  }
  std::cout << optimal << " of " << compared << " are optimal, " << optimal_at_start << " at the start\n";
  if (!seed_is_overridden()) {
    EXPECT_GE(optimal * 100, compared * 95);
  }
}

}  // namespace
}  // namespace relevo::test
