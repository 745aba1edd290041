// SPDX-License-Identifier: MIT
// Plans made anew part by part, on random tiny scenarios: the search breaks no rule, never worsens a plan, is never
// better than the best, and goes the same way on any number of threads.
#include "planner/solve/part_search.hpp"

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

constexpr int kCases = 240;
constexpr double kTolerance = 1e-6;

TEST(PartSearch, BreaksNoRuleNeverWorsensAPlanAndMindsNoThreads) {
  const std::uint64_t first = first_seed(1);
  FoundPlans found_plans;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = stand.start();
    if (!start)
      continue;
    const planner::PartSearch search(stand.model, stand.index, stand.oracle);
    const std::vector<std::vector<planner::RecordPtr>> known(stand.problem.classes.size());
    planner::PartSearchOptions options;
    options.seed = seed;
    options.parts = 12;
    options.seats = 1 + seed % 6;
    double told = start->value().points;
    options.on_better = [&](double objective) {
      EXPECT_LT(objective, told) << "seed " << seed;
      told = objective;
    };
    const PlanState found = search.improve(*start, known, options);
    EXPECT_NEAR(told, found.value().points, kTolerance * std::max(1.0, std::abs(told))) << "seed " << seed;
    options.on_better = {};
    options.threads = 2;
    ASSERT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(found)) << "seed " << seed;
    found_plans.judge(stand, seed, *start, found);
    if (HasFatalFailure())
      return;
    ASSERT_LE(found.value().points, start->value().points + kTolerance) << "seed " << seed;
  }
  std::cout << found_plans.compared() << " plans, " << found_plans.better() << " of " << found_plans.improvable()
            << " that can be bettered are\n";
  EXPECT_GT(found_plans.better() * 2, found_plans.improvable());
}

TEST(PartSearch, StopsWhenItIsAskedToAndMakesNoMorePartsThanAsked) {
  const SearchStand stand(5);  // whatever seed is asked for: this one has a plan to begin with
  const auto start = stand.start();
  ASSERT_TRUE(start);
  const planner::PartSearch search(stand.model, stand.index, stand.oracle);
  const std::vector<std::vector<planner::RecordPtr>> known(stand.problem.classes.size());
  planner::PartSearchOptions options;
  options.parts = 0;
  EXPECT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(*start));
  options.parts = 100;
  options.stop = [] { return true; };
  EXPECT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(*start));
  options.stop = {};
  options.seconds = 0.0;
  EXPECT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(*start));
}

}  // namespace
}  // namespace relevo::test
