// SPDX-License-Identifier: MIT
// What must hold of every optimum, whatever it is.
#include "planner/check/check.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"
#include "tests/support/transform.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <optional>

namespace relevo::test {
namespace {

using planner::Plan;
using planner::Scenario;
using planner::ScenarioData;

constexpr int kCases = 250;
constexpr int kMostFailures = 3;
constexpr int kMostDraws = 200;  ///< per case: the rarest families are in one scenario of fifty

double tolerance(double objective) {
  return 1e-6 * std::max(1.0, std::abs(objective));
}

/// The proved optimum; none where the pins cannot hold.
std::optional<Plan> optimum(const ScenarioData& data) {
  try {
    Plan plan = planner::solve(Scenario(data));
    EXPECT_EQ(plan.result.status, planner::PlanStatus::Optimal) << to_text(data);
    return plan;
  } catch (const planner::ContradictionError&) {
    return std::nullopt;
  }
}

bool any_scenario(const ScenarioData& /*data*/) {
  return true;
}

/// Calls `test(seed, data, plan)` for random scenarios that suit and have a plan, until a few have failed. `test`
/// returns what is wrong, or nothing.
void for_random_plans(std::uint64_t standard_seed,
                      const std::function<std::string(std::uint64_t, const ScenarioData&, const Plan&)>& test,
                      const std::function<bool(const ScenarioData&)>& suits = any_scenario) {
  std::uint64_t seed = first_seed(standard_seed);
  const int cases = number_of_cases(kCases);
  const std::uint64_t end = seed + static_cast<std::uint64_t>(cases) * kMostDraws;
  int failures = 0;
  int tried = 0;
  for (; tried < cases && seed < end && failures < kMostFailures; ++seed) {
    const ScenarioData data = random_scenario(seed);
    if (!suits(data))
      continue;
    ++tried;
    const auto plan = optimum(data);
    if (!plan)
      continue;
    const std::string wrong = test(seed, data, *plan);
    if (wrong.empty())
      continue;
    ++failures;
    ADD_FAILURE() << "seed " << seed << ": " << wrong << '\n' << to_text(data, *plan) << to_text(data);
  }
  if (failures < kMostFailures) {
    EXPECT_EQ(tried, cases) << "too few scenarios suit";
  }
}

std::string expect_same(const ScenarioData& changed, const Plan& plan) {
  const auto other = optimum(changed);
  if (!other)
    return "no plan after the change";
  if (std::abs(other->result.objective - plan.result.objective) <= tolerance(plan.result.objective))
    return "";
  return fmt::format("{} becomes\n{}{}", plan.result.objective, to_text(changed, *other), to_text(changed));
}

std::string expect_not_worse(const ScenarioData& changed, const Plan& plan) {
  const auto other = optimum(changed);
  if (!other)
    return "no plan after the change";
  if (other->result.objective <= plan.result.objective + tolerance(plan.result.objective))
    return "";
  return fmt::format("{} becomes worse\n{}{}", plan.result.objective, to_text(changed, *other), to_text(changed));
}

TEST(PlanProperties, BoundObjectiveBaseline) {
  for_random_plans(2001, [](std::uint64_t, const ScenarioData& data, const Plan& plan) -> std::string {
    const double objective = plan.result.objective;
    if (plan.result.bound > objective + tolerance(objective))
      return "the bound lies above the objective";
    const Scenario scenario(data);
    std::optional<Plan> baseline;
    try {
      baseline = planner::greedy_plan(scenario);
    } catch (const planner::ContradictionError&) {
      return "";  // it could not satisfy the pins
    }
    if (baseline->result.objective < objective - tolerance(objective))
      return "the baseline is better\n" + to_text(data, *baseline);
    const auto report = planner::check(scenario, *baseline);
    if (report.violations.empty())
      return "";
    return "check objects to the baseline\n" + to_text(data, report.violations) + to_text(data, *baseline);
  });
}

TEST(PlanProperties, OneMoreUnitIsNoWorse) {
  for_random_plans(3001, [](std::uint64_t seed, const ScenarioData& data, const Plan& plan) {
    ScenarioData more = data;
    const int row = Rng(seed).pick(0, static_cast<int>(data.units.size()) - 1);
    ++more.units[planner::UnitIndex(static_cast<std::size_t>(row))].count;
    return expect_not_worse(more, plan);
  });
}

TEST(PlanProperties, LooserReserveIsNoWorse) {
  for_random_plans(4001, [](std::uint64_t, const ScenarioData& data, const Plan& plan) {
    ScenarioData looser = data;
    for (auto& share : looser.policy.exportable_share)
      share.value = std::min(1.0, share.value + 0.5);
    return expect_not_worse(looser, plan);
  });
}

/// What one agreement allows is widened in all of them; the best plan of before is still one. Tiers and movements have
/// no price here, so that only need, disturbance and money are compared.
void expect_wider_terms_no_worse(
    std::uint64_t standard_seed, const std::function<void(planner::Agreement&)>& widen,
    const std::function<void(ScenarioData&)>& prepare = [](ScenarioData&) {}) {
  int better = 0;
  for_random_plans(standard_seed, [&](std::uint64_t, ScenarioData data, const Plan&) -> std::string {
    for (auto& tier : data.policy.tier_points)
      tier.value = 0;
    data.policy.movement_points.value = 0;
    prepare(data);
    const auto before = optimum(data);
    if (!before)
      return "no plan without prices of tiers and movements";
    for (auto& agreement : data.agreements)
      widen(agreement);
    std::string wrong = expect_not_worse(data, *before);
    if (wrong.empty() && !expect_same(data, *before).empty())
      ++better;
    return wrong;
  });
  std::cout << better << " become better\n";
  EXPECT_GT(better, share_of_cases(5));
}

// Commitments are left out: with a longer tour they take their days off elsewhere (section 3, rule 0).
TEST(PlanProperties, LongerTourIsNoWorse) {
  for_random_plans(
      5001,
      [](std::uint64_t, const ScenarioData& data, const Plan& plan) {
        ScenarioData longer = data;
        for (auto& agreement : longer.agreements)
          ++agreement.tour.max_line_days.value;
        return expect_not_worse(longer, plan);
      },
      [](const ScenarioData& data) { return data.commitments.empty(); });
}

TEST(PlanProperties, MoreExtensionIsNoWorse) {
  expect_wider_terms_no_worse(10001, [](planner::Agreement& agreement) {
    if (agreement.tour.max_tours.value == 1 || agreement.tour.days_off_in_place.value > 0)
      ++agreement.tour.extension_days.value;
  });
}

TEST(PlanProperties, AShadowDayIsNoWorse) {
  expect_wider_terms_no_worse(
      11001, [](planner::Agreement& agreement) { agreement.tour.shadow_days.value = 1; },
      [](ScenarioData& data) {
        data.policy.handover_points.value = 60;
        for (auto& request : data.requests)
          request.handover = true;
      });
}

TEST(PlanProperties, OneMoreMoveIsNoWorse) {
  expect_wider_terms_no_worse(12001, [](planner::Agreement& agreement) { ++agreement.tour.max_moves.value; });
}

TEST(PlanProperties, MoreSeatsAndMoreConsentAreNoWorse) {
  for_random_plans(
      13001,
      [](std::uint64_t, const ScenarioData& data, const Plan& plan) {
        ScenarioData more = data;
        for (auto& lift : more.lifts)
          ++lift.max_uses;
        for (auto& consent : more.consents)
          consent.channel.clear();
        return expect_not_worse(more, plan);
      },
      [](const ScenarioData& data) { return !data.lifts.empty() || !data.consents.empty(); });
}

TEST(PlanProperties, ALaterRecallIsNoWorse) {
  for_random_plans(
      14001,
      [](std::uint64_t, const ScenarioData& data, const Plan& plan) {
        ScenarioData later = data;
        for (auto& recall : later.recalls)
          recall.effective += planner::Days{1};
        return expect_not_worse(later, plan);
      },
      [](const ScenarioData& data) { return !data.recalls.empty() && data.commitments.empty(); });
}

TEST(PlanProperties, AWeekLaterIsTheSame) {
  for_random_plans(6001, [](std::uint64_t, const ScenarioData& data, const Plan& plan) {
    return expect_same(shifted(data, 7), plan);
  });
}

TEST(PlanProperties, NamesAndOrderDoNotMatter) {
  for_random_plans(7001, [](std::uint64_t, const ScenarioData& data, const Plan& plan) {
    return expect_same(renamed_and_reversed(data), plan);
  });
}

TEST(PlanProperties, CountDoesNotMakeClasses) {
  for_random_plans(8001, [](std::uint64_t, const ScenarioData& data, const Plan&) -> std::string {
    ScenarioData two = data;
    ScenarioData many = data;
    for (auto& unit : two.units)
      unit.count = 2;
    for (auto& unit : many.units)
      unit.count = 200;
    const auto classes = [](const ScenarioData& scenario) {
      return planner::make_problem(Scenario(scenario)).classes.size();
    };
    return classes(two) == classes(many) ? "" : "another number of classes";
  });
}

// The same plan twice, not only one as good.
TEST(PlanProperties, SameInputSamePlan) {
  for_random_plans(9001, [](std::uint64_t, const ScenarioData& data, const Plan& plan) -> std::string {
    const auto again = optimum(data);
    if (again && again->assignments == plan.assignments && again->contingents == plan.contingents)
      return "";
    return "another plan the second time";
  });
}

}  // namespace
}  // namespace relevo::test
