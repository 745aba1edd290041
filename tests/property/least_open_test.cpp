// SPDX-License-Identifier: MIT
// What stays open of a line in every plan, against exhaustive search on random tiny scenarios, with and without
// changes. Longer series: RELEVO_SEED=1000000 RELEVO_CASES=20000 test_least_open.
#include "planner/explain/least_open.hpp"

#include "planner/explain/change.hpp"
#include "planner/explain/max_flow.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/random_scenario.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <string>

namespace relevo::test {
namespace {

using planner::RequestIndex;
using planner::Scenario;

constexpr int kCases = 400;
constexpr std::int64_t kNodes = 60'000;

TEST(MaxFlow, TakesBackWhatBlocksABetterWay) {
  // s -> a -> d -> t first; then s -> b -> d and a -> c -> t need what went from a to d.
  planner::MaxFlow flow;
  const auto s = flow.add_node();
  const auto a = flow.add_node();
  const auto b = flow.add_node();
  const auto c = flow.add_node();
  const auto d = flow.add_node();
  const auto t = flow.add_node();
  flow.add_arc(s, a, 3);
  flow.add_arc(s, b, 2);
  flow.add_arc(a, d, 3);
  flow.add_arc(b, d, 2);
  flow.add_arc(a, c, 1);
  flow.add_arc(c, t, 4);
  flow.add_arc(d, t, 3);
  EXPECT_EQ(flow.between(s, t), 4);
}

/// Counts of a series.
struct Tally {
  int lines = 0;
  int too_large = 0;
  int open = 0;   ///< some of the line stays open in every plan
  int exact = 0;  ///< of these, the bound is the least itself
};

/// What is wrong with the bound, or nothing.
std::string judge(const Scenario& scenario, RequestIndex line, int bound, Tally& tally) {
  ++tally.lines;
  if (bound < 0)
    return fmt::format("{} is less than nothing", bound);
  const OracleResult less = brute_force(scenario, kNodes, {{line, bound - 1}});
  if (less.feasible)
    return fmt::format("a plan leaves less than {} open", bound);
  if (!less.complete) {
    ++tally.too_large;
    return "";
  }
  const OracleResult least = brute_force(scenario, kNodes, {{line, bound}});
  const bool is_open = bound > 0 || (least.complete && !least.feasible);
  tally.open += is_open ? 1 : 0;
  tally.exact += is_open && least.feasible ? 1 : 0;
  return "";
}

int judge_all(std::uint64_t seed, const Scenario& scenario, const std::string& what, Tally& tally) {
  int failures = 0;
  const planner::Problem problem = make_problem(scenario);
  planner::LeastOpen least(problem);
  for (const auto line : scenario->requests.indices()) {
    const std::string wrong = judge(scenario, line, least.of(line), tally);
    if (wrong.empty())
      continue;
    ++failures;
    ADD_FAILURE() << "seed " << seed << what << ", line " << scenario->requests[line].id << ": " << wrong << '\n'
                  << to_text(scenario.data());
  }
  return failures;
}

TEST(LeastOpenAgainstOracle, RandomScenarios) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  Tally tally;
  for (int i = 0, failures = 0; i < cases && failures < 5; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Scenario scenario(random_scenario(seed));
    if (brute_force(scenario, kNodes).feasible)
      failures += judge_all(seed, scenario, "", tally);
  }
  std::cout << fmt::format("{} lines, {} too large, {} open in every plan, of these {} exactly so\n", tally.lines,
                           tally.too_large, tally.open, tally.exact);
  EXPECT_GT(tally.lines, cases);
  EXPECT_GT(tally.open, cases / 4);
  EXPECT_GT(tally.exact, tally.open / 2);
}

/// Changes bring units without a base of their own, levels of reserve below the usual and other rare things.
TEST(LeastOpenAgainstOracle, ChangedScenarios) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases / 4);
  Tally tally;
  for (int i = 0, failures = 0; i < cases && failures < 5; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Scenario scenario(random_scenario(seed));
    if (scenario->requests.empty())
      continue;
    const RequestIndex line(static_cast<std::uint32_t>(seed % scenario->requests.size()));
    const auto entries = catalogue_for(scenario, line);
    for (std::size_t e = seed % 5; e < entries.size() && failures < 5; e += 5) {
      planner::Change change = entries[e].change;
      change.size = entries[e].most;
      const Scenario after(changed(scenario, change));
      if (brute_force(after, kNodes).feasible)
        failures += judge_all(seed, after, fmt::format(", {} x{}", code_of(change.kind), change.size), tally);
    }
  }
  std::cout << fmt::format("{} lines, {} too large, {} open in every plan, of these {} exactly so\n", tally.lines,
                           tally.too_large, tally.open, tally.exact);
  EXPECT_GT(tally.open, cases / 4);
}

}  // namespace
}  // namespace relevo::test
