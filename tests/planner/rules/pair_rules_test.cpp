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

std::vector<int> first_tour_caps(const PairOption& option) {
  std::vector<int> caps;
  for (const auto& departure : option.departures)
    caps.push_back(departure.first_tour_cap);
  return caps;
}

TEST(PairRules, AllowsAndSaysWhenToDepart) {
  const auto verdict = judge(allowed_world());
  ASSERT_FALSE(verdict.blocking);
  ASSERT_EQ(verdict.options.size(), 1U);
  // A day of travel: the first line day may be 3, 4 or 5, since a stay has at least 2 line days and the need ends on 6.
  EXPECT_EQ(verdict.options[0].departures.days(), (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(first_tour_caps(verdict.options[0]), (std::vector<int>{4, 4, 4}));
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

/// The allowed world with the kinds of another and its line changed.
MiniWorld with_kinds_of(MiniWorld& other, const std::function<void(Request&)>& request) {
  auto world = world_with(kNoUnit, request);
  world.kind("crew") = other.kind("crew");
  return world;
}

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
    {"fire_behaviour",
     [](MiniWorld& w) {
       w.kind("crew").types[1].faces = FireBehaviour::Moderate;
       w = with_kinds_of(w, [](Request& q) { q.fire_behaviour = FireBehaviour::High; });
     }},
    {"fire_behaviour",
     [](MiniWorld& w) {
       w.kind("crew").types[1].faces = std::nullopt;
       w = with_kinds_of(w, [](Request& q) { q.fire_behaviour = FireBehaviour::Low; });
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

TEST(PairRules, InterpretersWhoComeAlongLiftTheLanguageRules) {
  const auto world = world_with([](Unit& u) { u.languages = {"es"}; }, [](Request& q) { q.languages = {"en"}; },
                                [](Agreement& a) {
                                  a.language.working = {"en"};
                                  a.escorts.push_back({.role = EscortTerms::Role::Interpreter});
                                });
  EXPECT_FALSE(judge(world).blocking);
}

TEST(PairRules, AnAlternativeDoesForADocument) {
  const auto holding = [](const std::string& document) {
    return world_with([document](Unit& u) { u.documents = {document}; }, kNoRequest,
                      [](Agreement& a) {
                        a.mobilization.documents = {{"visa", {"eta", "green-card"}, kAlways, {}}};
                      });
  };
  for (const char* document : {"visa", "eta", "green-card"})
    EXPECT_FALSE(judge(holding(document)).blocking) << document;
  EXPECT_EQ(code_of(judge(holding("passport")).blocking->rule), "document");
}

TEST(PairRules, TheIncidentSaysWhatIsFacedWhereTheLineDoesNot) {
  const auto blocked = [](std::optional<FireBehaviour> line, std::optional<FireBehaviour> incident) {
    auto world = allowed_world();
    world.kind("crew").types[1].faces = FireBehaviour::Moderate;
    auto data = world.data();
    data.requests[RequestIndex(0U)].fire_behaviour = line;
    data.incidents[IncidentIndex(0U)].fire_behaviour = incident;
    const Scenario scenario(std::move(data));
    const UnitIndex unit(0U);
    return judge_pair(scenario, unit, availability_of(scenario->units[unit]), RequestIndex(0U)).blocking.has_value();
  };
  EXPECT_FALSE(blocked({}, {}));
  EXPECT_FALSE(blocked({}, FireBehaviour::Moderate));
  EXPECT_TRUE(blocked({}, FireBehaviour::High));
  EXPECT_FALSE(blocked(FireBehaviour::Low, FireBehaviour::Extreme));
  EXPECT_TRUE(blocked(FireBehaviour::Extreme, FireBehaviour::Low));
}

/// The verdict on the brigade in a world whose data were changed.
PairVerdict judge_changed(const MiniWorld& world, const std::function<void(ScenarioData&)>& change) {
  auto data = world.data();
  change(data);
  const Scenario scenario(std::move(data));
  const UnitIndex unit = world.unit_index("brigade");
  return judge_pair(scenario, unit, availability_of(scenario->units[unit]), world.request_index("q"));
}

TEST(PairRules, ARecallEndsDeparturesAndStays) {
  const auto world = allowed_world();
  const auto recalled_on = [&](int column) {
    return judge_changed(world, [&](ScenarioData& data) {
      data.recalls.push_back({world.agency_index("mx"), "", world.day(0), world.day(column), "fires"});
    });
  };
  EXPECT_EQ(code_of(recalled_on(0).blocking->rule), "recalled");
  // The least stay, two line days, must end before the day: 3-4 before 5, and 3-5 before 6 leaves one more departure.
  EXPECT_EQ(code_of(recalled_on(4).blocking->rule), "too_short");
  EXPECT_EQ(recalled_on(5).options.at(0).departures.days(), (std::vector<int>{2}));
  EXPECT_EQ(recalled_on(6).options.at(0).departures.days(), (std::vector<int>{2, 3}));
}

TEST(PairRules, ADownPeriodIsNoTimeToBeAway) {
  const auto world = allowed_world();
  const auto down_on = [&](int first, int last) {
    return judge_changed(
        world, [&](ScenarioData& data) { data.units[UnitIndex(0U)].down.push_back(world.days(first, last)); });
  };
  // Out on 2, line on 3-4, home on 5; a day later, home on 6.
  EXPECT_EQ(down_on(6, 6).options.at(0).departures.days(), (std::vector<int>{2}));
  EXPECT_EQ(down_on(2, 2).options.at(0).departures.days(), (std::vector<int>{3, 4}));
  EXPECT_EQ(code_of(down_on(4, 5).blocking->rule), "too_short");
  EXPECT_EQ(code_of(down_on(0, 12).blocking->rule), "available");
}

TEST(PairRules, ExtensionMakesALeastStayPossible) {
  const auto with_extension = [](int days) {
    return world_with([](Unit& u) { u.days_worked = 3; }, kNoRequest,
                      [days](Agreement& a) {
                        a.tour.rest_days_home.value = 99;
                        a.tour.extension_days.value = days;
                      });
  };
  EXPECT_EQ(code_of(judge(with_extension(0)).blocking->rule), "days_worked");
  EXPECT_EQ(judge(with_extension(0)).blocking->amount, 1);
  EXPECT_EQ(first_tour_caps(judge(with_extension(1)).options.at(0)), (std::vector<int>{1, 1, 1}));
}

TEST(PairRules, EveryRuleThatFailsIsListedWithItsAmount) {
  auto world = world_with(
      [](Unit& u) {
        u.type = "3";
        u.rank = 3;
        u.languages = {"es"};
        u.fitness_valid_to = MiniWorld::kFirst - Days{2};
      },
      [](Request& q) { q.qualifications = {"sawyer"}; },
      [](Agreement& a) {
        a.language.working = {"en"};
        a.mobilization.notice_days.value = 6;
      });
  world.response("q", "mx", Response::Answer::Declined);
  const auto verdict = judge(world);
  std::vector<std::pair<std::string, int>> found;
  for (const auto& blocking : verdict.blockings)
    found.emplace_back(code_of(blocking.rule), blocking.amount);
  // A rank too low; fit until two days before day 0; and on the line on day 7 at the earliest, a day after the need.
  EXPECT_EQ(found,
            (std::vector<std::pair<std::string, int>>{
                {"type", 1}, {"declined", 0}, {"qualification", 0}, {"language", 0}, {"fitness", 2}, {"too_late", 1}}));
  EXPECT_EQ(verdict.blocking->rule, PairRule::Type);
}

TEST(PairRules, WhoCanOnlyMoveThereIsNamedApart) {
  const auto with_moves = [](int moves) {
    return world_with(
        kNoUnit, [](Request& q) { q.need.last = q.need.first + Days{1}; },
        [moves](Agreement& a) { a.tour.max_moves.value = moves; });
  };
  EXPECT_EQ(code_of(judge(with_moves(1)).blocking->rule), "too_short");
  EXPECT_EQ(judge(with_moves(1)).by_move_only.size(), 1U);
  EXPECT_TRUE(judge(with_moves(0)).by_move_only.empty());
}

TEST(Terms, ToursWithoutDaysOffAreOne) {
  MiniWorld world(5);
  world.agreement("ab", "a", "b", {.line = 3, .tours = 2});
  world.agreement("cd", "a", "b", {.line = 3, .off = 1, .tours = 2});
  world.unit("brigade", "a", "crew", 1);
  const Scenario scenario(world.data());
  const Unit& unit = scenario->units[UnitIndex(0U)];
  const auto one = deployment_terms(scenario, unit, scenario->agreements[AgreementIndex(0U)], 1, 5);
  const auto two = deployment_terms(scenario, unit, scenario->agreements[AgreementIndex(1U)], 1, 5);
  EXPECT_EQ(std::pair(one.max_tours, one.max_line_days), std::pair(1, 6));
  EXPECT_EQ(std::pair(two.max_tours, two.max_line_days), std::pair(2, 3));
}

TEST(PairRules, ADocumentIsAskedForOnlyWhileItsRuleIsInForce) {
  const auto with_rule = [](int last) {
    MiniWorld calendar(10);
    const DayInterval in_force{kFirstDay, calendar.day(last)};
    return world_with(kNoUnit, kNoRequest, [in_force](Agreement& a) {
      a.mobilization.documents = {{"visa", {}, in_force, {}}};
    });
  };
  EXPECT_EQ(judge(with_rule(4)).options.at(0).departures.days(), (std::vector<int>{4}));
  EXPECT_EQ(code_of(judge(with_rule(10)).blocking->rule), "document");
}

TEST(PairRules, DaysWorkedShortenTheFirstTourUntilTheUnitHasRested) {
  const auto world =
      world_with([](Unit& u) { u.days_worked = 2; }, kNoRequest, [](Agreement& a) { a.tour.rest_days_home.value = 3; });
  EXPECT_EQ(judge(world).options.at(0).departures.days(), (std::vector<int>{2, 3, 4}));
  EXPECT_EQ(first_tour_caps(judge(world).options.at(0)), (std::vector<int>{2, 4, 4}));
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
