// SPDX-License-Identifier: MIT
// A consent names the channel it is about: an agreement, a family of agreements, or none, which is any. The planner,
// check and exhaustive search understand the word alike.
#include "planner/check/check.hpp"
#include "planner/solve/solve.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace relevo::test {
namespace {

using planner::AgreementIndex;
using planner::Plan;
using planner::Scenario;

constexpr double kUnmet = 300;  ///< points of a crew-day of priority 3

/// One crew that can serve both lines only by moving on from "bc" to "ab", under `agreement` of the family "mx".
MiniWorld two_borrowers(const std::string& agreement, const std::string& consent) {
  MiniWorld world(9);
  world.agreement(agreement, "mx", "bc ab",
                  {.line = 4, .rest = 9, .family = "mx", .moves = 1, .between_borrowers = true});
  world.unit("crew", "mx", "crew");
  world.request("first", "bc", "crew", ".1.......");
  world.request("second", "ab", "crew", "...11....");
  world.move("bc", "ab", 1);
  world.consent("mx", "ab", consent);
  return world;
}

struct Case {
  std::string channel;
  bool consents = false;  ///< to moves under "mx-2016"
};

class ConsentChannel : public testing::TestWithParam<Case> {};

TEST_P(ConsentChannel, MeansTheAgreementTheFamilyOrAny) {
  const auto& [channel, consents] = GetParam();
  const MiniWorld world = two_borrowers("mx-2016", channel);
  const Scenario scenario(world.data());
  const double objective = consents ? 0 : kUnmet;
  EXPECT_NEAR(brute_force(scenario).objective, objective, 1e-9);
  const Plan plan = planner::solve(scenario);
  EXPECT_NEAR(plan.result.objective, objective, 1e-6);
  EXPECT_TRUE(planner::check(scenario, plan).violations.empty());
}

TEST_P(ConsentChannel, IsJudgedByCheck) {
  const auto& [channel, consents] = GetParam();
  const Plan moving = planner::solve(Scenario(two_borrowers("mx-2016", "").data()));
  ASSERT_EQ(moving.assignments.size(), 1U);
  ASSERT_EQ(moving.assignments.front().stints.size(), 2U) << "it moves where any channel will do";
  const Scenario judged(two_borrowers("mx-2016", channel).data());
  const auto violations = planner::check(judged, moving).violations;
  const bool is_told = std::any_of(violations.begin(), violations.end(),
                                   [](const planner::Finding& found) { return found.code == "stint.borrower"; });
  EXPECT_EQ(is_told, !consents);
}

INSTANTIATE_TEST_SUITE_P(All, ConsentChannel,
                         testing::Values(Case{"", true}, Case{"mx-2016", true}, Case{"mx", true},
                                         Case{"mx-2023", false}, Case{"MX", false}, Case{"mx-", false}));

// A consent by family holds for every edition, one by id for that edition only.
TEST(ConsentChannelOfEditions, FamilyCoversThemAll) {
  for (const char* edition : {"mx-2016", "mx-2023"})
    for (const char* channel : {"mx", "mx-2016"}) {
      const Scenario scenario(two_borrowers(edition, channel).data());
      const bool consents = std::string(channel) == "mx" || std::string(channel) == edition;
      EXPECT_NEAR(planner::solve(scenario).result.objective, consents ? 0 : kUnmet, 1e-6) << edition << ' ' << channel;
    }
}

}  // namespace
}  // namespace relevo::test
