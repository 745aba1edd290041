// SPDX-License-Identifier: MIT
// Escorts sent elsewhere, on random tiny scenarios: what comes of it breaks no rule and is the same on any number of
// threads, and often enough it is better.
#include "planner/solve/escort_search.hpp"

#include "tests/property/found_plans.hpp"
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
  FoundPlans found_plans;
  int with_escorts = 0;
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
    found_plans.judge(stand, seed, *start, found);
    if (HasFatalFailure())
      return;
    with_escorts += has_escorts(found) ? 1 : 0;
  }
  std::cout << found_plans.compared() << " plans, " << with_escorts << " with escorts; " << found_plans.better()
            << " of " << found_plans.improvable() << " that can be bettered are\n";
  EXPECT_GT(found_plans.better() * 4, found_plans.improvable());
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(found_plans.compared(), 100);
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
