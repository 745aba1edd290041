// SPDX-License-Identifier: MIT
// Moves, shadow and extension days, recalls, lifts, movements, escorts ahead: for each rule a plan made by hand that
// passes and one that breaks it. The assignments are laid out by hand; figures that only repeat them are restated, and
// those that matter are compared with what was worked out on paper.
#include "planner/check/restate.hpp"
#include "tests/planner/check/codes.hpp"
#include "tests/support/rng.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <set>
#include <string>

namespace relevo::planner {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

/// The report of the plan with all its figures restated.
CheckReport judge(World world) {
  const Scenario scenario{std::move(world.data)};
  restate(scenario, world.plan);
  return check(scenario, world.plan);
}

Plan restated(World world) {
  const Scenario scenario{std::move(world.data)};
  restate(scenario, world.plan);
  return world.plan;
}

/// A-7 works at fire one on D10-D13, moves on D14 and works on R-6 on D15-D19.
World world_with_move_day() {
  World w = base_world();
  w.data.requests[kOpen].need = interval(15, 19);
  tour_of_bc(w).max_moves.value = 1;
  tour_of_bc(w).min_line_days.value = 4;
  w.data.travel.set_move({Destination::incident(kFireOne), Destination::agency(kAlberta), kCrew},
                         {1, geo::Distance::from_kilometres(300.0), {}});
  w.at("A-7").stints = {{.request = kCrews, .incident = kFireOne, .line_days = days(10, 13)},
                        {.request = kOpen, .move_days = {D(14)}, .line_days = days(15, 19)}};
  return w;
}

/// The same with a tour of four days, two days off at fire one and the move in them.
World world_with_move_between_tours() {
  World w = world_with_move_day();
  tour_of_bc(w).days_off_in_place.value = 2;
  tour_of_bc(w).max_tours.value = 2;
  // The commitment C-1 would rest in place as well: none of the rules here is about it.
  w.data.commitments[0].first_line_day = D(-4);
  w.at("A-7").stints = {{.request = kCrews, .incident = kFireOne, .line_days = days(10, 12), .days_off = days(13, 14)},
                        {.request = kOpen, .line_days = days(15, 19)}};
  tour_of_bc(w).min_line_days.value = 3;
  return w;
}

/// A-7 begins with a shadow day; R-1 asks for handover.
World world_with_shadow() {
  World w = base_world();
  w.data.requests[kCrews].handover = true;
  w.data.policy.handover_points.value = 50.0;
  tour_of_bc(w).shadow_days.value = 1;
  tour_of_bc(w).min_line_days.value = 9;
  w.at("A-7").stints[0].shadow_days = {D(10)};
  w.at("A-7").stints[0].line_days = days(11, 19);
  return w;
}

/// The tours of British Columbia are of nine days and one more.
World world_with_extension() {
  World w = base_world();
  tour_of_bc(w).max_line_days.value = 9;
  tour_of_bc(w).extension_days.value = 1;
  tour_of_bc(w).min_line_days.value = 9;
  w.data.policy.extension_points.value = 7.0;
  // Nine days of C-1 are its tour, the tenth is inherited within the extension too.
  return w;
}

/// Both of Mexico's crews and their escorts fly from MXAP to ABAP on D3 and back on D37: 42 people.
World world_with_lift() {
  World w = base_world();
  const TravelTable as_it_was = w.data.travel;
  for (const auto& [key, itinerary] : as_it_was.all()) {
    if (key.agreement != kFromMexico)
      continue;
    geo::Itinerary flight = *itinerary;
    flight.legs = {{.from = "base", .to = "airport", .arrive_hour = 20.0},
                   {.mode = geo::LegMode::Flight,
                    .from = "airport",
                    .to = "place",
                    .distance = flight.air,
                    .depart_hour = 26.0,
                    .arrive_hour = 33.0,
                    .from_airport = "MXAP",
                    .to_airport = "ABAP"}};
    w.data.travel.set(key, flight);
  }
  w.data.lifts = {
      {.id = "L-1", .from = "MXAP", .to = "ABAP", .when = interval(3, 3), .seats = 42, .cost = Money{9000.0}},
      {.id = "L-2", .from = "ABAP", .to = "MXAP", .when = interval(36, 36), .seats = 21, .max_uses = 2}};
  return w;
}

/// The aircraft's rules on the pumps of British Columbia: a crew of two, relieved after seven days.
World world_with_reliefs() {
  World w = base_world();
  w.data.kinds.kinds[kPump].crewed = true;
  w.data.kinds.kinds[kPump].relieved = true;
  tour_of_bc(w).max_line_days.value = 10;
  return w;
}

/// An agreement of no consequence that lets Alberta's crews pass on to British Columbia: A-7's second stay is there.
World world_with_second_borrower() {
  World w = world_with_move_day();
  tour_of_bc(w).move_between_borrowers.value = true;
  w.data.agencies.push({.id = "SK", .name = "Saskatchewan", .country = "CA"});
  w.data.requests[kOpen].borrower = AgencyIndex{3U};
  const Destination place = Destination::agency(AgencyIndex{3U});
  w.data.travel.set({BaseIndex{2U}, place, kCrew, kFromBc},
                    *w.data.travel.find({BaseIndex{2U}, Destination::agency(kAlberta), kCrew, kFromBc}));
  w.data.travel.set_move({Destination::incident(kFireOne), place, kCrew}, {1, {}, {}});
  w.data.consents = {{.lender = kBritishColumbia, .borrower = AgencyIndex{3U}, .channel = "bc"}};
  return w;
}

/// British Columbia recalls what it lends from D20 on, when are on their way home and C-1 long back.
World world_with_recall() {
  World w = base_world();
  for (const char* id : {"A-9", "A-10"})
    w.drop(id);
  w.drop("A-8");
  w.data.recalls = {{.lender = kBritishColumbia, .channel = "bc", .day = D(18), .effective = D(20)}};
  return w;
}

/// Mexico's representative is there a day before its crews, whose orientation takes one day more than the escort's
/// work.
World world_with_escorts_ahead() {
  World w = base_world();
  for (EscortTerms& terms : w.data.agreements[kFromBc].escorts)
    terms.ahead_days = 2;
  return w;
}

/// Mexico's crews speak Spanish only and bring interpreters, two for each crew, named by the lender.
World world_with_interpreters() {
  World w = base_world();
  w.data.units[kMxCrew].qualifications = {"s-190"};
  w.data.agreements[kFromMexico].escorts.push_back({.role = EscortTerms::Role::Interpreter,
                                                    .kind = "interpreter",
                                                    .per_persons = 1,
                                                    .counts = EscortTerms::Counts::Units,
                                                    .supply = EscortTerms::Supply::Implicit});
  return w;
}

World world_with_min_persons() {
  World w = base_world();
  w.data.agreements[kFromMexico].contingent.min_persons.value = 40;
  return w;
}

struct Passing {
  const char* name;
  World (*make)();
};

void PrintTo(const Passing& passing, std::ostream* out) {
  *out << passing.name;
}

class UnbrokenTest : public testing::TestWithParam<Passing> {};

TEST_P(UnbrokenTest, Passes) {
  const CheckReport report = judge(GetParam().make());
  EXPECT_THAT(codes_of(report.violations), IsEmpty());
}

const Passing kPassing[] = {
    {"Base", base_world},
    {"Move", world_with_move_day},
    {"MoveBetweenTours", world_with_move_between_tours},
    {"Shadow", world_with_shadow},
    {"Extension", world_with_extension},
    {"Lift", world_with_lift},
    {"Reliefs", world_with_reliefs},
    {"SecondBorrower", world_with_second_borrower},
    {"EscortsAhead", world_with_escorts_ahead},
    {"Interpreters", world_with_interpreters},
    {"MinPersons", world_with_min_persons},
};
INSTANTIATE_TEST_SUITE_P(All, UnbrokenTest, testing::ValuesIn(kPassing),
                         [](const auto& test) { return test.param.name; });

struct Mutation {
  const char* name;
  World (*make)();
  void (*break_it)(World&);
  const char* code;
};

void PrintTo(const Mutation& mutation, std::ostream* out) {
  *out << mutation.name;
}

class MutationTest : public testing::TestWithParam<Mutation> {};

TEST_P(MutationTest, IsCaught) {
  World world = GetParam().make();
  GetParam().break_it(world);
  EXPECT_THAT(codes_of(judge(world).violations), Contains(GetParam().code));
}

const Mutation kDays[] = {
    {"MoveThatTheAgreementHasNot", world_with_move_day, [](World& w) { tour_of_bc(w).max_moves.value = 0; },
     "tour.moves"},
    {"MoveWithoutAWay", world_with_move_day,
     [](World& w) { stint_of(w, "A-7", 1).incident = w.data.requests[kOpen].incident = kFireTwo; }, "travel.move"},
    {"MoveWithoutItsDay", world_with_move_day,
     [](World& w) {
       stint_of(w, "A-7", 0).line_days.push_back(D(14));
       stint_of(w, "A-7", 1).move_days.clear();
     },
     "stint.move"},
    {"MoveOfTwoDays", world_with_move_day,
     [](World& w) {
       stint_of(w, "A-7", 0).line_days.pop_back();
       stint_of(w, "A-7", 1).move_days = days(13, 14);
       tour_of_bc(w).min_line_days.value = 3;
     },
     "stint.move"},
    {"MoveDayAfterTheFirstLineDay", world_with_move_day,
     [](World& w) {
       w.data.requests[kOpen].need = interval(14, 19);
       stint_of(w, "A-7", 1).move_days = {D(15)};
       stint_of(w, "A-7", 1).line_days = {D(14), D(16), D(17), D(18), D(19)};
     },
     "stint.move"},
    {"MoveDaysWithoutAMove", base_world,
     [](World& w) {
       stint_of(w, "A-7").move_days = {D(10)};
       stint_of(w, "A-7").line_days = days(11, 19);
     },
     "stint.move"},
    {"MoveCountsAsADayOnDuty", world_with_move_day, [](World& w) { tour_of_bc(w).max_line_days.value = 9; },
     "tour.line_days"},
    {"FirstStayTooShort", world_with_move_day, [](World& w) { tour_of_bc(w).min_line_days.value = 5; },
     "tour.min_line_days"},
    {"SecondStayWithoutALineDay", world_with_move_day,
     [](World& w) {
       stint_of(w, "A-7", 1).line_days.clear();
       w.at("A-7").release = w.at("A-7").home = D(15);
     },
     "tour.min_line_days"},
    {"MoveLongerThanTheDaysOff", world_with_move_between_tours,
     [](World& w) {
       w.data.travel.set_move({Destination::incident(kFireOne), Destination::agency(kAlberta), kCrew}, {3, {}, {}});
     },
     "stint.move"},
    {"MoveDayAfterDaysOff", world_with_move_between_tours,
     [](World& w) {
       stint_of(w, "A-7", 1).move_days = {D(15)};
       stint_of(w, "A-7", 1).line_days = days(16, 19);
     },
     "stint.move"},
    {"DaysOffAtTheRequestMovedTo", world_with_move_between_tours,
     [](World& w) { std::swap(stint_of(w, "A-7", 0).days_off, stint_of(w, "A-7", 1).days_off); }, "stint.days_off"},
    {"NoConsent", world_with_second_borrower, [](World& w) { w.data.consents.clear(); }, "stint.borrower"},
    {"ConsentOfAnotherLender", world_with_second_borrower, [](World& w) { w.data.consents[0].lender = kMexico; },
     "stint.borrower"},
    {"ConsentForAnotherChannel", world_with_second_borrower, [](World& w) { w.data.consents[0].channel = "mx"; },
     "stint.borrower"},
    {"AgreementWithoutMovesBetweenBorrowers", world_with_second_borrower,
     [](World& w) { tour_of_bc(w).move_between_borrowers.value = false; }, "stint.borrower"},
    {"SecondBorrowerNoParty", world_with_second_borrower,
     [](World& w) { w.data.agencies[AgencyIndex{3U}].country = "US"; }, "pair.agreement"},
    {"NoWayHomeFromTheSecondPlace", world_with_second_borrower,
     [](World& w) {
       stint_of(w, "A-7", 1).incident = w.data.requests[kOpen].incident = w.data.incidents.push({.id = "F-3"});
       w.data.travel.set_move({Destination::incident(kFireOne), Destination::incident(IncidentIndex{2U}), kCrew},
                              {1, {}, {}});
     },
     "pair.travel"},
    {"ShadowThatTheAgreementHasNot", world_with_shadow, [](World& w) { tour_of_bc(w).shadow_days.value = 0; },
     "tour.shadow"},
    {"SecondShadowDay", world_with_shadow,
     [](World& w) {
       stint_of(w, "A-7").shadow_days = days(10, 11);
       stint_of(w, "A-7").line_days = days(12, 19);
     },
     "tour.shadow"},
    {"ShadowDayOutsideTheNeed", world_with_shadow, [](World& w) { w.data.requests[kCrews].need.first = D(11); },
     "tour.need"},
    {"ShadowOfAnEscort", base_world,
     [](World& w) {
       w.data.agreements[kFromMexico].tour.shadow_days.value = 1;
       stint_of(w, "A-3").shadow_days = {D(5)};
       stint_of(w, "A-3").line_days.erase(stint_of(w, "A-3").line_days.begin());
     },
     "tour.shadow"},
    {"DayBeyondTheExtension", world_with_extension, [](World& w) { tour_of_bc(w).max_line_days.value = 8; },
     "tour.line_days"},
    {"ExtensionOfAnEscort", base_world,
     [](World& w) {
       w.data.agreements[kFromMexico].tour.max_line_days.value = 13;
       w.data.agreements[kFromMexico].tour.extension_days.value = 1;
       w.drop("A-1");
       w.drop("A-2");
     },
     "tour.line_days"},
    {"RecalledBeforeItLeaves", world_with_recall, [](World& w) { w.data.recalls[0].effective = D(19); },
     "deployment.recalled"},
    {"RecalledBeforeItDeparts", world_with_recall, [](World& w) { w.data.recalls[0].effective = D(9); },
     "pair.recalled"},
    {"RecallOfEverything", world_with_recall,
     [](World& w) {
       w.data.recalls[0].channel.clear();
       w.data.recalls[0].effective = D(19);
     },
     "deployment.recalled"},
    {"DownWhileAway", base_world, [](World& w) { w.data.units[kBcPump].down = {interval(21, 21)}; }, "unit.down"},
    {"FireTooFierce", base_world,
     [](World& w) {
       w.data.requests[kPeople].fire_behaviour = FireBehaviour::High;
       w.data.kinds.kinds[kCrew].types[0].faces = FireBehaviour::Moderate;
     },
     "pair.fire_behaviour"},
    {"FireAtTheIncident", base_world,
     [](World& w) {
       w.data.incidents[kFireTwo].fire_behaviour = FireBehaviour::Low;
       w.data.kinds.kinds[kCrew].types[0].faces.reset();
     },
     "pair.fire_behaviour"},
    {"NeitherDocumentNorAlternative", base_world,
     [](World& w) {
       auto& rule = w.data.agreements[kFromMexico].mobilization.documents[0];
       rule.document = "visa-ca";
       rule.alternatives = {"eta-ca"};
     },
     "pair.document"},
};
INSTANTIATE_TEST_SUITE_P(Days, MutationTest, testing::ValuesIn(kDays),
                         [](const auto& test) { return test.param.name; });

const Mutation kTogether[] = {
    {"UnitsAtRestAreNotAvailable", base_world,
     [](World& w) {
       // C-1 rests on D7 and D8: six tenths of three crews are one, of four two, and are away.
       w.data.policy.exportable_share[2].value = 0.6;
       w.data.agencies[kBritishColumbia].levels = {{D(-50), 2}, {D(7), 3}, {D(9), 2}};
     },
     "plan.reserve"},
    {"UnitsThatAreDownAreNotAvailable", base_world,
     [](World& w) {
       w.data.units.push(w.data.units[kBcCrew]);
       Unit& spare = w.data.units[UnitIndex{6U}];
       spare.id = "bc-spare";
       w.data.units[kBcCrew].count = 3;
       spare.count = 1;
       spare.down = {interval(9, 9)};
     },
     "plan.reserve"},
    {"RosterEscortNotThereAhead", base_world,
     [](World& w) { w.data.agreements[kFromMexico].escorts[0].ahead_days = 1; }, "plan.escort"},
    {"RosterInterpreterMissing", world_with_interpreters,
     [](World& w) { w.data.agreements[kFromMexico].escorts.back().supply = EscortTerms::Supply::Roster; },
     "plan.escort"},
    {"EscortsCountUnits", base_world,
     [](World& w) {
       w.data.agreements[kFromMexico].escorts[0].counts = EscortTerms::Counts::Units;
       w.data.agreements[kFromMexico].escorts[0].per_persons = 1;
     },
     "plan.escort"},
    {"SeatTooFewOut", world_with_lift, [](World& w) { w.data.lifts[0].seats = 41; }, "plan.lift"},
    {"SeatTooFewHome", world_with_lift, [](World& w) { w.data.lifts[1].seats = 20; }, "plan.lift"},
    {"LiftOnAnotherDayOut", world_with_lift, [](World& w) { w.data.lifts[0].when = interval(2, 2); }, "plan.lift"},
    {"LiftOnAnotherDayHome", world_with_lift, [](World& w) { w.data.lifts[1].when = interval(37, 37); }, "plan.lift"},
    {"MovementTooSmall", world_with_min_persons,
     [](World& w) { w.data.agreements[kFromMexico].contingent.min_persons.value = 41; }, "plan.movement"},
};
INSTANTIATE_TEST_SUITE_P(Together, MutationTest, testing::ValuesIn(kTogether),
                         [](const auto& test) { return test.param.name; });

/// Figures that a plan states wrongly, after all of them have been restated.
struct WrongFigure {
  const char* name;
  World (*make)();
  void (*falsify)(Plan&);
  const char* code;
};

void PrintTo(const WrongFigure& wrong, std::ostream* out) {
  *out << wrong.name;
}

class WrongFigureTest : public testing::TestWithParam<WrongFigure> {};

TEST_P(WrongFigureTest, IsCaught) {
  World world = GetParam().make();
  const Scenario scenario{std::move(world.data)};
  restate(scenario, world.plan);
  GetParam().falsify(world.plan);
  EXPECT_THAT(codes_of(check(scenario, world.plan).violations), Contains(GetParam().code));
}

const WrongFigure kWrongFigures[] = {
    {"ExtensionDays", world_with_extension, [](Plan& p) { --p.assignments[6].extension_days; },
     "assignment.extension_days"},
    {"Reliefs", world_with_reliefs, [](Plan& p) { --p.assignments[8].reliefs; }, "assignment.reliefs"},
    {"CostOfReliefs", world_with_reliefs, [](Plan& p) { p.assignments[8].cost.erase("relief"); }, "cost.items"},
    {"Drops", world_with_shadow, [](Plan& p) { ++p.requests[0].drops[18]; }, "request.drops"},
    {"DropsWithoutHandover", base_world, [](Plan& p) { p.requests[0].drops = p.requests[0].unmet; }, "request.drops"},
    {"Disturbance", world_with_shadow, [](Plan& p) { p.result.vector.disturbance += Points{50.0}; },
     "objective.disturbance"},
    {"LiftNotUsed", world_with_lift, [](Plan& p) { p.lifts.pop_back(); }, "plan.lift"},
    {"LiftUsedTooOften", world_with_lift, [](Plan& p) { ++p.lifts[0].uses; }, "lift.uses"},
    {"LiftUsedLessThanNever", world_with_lift, [](Plan& p) { p.lifts[0].uses = -1; }, "lift.uses"},
    {"LiftListedTwice", world_with_lift, [](Plan& p) { p.lifts.push_back(p.lifts[0]); }, "lift.uses"},
    {"LiftOnADayWithoutIt", world_with_lift, [](Plan& p) { p.lifts[0].day += Days{1}; }, "lift.uses"},
    {"UnknownLift", world_with_lift, [](Plan& p) { p.lifts[0].lift = 99; }, "plan.index"},
    {"PassengersOfALift", world_with_lift, [](Plan& p) { --p.lifts[0].passengers; }, "lift.figures"},
    {"CostOfALift", world_with_lift, [](Plan& p) { p.lifts[0].cost = Money{1.0}; }, "lift.figures"},
};
INSTANTIATE_TEST_SUITE_P(All, WrongFigureTest, testing::ValuesIn(kWrongFigures),
                         [](const auto& test) { return test.param.name; });

TEST(Restate, SaysWhatThePlanMadeByHandSays) {
  const World world = base_world();
  const Plan plan = restated(world);
  EXPECT_EQ(plan.result.vector, world.plan.result.vector);
  EXPECT_NEAR(plan.result.objective, world.plan.result.objective, 1e-6);
  ASSERT_EQ(plan.requests.size(), world.plan.requests.size());
  for (std::size_t i = 0; i < plan.requests.size(); ++i) {
    EXPECT_EQ(plan.requests[i].working, world.plan.requests[i].working);
    EXPECT_EQ(plan.requests[i].assigned, world.plan.requests[i].assigned);
    EXPECT_EQ(plan.requests[i].unmet, world.plan.requests[i].unmet);
    EXPECT_EQ(plan.requests[i].status, world.plan.requests[i].status);
  }
  for (std::size_t i = 0; i < plan.assignments.size(); ++i) {
    EXPECT_EQ(plan.assignments[i].cost, world.plan.assignments[i].cost);
    EXPECT_EQ(plan.assignments[i].arrive, world.plan.assignments[i].arrive);
    EXPECT_EQ(plan.assignments[i].rested, world.plan.assignments[i].rested);
  }
}

TEST(Restate, LaysCommitmentsOut) {
  World world = base_world();
  const std::vector<Stint> by_hand = world.at("A-11").stints;
  world.drop("A-11");
  const Scenario scenario{world.data};
  add_commitments(scenario, world.plan);
  EXPECT_EQ(world.plan.assignments.back().stints, by_hand);
  restate(scenario, world.plan);
  EXPECT_THAT(codes_of(check(scenario, world.plan).violations), IsEmpty());
}

/// Puts an escort into a contingent of its own, so many days later than the crews of Mexico, who arrive on D3.
void travel_apart(World& w, const std::string& escort, int later) {
  Assignment& a = w.at(escort);
  const Days shift{later};
  for (Day* day : {&a.depart, &a.arrive, &a.release, &a.home, &a.rested})
    *day += shift;
  for (Stint& stint : a.stints)
    for (std::vector<Day>* list : {&stint.line_days, &stint.days_off})
      for (Day& day : *list)
        day += shift;
}

/// The contingent of the two crews, which is the first.
Contingent contingent_of_crews(const World& world) {
  return restated(world).contingents.at(0);
}

TEST(Contingents, ALeadWhoComesLaterLeadsNobodyWhoIsThere) {
  World world = base_world();
  EXPECT_EQ(contingent_of_crews(world).lead, "A-4");  // on the same day, in the same contingent
  travel_apart(world, "A-4", 1);
  EXPECT_EQ(contingent_of_crews(world).lead, "");
  travel_apart(world, "A-4", 10);
  EXPECT_EQ(contingent_of_crews(world).lead, "");
  travel_apart(world, "A-4", -12);  // now a day earlier than the crews
  EXPECT_EQ(contingent_of_crews(world).lead, "A-4");
  travel_apart(world, "A-4", -31);  // its last day present is D3, when they arrive
  EXPECT_EQ(contingent_of_crews(world).lead, "A-4");
  travel_apart(world, "A-4", -1);
  EXPECT_EQ(contingent_of_crews(world).lead, "");
}

TEST(Contingents, ARepresentativeIsThereItsDaysAhead) {
  World world = base_world();
  world.data.agreements[kFromMexico].escorts[0].ahead_days = 2;
  EXPECT_EQ(contingent_of_crews(world).representative, "A-3");  // who travels with them stands for them all the same
  travel_apart(world, "A-3", -1);
  EXPECT_EQ(contingent_of_crews(world).representative, "");
  travel_apart(world, "A-3", -1);
  EXPECT_EQ(contingent_of_crews(world).representative, "A-3");
}

/// What check finds in the plan with all its figures restated, when the contingent of the crews names `lead` and
/// `representative`.
std::set<std::string> codes_when_named(World world, const std::string& lead, const std::string& representative) {
  const Scenario scenario{world.data};
  restate(scenario, world.plan);
  world.plan.contingents.at(0).lead = lead;
  world.plan.contingents.at(0).representative = representative;
  return codes_of(check(scenario, world.plan).violations);
}

TEST(Contingents, CheckFindsALeadWhoIsNotThereAtTheArrival) {
  World world = base_world();
  travel_apart(world, "A-4", 1);
  EXPECT_THAT(codes_when_named(world, "A-4", "A-3"), Contains("contingent.lead"));
  EXPECT_THAT(codes_when_named(world, "", "A-3"), Not(Contains("contingent.lead")));
  travel_apart(world, "A-4", -2);
  EXPECT_THAT(codes_when_named(world, "A-4", "A-3"), Not(Contains("contingent.lead")));
  travel_apart(world, "A-4", -32);
  EXPECT_THAT(codes_when_named(world, "A-4", "A-3"), Contains("contingent.lead"));
}

TEST(Contingents, CheckFindsARepresentativeWhoIsNotThereInTime) {
  World world = base_world();
  world.data.agreements[kFromMexico].escorts[0].ahead_days = 2;
  travel_apart(world, "A-3", -1);
  EXPECT_THAT(codes_when_named(world, "A-4", "A-3"), Contains("contingent.representative"));
  EXPECT_THAT(codes_when_named(world, "A-4", ""), Not(Contains("contingent.representative")));
  travel_apart(world, "A-3", -1);
  EXPECT_THAT(codes_when_named(world, "A-4", "A-3"), Not(Contains("contingent.representative")));
  EXPECT_THAT(codes_when_named(world, "A-4", ""), Contains("contingent.representative"));
}

TEST(Costs, TheMoveIsPaidAndTheWayHomeIsFromTheLastPlace) {
  // 20 people: 600 km out and 600 km home at 0.2, and 300 km between.
  EXPECT_EQ(restated(world_with_move_day()).assignments[6].cost.at("travel"), Money{20 * 0.2 * (600 + 600 + 300)});
}

TEST(Costs, AirKilometresOnALiftAreFreeAndTheLiftIsPaid) {
  const Plan plan = restated(world_with_lift());
  // 2 x 20 x 100 km x 0.2 on the ground; the table has both directions.
  EXPECT_EQ(plan.assignments[0].cost.at("travel"), Money{800.0});
  ASSERT_EQ(plan.lifts.size(), 2U);
  EXPECT_EQ(plan.lifts[0].passengers, 42);
  EXPECT_EQ(plan.lifts[0].cost, Money{9000.0});
  EXPECT_EQ(plan.lifts[1].uses, 2);
  // Two crews save 2 x 16000 and two escorts 2 x 800 of what the base plan costs.
  EXPECT_DOUBLE_EQ(plan.result.vector.cost.value(), 375160.0 - 33600.0 + 9000.0);
}

/// The least that carries so many people on up to three lifts, by trying all uses; nothing where they are too few.
std::optional<double> least_cost(const std::vector<Lift>& lifts, int passengers) {
  std::optional<double> least;
  const auto try_uses = [&](int first, int second, int third) {
    const int seats = first * lifts[0].seats + second * lifts[1].seats + third * lifts[2].seats;
    const double cost = first * lifts[0].cost.value() + second * lifts[1].cost.value() + third * lifts[2].cost.value();
    if (seats >= passengers && (!least || cost < *least))
      least = cost;
  };
  for (int first = 0; first <= lifts[0].max_uses; ++first)
    for (int second = 0; second <= lifts[1].max_uses; ++second)
      for (int third = 0; third <= lifts[2].max_uses; ++third)
        try_uses(first, second, third);
  return least;
}

// 42 people fly out on D3. A few seats at a low price each may cost more than many at a high one, and the other way
// round.
TEST(Costs, LiftsUsedAreTheCheapestThatCarryEverybody) {
  test::Rng rng(20);
  int judged = 0;
  for (int i = 0; i < 300; ++i) {
    World w = world_with_lift();
    w.data.lifts.clear();
    for (const char* id : {"L-1", "L-2", "L-3"})
      w.data.lifts.push_back({.id = id,
                              .from = "MXAP",
                              .to = "ABAP",
                              .when = interval(3, 3),
                              .seats = rng.pick(1, 45),
                              .max_uses = rng.pick(1, 4),
                              .cost = Money{100.0 * rng.pick(0, 20)}});
    const auto least = least_cost(w.data.lifts, 42);
    if (!least)
      continue;
    ++judged;
    double cost = 0;
    for (const LiftLine& line : restated(w).lifts)
      cost += line.cost.value();
    EXPECT_DOUBLE_EQ(cost, *least) << "scenario " << i;
  }
  EXPECT_GT(judged, 200);
}

TEST(Costs, ReliefsTravelBothWays) {
  const Plan plan = restated(world_with_reliefs());
  // Present on D2-D20: 19 days, so one new crew after ten; n = 1, 600 km at 0.2.
  EXPECT_EQ(plan.assignments[8].reliefs, 1);
  EXPECT_EQ(plan.assignments[8].cost.at("relief"), Money{240.0});
}

TEST(Costs, ImplicitEscortsAheadArePaid) {
  // With two days ahead: D1 and D2 before D3, and D8 and D9 before D10, two representatives each.
  EXPECT_DOUBLE_EQ(restated(world_with_escorts_ahead()).result.vector.cost.value(), 375160.0 + 4 * 2 * 500.0);
}

TEST(Costs, InterpretersAreByUnit) {
  // Two crews on duty or off from D5 to D35: two interpreters on 31 days.
  EXPECT_DOUBLE_EQ(restated(world_with_interpreters()).result.vector.cost.value(), 375160.0 + 31 * 2 * 500.0);
}

TEST(Disturbance, CountsDropsAndExtensionDays) {
  // A-7 leaves on D19 with nobody in its place; the crews from Mexico leave on the last day of the need.
  EXPECT_EQ(restated(world_with_shadow()).result.vector.disturbance, Points{50.0});
  // work ten days of nine.
  EXPECT_EQ(restated(world_with_extension()).result.vector.disturbance, Points{21.0});
}

TEST(Disturbance, AShadowTakesOverFromWhoLeaves) {
  World world = world_with_shadow();
  Assignment next = world.at("A-7");
  next.id = "A-12";
  next.ordinal = 4;
  next.depart = D(18);
  next.release = next.home = D(29);
  next.stints[0].shadow_days = {D(19)};
  next.stints[0].line_days = days(20, 28);
  world.plan.assignments.push_back(next);
  const Plan plan = restated(world);
  EXPECT_EQ(plan.requests[0].drops[19], 0);
  EXPECT_EQ(plan.requests[0].drops[28], 1);
}

TEST(Disturbance, WhoMovesOnOrIsCommittedLeavesToo) {
  World world = world_with_move_day();
  world.data.requests[kCrews].handover = true;
  world.data.requests[kUnderWay].handover = true;
  world.data.requests[kUnderWay].need.last = D(10);
  const Plan plan = restated(world);
  EXPECT_EQ(plan.requests[0].drops[13], 1);
  // The commitment is released on D6.
  EXPECT_EQ(plan.requests[4].drops[5], 1);
}

TEST(Disturbance, DaysOffBeforeMoreWorkAreNoLeaving) {
  World world = base_world();
  world.data.requests[kCrews].handover = true;
  EXPECT_EQ(restated(world).requests[0].drops[18], 0);
}

TEST(Movements, HaveTheirPrice) {
  World world = base_world();
  world.data.policy.movement_points.value = 10.0;
  // Out: Mexico on D2, British Columbia on D1, D2 and D9. Home on D37, D13, D20 and D21. Own forces and escorts are
  // none.
  EXPECT_NEAR(restated(world).result.objective, base_world().plan.result.objective + 80.0, 1e-6);
}

TEST(Moves, ADayOfAMoveBelongsToTheNextBorrower) {
  World world = world_with_second_borrower();
  world.data.agreements[kFromBc].escorts[0].threshold = 0;
  const Plan plan = restated(world);
  const auto line = std::ranges::find(plan.escorts, AgencyIndex{3U}, &EscortLine::borrower);
  ASSERT_NE(line, plan.escorts.end());
  EXPECT_EQ(line->persons, steps({{14, 20}, {20, 0}}));
}

TEST(Recalls, WhoHasLeftIsNotConcerned) {
  World world = world_with_recall();
  const CheckReport report = judge(world);
  EXPECT_THAT(codes_of(report.violations), Not(Contains("deployment.recalled")));
  EXPECT_THAT(codes_of(report.violations), Not(Contains("pair.recalled")));
}

TEST(Recalls, ACommitmentThatStaysIsAFinding) {
  World world = base_world();
  world.data.recalls = {{.lender = kBritishColumbia, .channel = "bc", .day = D(0), .effective = D(0)}};
  EXPECT_THAT(codes_of(judge(world).findings), Contains("inherited.deployment.recalled"));
}

TEST(Documents, AnAlternativeDoes) {
  World world = base_world();
  auto& rule = world.data.agreements[kFromMexico].mobilization.documents[0];
  rule.document = "visa-ca";
  rule.alternatives = {"eta-ca", "passport"};
  EXPECT_THAT(codes_of(judge(world).violations), IsEmpty());
}

TEST(Aircraft, OneWhoseCrewIsRelievedHasNoTour) {
  World world = world_with_reliefs();
  tour_of_bc(world).max_line_days.value = 3;
  for (const char* id : {"A-5", "A-6", "A-7"})
    world.drop(id);
  EXPECT_THAT(codes_of(judge(world).violations), Not(Contains("tour.line_days")));
  tour_of_bc(world).orientation_days.value = 1;
  EXPECT_THAT(codes_of(judge(world).violations), Contains("tour.orientation"));
}

TEST(Tours, WithoutDaysOffAMoveMayLieAnywhereInThem) {
  World world = world_with_move_day();
  tour_of_bc(world).max_line_days.value = 5;
  tour_of_bc(world).max_tours.value = 2;
  EXPECT_THAT(codes_of(judge(world).violations), IsEmpty());
}

TEST(Precedence, NamesTheUnitAtHomeThatIsNearer) {
  World world = base_world();
  // The Alberta crew stays home, has what R-1 asks for and could take the place of A-7.
  world.data.units[kAbCrew].qualifications = {"s-190"};
  const Finding finding = find_code(judge(world).findings, "precedence.nearer");
  EXPECT_EQ(finding.subject, "A-7");
  EXPECT_EQ(finding.day, D(9));
  EXPECT_DOUBLE_EQ(finding.amount, 1.0);
}

TEST(Precedence, SaysNothingWhereTheNearerUnitBreaksARule) {
  World world = base_world();
  world.data.units[kAbCrew].qualifications = {"s-190"};
  world.data.units[kAbCrew].available = interval(-10, 18);
  EXPECT_THAT(codes_of(judge(world).findings), IsEmpty());
}

TEST(Precedence, SaysNothingWhereThePlanWouldBreakARule) {
  World world = base_world();
  world.data.units[kAbCrew].qualifications = {"s-190"};
  world.data.decisions.push_back({.action = Decision::Action::Pin, .unit = kBcCrew, .request = kCrews});
  EXPECT_THAT(codes_of(judge(world).findings), IsEmpty());
}

TEST(Precedence, SaysNothingOfUnitsThatAreAway) {
  World world = base_world();
  world.data.units[kAbCrew].qualifications = {"s-190"};
  world.data.units[kAbCrew].count = 1;
  world.at("A-8").ordinal = 1;
  // A-8 is at home on D11, rested on D12, and A-7 works from D10 on.
  EXPECT_THAT(codes_of(judge(world).findings), IsEmpty());
}

}  // namespace
}  // namespace relevo::planner
