// SPDX-License-Identifier: MIT
// The exhaustive solver against worlds small enough to solve on paper. Unmet points are 300 a crew-day (priority 3)
// unless said otherwise, a journey takes one day, days are columns.
#include "tests/support/oracle.hpp"

#include "tests/support/mini_world.hpp"
#include "tests/support/oracle_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace relevo::test {
namespace {

using planner::EscortTerms;
using planner::Response;
using planner::Scenario;

OracleResult solve(const MiniWorld& world) {
  return brute_force(Scenario(world.data()));
}

void expect_objective(const MiniWorld& world, double objective) {
  const OracleResult result = solve(world);
  EXPECT_TRUE(result.feasible);
  EXPECT_TRUE(result.complete);
  EXPECT_NEAR(result.objective, objective, 1e-9) << to_text(world.data());
}

/// Crews of "mx" for "fire" of "bc" under agreement "a".
MiniWorld crews(int days, int count, const std::string& strip, const Terms& terms) {
  MiniWorld world(days);
  world.agreement("a", "mx", "bc", terms);
  world.unit("crew", "mx", "crew", count);
  world.incident("fire", "bc");
  world.request("q", "fire", "crew", strip);
  return world;
}

std::vector<std::string> words_of_first_unit(const MiniWorld& world) {
  std::vector<std::string> all;
  const auto words = words_of(Scenario(world.data()), planner::UnitIndex(0U), planner::kFirstDay);
  for (const auto& word : words.value())
    all.push_back(word.states);
  std::sort(all.begin(), all.end());
  return all;
}

// Out on day 0: one or both days of need. Out on day 1: the second. Or never.
TEST(OracleWords, OneTour) {
  const MiniWorld world = crews(4, 1, ".11.", {.line = 2});
  EXPECT_EQ(words_of_first_unit(world), (std::vector<std::string>{"....", ".tLh", "tLLh", "tLh."}));
}

// No journey, one line day, one day off, one more line day, one day of rest. Need on days 0..2.
TEST(OracleWords, TwoToursAndRest) {
  MiniWorld world = crews(3, 1, "111", {.line = 1, .off = 1, .tours = 2, .rest = 1});
  world.journey("mx", "fire", 0);
  EXPECT_EQ(words_of_first_unit(world), (std::vector<std::string>{"...", "..Lr", ".Lr", "LfLr", "Lr.", "LrLr"}));
}

// Four days of need, three line days: one crew-day stays open.
TEST(Oracle, TourEnds) {
  expect_objective(crews(8, 1, "..1111..", {.line = 3, .rest = 2}), 300);
}

// ttLLLfLLL would be six of the seven days 2..8.
TEST(Oracle, TwoToursWithADayOff) {
  expect_objective(crews(12, 1, "..1111111...", {.line = 3, .off = 1, .tours = 2, .rest = 2}), 300);
}

// Two days of notice and one of muster: out on day 3, on the line on day 4; days 1..3 are lost.
TEST(Oracle, NoticeAndMuster) {
  expect_objective(crews(8, 1, ".1111...", {.line = 5, .notice = 2, .muster = 1}), 900);
}

// No journey, LLrLLr: days 2 and 5 are lost.
TEST(Oracle, SecondDeploymentAfterRest) {
  MiniWorld world = crews(6, 1, "111111", {.line = 2, .rest = 1});
  world.journey("mx", "fire", 0);
  expect_objective(world, 600);
}

// Two of three line days are used up. Out at once: day 0, rest on 1, fresh on 2..4. Waiting for day 1: 1..3, rest on 4.
TEST(Oracle, DaysWorked) {
  MiniWorld world = crews(6, 1, "11111.", {.line = 3, .rest = 1});
  world.journey("mx", "fire", 0);
  auto data = world.data();
  data.units[planner::UnitIndex(0U)].days_worked = 2;
  EXPECT_NEAR(brute_force(Scenario(data)).objective, 300, 1e-9);
}

// Away days count: tLLh, tLh is three of the five days 1..5. Present days count: tLLLLh is four.
TEST(Oracle, LongestDeployment) {
  expect_objective(crews(9, 1, ".11111...", {.line = 5, .deployment = 4}), 600);
  expect_objective(crews(9, 1, ".11111...", {.line = 5, .deployment = 4, .travel_counts = false}), 300);
}

// Orientation on day 1 leaves day 2 alone, which is too short a stay where two line days are the least.
TEST(Oracle, OrientationAndShortestStay) {
  expect_objective(crews(6, 1, ".11...", {.orientation = 1}), 300);
  expect_objective(crews(6, 1, ".11...", {.min_line = 2, .orientation = 1}), 600);
}

// From day 4 on half of the four crews stay home. Two crews work 1..5; two must be back by day 3 and work 1..2.
TEST(Oracle, ReserveRises) {
  MiniWorld world = crews(8, 4, ".44444..", {.line = 5});
  world.agency("mx").levels = {{world.day(4), 3}};
  world.policy().exportable_share[2].value = 0.5;
  expect_objective(world, 6 * 300);
}

// One of three crews is offered, on days 0..3: it works 1..2 and is away on 0..3. The others stay.
TEST(Oracle, OfferOfOneCrew) {
  MiniWorld world = crews(6, 3, ".33...", {});
  world.offer("mx", "crew", 1).when = world.days(0, 3);
  expect_objective(world, 4 * 300);
}

// With an offer for days 0..2 a crew away on 0..3 fits no more, one away on 0..2 does.
TEST(Oracle, OfferEnds) {
  MiniWorld world = crews(6, 1, ".11...", {});
  world.offer("mx", "crew", 1).when = world.days(0, 2);
  expect_objective(world, 300);
}

// An offer under another channel leaves this agreement without any: it is a different sum, and does not bind here.
TEST(Oracle, OfferOfAnotherChannel) {
  MiniWorld world = crews(6, 1, ".11...", {});
  world.offer("mx", "crew", 0).channel = "elsewhere";
  expect_objective(world, 0);
}

// Two crews are 40 people, above the threshold: one escort a day. It pays while two escort-days cost less than the
// second crew's 600 points.
TEST(Oracle, ImplicitEscortAboveThreshold) {
  for (const auto& [daily, objective] : {std::pair(250.0, 500.0), std::pair(350.0, 600.0)}) {
    MiniWorld world = crews(6, 2, ".22...", {});
    world.escort("a", EscortTerms::Role::Representative, 40, EscortTerms::Supply::Implicit, 20);
    world.policy().points_per_money.value = 1;
    world.policy().escort_daily_cost.value = daily;
    expect_objective(world, objective);
  }
}

// The representative must be home on day 4 and so leaves on that day: days 4 and 5 of the need 1..5 are lost.
TEST(Oracle, RosterEscort) {
  MiniWorld world = crews(8, 1, ".11111..", {.line = 5});
  world.escort("a", EscortTerms::Role::Representative, 100, EscortTerms::Supply::Roster);
  world.unit("rep", "mx", "agency-representative").available = world.days(0, 4);
  expect_objective(world, 600);
}

// One representative for each 20 people, and there is one: the second crew stays home.
TEST(Oracle, RosterEscortForEachCrew) {
  MiniWorld world = crews(6, 2, ".22...", {});
  world.escort("a", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Roster);
  world.unit("rep", "mx", "agency-representative");
  expect_objective(world, 600);
}

// One crew cannot reach a least fill of two; two crews can.
TEST(Oracle, LeastFill) {
  for (const auto& [count, objective] : {std::pair(1, 1200.0), std::pair(2, 0.0)}) {
    MiniWorld world(6);
    world.agreement("a", "mx", "bc");
    world.unit("crew", "mx", "crew", count);
    world.request("q", "bc", "crew", ".22...").min_fill = 2;
    expect_objective(world, objective);
  }
}

// Crew and pump go together or not at all; without a pump nothing goes.
TEST(Oracle, Package) {
  for (const auto& [pumps, objective] : {std::pair(0, 1200.0), std::pair(1, 0.0)}) {
    MiniWorld world(6);
    world.agreement("a", "mx", "bc");
    world.unit("crew", "mx", "crew");
    if (pumps > 0)
      world.unit("pump", "mx", "pump", pumps);
    world.request("q1", "bc", "crew", ".11...").package = "p";
    world.request("q2", "bc", "pump", ".11...").package = "p";
    expect_objective(world, objective);
  }
}

// 30 people fit at the incident: one crew of 20.
TEST(Oracle, CapacityOfAnIncident) {
  MiniWorld world(6);
  world.agreement("a", "mx", "bc");
  world.unit("crew", "mx", "crew", 2);
  world.incident("fire", "bc").capacity_persons = 30;
  world.request("q", "fire", "crew", ".22...");
  expect_objective(world, 600);
}

// The crew could save 2 x 500 points at q1, but it is pinned to q2 (100 a day).
TEST(Oracle, Pin) {
  MiniWorld world(4);
  world.agreement("a", "mx", "bc");
  world.unit("crew", "mx", "crew");
  world.request("q1", "bc", "crew", ".11.").priority = 1;
  world.request("q2", "bc", "crew", ".11.").priority = 5;
  expect_objective(world, 200);
  world.pin("crew", "q2");
  expect_objective(world, 1000);
}

// Pinned, but called too late.
TEST(Oracle, PinThatCannotHold) {
  MiniWorld world = crews(6, 1, ".11...", {.notice = 4});
  world.pin("crew", "q");
  EXPECT_FALSE(solve(world).feasible);
}

// Pins ask for units, not deployments. One crew serves q twice (LLLrLLL) while the other works for "us", whose
// agreement asks for a stay of all seven days: day 3 of q is lost. With two crews pinned to q nobody is left for q2.
TEST(Oracle, PinCountsUnitsNotDeployments) {
  MiniWorld world(7);
  world.agreement("a", "mx", "bc", {.line = 3, .rest = 1});
  world.agreement("b", "mx", "us", {.line = 7, .min_line = 7, .rest = 1});
  world.journey("mx", "bc", 0).journey("mx", "us", 0);
  world.unit("crew", "mx", "crew", 2);
  world.request("q", "bc", "crew", "1111111").priority = 5;
  world.request("q2", "us", "crew", "1111111").priority = 1;
  expect_objective(world, 100);
  world.pin("crew", "q", 2);
  expect_objective(world, 3500);
}

// q1 is for the other crew by name, q2 is forbidden to the agency, q3 declined by it.
TEST(Oracle, NamedForbiddenDeclined) {
  MiniWorld world(4);
  world.agreement("a", "mx us", "bc");
  world.unit("crew", "mx", "crew", 3);
  const auto other = world.unit_index(world.unit("other", "us", "crew").id);
  world.request("q1", "bc", "crew", ".11.").unit = other;
  world.request("q2", "bc", "crew", ".11.");
  world.request("q3", "bc", "crew", ".11.");
  world.forbid_agency("mx", "q2");
  world.response("q3", "mx", Response::Answer::Declined);
  expect_objective(world, 1200);  // the other crew serves one of the three
}

// A type of better rank will do, a worse one will not; q2 asks through a family that no agreement has.
TEST(Oracle, TypeAndChannel) {
  MiniWorld world(4);
  world.agreement("a-2020", "mx", "bc", {.family = "a"});
  world.unit("good", "mx", "crew:1");
  world.unit("poor", "mx", "crew:3", 5);
  world.request("q1", "bc", "crew:2", ".22.").channel = "a";
  world.request("q2", "bc", "crew:3", ".22.").channel = "b";
  expect_objective(world, 600 + 1200);
}

// Spanish at the line, English in the agreement: only the interpreter's crew and the one that speaks both may go.
TEST(Oracle, LanguagesAndQualifications) {
  MiniWorld world(4);
  world.agreement("a", "mx", "bc", {.languages = {"en"}});
  world.unit("es", "mx", "crew").languages = {"es"};
  world.unit("both", "mx", "crew").languages = {"en", "es"};
  world.unit("helped", "mx", "crew").qualifications = {"interpreter"};
  world.request("q", "bc", "crew", ".33.").languages = {"es"};
  expect_objective(world, 600);
}

// The passport is asked from day 2 on: out on 0 or 1 with two line days, or not at all. Days 3..5 are lost. The same
// with a fitness result valid to day 1, and with an agreement that ends then.
TEST(Oracle, DocumentFitnessInForce) {
  MiniWorld passport = crews(8, 1, ".11111..", {.line = 2});
  passport.agreement_row("a").mobilization.documents.push_back({"passport", {}, passport.days(2, 9), {}});
  expect_objective(passport, 900);
  auto fitness = crews(8, 1, ".11111..", {.line = 2}).data();
  fitness.units[planner::UnitIndex(0U)].fitness_valid_to = passport.day(1);
  EXPECT_NEAR(brute_force(Scenario(fitness)).objective, 900, 1e-9);
  MiniWorld ended = crews(8, 1, ".11111..", {.line = 2});
  ended.agreement_row("a").in_force = ended.days(0, 1);
  expect_objective(ended, 900);
}

// 30 people: two crews of 20 make 40, less than 30 + 20. One crew leaves 10 people, half a crew, open on two days. One
// person may bring a whole crew.
TEST(Oracle, People) {
  for (const auto& [count, wanted, objective] :
       {std::tuple(2, 30, 0.0), std::tuple(1, 30, 300.0), std::tuple(1, 1, 0.0)}) {
    MiniWorld world(4);
    world.agreement("a", "mx", "bc");
    world.unit("crew", "mx", "crew", count);
    world.people("q", "bc", "crew", wanted, ".##.");
    expect_objective(world, objective);
  }
}

// A third crew of 20 would make 60, not below 30 + 20.
TEST(Oracle, PeopleOverfill) {
  MiniWorld world(4);
  world.agreement("a", "mx", "bc");
  world.unit("large", "mx", "crew", 3);
  world.people("q", "bc", "crew", 30, ".#..");
  world.pin("large", "q", 3);
  EXPECT_FALSE(solve(world).feasible);
}

// Each crew needs ten of the fifteen people of the pool.
TEST(Oracle, Pool) {
  MiniWorld world = crews(4, 2, ".22.", {});
  world.pool("p", 15);
  world.pool_share("crew", "p", 10);
  expect_objective(world, 600);
}

// On the line on -1..1, home on 2, rest on 3, out again on 4, on the line on 5: days 2..4 are lost.
TEST(Oracle, CommitmentAndAfter) {
  MiniWorld world = crews(8, 1, "111111..", {.rest = 1});
  world.commitment("crew", {1}, "a", "q", -2, "tLLLh");
  expect_objective(world, 900);
}

// The crew that is there lacks its representative; that is inherited, but a second crew would make it worse.
TEST(Oracle, InheritedShortfallOfEscorts) {
  MiniWorld world = crews(6, 2, "22....", {});
  world.journey("mx", "fire", 0);
  world.escort("a", EscortTerms::Role::Representative, 20, EscortTerms::Supply::Roster);
  world.commitment("crew", {1}, "a", "q", -1, "tLLh");
  expect_objective(world, 600);
  world.unit("rep", "mx", "agency-representative");
  world.commitment("rep", {1}, "a", "bc", -1, "tLLh");
  expect_objective(world, 600);
  world.unit("rep2", "mx", "agency-representative");
  world.journey("mx", "bc", 0);
  expect_objective(world, 0);
}

// A pump has no tour: it stays for days 1..5. Only day 0 is out of reach.
TEST(Oracle, EquipmentHasNoTour) {
  MiniWorld world(8);
  world.agreement("a", "mx", "bc", {.line = 2, .orientation = 3, .rest = 5, .deployment = 4});
  world.unit("pump", "mx", "pump");
  world.request("q", "bc", "pump", "111111..");
  expect_objective(world, 300);
}

// Nothing may be lent, but an agency's own crew is not lent. Borrowing from itself needs an agreement for own forces.
TEST(Oracle, OwnForces) {
  for (const bool own : {true, false}) {
    MiniWorld world(4);
    world.agreement("own", "bc", "bc", {.tier = 0, .own_forces = own});
    world.unit("crew", "bc", "crew");
    world.request("q", "bc", "crew", ".11.");
    world.policy().exportable_share[0].value = 0;
    expect_objective(world, own ? 0 : 600);
  }
}

// One of two lenders' crews is on its own fire, so half of the other one may go: none.
TEST(Oracle, OwnIncidentLowersWhatIsAvailable) {
  MiniWorld world = crews(6, 2, ".1....", {});
  world.agreement("own", "mx", "mx", {.own_forces = true});
  world.incident("mx-fire", "mx");
  world.request("own-q", "mx-fire", "crew", "1111..").quantity = 1;
  world.policy().exportable_share[0].value = 0.5;
  world.commitment("crew", {1}, "own", "own-q", -1, "tLLLLh");
  expect_objective(world, 300);
}

// tLLh: 20 x 10 x 4 wages, 20 x 1 x 2 lodging, 2 x 20 x (500 + 50) km x 0.01 travel = 1060, a hundredth of it in
// points; and the tier's 5 points.
TEST(Oracle, PricesOfOneDeployment) {
  MiniWorld world = crews(4, 1, ".11.", {});
  world.prices(0.01);
  world.policy().tier_points[3].value = 5;
  const OracleResult result = solve(world);
  EXPECT_NEAR(result.cost, 1060, 1e-9);
  EXPECT_NEAR(result.objective, 10.6 + 5, 1e-9);
  EXPECT_EQ(result.rosters, std::vector<std::string>{"crew#1 tLLh"});
}

// Beside the others on day 1, on the line on 2; no shadow day without a line day after it.
TEST(OracleWords, Shadow) {
  const MiniWorld world = crews(4, 1, ".11.", {.line = 2, .shadow = 1});
  EXPECT_EQ(words_of_first_unit(world), (std::vector<std::string>{"....", ".tLh", "tLLh", "tLh.", "tSLh"}));
}

// No journey, one duty day and one more as an extension; a shadow day is one of them.
TEST(OracleWords, ShadowAndExtensionShareTheTour) {
  MiniWorld world = crews(4, 1, "1111", {.line = 1, .rest = 9, .extension = 1, .shadow = 1});
  world.journey("mx", "fire", 0);
  EXPECT_EQ(words_of_first_unit(world),
            (std::vector<std::string>{"....", "...Lrrrrrrrrr", "..LLrrrrrrrrr", "..Lrrrrrrrrr", "..SLrrrrrrrrr",
                                      ".LLrrrrrrrrr", ".Lrrrrrrrrr", ".SLrrrrrrrrr", "LLrrrrrrrrr", "Lrrrrrrrrr",
                                      "SLrrrrrrrrr"}));
}

/// A crew of "mx", a line of one day (day 1) at "east" and one of two days (3, 4) at "west", a day's move apart.
MiniWorld two_fires(const Terms& terms) {
  MiniWorld world(7);
  world.agreement("a", "mx", "bc", terms);
  world.unit("crew", "mx", "crew");
  world.incident("east", "bc");
  world.incident("west", "bc");
  world.request("q1", "east", "crew", ".1.....");
  world.request("q2", "west", "crew", "...11..");
  world.move("east", "west", 1);
  return world;
}

TEST(OracleWords, MoveWithinATour) {
  const MiniWorld world = two_fires({.line = 4, .rest = 9, .moves = 1});
  const auto words = words_of_first_unit(world);
  EXPECT_EQ(std::count(words.begin(), words.end(), "tLmLLhrrrrrrrrr"), 1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "tLmLhrrrrrrrrr"), 1);
}

// Line, a day's move, line: four duty days. With three, day 4 is lost; without a move, q1.
TEST(Oracle, MoveWithinATour) {
  expect_objective(two_fires({.line = 4, .rest = 9, .moves = 1}), 0);
  expect_objective(two_fires({.line = 3, .rest = 9, .moves = 1}), 300);
  expect_objective(two_fires({.line = 4, .rest = 9}), 300);
}

// Tours of one day and a day off on which the crew goes to the other fire: LfL, and day 4 is lost. Without a day off
// all is one tour of two duty days: the move would take one of them, so q1 is lost. Without a move two of three days
// are.
TEST(Oracle, MoveBetweenTours) {
  expect_objective(two_fires({.line = 1, .off = 1, .tours = 2, .rest = 9, .moves = 1}), 300);
  expect_objective(two_fires({.line = 1, .off = 0, .tours = 2, .rest = 9, .moves = 1}), 300);
  expect_objective(two_fires({.line = 1, .off = 1, .tours = 2, .rest = 9}), 600);
}

// q2 is another agency's. Its agreement lets units go on, and the lender has consented, or not.
TEST(Oracle, MoveToAnotherBorrower) {
  for (const bool allowed : {true, false})
    for (const std::string consent : {"ab", "bc", ""}) {
      MiniWorld world(7);
      world.agreement("a", "mx", "bc ab", {.line = 4, .rest = 9, .moves = 1, .between_borrowers = allowed});
      world.unit("crew", "mx", "crew");
      world.request("q1", "bc", "crew", ".1.....");
      world.request("q2", "ab", "crew", "...11..");
      world.move("bc", "ab", 1);
      if (!consent.empty())
        world.consent("mx", consent);
      expect_objective(world, allowed && consent == "ab" ? 0 : 300);
    }
}

// A tour of two days and a third at a price: worth it at 50 points, at 400 it is not.
TEST(Oracle, ExtensionHasAPrice) {
  for (const auto& [price, objective] : {std::pair(50.0, 50.0), std::pair(400.0, 300.0)}) {
    MiniWorld world = crews(6, 1, ".111..", {.line = 2, .rest = 9, .extension = 2});
    world.policy().extension_points.value = price;
    expect_objective(world, objective);
  }
}

// L - w = -1 and X = 2: one duty day, which is an extension day.
TEST(Oracle, ExtensionAfterDaysWorked) {
  MiniWorld world = crews(4, 1, ".11.", {.line = 2, .rest = 9, .extension = 2});
  world.policy().extension_points.value = 50;
  auto data = world.data();
  data.units[planner::UnitIndex(0U)].days_worked = 3;
  const auto result = brute_force(Scenario(data));
  EXPECT_NEAR(result.objective, 300 + 50, 1e-9);
  EXPECT_EQ(result.extension_days, 1);
}

/// The objective when the first request asks for handovers, at 70 points a drop.
double with_handover(const MiniWorld& world) {
  auto data = world.data();
  data.policy.handover_points.value = 70;
  data.requests[planner::RequestIndex(0U)].handover = true;
  return brute_force(Scenario(data)).objective;
}

// Two crews for one place; each may stay two of the four days. The second comes on day 3: a drop on day 2. With a
// shadow day on 2 it would work on 3 only, which loses day 4. Where it may stay three days nothing is lost. The last
// day of the need is left without a drop.
TEST(Oracle, HandoverShadowOrDrop) {
  EXPECT_NEAR(with_handover(crews(8, 2, ".1111...", {.line = 2, .rest = 9, .shadow = 1})), 70, 1e-9);
  EXPECT_NEAR(with_handover(crews(8, 2, ".1111...", {.line = 3, .rest = 9, .shadow = 1})), 0, 1e-9);
}

// The crew that is there leaves after day 2, while q is needed to day 4: one drop, unless the next spends day 2 beside
// it.
TEST(Oracle, HandoverOfACommitment) {
  for (const auto& [shadow, objective] : {std::pair(0, 70.0), std::pair(1, 0.0)}) {
    MiniWorld world = crews(8, 2, "11111...", {.line = 3, .rest = 9, .shadow = shadow});
    world.commitment("crew", {1}, "a", "q", -1, "tLLLh");
    EXPECT_NEAR(with_handover(world), objective, 1e-9);
  }
}

// To leave q1 by a move while it is needed is a drop: day 1 there and 2..4 at q2, 500 a day. A day off before more of
// the same is none.
TEST(Oracle, HandoverOnAMove) {
  MiniWorld world(8);
  world.agreement("a", "mx", "bc", {.line = 4, .rest = 9, .moves = 1});
  world.unit("crew", "mx", "crew");
  world.request("q1", "bc", "crew", ".11.....");
  world.request("q2", "bc", "crew", "..111...").priority = 1;
  EXPECT_NEAR(with_handover(world), 300 + 70, 1e-9);
  EXPECT_NEAR(with_handover(crews(8, 1, ".111....", {.line = 1, .off = 1, .tours = 2, .rest = 9})), 300, 1e-9);
}

// Called back by day 3: on the line on days 1 and 2 of 1..5. Under another agreement, or of own forces, nothing
// happens.
TEST(Oracle, Recall) {
  for (const auto& [channel, objective] : {std::pair("", 900.0), std::pair("a", 900.0), std::pair("b", 0.0)}) {
    MiniWorld world = crews(8, 1, ".11111..", {.line = 5});
    world.recall("mx", 3, channel);
    expect_objective(world, objective);
  }
  MiniWorld own(4);
  own.agreement("own", "bc", "bc", {.own_forces = true});
  own.unit("crew", "bc", "crew");
  own.request("q", "bc", "crew", ".11.");
  own.recall("bc", 0);
  expect_objective(own, 0);
}

// Two tours of two days with two days off, LLffL: a recall by day 5 leaves no duty day after the days off.
TEST(Oracle, RecallAndDaysOff) {
  for (const auto& [effective, objective] : {std::pair(4, 900.0), std::pair(5, 900.0), std::pair(6, 600.0)}) {
    MiniWorld world = crews(9, 1, ".11111...", {.line = 2, .off = 2, .tours = 2, .rest = 9});
    world.recall("mx", effective);
    expect_objective(world, objective);
  }
}

// The crew leaves on day 2 instead of 4.
TEST(Oracle, RecallOfACommitment) {
  MiniWorld world = crews(8, 1, "1111....", {});
  world.commitment("crew", {1}, "a", "q", -1, "tLLLLh");
  expect_objective(world, 0);
  world.recall("mx", 2);
  expect_objective(world, 600);
}

// In the workshop on day 3: home by day 2, out again on day 4 for day 5. Lost are 2..4.
TEST(Oracle, UnitThatIsDown) {
  MiniWorld world = crews(9, 1, ".11111...", {.line = 5});
  auto data = world.data();
  data.units[planner::UnitIndex(0U)].down = {world.days(3, 3)};
  EXPECT_NEAR(brute_force(Scenario(data)).objective, 900, 1e-9);
}

// Half of what is available may go: two of four. On day 2 one is down, and one may be away.
TEST(Oracle, DownLowersWhatIsAvailable) {
  MiniWorld world = crews(6, 3, ".2....", {});
  world.unit("broken", "mx", "crew");
  world.policy().exportable_share[0].value = 0.5;
  expect_objective(world, 0);
  auto data = world.data();
  data.units[planner::UnitIndex(1U)].down = {world.days(2, 2)};
  EXPECT_NEAR(brute_force(Scenario(data)).objective, 300, 1e-9);
}

// The same with a crew that is home on day 1 and rests on days 2 and 3; both would go on day 2.
TEST(Oracle, RestLowersWhatIsAvailable) {
  for (const auto& [rest, objective] : {std::pair(0, 0.0), std::pair(2, 300.0)}) {
    MiniWorld world = crews(6, 4, "...2..", {.rest = rest});
    world.request("old", "fire", "crew", "1.....");
    world.policy().exportable_share[0].value = 0.5;
    world.commitment("crew", {1}, "a", "old", -1, "tLh");
    expect_objective(world, objective);
  }
}

// Crews of type 3 face moderate fire, of type 2 high fire, of type 1 any. A line may say otherwise than its incident.
TEST(Oracle, FireBehaviour) {
  for (const auto& [at_line, objective] :
       {std::pair(-1, 900.0), std::pair(0, 0.0), std::pair(1, 0.0), std::pair(2, 300.0), std::pair(3, 600.0)}) {
    MiniWorld world(4);
    world.agreement("a", "mx", "bc");
    for (const std::string type : {"1", "2", "3"})
      world.unit("crew" + type, "mx", "crew:" + type);
    world.incident("fire", "bc").fire_behaviour = planner::FireBehaviour::High;
    auto& request = world.request("q", "fire", "crew:3", ".3..");
    auto& types = world.kind("crew").types;
    types[0].faces = planner::FireBehaviour::Extreme;
    types[1].faces = planner::FireBehaviour::High;
    types[2].faces = planner::FireBehaviour::Moderate;
    if (at_line >= 0)
      request.fire_behaviour = static_cast<planner::FireBehaviour>(at_line);
    else
      types[0].faces = types[1].faces = types[2].faces = std::nullopt;
    expect_objective(world, objective);
  }
}

// The crew of a helicopter is relieved: after a day of orientation it stays for all days 2..5 where a tour is of two
// days; but not where five are the least.
TEST(Oracle, RelievedInPlace) {
  for (const auto& [least, objective] : {std::pair(3, 300.0), std::pair(5, 1500.0)}) {
    MiniWorld world(9);
    world.agreement("a", "mx", "bc", {.line = 2, .min_line = least, .orientation = 1, .rest = 5, .deployment = 4});
    world.unit("heli", "mx", "helicopter");
    world.request("q", "bc", "helicopter", ".11111...");
    expect_objective(world, objective);
  }
}

// tLLLLLh with a tour of two days: two persons, three crews, so two reliefs: 2 x 10 x 7 wages, 2 x 5 lodging, travel
// 2 x 550 km x 0.01 there and back, and twice that for either relief.
TEST(Oracle, ReliefsCost) {
  MiniWorld world(8);
  world.agreement("a", "mx", "bc", {.line = 2});
  world.unit("heli", "mx", "helicopter");
  world.request("q", "bc", "helicopter", ".11111..");
  world.prices(0.01);
  EXPECT_NEAR(solve(world).cost, 140 + 10 + 3 * 22, 1e-9);
}

// 50 points for each movement: two crews that go and come together make two.
TEST(Oracle, Movements) {
  MiniWorld world = crews(6, 2, ".22...", {});
  world.policy().movement_points.value = 50;
  const auto result = solve(world);
  EXPECT_EQ(result.movements, 2);
  EXPECT_NEAR(result.objective, 100, 1e-9);
}

// A movement of at least 30 persons is two crews. One alone does not go.
TEST(Oracle, LeastPersonsOfAMovement) {
  expect_objective(crews(6, 2, ".22...", {.min_persons = 30}), 0);
  expect_objective(crews(6, 2, ".11...", {.min_persons = 30}), 600);
}

// Thirty seats a day are for one crew: the second comes a day later. If there is one way back a day too, one of them
// leaves earlier.
TEST(Oracle, LiftSeats) {
  MiniWorld world = crews(7, 2, ".222...", {});
  world.lift("out", "mx", "fire", 30);
  expect_objective(world, 300);
  world.lift("back", "fire", "mx", 30);
  expect_objective(world, 600);
}

// A lift of 40 seats at 7 or two uses of one of 20 at 3. The air is free: 40 persons by 50 km there and back at 0.01.
TEST(Oracle, CheapestLifts) {
  MiniWorld world = crews(4, 2, ".2..", {});
  world.prices(0.001);
  world.lift("large", "mx", "fire", 40).cost = planner::Money(7);
  world.lift("small", "mx", "fire", 20, 2).cost = planner::Money(3);
  world.lift("home", "fire", "mx", 50).cost = planner::Money(5);
  EXPECT_NEAR(solve(world).cost, 2 * 20 * 10 * 3 + 40 + 40 + 6 + 5, 1e-9);
}

// The flight of a journey of two days is on its second day: out on day 1. Home the days are turned: released on 3, home
// on 4, the flight is on 3.
TEST(Oracle, LiftOnTheDayOfTheFlight) {
  for (const bool home : {false, true})
    for (const int day : {0, 1, 2, 3, 4}) {
      MiniWorld world = crews(7, 1, "..1....", {.line = 1});
      world.journey("mx", "fire", 2).flight_hour("mx", "fire", 30);
      world.lift("lift", home ? "fire" : "mx", home ? "mx" : "fire", 20).when = world.days(day, day);
      expect_objective(world, day == (home ? 3 : 1) ? 0 : 300);
    }
}

// The representative must be there a day before the crew. Nobody can be there before day 1, so the crew comes on 2.
TEST(Oracle, EscortAhead) {
  for (const auto& [ahead, objective] : {std::pair(0, 0.0), std::pair(1, 300.0)}) {
    MiniWorld world = crews(8, 1, ".111....", {.line = 5});
    world.escort("a", EscortTerms::Role::Representative, 100, EscortTerms::Supply::Roster).ahead_days = ahead;
    world.unit("rep", "mx", "agency-representative");
    expect_objective(world, objective);
  }
}

// Implicit, a day ahead: days 0..2 for a crew on 1 and 2.
TEST(Oracle, ImplicitEscortAhead) {
  MiniWorld world = crews(6, 1, ".11...", {});
  world.escort("a", EscortTerms::Role::Representative, 100, EscortTerms::Supply::Implicit).ahead_days = 1;
  world.policy().points_per_money.value = 1;
  world.policy().escort_daily_cost.value = 10;
  expect_objective(world, 30);
}

// One lead for each two crews, of whatever size. Of three crews the third stays at home.
TEST(Oracle, EscortsByUnits) {
  MiniWorld world = crews(6, 3, ".33...", {});
  world.escort("a", EscortTerms::Role::Lead, 2, EscortTerms::Supply::Roster).counts = EscortTerms::Counts::Units;
  world.unit("lead", "mx", "contingent-lead");
  expect_objective(world, 600);
}

// Only the crew that speaks English goes, until there is an interpreter for each of the other crews, or for two.
TEST(Oracle, Interpreters) {
  MiniWorld world(6);
  world.agreement("a", "mx", "bc", {.languages = {"en"}});
  world.unit("en", "mx", "crew").languages = {"en"};
  world.unit("es", "mx", "crew", 2).languages = {"es"};
  world.request("q", "bc", "crew", ".33...").languages = {"en"};
  expect_objective(world, 1200);
  auto& term = world.escort("a", EscortTerms::Role::Interpreter, 1, EscortTerms::Supply::Roster);
  term.counts = EscortTerms::Counts::Units;
  expect_objective(world, 1200);
  world.unit("interpreter", "mx", "interpreter");
  expect_objective(world, 600);
  term.per_persons = 2;
  expect_objective(world, 0);
}

// A visa, or one of two other papers.
TEST(Oracle, AlternativeDocuments) {
  for (const auto& [paper, objective] : {std::pair("eta", 0.0), std::pair("visa", 0.0), std::pair("card", 600.0)}) {
    MiniWorld world = crews(4, 1, ".11.", {});
    world.agreement_row("a").mobilization.documents.push_back({"visa", {"eta", "nexus"}, planner::kAlways, {}});
    auto data = world.data();
    data.units[planner::UnitIndex(0U)].documents = {paper};
    EXPECT_NEAR(brute_force(Scenario(data)).objective, objective, 1e-9);
  }
}

}  // namespace
}  // namespace relevo::test
