// SPDX-License-Identifier: MIT
// One small world for each rule of docs/model.md that shapes deployments or their price, its optimum worked out beside
// it.
#include "planner/explain/reasons.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/formulation.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"
#include "tests/support/mini_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

namespace relevo::planner {
namespace {

using test::MiniWorld;
using Change = std::function<void(ScenarioData&)>;

/// An unmet unit-day of priority 3.
constexpr double kUnmet = 300.0;

Plan best(const MiniWorld& world, const Change& change = {}) {
  ScenarioData data = world.data();
  if (change)
    change(data);
  const Scenario scenario(std::move(data));
  Plan plan = solve(scenario);
  EXPECT_EQ(plan.result.status, PlanStatus::Optimal);
  // Dispatch obeys the same rules, so that it can never do better.
  EXPECT_GE(greedy_plan(scenario).result.objective, plan.result.objective - 1e-6);
  explain_lines(scenario, plan);
  return plan;
}

double objective(const MiniWorld& world, const Change& change = {}) {
  return best(world, change).result.objective;
}

std::vector<Day> days_of(const MiniWorld& world, std::initializer_list<int> columns) {
  std::vector<Day> days;
  for (const int column : columns)
    days.push_back(world.day(column));
  return days;
}

void set_move(ScenarioData& data, std::size_t from, std::size_t to, int days) {
  for (auto kind : data.kinds.kinds.indices())
    data.travel.set_move({Destination::incident(IncidentIndex(from)), Destination::incident(IncidentIndex(to)), kind},
                         {days, geo::Distance::from_kilometres(100), geo::Distance{}});
}

/// One crew that rests so long that it can go once only; a fire near, and one that a unit can move on to.
MiniWorld two_fires(const test::Terms& terms, int moves, const char* near, const char* far) {
  MiniWorld world(12);
  auto with_rest = terms;
  with_rest.rest = 20;
  world.agreement("mx-bc", "mx", "bc ab", with_rest).tour.max_moves.value = moves;
  world.unit("brigade", "mx", "crew", 1);
  world.incident("near", "bc");
  world.incident("far", "bc");
  world.request("a", "near", "crew", near);
  world.request("b", "far", "crew", far);
  return world;
}

TEST(Moves, WithinATourTakeDutyDays) {
  // Days 2-3 at a, the move on 4, days 5-6 at b: five duty days. A tour of four leaves a day open, and without a way
  // from one to the other, or without moves, the two days of one of them stay open.
  const auto world = [](int line, int moves) {
    return two_fires({.line = line}, moves, "..11........", ".....11.....");
  };
  const Change one_day = [](ScenarioData& data) { set_move(data, 0, 1, 1); };
  const Plan plan = best(world(5, 1), one_day);
  EXPECT_NEAR(plan.result.objective, 0.0, 1e-6);
  ASSERT_EQ(plan.assignments.size(), 1U);
  const auto& stints = plan.assignments[0].stints;
  ASSERT_EQ(stints.size(), 2U);
  EXPECT_EQ(stints[0].line_days, days_of(world(5, 1), {2, 3}));
  EXPECT_EQ(stints[1].move_days, days_of(world(5, 1), {4}));
  EXPECT_EQ(stints[1].line_days, days_of(world(5, 1), {5, 6}));
  EXPECT_EQ(plan.assignments[0].home, world(5, 1).day(7));
  EXPECT_NEAR(objective(world(4, 1), one_day), kUnmet, 1e-6);
  EXPECT_NEAR(objective(world(5, 1)), 2 * kUnmet, 1e-6);
  EXPECT_NEAR(objective(world(5, 0), one_day), 2 * kUnmet, 1e-6);
}

TEST(Moves, InDaysOffTakeNoDutyDays) {
  // Tours of two days: 2-3 at a, off on 4-5, when two days of the way fit and three do not, 6-7 at b.
  const auto world = two_fires({.line = 2, .off = 2, .tours = 2}, 1, "..11........", "......11....");
  const Plan plan = best(world, [](ScenarioData& data) { set_move(data, 0, 1, 2); });
  EXPECT_NEAR(plan.result.objective, 0.0, 1e-6);
  ASSERT_EQ(plan.assignments.size(), 1U);
  ASSERT_EQ(plan.assignments[0].stints.size(), 2U);
  EXPECT_EQ(plan.assignments[0].stints[0].days_off, days_of(world, {4, 5}));
  EXPECT_TRUE(plan.assignments[0].stints[1].move_days.empty());
  EXPECT_NEAR(objective(world, [](ScenarioData& data) { set_move(data, 0, 1, 3); }), 2 * kUnmet, 1e-6);
}

TEST(Moves, AreOnlySoMany) {
  // A day at a, back at b, and a again (a third line): two moves on no days at all, since a lies at b.
  auto world = two_fires({.line = 9}, 1, "..1.........", "...1........");
  world.request("c", "near", "crew", "....1.......");
  const auto here = [](int moves) {
    return [moves](ScenarioData& data) {
      set_move(data, 0, 1, 0);
      set_move(data, 1, 0, 0);
      data.agreements[AgreementIndex(0U)].tour.max_moves.value = moves;
    };
  };
  EXPECT_NEAR(objective(world, here(2)), 0.0, 1e-6);
  EXPECT_NEAR(objective(world, here(1)), kUnmet, 1e-6);
}

TEST(Moves, ReachWhatNobodyCanReachFromHome) {
  // b is wanted on day 5 only, while the fewest line days of a first block are two: from a it is a move away.
  auto world = two_fires({.line = 5, .min_line = 2}, 1, "..11........", ".....1......");
  const Plan plan = best(world, [](ScenarioData& data) { set_move(data, 0, 1, 1); });
  EXPECT_NEAR(plan.result.objective, 0.0, 1e-6);
  EXPECT_NEAR(objective(world), kUnmet, 1e-6);
}

TEST(Moves, MayLeadToAPlaceFromWhichTheWayHomeIsShorter) {
  // To be home before day 5. From a, two days away, nobody could come home in time; from b, next door to the base, who
  // has worked there on day 4 is home that day.
  auto world = two_fires({.line = 5}, 1, "..1.........", "...11.......");
  world.journey("mx", "near", 2).journey("mx", "far", 0);
  const Change change = [&](ScenarioData& data) {
    set_move(data, 0, 1, 0);
    data.units[UnitIndex(0U)].available.last = world.day(5);
  };
  const Plan plan = best(world, change);
  EXPECT_NEAR(plan.result.objective, 0.0, 1e-6);
  ASSERT_EQ(plan.assignments.size(), 1U);
  EXPECT_EQ(plan.assignments[0].depart, world.day(0));
  EXPECT_EQ(plan.assignments[0].home, world.day(4));
}

TEST(Moves, ToAnotherBorrowerNeedAWordInTheAgreementAndAConsent) {
  MiniWorld world(12);
  auto& agreement = world.agreement("mx-can", "mx", "bc ab", {.line = 5, .rest = 20});
  agreement.tour.max_moves.value = 1;
  agreement.tour.move_between_borrowers.value = true;
  agreement.escorts.push_back({.role = EscortTerms::Role::Representative, .per_persons = 20});
  world.unit("brigade", "mx", "crew", 1);
  world.incident("near", "bc");
  world.incident("far", "ab");
  world.request("a", "near", "crew", "..11........");
  world.request("b", "far", "crew", ".....11.....");
  const auto consent_to = [&](const char* borrower) {
    return [&world, borrower](ScenarioData& data) {
      set_move(data, 0, 1, 1);
      data.consents.push_back({world.agency_index("mx"), world.agency_index(borrower), "mx-can", {}});
    };
  };
  const Plan plan = best(world, consent_to("ab"));
  EXPECT_NEAR(plan.result.objective, 0.0, 1e-6);
  // The day of the move, 4, belongs to the borrower moved to.
  ASSERT_EQ(plan.escorts.size(), 2U);
  for (const auto& line : plan.escorts) {
    const bool first = line.borrower == world.agency_index("bc");
    EXPECT_EQ(line.persons, first ? (std::vector<int>{0, 0, 20, 20, 0, 0, 0, 0, 0, 0, 0, 0})
                                  : (std::vector<int>{0, 0, 0, 0, 20, 20, 20, 0, 0, 0, 0, 0}));
  }
  EXPECT_NEAR(objective(world, consent_to("bc")), 2 * kUnmet, 1e-6);
  EXPECT_NEAR(objective(world,
                        [&](ScenarioData& data) {
                          consent_to("ab")(data);
                          data.agreements[AgreementIndex(0U)].tour.move_between_borrowers.value = false;
                        }),
              2 * kUnmet, 1e-6);
}

TEST(Moves, CostTheirWayAndTheWayHomeFromTheLastPlace) {
  // 20 people, 0.01 a kilometre: out 550 km, move 100 km, home 1050 km (two days): 20 x 17.00 = 340.
  auto world = two_fires({.line = 5}, 1, "..11........", ".....11.....");
  world.journey("mx", "far", 2).prices(1e-6);
  const Plan plan = best(world, [](ScenarioData& data) { set_move(data, 0, 1, 1); });
  ASSERT_EQ(plan.assignments.size(), 1U);
  const auto& a = plan.assignments[0];
  EXPECT_NEAR(a.cost.at("travel").value(), 340.0, 1e-6);
  // Away on days 1-8, present on 2-6.
  EXPECT_NEAR(a.cost.at("wages").value(), 8 * 200.0, 1e-6);
  EXPECT_NEAR(a.cost.at("lodging").value(), 5 * 20.0, 1e-6);
  EXPECT_EQ(a.release, world.day(7));
  EXPECT_EQ(a.home, world.day(8));
}

/// Two crews, one wanted on days 2-7 with a handover that is worth 50 points.
MiniWorld handover_world(int line, int shadow) {
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = line, .rest = 20}).tour.shadow_days.value = shadow;
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111111..").handover = true;
  world.policy().handover_points.value = 50;
  return world;
}

TEST(Handover, AShadowDaySavesTheDrop) {
  // Three days each. With a shadow day on the first crew's last day the second has four duty days.
  const Plan plan = best(handover_world(4, 1));
  EXPECT_NEAR(plan.result.objective, 0.0, 1e-6);
  ASSERT_EQ(plan.assignments.size(), 2U);
  EXPECT_EQ(plan.assignments[0].stints[0].line_days.size() + plan.assignments[1].stints[0].line_days.size(), 6U);
  EXPECT_EQ(plan.assignments[1].stints[0].shadow_days.size(), 1U);
  EXPECT_EQ(plan.requests[0].drops, std::vector<int>(10, 0));

  for (const auto& world : {handover_world(4, 0), handover_world(3, 1)}) {
    const Plan dropped = best(world);
    EXPECT_NEAR(dropped.result.objective, 50.0, 1e-6);
    EXPECT_EQ(dropped.result.vector.disturbance.value(), 50.0);
    EXPECT_EQ(dropped.result.vector.need.value(), 0.0);
  }
}

TEST(Handover, ACommitmentLeavesToo) {
  // The committed crew leaves on day 3; nobody can shadow it, so that its drop stands in the constant.
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 6});
  world.unit("brigade", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "111111..").handover = true;
  world.policy().handover_points.value = 50;
  world.commitment("brigade", {1}, "mx-bc", "q", -1, "tLLLLhh");
  world.as_of(7);
  const Plan plan = best(world);
  EXPECT_NEAR(plan.result.objective, 50.0 + 2 * kUnmet, 1e-6);
  EXPECT_NEAR(plan.result.constant, plan.result.objective, 1e-6);
  EXPECT_EQ(plan.requests[0].drops, (std::vector<int>{0, 0, 0, 1, 0, 0, 0, 0}));
}

TEST(Extension, IsTakenWhereItIsCheaperThanAnOpenDay) {
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = 3, .rest = 20}).tour.extension_days.value = 2;
  world.unit("brigade", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111111..");
  world.policy().extension_points.value = 60;
  // Five of the six days, two of them beyond the tour.
  const Plan plan = best(world);
  EXPECT_NEAR(plan.result.objective, kUnmet + 2 * 60, 1e-6);
  EXPECT_NEAR(plan.result.vector.disturbance.value(), 120.0, 1e-6);
  ASSERT_EQ(plan.assignments.size(), 1U);
  EXPECT_EQ(plan.assignments[0].extension_days, 2);
  world.policy().extension_points.value = 400;
  EXPECT_NEAR(objective(world), 3 * kUnmet, 1e-6);
}

TEST(Extension, CountsFromWhatIsLeftOfTheTour) {
  // A tour of four of which three are worked: one duty day and two of extension.
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = 4, .rest = 20}).tour.extension_days.value = 2;
  world.unit("brigade", "mx", "crew", 1).days_worked = 3;
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111.....");
  world.policy().extension_points.value = 60;
  const Plan plan = best(world);
  EXPECT_NEAR(plan.result.objective, 2 * 60, 1e-6);
  EXPECT_EQ(plan.assignments.at(0).extension_days, 2);
}

TEST(Tours, WithoutDaysOffAreOneRun) {
  // Two tours of three without a break: six days, one of them worked before.
  MiniWorld world(12);
  world.agreement("mx-bc", "mx", "bc", {.line = 3, .tours = 2, .rest = 20});
  world.unit("brigade", "mx", "crew", 1).days_worked = 1;
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..1111111...");
  EXPECT_NEAR(objective(world), 2 * kUnmet, 1e-6);
}

/// One crew for days 2-7.
MiniWorld one_crew() {
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = 6});
  world.unit("brigade", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111111..");
  return world;
}

TEST(Recall, NobodyIsOnDutyFromTheDayOn) {
  const auto world = one_crew();
  const auto recalled_on = [&](int column, const char* channel) {
    return [&world, column, channel](ScenarioData& data) {
      data.recalls.push_back({world.agency_index("mx"), channel, world.day(0), world.day(column), "fires at home"});
    };
  };
  // Days 2-4 remain of 2-7.
  const Plan plan = best(world, recalled_on(5, ""));
  EXPECT_NEAR(plan.result.objective, 3 * kUnmet, 1e-6);
  EXPECT_EQ(plan.assignments.at(0).home, world.day(5));
  EXPECT_NEAR(objective(world, recalled_on(5, "another")), 0.0, 1e-6);
  EXPECT_EQ(best(world, recalled_on(0, "mx-bc")).requests[0].reason.code, "recalled");
}

TEST(Down, NoDayAwayIsADayDown) {
  // Down on day 4: day 2 and home on 3; out again on 5, days 6-7. Three of six days stay open.
  const auto world = one_crew();
  EXPECT_NEAR(objective(world, [&](ScenarioData& data) { data.units[UnitIndex(0U)].down.push_back(world.days(4, 4)); }),
              3 * kUnmet, 1e-6);
}

TEST(FireBehaviour, IsAReason) {
  const auto world = one_crew();
  const Plan plan = best(world, [](ScenarioData& data) {
    data.incidents[IncidentIndex(0U)].fire_behaviour = FireBehaviour::Extreme;
    for (auto& type : data.kinds.kinds[data.units[UnitIndex(0U)].kind].types)
      type.faces = FireBehaviour::Moderate;
  });
  EXPECT_NEAR(plan.result.objective, 6 * kUnmet, 1e-6);
  EXPECT_EQ(plan.requests[0].reason.code, "fire_behaviour");
}

TEST(Escorts, InterpretersAreForThoseWhoNeedThem) {
  // Three crews wanted for two days; the one that speaks English needs nobody, the two others one interpreter each, of
  // whom there is one.
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 3, .min_line = 2, .languages = {"en"}});
  world.escort("mx-bc", EscortTerms::Role::Interpreter, 1, EscortTerms::Supply::Roster).counts =
      EscortTerms::Counts::Units;
  world.unit("spanish", "mx", "crew", 2).languages = {"es"};
  world.unit("english", "mx", "crew", 1).languages = {"en"};
  world.unit("interpreter", "mx", "interpreter");
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..33....");
  const Plan plan = best(world);
  EXPECT_NEAR(plan.result.objective, 2 * kUnmet, 1e-6);
  EXPECT_EQ(plan.escorts.at(0).persons, (std::vector<int>{0, 0, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(plan.requests[0].reason.code, "escort");
}

TEST(Escorts, ComeAheadOfThePeople) {
  // The representative is there from day 1 on, so that people who need it two days ahead work from day 3 on.
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 4});
  world.escort("mx-bc", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Roster).ahead_days = 2;
  world.unit("brigade", "mx", "crew", 1);
  world.unit("arep", "mx", "agency-representative", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111...");
  const Plan plan = best(world);
  EXPECT_NEAR(plan.result.objective, kUnmet, 1e-6);
  ASSERT_EQ(plan.assignments.size(), 2U);
  for (const auto& a : plan.assignments)
    EXPECT_EQ(a.stints[0].line_days, a.escort ? days_of(world, {1, 2, 3, 4}) : days_of(world, {3, 4}));
}

TEST(Escorts, ComeAheadAboveAThresholdOnly) {
  // One crew is below the threshold of 20 people, two need two escorts, a day ahead; there is one.
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 4});
  world.escort("mx-bc", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Roster, 20).ahead_days = 1;
  world.unit("brigade", "mx", "crew", 2);
  auto& escorts = world.unit("arep", "mx", "agency-representative", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..222...");
  EXPECT_NEAR(objective(world), 0.0, 1e-6);
  escorts.count = 1;
  EXPECT_NEAR(objective(world), 3 * kUnmet, 1e-6);
}

TEST(Escorts, ImplicitOnesArePaidWhileTheyWait) {
  // Two line days, and a day before them: three days at 30, at a point each 100.
  MiniWorld world(8);
  world.agreement("mx-bc", "mx", "bc", {.line = 4});
  auto& term = world.escort("mx-bc", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Implicit);
  world.unit("brigade", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..11....");
  world.prices();
  const double at_once = objective(world);
  term.ahead_days = 1;
  EXPECT_NEAR(objective(world) - at_once, 0.3, 1e-6);
}

/// Two lenders with a crew each whose people fly from AAAA to BBBB; two crews wanted on days 2-4.
MiniWorld two_lenders() {
  MiniWorld world(9);
  world.agreement("any-bc", "mx us", "bc", {.line = 3, .rest = 20});
  world.unit("mexican", "mx", "crew", 1);
  world.unit("american", "us", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..222....");
  return world;
}

void fly(ScenarioData& data, int seats, int uses, double cost) {
  data.lifts.push_back({"charter", "AAAA", "BBBB", kAlways, seats, uses, Money(cost), {}});
  const auto journeys = data.travel.all();
  for (const auto& [key, known] : journeys) {
    geo::Itinerary journey = *known;
    journey.legs.front().from_airport = "AAAA";
    journey.legs.front().to_airport = "BBBB";
    data.travel.set(key, journey);
  }
}

TEST(Lifts, AreSharedByLenders) {
  // One use of 30 seats holds one crew a day: the other comes a day later and leaves a day open.
  const auto world = two_lenders();
  const Plan one = best(world, [](ScenarioData& data) { fly(data, 30, 1, 0); });
  EXPECT_NEAR(one.result.objective, kUnmet, 1e-6);
  ASSERT_EQ(one.lifts.size(), 2U);
  EXPECT_EQ(one.lifts[0], (LiftLine{0, world.day(1), 1, 20, Money(0)}));
  EXPECT_EQ(one.lifts[1], (LiftLine{0, world.day(2), 1, 20, Money(0)}));

  const Plan two = best(world, [](ScenarioData& data) { fly(data, 30, 2, 0); });
  EXPECT_NEAR(two.result.objective, 0.0, 1e-6);
  ASSERT_EQ(two.lifts.size(), 1U);
  EXPECT_EQ(two.lifts[0], (LiftLine{0, world.day(1), 2, 40, Money(0)}));

  const Plan none = best(world, [](ScenarioData& data) { fly(data, 19, 1, 0); });
  EXPECT_EQ(none.requests[0].reason.code, "lift");
}

TEST(Lifts, BringBackHomeToo) {
  // The charter flies BBBB - AAAA: those who come home on it leave on different days. Both begin on day 2, so that one
  // goes home a day early.
  const auto world = two_lenders();
  const Plan plan = best(world, [](ScenarioData& data) {
    fly(data, 30, 1, 0);
    std::swap(data.lifts[0].from, data.lifts[0].to);
  });
  EXPECT_NEAR(plan.result.objective, kUnmet, 1e-6);
  ASSERT_EQ(plan.lifts.size(), 2U);
  EXPECT_EQ(plan.lifts[1].day, world.day(5));
}

TEST(Lifts, AreWorthTheirPriceTogether) {
  // A charter of 100 seats for 1000: the two crews take it together, and their 500 km of flight are free.
  auto world = two_lenders();
  world.prices();
  const Plan plan = best(world, [](ScenarioData& data) { fly(data, 100, 2, 1000); });
  ASSERT_EQ(plan.lifts.size(), 1U);
  EXPECT_EQ(plan.lifts[0], (LiftLine{0, world.day(1), 1, 40, Money(1000)}));
  // Each: out 50 km, home 550 km, 20 people, 0.01 a kilometre.
  for (const auto& a : plan.assignments)
    EXPECT_NEAR(a.cost.at("travel").value(), 120.0, 1e-6);
  // Days away 1-5 at 200, nights 2-4 at 20, twice; the charter once; a hundredth of a point each.
  EXPECT_NEAR(plan.result.objective, 0.01 * (2 * (1000 + 60 + 120) + 1000), 1e-6);
}

TEST(Movements, HaveTheirPrice) {
  // Two crews out together and home together: two movements. Apart from each other on one day they would be four.
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = 4});
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111.....");
  world.request("r", "fire", "crew", "..111.....");
  world.policy().movement_points.value = 5;
  EXPECT_NEAR(objective(world), 10.0, 1e-6);
}

TEST(Movements, AreNotTooSmall) {
  MiniWorld world(10);
  world.agreement("mx-bc", "mx", "bc", {.line = 4}).contingent.min_persons.value = 40;
  world.unit("brigade", "mx", "crew", 2);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "..111.....");
  // A crew of 20 alone may not go.
  const Plan alone = best(world);
  EXPECT_NEAR(alone.result.objective, 3 * kUnmet, 1e-6);
  EXPECT_EQ(alone.requests[0].reason.code, "movement");
  // With a second line beside it two may; and where that one begins later, the first day of the first line is given up.
  world.request("r", "fire", "crew", "...11.....");
  EXPECT_NEAR(objective(world), kUnmet, 1e-6);
}

TEST(Relief, CrewsOfAircraftComeAndGoAndTheAircraftStays) {
  // Ten days present with crews of three days: relieved after 3, 6 and 9. Three times there and back, 20 people, 550
  // km.
  MiniWorld world(14);
  world.agreement("mx-bc", "mx", "bc", {.line = 3, .orientation = 1, .deployment = 5});
  world.kind("crew").relieved = true;
  world.unit("helicopter", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "...111111111..");
  world.prices(1e-6);
  const Plan plan = best(world);
  EXPECT_NEAR(plan.result.vector.need.value(), 0.0, 1e-9);
  ASSERT_EQ(plan.assignments.size(), 1U);
  EXPECT_EQ(plan.assignments[0].reliefs, 3);
  EXPECT_NEAR(plan.assignments[0].cost.at("relief").value(), 3 * 2 * 110.0, 1e-6);
}

TEST(Reserve, UnitsAtRestOrDownAreNotThere) {
  // Half of the units may go: two of four; of three, where one rests until after the need or is down, one.
  MiniWorld world(10);
  auto& agreement = world.agreement("mx-bc", "mx", "bc", {.line = 4});
  world.unit("brigade", "mx", "crew", 3);
  world.unit("other", "mx", "crew", 1);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", "...333....");
  for (auto& share : world.policy().exportable_share)
    share.value = 0.5;
  EXPECT_NEAR(objective(world), 3 * kUnmet, 1e-6);
  EXPECT_NEAR(objective(world, [&](ScenarioData& data) { data.units[UnitIndex(1U)].down.push_back(world.days(0, 9)); }),
              6 * kUnmet, 1e-6);
  world.request("past", "fire", "crew", "1.........");
  world.commitment("other", {1}, "mx-bc", "past", -1, "tLh");
  EXPECT_NEAR(objective(world), 3 * kUnmet, 1e-6);
  agreement.tour.rest_days_home.value = 9;
  EXPECT_NEAR(objective(world), 6 * kUnmet, 1e-6);
}

TEST(Model, NamesEveryRowAndColumnOnce) {
  // Other solvers tell them apart by name. Every family of rows is there.
  auto world = two_fires({.line = 4, .off = 1, .tours = 2}, 1, "..2222......", "......22....");
  world.escort("mx-bc", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Roster, 20).ahead_days = 2;
  world.escort("mx-bc", EscortTerms::Role::Lead, 20, EscortTerms::Supply::Implicit).ahead_days = 2;
  world.unit("more", "mx", "crew", 3);
  world.unit("arep", "mx", "agency-representative", 3);
  world.request("large", "near", "crew", "..4444......").min_fill = 2;
  world.policy().handover_points.value = 50;
  world.policy().movement_points.value = 5;
  world.prices();
  auto data = world.data();
  set_move(data, 0, 1, 1);
  fly(data, 30, 2, 10);
  for (auto& request : data.requests)
    request.handover = true;
  auto& terms = data.agreements[AgreementIndex(0U)];
  terms.tour.shadow_days.value = 1;
  terms.contingent.min_persons.value = 40;
  const Scenario scenario(std::move(data));
  const Problem problem = make_problem(scenario);
  const Formulation formulation(problem);
  std::set<std::string> names;
  for (const auto& row : formulation.model().rows)
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
  for (const char* family : {"cover_", "handover_", "escort_", "lift_", "fill_", "moves_", "together_"})
    EXPECT_TRUE(std::any_of(names.begin(), names.end(), [&](const auto& n) { return n.starts_with(family); }))
        << family;
  names.clear();
  for (const auto& column : formulation.model().columns)
    EXPECT_TRUE(names.insert(column.name).second) << column.name;
}

}  // namespace
}  // namespace relevo::planner
