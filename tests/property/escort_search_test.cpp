// SPDX-License-Identifier: MIT
// Escorts sent elsewhere, on random tiny scenarios: what comes of it breaks no rule and is the same on any number of
// threads, and often enough it is better.
#include "planner/solve/escort_search.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/solve.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/property/stand.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <vector>

namespace relevo::test {
namespace {

using planner::PlanState;

constexpr int kCases = 2100;  // one in sixteen has escorts from the roster, without a threshold, and a plan
constexpr double kTolerance = 1e-6;

bool has_escorts(const PlanState& plan) {
  for (planner::Seat seat = 0; seat < plan.model().seats(); ++seat)
    if (const auto& record = plan.record(seat);
        record && std::any_of(record->runs.begin(), record->runs.end(), [&](const planner::RowRun& run) {
          return plan.model().group(run.group).family == planner::RowFamily::EscortsPresent;
        }))
      return true;
  return false;
}

TEST(EscortSearch, BreaksNoRuleAndMindsNoThreads) {
  const std::uint64_t first = first_seed(1);
  int compared = 0;
  int with_escorts = 0;
  int better = 0;
  int improvable = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = stand.start();
    const planner::EscortSearch search(stand.model, stand.index, stand.oracle, stand.local);
    if (!start || !search.has_escorts())
      continue;
    const std::vector<std::vector<planner::RecordPtr>> known(stand.problem.classes.size());
    planner::EscortSearchOptions options;
    options.seed = seed;
    if (seed % 3 == 0)
      options.classes = 2 + seed % 4;
    const PlanState found = search.improve(*start, known, options);
    options.threads = 2;
    ASSERT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(found)) << "seed " << seed;
    const planner::Plan plan = stand.plan_of(found);
    const auto report = planner::check(stand.scenario, plan);
    ASSERT_TRUE(report.violations.empty())
        << "seed " << seed << '\n'
        << to_text(stand.data, report.violations) << to_text(stand.data, plan) << to_text(stand.data);
    ASSERT_NEAR(found.value().points, plan.result.objective, kTolerance * std::abs(plan.result.objective) + kTolerance)
        << "seed " << seed;
    const auto best = planner::solve(stand.scenario, {.method = planner::SolveMethod::Arcs});
    const double tolerance = kTolerance * std::max(1.0, std::abs(best.result.objective));
    ASSERT_GE(plan.result.objective, best.result.objective - tolerance) << "seed " << seed;
    ++compared;
    with_escorts += has_escorts(found) ? 1 : 0;
    improvable += start->value().points > best.result.objective + tolerance ? 1 : 0;
    better += found.value().points < start->value().points - tolerance ? 1 : 0;
  }
  std::cout << compared << " plans, " << with_escorts << " with escorts; " << better << " of " << improvable
            << " that can be bettered are\n";
  EXPECT_GT(better * 4, improvable);
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(compared, 100);
    EXPECT_GE(with_escorts, 60);
  }
}

TEST(EscortSearch, StopsWhenItIsAskedTo) {
  for (std::uint64_t seed = 1;; ++seed) {
    const SearchStand stand(seed);
    const auto start = stand.start();
    const planner::EscortSearch search(stand.model, stand.index, stand.oracle, stand.local);
    if (!start || !search.has_escorts())
      continue;
    planner::EscortSearchOptions options;
    options.stop = [] { return true; };
    const std::vector<std::vector<planner::RecordPtr>> known(stand.problem.classes.size());
    const auto found = search.improve(*start, known, options);
    EXPECT_TRUE(found.is_feasible());
    return;
  }
}

}  // namespace
}  // namespace relevo::test
