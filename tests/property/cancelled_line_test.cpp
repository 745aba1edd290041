// SPDX-License-Identifier: MIT
// A line that is cancelled before its need begins asks for nobody: the plan is the one of a scenario in which it is
// wanted long after the planning days.
#include "planner/check/check.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>

namespace relevo::test {
namespace {

using planner::Days;
using planner::Plan;
using planner::Scenario;
using planner::ScenarioData;

constexpr int kCases = 150;

std::optional<Plan> plan_of(const ScenarioData& data, planner::SolveMethod method) {
  planner::SolveOptions options;
  options.method = method;
  try {
    return planner::solve(Scenario(data), options);
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

void expect_obeys(const ScenarioData& data, const Plan& plan) {
  const auto violations = planner::check(Scenario(data), plan).violations;
  EXPECT_TRUE(violations.empty()) << to_text(data, violations) << to_text(data);
}

TEST(CancelledLine, BeforeItsNeedAsksForNobody) {
  const auto first = first_seed(20300701);
  int planned = 0;
  for (int i = 0; i < number_of_cases(kCases) && !HasFailure(); ++i) {
    const auto seed = first + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    ScenarioData cancelled = random_scenario(seed);
    ScenarioData later = cancelled;
    const planner::RequestIndex line(static_cast<std::size_t>(seed % cancelled.requests.size()));
    auto& need = cancelled.requests[line].need;
    cancelled.requests[line].cancelled = need.first;
    need.last = need.first;
    const auto beyond = later.horizon.last() + Days{1000};
    later.requests[line].need = {beyond, beyond + Days{1}};
    for (const auto method : {planner::SolveMethod::Arcs, planner::SolveMethod::Rosters}) {
      const auto plan = plan_of(cancelled, method);
      const auto other = plan_of(later, method);
      ASSERT_EQ(plan.has_value(), other.has_value());
      if (!plan)
        continue;
      ++planned;
      EXPECT_NEAR(plan->result.objective, other->result.objective,
                  1e-6 * std::max(1.0, std::abs(other->result.objective)))
          << to_text(cancelled);
      expect_obeys(cancelled, *plan);
      EXPECT_EQ(plan->requests[line.value()].status, planner::RequestStatus::Filled);
    }
    try {
      expect_obeys(cancelled, planner::greedy_plan(Scenario(cancelled)));
    } catch (const planner::ContradictionError&) {
      // Its pins ask for what dispatch cannot do.
    }
  }
  EXPECT_GT(planned, number_of_cases(kCases) / 2);
}

// Half of the need is left: planned as if the line had been asked for so long.
TEST(CancelledLine, OnADayOfItsNeedAsksForNobodyFromThatDayOn) {
  MiniWorld world(8);
  world.agreement("pact", "bc", "ab", {.line = 6});
  world.unit("crew", "bc", "crew", 2);
  auto& request = world.request("q", "ab", "crew", "..2222..");
  request.cancelled = world.day(4);
  request.need.last = world.day(4);
  const Scenario scenario(world.data());
  const Plan plan = planner::solve(scenario);
  EXPECT_EQ(plan.requests.front().working, (std::vector<int>{0, 0, 2, 2, 0, 0, 0, 0}));
  EXPECT_TRUE(planner::check(scenario, plan).violations.empty());
}

}  // namespace
}  // namespace relevo::test
