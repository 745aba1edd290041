// SPDX-License-Identifier: MIT
// Packages that an earlier plan announced or began and whose lines have changed since, on random scenarios: against
// brute force, and how often it matters what was promised (docs/model.md, section 3, (6)).
#include "planner/check/check.hpp"
#include "planner/replan/carry_over.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>

namespace relevo::test {
namespace {

using planner::CarriedOver;
using planner::Days;
using planner::Plan;
using planner::RequestIndex;
using planner::Scenario;
using planner::ScenarioData;
using planner::SolveMethod;
using planner::SolveOptions;

constexpr int kCases = 1200;
constexpr std::int64_t kNodes = 1'000'000;

std::optional<Plan> solved(const ScenarioData& data, const SolveOptions& options = {}) {
  try {
    return planner::solve(Scenario(data), options);
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

/// A random scenario whose lines are one package, and small enough ones that they can often be filled.
ScenarioData package_scenario(std::uint64_t seed) {
  ScenarioData data = random_scenario(seed);
  Rng rng(seed);
  data.announcements.clear();
  data.policy.changed_firm_points.value = rng.one_of<double>({30, 150, 600});
  data.policy.changed_outlook_points.value = rng.one_of<double>({5, 60});
  data.policy.changed_return_points.value = rng.one_of<double>({0, 3, 40});
  for (auto& request : data.requests) {
    request.package = "p";
    if (request.measure == planner::Measure::Units && rng.chance(70))
      request.quantity = 1;
  }
  return data;
}

/// Lines grow, and some of them shrink, begin or end on other days or are bound to the package only now; a row loses
/// units.
void change_lines(ScenarioData& data, Rng& rng) {
  data.as_of += Days{rng.pick(0, 2)};
  for (auto& request : data.requests) {
    if (rng.chance(60))
      request.quantity = std::max(1, request.quantity + rng.pick(-1, 3));
    if (rng.chance(35))
      request.need.last = std::max(request.need.first + Days{1}, request.need.last + Days{rng.pick(-2, 3)});
    if (rng.chance(25))
      request.need.first = std::min(request.need.last - Days{1}, request.need.first + Days{rng.pick(-2, 2)});
  }
  if (rng.chance(15)) {
    auto& unit =
        data.units[planner::UnitIndex(static_cast<std::size_t>(rng.pick(0, static_cast<int>(data.units.size()) - 1)))];
    unit.available.last =
        std::max(unit.available.first + Days{1}, std::min(unit.available.last, data.as_of + Days{rng.pick(0, 5)}));
  }
}

/// Today as if the earlier plan had said nothing of days at lines: packages are whole or nothing, unless units are on
/// all their lines already.
ScenarioData without_promises(ScenarioData data) {
  for (auto& announcement : data.announcements)
    announcement.stays.clear();
  return data;
}

TEST(AnnouncedPackage, IsAsGoodAsItCanBe) {
  const std::uint64_t first = first_seed(95001);
  int compared = 0;
  int felt = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    ScenarioData data = package_scenario(seed);
    const auto before = solved(data);
    if (!before || before->assignments.empty())
      continue;
    Rng rng(seed + 7);
    change_lines(data, rng);
    const CarriedOver carried = planner::carry_over(data, *before);
    if (carried.announced + carried.left == 0)
      continue;
    const Scenario today(carried.data);
    const OracleResult oracle = brute_force(today, kNodes);
    if (!oracle.complete)
      continue;
    SolveOptions options;
    options.method = i % 4 == 0 ? SolveMethod::Rosters : SolveMethod::Arcs;
    if (i % 2 == 0)
      options.start = *before;
    const auto plan = solved(carried.data, options);
    ASSERT_EQ(plan.has_value(), oracle.feasible) << "seed " << seed;
    if (!plan)
      continue;
    ASSERT_NEAR(plan->result.objective, oracle.objective, 1e-6 * std::max(1.0, std::abs(oracle.objective)))
        << "seed " << seed << '\n'
        << to_text(carried.data, *plan) << to_text(carried.data);
    const auto report = planner::check(today, *plan);
    ASSERT_TRUE(report.violations.empty())
        << "seed " << seed << '\n'
        << to_text(carried.data, report.violations) << to_text(carried.data, *plan) << to_text(carried.data);
    ++compared;
    const ScenarioData forgetful = without_promises(carried.data);
    const auto other = solved(forgetful);
    if (other && other->result.objective <= plan->result.objective + 1e-6)
      continue;
    ++felt;
    const auto strict = planner::check(Scenario(forgetful), *plan);
    ASSERT_TRUE(std::ranges::any_of(strict.violations, [](const auto& v) { return v.code == "plan.package"; }))
        << "seed " << seed << '\n'
        << to_text(carried.data, *plan) << to_text(carried.data);
  }
  std::cout << compared << " compared, " << felt << " of them worse if nothing had been promised\n";
  if (kTriesAll && !seed_is_overridden()) {
    EXPECT_GT(compared, kCases / 12);
    EXPECT_GT(felt, kCases / 60);
  }
}

}  // namespace
}  // namespace relevo::test
