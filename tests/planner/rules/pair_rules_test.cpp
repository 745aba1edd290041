// SPDX-License-Identifier: MIT
#include "planner/rules/pair_rules.hpp"

#include "tests/support/mini_world.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace relevo::planner {
namespace {

using test::MiniWorld;

/// A crew of mx that may serve the line "q" of bc: every rule holds.
MiniWorld allowed_world() {
  MiniWorld world(10);
  world.agency("mx", "MX");
  world.agency("bc", "CA");
  world.agreement("mx-bc", "mx", "bc", {.line = 4, .min_line = 2});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "...2222...");
  return world;
}

PairVerdict judge(const MiniWorld& world) {
  const Scenario scenario(world.data());
  const UnitIndex unit = world.unit_index("brigade");
  // Options point into the scenario's travel table, which ends here; the tests look at the rest only.
  return judge_pair(scenario, unit, availability_of(scenario->units[unit]), world.request_index("q"));
}

TEST(PairRules, AllowsAndSaysWhenToDepart) {
  const auto verdict = judge(allowed_world());
  ASSERT_FALSE(verdict.blocking);
  ASSERT_EQ(verdict.options.size(), 1U);
  // A day of travel: the first line day may be 3, 4 or 5, since a stay has at least 2 line days and the need ends on 6.
  EXPECT_EQ(verdict.options[0].departures, (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(verdict.options[0].first_tour_cap, (std::vector<int>{4, 4, 4}));
}

struct Case {
  const char* code;
  std::function<void(MiniWorld&)> spoil;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.code;
}

class EachRule : public testing::TestWithParam<Case> {};

TEST_P(EachRule, BlocksAloneAndIsNamed) {
  auto world = allowed_world();
  GetParam().spoil(world);
  const auto verdict = judge(world);
  EXPECT_TRUE(verdict.options.empty());
  ASSERT_TRUE(verdict.blocking);
  EXPECT_EQ(code_of(verdict.blocking->rule), GetParam().code);
}

/// The allowed world with its line or unit changed: made anew, because rows are changed when they are made.
MiniWorld world_with(const std::function<void(Unit&)>& unit, const std::function<void(Request&)>& request,
                     const std::function<void(Agreement&)>& agreement = {}) {
  MiniWorld world(10);
  world.agency("mx", "MX");
  world.agency("bc", "CA");
  auto& terms = world.agreement("mx-bc", "mx", "bc", {.line = 4, .min_line = 2});
  if (agreement)
    agreement(terms);
  auto& row = world.unit("brigade", "mx", "crew", 2);
  if (unit)
    unit(row);
  world.incident("fire", "bc");
  auto& wanted = world.request("q", "fire", "crew", "...2222...");
  if (request)
    request(wanted);
  return world;
}

const auto kNoUnit = std::function<void(Unit&)>{};
const auto kNoRequest = std::function<void(Request&)>{};

const Case kCases[] = {
    {"kind", [](MiniWorld& w) { w = world_with([](Unit& u) { u.kind = KindIndex(1U); }, kNoRequest); }},
    {"type",
     [](MiniWorld& w) {
       w = world_with(
           [](Unit& u) {
             u.type = "3";
             u.rank = 3;
           },
           kNoRequest);
     }},
    {"named",
     [](MiniWorld& w) {
       w = world_with(kNoUnit, [](Request& q) { q.unit = UnitIndex(1U); });
       w.unit("other", "mx", "crew", 1);
     }},
    {"forbidden", [](MiniWorld& w) { w.forbid_unit("brigade", "q"); }},
    {"forbidden", [](MiniWorld& w) { w.forbid_agency("mx"); }},
    {"declined", [](MiniWorld& w) { w.response("q", "mx", Response::Answer::Declined); }},
    {"declined", [](MiniWorld& w) { w.response("q", "mx", Response::Answer::Recalled); }},
    {"agreement",
     [](MiniWorld& w) {
       w = world_with(kNoUnit, kNoRequest, [](Agreement& a) { a.lenders[0].id = "somebody-else"; });
     }},
    {"channel", [](MiniWorld& w) { w = world_with(kNoUnit, [](Request& q) { q.channel = "another"; }); }},
    {"covered", [](MiniWorld& w) { w = world_with(kNoUnit, kNoRequest, [](Agreement& a) { a.kinds = {"pump"}; }); }},
    {"qualification", [](MiniWorld& w) { w = world_with(kNoUnit, [](Request& q) { q.qualifications = {"sawyer"}; }); }},
    {"language",
     [](MiniWorld& w) {
       w = world_with([](Unit& u) { u.languages = {"es"}; }, [](Request& q) { q.languages = {"en", "fr"}; });
     }},
    {"language",
     [](MiniWorld& w) {
       w = world_with([](Unit& u) { u.languages = {"es"}; }, kNoRequest,
                      [](Agreement& a) { a.language.working = {"en"}; });
     }},
    {"travel", [](MiniWorld& w) { w.no_way("mx", "fire"); }},
    {"in_force",
     [](MiniWorld& w) {
       const DayInterval past{w.day(-9), w.day(2)};
       w = world_with(kNoUnit, kNoRequest, [past](Agreement& a) { a.in_force = {past.first, past.first + Days{1}}; });
     }},
    {"document",
     [](MiniWorld& w) {
       w = world_with(kNoUnit, kNoRequest, [](Agreement& a) {
         a.mobilization.documents = {{"passport", {}, kAlways, {}}};
       });
     }},
    {"fitness",
     [](MiniWorld& w) {
       const Day before = w.day(-1);
       w = world_with([before](Unit& u) { u.fitness_valid_to = before; }, kNoRequest);
     }},
    {"available",
     [](MiniWorld& w) {
       const Day end = w.day(2);
       w = world_with([end](Unit& u) { u.available.last = end; }, kNoRequest);
     }},
    {"days_worked",
     [](MiniWorld& w) {
       w = world_with([](Unit& u) { u.days_worked = 3; }, kNoRequest,
                      [](Agreement& a) { a.tour.rest_days_home.value = 99; });
     }},
    {"too_late",
     [](MiniWorld& w) {
       w = world_with(kNoUnit, kNoRequest, [](Agreement& a) { a.mobilization.notice_days.value = 6; });
     }},
    {"too_short",
     [](MiniWorld& w) {
       w = world_with(kNoUnit, kNoRequest, [](Agreement& a) { a.mobilization.notice_days.value = 5; });
     }},
};

INSTANTIATE_TEST_SUITE_P(All, EachRule, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::to_string(test.index) + "_" + test.param.code; });

TEST(PairRules, AnInterpreterLiftsTheLanguageRules) {
  const auto world = world_with(
      [](Unit& u) {
        u.languages = {"es"};
        u.qualifications = {"interpreter"};
      },
      [](Request& q) { q.languages = {"en"}; }, [](Agreement& a) { a.language.working = {"en"}; });
  EXPECT_FALSE(judge(world).blocking);
}

TEST(PairRules, ADocumentIsAskedForOnlyWhileItsRuleIsInForce) {
  const auto with_rule = [](int last) {
    MiniWorld calendar(10);
    const DayInterval in_force{kFirstDay, calendar.day(last)};
    return world_with(kNoUnit, kNoRequest, [in_force](Agreement& a) {
      a.mobilization.documents = {{"visa", {}, in_force, {}}};
    });
  };
  EXPECT_EQ(judge(with_rule(4)).options.at(0).departures, (std::vector<int>{4}));
  EXPECT_EQ(code_of(judge(with_rule(10)).blocking->rule), "document");
}

TEST(PairRules, DaysWorkedShortenTheFirstTourUntilTheUnitHasRested) {
  const auto world =
      world_with([](Unit& u) { u.days_worked = 2; }, kNoRequest, [](Agreement& a) { a.tour.rest_days_home.value = 3; });
  EXPECT_EQ(judge(world).options.at(0).departures, (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(judge(world).options.at(0).first_tour_cap, (std::vector<int>{2, 4, 4}));
}

TEST(PairRules, WaivedAnswersShowWhatLiesBehind) {
  auto world = allowed_world();
  world.response("q", "mx", Response::Answer::Declined);
  const Scenario scenario(world.data());
  const UnitIndex unit = world.unit_index("brigade");
  const auto availability = availability_of(scenario->units[unit]);
  EXPECT_TRUE(judge_pair(scenario, unit, availability, world.request_index("q")).blocking);
  EXPECT_FALSE(judge_pair(scenario, unit, availability, world.request_index("q"), Answers::Waived).blocking);
}

TEST(Agreements, ReciprocalOnesWorkBothWays) {
  MiniWorld world(5);
  world.agreement("ab", "a", "b", {.reciprocal = true});
  world.agreement("one-way", "a", "b");
  const Scenario scenario(world.data());
  const auto a = world.agency_index("a");
  const auto b = world.agency_index("b");
  const auto& both = scenario->agreements[world.agreement_index("ab")];
  const auto& one = scenario->agreements[world.agreement_index("one-way")];
  EXPECT_TRUE(agreement_covers_parties(scenario, both, b, a));
  EXPECT_TRUE(agreement_covers_parties(scenario, one, a, b));
  EXPECT_FALSE(agreement_covers_parties(scenario, one, b, a));
  EXPECT_FALSE(agreement_covers_parties(scenario, both, a, a));
}

}  // namespace
}  // namespace relevo::planner
