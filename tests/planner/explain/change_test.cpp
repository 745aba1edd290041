// SPDX-License-Identifier: MIT
#include "planner/explain/change.hpp"

#include "planner/explain/offers.hpp"
#include "planner/solve/solve.hpp"
#include "planner/text/message.hpp"
#include "tests/support/mini_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relevo::test {
namespace {

using planner::Change;
using planner::ChangeKind;
using planner::Scenario;

/// Two crews of a lender that keeps half of them; a line wants both.
MiniWorld two_crews() {
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 4});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..2222..");
  world.policy().exportable_share[0].value = 0.5;
  return world;
}

/// The changes offered, as codes with their sizes.
std::vector<std::string> offered(const MiniWorld& world) {
  const Scenario scenario(world.data());
  planner::ChangeOptions options;
  options.in_child = false;
  std::vector<std::string> codes;
  for (const auto& offer : changes_for(scenario, planner::solve(scenario), world.request_index("q"), options).offers)
    codes.push_back(std::string(code_of(offer.change.kind)) + " " + std::to_string(offer.change.size));
  return codes;
}

TEST(Changes, OneUnitLessInReserveFillsTheLine) {
  // One crew may go, the other is the reserve: one less kept lets it go; and so do two more crews, of which one may.
  EXPECT_THAT(offered(two_crews()), testing::ElementsAre("reserve 1", "unit 2"));
}

TEST(Changes, ADeclinedLineIsAccepted) {
  MiniWorld world = two_crews();
  world.policy().exportable_share[0].value = 1;
  world.response("q", "mx", planner::Response::Answer::Declined);
  EXPECT_THAT(offered(world), testing::ElementsAre("accept 1"));
}

TEST(Changes, TheLeastNumberOfDaysIsOffered) {
  // Three days of notice and one on the way: nobody is there before day 4. Two days less, and all four are covered.
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 2, .notice = 4});
  world.unit("brigade", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..11....");
  const auto codes = offered(world);
  EXPECT_THAT(codes, testing::Contains("notice 2"));
  EXPECT_THAT(codes, testing::Contains("need_later 2"));
}

TEST(Changes, EachHasWordsInEveryLanguage) {
  MiniWorld world = two_crews();
  world.request("r", "fire", "crew", "..1.....").min_fill = 3;
  world.forbid_unit("brigade", "q");
  world.pool("people", 10);
  world.pool_share("brigade", "people", 5);
  world.lift("lift", "mx", "fire", 10);
  const Scenario scenario(world.data());
  for (const auto line : scenario->requests.indices())
    for (const auto& entry : catalogue_for(scenario, line)) {
      auto message = describe(scenario, entry.change);
      message.args.emplace_back("kind", "crew");
      for (const auto lang : {text::Lang::En, text::Lang::Es, text::Lang::Fr})
        EXPECT_FALSE(text::render(message, lang).empty()) << code_of(entry.change.kind);
    }
}

TEST(Changes, NothingElseIsChanged) {
  const MiniWorld world = two_crews();
  const Scenario scenario(world.data());
  for (const auto& entry : catalogue_for(scenario, world.request_index("q"))) {
    const auto data = changed(scenario, entry.change);
    EXPECT_EQ(data.requests.size(), scenario->requests.size());
    EXPECT_EQ(data.requests.front().quantity, scenario->requests.front().quantity);
    EXPECT_NO_THROW(Scenario{data}) << code_of(entry.change.kind);
  }
}

TEST(Changes, CodesAreDifferent) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < planner::kChangeKinds; ++i)
    codes.emplace_back(code_of(static_cast<ChangeKind>(i)));
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end());
}

}  // namespace
}  // namespace relevo::test
