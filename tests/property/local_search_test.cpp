// SPDX-License-Identifier: MIT
// The search on random tiny scenarios: it never worsens a plan and breaks no rule, the number of threads does not
// matter, and it finds most optima.
#include "planner/solve/local_search.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/assemble.hpp"
#include "planner/solve/day_pricing.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/property/stand.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::test {
namespace {

using planner::LocalSearch;
using planner::Plan;
using planner::PlanState;
using planner::ScenarioData;

constexpr int kCases = 420;
constexpr long kRounds = 40;
constexpr int kThreadCases = 60;
constexpr double kTolerance = 1e-6;

/// The greedy plan, or what construct() finds where that keeps all pins.
std::optional<PlanState> start_of(const SearchStand& stand) {
  if (auto greedy = stand.start())
    return greedy;
  PlanState constructed = stand.local.construct(1);
  return constructed.is_feasible() ? std::optional(constructed) : std::nullopt;
}

bool has_pin(const ScenarioData& data) {
  return std::any_of(data.decisions.begin(), data.decisions.end(),
                     [](const auto& decision) { return decision.action == planner::Decision::Action::Pin; });
}

bool has_line(const ScenarioData& data, bool (*is_meant)(const planner::Request&)) {
  return std::any_of(data.requests.begin(), data.requests.end(), is_meant);
}

/// How many scenarios have what a search could break by making parts anew.
struct Occurrences {
  int pins = 0;
  int packages = 0;
  int least_fills = 0;
  int movements = 0;

  void count(const ScenarioData& data) {
    pins += has_pin(data) ? 1 : 0;
    packages += has_line(data, [](const planner::Request& r) { return !r.package.empty(); }) ? 1 : 0;
    least_fills += has_line(data, [](const planner::Request& r) { return r.min_fill > 1; }) ? 1 : 0;
    movements += std::any_of(data.agreements.begin(), data.agreements.end(),
                             [](const auto& agreement) { return agreement.contingent.min_persons.value > 0; })
                     ? 1
                     : 0;
  }
};

TEST(LocalSearch, FindsMostOptimaAndBreaksNoRule) {
  const std::uint64_t first = first_seed(1);
  Occurrences occurrences;
  int compared = 0;
  int optimal_at_start = 0;
  int optimal = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = start_of(stand);
    if (!start)
      continue;
    LocalSearch search(stand.model, stand.oracle.pricings());
    const PlanState found = search.improve(*start, {.seed = seed, .rounds = kRounds});
    const Plan plan = stand.plan_of(found);
    const auto report = planner::check(stand.scenario, plan);
    ASSERT_TRUE(report.violations.empty())
        << "seed " << seed << '\n'
        << to_text(stand.data, report.violations) << to_text(stand.data, plan) << to_text(stand.data);
    ASSERT_LE(found.value().points, start->value().points + kTolerance) << "seed " << seed;
    ASSERT_NEAR(found.value().points, plan.result.objective, kTolerance * std::abs(plan.result.objective) + kTolerance)
        << "seed " << seed;
    const Plan best = planner::solve(stand.scenario, {.method = planner::SolveMethod::Arcs});
    const double tolerance = kTolerance * std::max(1.0, std::abs(best.result.objective));
    ASSERT_GE(plan.result.objective, best.result.objective - tolerance) << "seed " << seed;
    ++compared;
    occurrences.count(stand.data);
    optimal_at_start += start->value().points <= best.result.objective + tolerance ? 1 : 0;
    optimal += plan.result.objective <= best.result.objective + tolerance ? 1 : 0;
  }
  std::cout << optimal << " of " << compared << " are optimal, " << optimal_at_start << " at the start\n";
  if (seed_is_overridden() || !kTriesAll)
    return;
  EXPECT_GE(optimal * 100, compared * 96);
  EXPECT_LE(optimal_at_start * 100, compared * 85);
  for (const int count : {occurrences.pins, occurrences.packages, occurrences.least_fills, occurrences.movements})
    EXPECT_GE(count, 10);
}

TEST(LocalSearch, FindsTheSamePlanWithAnyNumberOfThreads) {
  const std::uint64_t first = first_seed(50001);
  int improved = 0;
  for (int i = 0; i < number_of_cases(kThreadCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = start_of(stand);
    if (!start)
      continue;
    // With one for each task now and then a thread has nothing to do.
    std::optional<std::vector<planner::Assignment>> one_thread;
    std::optional<std::pair<long, long>> way_of_one;
    for (const int threads : {1, 2, 3, LocalSearch::kTasks}) {
      LocalSearch search(stand.model, stand.oracle.pricings());
      const PlanState found = search.improve(*start, {.seed = seed, .threads = threads, .rounds = kRounds});
      const std::pair way(search.counts().accepted,
                          search.counts().responses);  // the plan may be the same by another one
      const auto assignments = assignments_of(found);
      ASSERT_TRUE(!one_thread || assignments == *one_thread) << "seed " << seed << ", " << threads << " threads";
      ASSERT_EQ(way, way_of_one.value_or(way)) << "seed " << seed << ", " << threads << " threads";
      one_thread = assignments;
      way_of_one = way;
      improved += found.value().points < start->value().points - kTolerance ? 1 : 0;
    }
  }
  EXPECT_GT(improved, 0);
}

/// What the relaxation's prices and rosters say may be of use or not; it must not do harm. Here they are anything.
TEST(LocalSearch, IsGuidedByAnyPricesAndBreaksNoRule) {
  const std::uint64_t first = first_seed(70001);
  int constructed = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    Rng rng(seed);
    std::vector<double> prices(stand.rows.size(), 0.0);
    for (double& price : prices)
      price = rng.chance(50) ? rng.pick(-400, 100) : 0;
    std::vector<planner::RelaxedRoster> relaxed;
    planner::RosterPrices days;
    planner::RosterPricing::Workspace workspace;
    for (std::size_t c = 0; c < stand.problem.classes.size(); ++c) {
      if (stand.problem.classes[c].duties.empty())
        continue;
      planner::DayPricing(stand.model, c).fill(prices, days);
      for (auto& one : stand.oracle.pricings()[c].cheapest(days, 3, 0.0, workspace))
        relaxed.push_back({c, std::move(one.roster), 0.7});
    }
    LocalSearch search(stand.model, stand.oracle.pricings());
    search.set_guide(prices, 1 + static_cast<int>(seed % 2));
    const PlanState start = search.construct(seed, relaxed);
    if (!start.is_feasible())
      continue;  // pins
    ++constructed;
    for (const PlanState& state : {start, search.improve(start, {.seed = seed, .rounds = 4})}) {
      const auto report = planner::check(stand.scenario, stand.plan_of(state));
      ASSERT_TRUE(report.violations.empty()) << "seed " << seed << '\n'
                                             << to_text(stand.data, report.violations) << to_text(stand.data);
      ASSERT_LE(state.value().points, start.value().points + kTolerance) << "seed " << seed;
    }
  }
  EXPECT_GE(constructed, number_of_cases(kCases) * 9 / 10);
}

/// A quick plan has a bound that holds, obeys every rule and is never worse than the plan it begins with.
TEST(QuickEffort, HasABoundAndNeverFallsBehind) {
  constexpr int kQuickCases = 120;
  const std::uint64_t first = first_seed(1);
  int proved = 0;
  for (int i = 0; i < number_of_cases(kQuickCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = start_of(stand);
    if (!start)
      continue;
    planner::SolveOptions exact;
    exact.method = planner::SolveMethod::Arcs;
    planner::SolveOptions quick;
    quick.method = planner::SolveMethod::Rosters;
    quick.effort = planner::SolveEffort::Quick;
    quick.start = stand.plan_of(*start);
    const Plan best = planner::solve(stand.scenario, exact);
    const Plan plan = planner::solve(stand.scenario, quick);
    const double tolerance = kTolerance * std::max(1.0, std::abs(best.result.objective));
    EXPECT_LE(plan.result.bound, best.result.objective + tolerance) << "seed " << seed;
    EXPECT_GE(plan.result.objective, best.result.objective - tolerance) << "seed " << seed;
    EXPECT_LE(plan.result.objective, quick.start->result.objective + tolerance) << "seed " << seed;
    EXPECT_TRUE(planner::check(stand.scenario, plan).violations.empty()) << "seed " << seed;
    proved += plan.result.bound > plan.result.constant + tolerance ? 1 : 0;
  }
  EXPECT_GT(proved, number_of_cases(kQuickCases) / 4);
}

TEST(LocalSearch, StopsWhenItIsAskedTo) {
  const SearchStand stand(first_seed(5));
  const auto start = start_of(stand);
  ASSERT_TRUE(start);
  LocalSearch search(stand.model, stand.oracle.pricings());
  const PlanState stopped = search.improve(*start, {.stop = [] { return true; }});
  EXPECT_EQ(search.counts().rounds, 0);
  EXPECT_NEAR(stopped.value().points, start->value().points, kTolerance);
  double last = start->value().points;
  long rounds = 0;
  search.improve(*start, {.rounds = 7, .on_progress = [&](const planner::SearchProgress& progress) {
                            EXPECT_LE(progress.objective, last + kTolerance);
                            EXPECT_EQ(progress.rounds, ++rounds);
                            last = progress.objective;
                          }});
  EXPECT_EQ(rounds, 7);
}

}  // namespace
}  // namespace relevo::test
