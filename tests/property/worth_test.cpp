// SPDX-License-Identifier: MIT
// What one more and one less is worth, against exhaustive search on random tiny scenarios.
#include "planner/explain/worth.hpp"

#include "tests/property/open_lines.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <optional>
#include <string>

namespace relevo::test {
namespace {

using planner::Plan;
using planner::Scenario;
using planner::ScenarioData;
using planner::Worth;
using planner::WorthKind;
using planner::WorthStep;

constexpr int kCases = 150;
constexpr std::int64_t kNodes = 30'000;

/// From the planning date on.
ScenarioData with(ScenarioData data, const Worth& worth, int more) {
  if (worth.subject.kind == WorthKind::Reserve)
    data.agencies[worth.subject.agency].kept_less.emplace_back(worth.subject.unit_kind, more);
  else
    data.units[*worth.subject.unit].count += more;
  return data;
}

/// What is wrong, or nothing; none: too large.
std::optional<std::string> complaint(const ScenarioData& data, const Plan& plan, const WorthStep& step) {
  const OracleResult oracle = brute_force(Scenario(data), kNodes);
  if (!oracle.complete)
    return std::nullopt;
  if (!step.is_proved || step.is_possible != oracle.feasible)
    return fmt::format("possible: {}, proved: {}, by exhaustive search: {}", step.is_possible, step.is_proved,
                       oracle.feasible);
  const double expected = oracle.objective - plan.result.objective;
  if (oracle.feasible && std::abs(step.objective - expected) > 1e-6 * std::max(1.0, std::abs(oracle.objective)))
    return fmt::format("{} points, by exhaustive search {}", step.objective, expected);
  return "";
}

TEST(WorthAgainstOracle, RandomScenarios) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  planner::WorthOptions options;
  options.in_child = seed_is_overridden();
  int compared = 0;
  int worth_something = 0;
  for_best_plans(first, cases, [&](std::uint64_t seed, const Scenario& scenario, const Plan& plan) {
    int failures = 0;
    const ScenarioData& data = scenario.data();
    for (const auto& subject : worth_subjects(scenario)) {
      const Worth worth = worth_of(scenario, plan, subject, options);
      const auto judge = [&](const WorthStep& step, int more) {
        const auto wrong = complaint(with(data, worth, more), plan, step);
        if (!wrong)
          return;
        ++compared;
        worth_something += step.is_possible && std::abs(step.objective) > 1e-6 ? 1 : 0;
        if (wrong->empty())
          return;
        ++failures;
        ADD_FAILURE() << "seed " << seed << ", "
                      << (subject.unit ? data.units[*subject.unit].id : std::string("reserve")) << " " << more << ": "
                      << *wrong << '\n'
                      << to_text(data, plan) << to_text(data);
      };
      judge(worth.more, 1);
      if (worth.less)
        judge(*worth.less, -1);
    }
    return failures;
  });
  std::cout << fmt::format("{} steps compared, {} worth something\n", compared, worth_something);
  EXPECT_GT(worth_something, compared / 10);
}

}  // namespace
}  // namespace relevo::test
