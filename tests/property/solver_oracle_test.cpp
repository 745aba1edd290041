// SPDX-License-Identifier: MIT
// The solver against exhaustive search on random tiny scenarios: same objective, proved optimal, and a plan that check
// accepts. Longer series: RELEVO_SEED=1000000 RELEVO_CASES=20000 test_solver_oracle.
#include "planner/check/check.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rule_families.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace relevo::test {
namespace {

using planner::Plan;
using planner::PlanStatus;
using planner::Scenario;
using planner::ScenarioData;

constexpr int kCases = 2600;
constexpr int kMostFailures = 5;
constexpr int kEnough = share_of_cases(20);  ///< times that each family must bind
constexpr std::int64_t kNodes = 30'000;
constexpr double kTolerance = 1e-6;
constexpr std::uint64_t kRostersEvery = 4;  ///< all of a series of one's own
constexpr std::array kMethods = {std::pair("arcs", planner::SolveMethod::Arcs),
                                 std::pair("rosters", planner::SolveMethod::Rosters)};

bool is_near(double a, double b) {
  return std::abs(a - b) <= kTolerance * std::max(1.0, std::abs(b));
}

std::string oracle_text(const OracleResult& oracle) {
  std::string text = fmt::format("oracle: objective {} need {} cost {} tier {}\n", oracle.objective, oracle.need,
                                 oracle.cost, oracle.tier);
  for (const auto& roster : oracle.rosters)
    text += roster + '\n';
  return text;
}

std::optional<Plan> solve_unless_contradictory(const Scenario& scenario, planner::SolveMethod method) {
  planner::SolveOptions options;
  options.method = method;
  try {
    return planner::solve(scenario, options);
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

/// What is wrong with the solver's answer, or nothing.
std::string complaint(const ScenarioData& data, const std::optional<Plan>& plan, const OracleResult& oracle) {
  if (!plan)
    return oracle.feasible ? "the solver finds no plan\n" + oracle_text(oracle) : "";
  const std::string plan_text = "solver: " + to_text(data, *plan);
  if (!oracle.feasible)
    return "the solver finds a plan where there is none\n" + plan_text;
  if (!is_near(plan->result.objective, oracle.objective))
    return "the objectives differ\n" + oracle_text(oracle) + plan_text;
  if (plan->result.status != PlanStatus::Optimal)
    return "not proved optimal\n" + plan_text;
  const auto report = planner::check(Scenario(data), *plan);
  if (!report.violations.empty())
    return "check objects\n" + to_text(data, report.violations) + oracle_text(oracle) + plan_text;
  return "";
}

/// How often each family occurs, and how often the optimum would be another without it; under a sanitizer no further
/// than enough.
class FamilyCount {
 public:
  void count(const ScenarioData& data, const OracleResult& oracle) {
    for (const auto& family : rule_families()) {
      auto& [present, binding] = counts_[family.name];
      if (!family.is_present(data))
        continue;
      ++present;
      if (!kTriesAll && binding == kEnough)
        continue;
      ScenarioData without = data;
      family.remove(without);
      const OracleResult other = brute_force(Scenario(without), kNodes);
      if (!other.complete)
        continue;
      if (other.feasible != oracle.feasible || (oracle.feasible && !is_near(other.objective, oracle.objective)))
        ++binding;
    }
  }

  void print() const {
    std::cout << fmt::format("{:<28}{:>8}{:>8}\n", "family", "present", "binding");
    for (const auto& [name, count] : counts_)
      std::cout << fmt::format("{:<28}{:>8}{:>8}\n", name, count.first, count.second);
  }

  void expect_all_bind() const {
    for (const auto& [name, count] : counts_)
      EXPECT_GE(count.second, kEnough) << name << " binds too seldom";
  }

 private:
  std::map<std::string, std::pair<int, int>> counts_;
};

TEST(SolverAgainstOracle, RandomScenarios) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  FamilyCount families;
  int failures = 0;
  int compared = 0;
  for (int i = 0; i < cases && failures < kMostFailures; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const ScenarioData data = random_scenario(seed);
    const Scenario scenario(data);
    const OracleResult oracle = brute_force(scenario, kNodes);
    if (!oracle.complete)
      continue;
    ++compared;
    for (const auto& [name, method] : kMethods) {
      if (method == planner::SolveMethod::Rosters && seed % kRostersEvery != 0 && !seed_is_overridden())
        continue;
      const std::string wrong = complaint(data, solve_unless_contradictory(scenario, method), oracle);
      if (wrong.empty())
        continue;
      ++failures;
      ADD_FAILURE() << "seed " << seed << ", " << name << ": " << wrong << to_text(data);
    }
    if (!seed_is_overridden())
      families.count(data, oracle);
  }
  std::cout << compared << " of " << cases << " scenarios compared\n";
  if (failures > 0)
    return;
  EXPECT_GE(compared, cases * 95 / 100) << "too many scenarios are too large for the oracle";
  if (seed_is_overridden())
    return;
  families.print();
  families.expect_all_bind();
}

}  // namespace
}  // namespace relevo::test
