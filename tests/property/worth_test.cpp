// SPDX-License-Identifier: MIT
// What one more and one less is worth, against exhaustive search on random tiny scenarios.
#include "planner/explain/worth.hpp"

#include "planner/explain/worth_bound.hpp"
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

/// The figures that large scenarios get are of plans, and the bounds beside them are bounds.
TEST(WorthAgainstOracle, FiguresAndBoundsOfLargeScenarios) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  planner::WorthOptions options;
  options.is_exact = false;
  int steps = 0;
  int best = 0;   // figures of the best plan there is
  int sharp = 0;  // bounds that are its value
  int impossible = 0;
  for_best_plans(first, cases, [&](std::uint64_t seed, const Scenario& scenario, const Plan& plan) {
    int failures = 0;
    const auto judge = [&](const Worth& worth, const WorthStep& step, int more) {
      const OracleResult oracle = brute_force(Scenario(with(scenario.data(), worth, more)), kNodes);
      if (!oracle.complete)
        return;
      ++steps;
      const double value = oracle.objective - plan.result.objective;
      const double tolerance = 1e-6 * std::max(1.0, std::abs(oracle.objective));
      const bool is_right = oracle.feasible ? !step.is_possible || (step.objective >= value - tolerance && step.bound &&
                                                                    !step.is_proved && *step.bound <= value + tolerance)
                                            : !step.is_possible;
      impossible += oracle.feasible && !step.is_possible ? 1 : 0;
      best += step.is_possible && step.objective <= value + tolerance ? 1 : 0;
      sharp += step.bound && *step.bound >= value - tolerance ? 1 : 0;
      if (is_right)
        return;
      ++failures;
      ADD_FAILURE() << fmt::format("seed {}, subject {} {}, {} more: {} (bound {}), by exhaustive search {}", seed,
                                   static_cast<int>(worth.subject.kind),
                                   worth.subject.unit ? scenario->units[*worth.subject.unit].id : "", more,
                                   step.objective, step.bound.value_or(0.0), value)
                    << '\n'
                    << to_text(scenario.data(), plan) << to_text(scenario.data());
    };
    for (const auto& worth : worths_of(scenario, plan, options, [](const auto&) { return true; })) {
      judge(worth, worth.more, 1);
      if (worth.less)
        judge(worth, *worth.less, -1);
    }
    return failures;
  });
  std::cout << fmt::format("{} steps: {} figures of the best plan, {} bounds that are its value, {} plans not found\n",
                           steps, best, sharp, impossible);
  EXPECT_GT(steps, cases);
  EXPECT_GT(best, steps / 2);
  EXPECT_GT(sharp, steps / 3);
  EXPECT_LT(impossible, steps / 20);
}

}  // namespace
}  // namespace relevo::test
