// SPDX-License-Identifier: MIT
// Plans broken by hand, one rule each, over the scenario of base_plan.hpp as it is. A broken plan usually breaks more
// than one rule (its figures no longer match); the one it was broken for must be among them.
#include "tests/planner/check/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

namespace relevo::planner {
namespace {

using testing::Contains;

struct BrokenPlan {
  const char* name;
  void (*break_it)(World&);
  const char* code;
};

void PrintTo(const BrokenPlan& broken, std::ostream* out) {
  *out << broken.name;
}

class BrokenPlanTest : public testing::TestWithParam<BrokenPlan> {};

TEST_P(BrokenPlanTest, IsCaught) {
  World world = base_world();
  GetParam().break_it(world);
  EXPECT_THAT(codes_of(check(world).violations), Contains(GetParam().code));
}

const BrokenPlan kUnderstood[] = {
    {"UnknownUnit", [](World& w) { w.at("A-1").unit = UnitIndex{99U}; }, "plan.index"},
    {"UnknownAgreement", [](World& w) { w.at("A-1").agreement = AgreementIndex{99U}; }, "plan.index"},
    {"UnknownBorrower", [](World& w) { w.at("A-1").borrower = AgencyIndex{99U}; }, "plan.index"},
    {"UnknownRequest", [](World& w) { stint_of(w, "A-1").request = RequestIndex{99U}; }, "plan.index"},
    {"UnknownIncident", [](World& w) { stint_of(w, "A-1").incident = IncidentIndex{99U}; }, "plan.index"},
    {"UnknownRequestInFigures", [](World& w) { w.plan.requests[0].request = RequestIndex{99U}; }, "plan.index"},
    {"NegativeDay", [](World& w) { w.at("A-1").depart = Day{Days{-9000000}}; }, "plan.day"},
    {"LineDayWithoutEnd", [](World& w) { stint_of(w, "A-1").line_days.push_back(Day{Days{9000000}}); }, "plan.day"},
    {"HomeBeforeDeparture", [](World& w) { w.at("A-1").home = D(1); }, "plan.order"},
    {"ReleaseAfterHome", [](World& w) { w.at("A-1").release = D(38); }, "plan.order"},
    {"SameIdTwice", [](World& w) { w.at("A-1").id = "A-2"; }, "assignment.id"},
    {"NoId", [](World& w) { w.at("A-1").id = ""; }, "assignment.id"},
    {"WrongPersons", [](World& w) { w.at("A-1").persons = 25; }, "assignment.persons"},
    {"FirmCalledOutlook", [](World& w) { w.at("A-1").phase = Phase::Outlook; }, "assignment.phase"},
    {"OutlookCalledFirm", [](World& w) { w.at("A-7").phase = Phase::Firm; }, "assignment.phase"},
    {"NoStints", [](World& w) { w.at("A-1").stints.clear(); }, "stint.none"},
    {"EmptyStint", [](World& w) { w.at("A-1").stints.push_back({.request = kCrews, .incident = kFireOne}); },
     "stint.empty"},
    {"NoRequest", [](World& w) { stint_of(w, "A-1").request.reset(); }, "stint.request"},
    {"EscortAtARequest", [](World& w) { stint_of(w, "A-3").request = kCrews; }, "stint.request"},
    {"WrongIncident", [](World& w) { stint_of(w, "A-1").incident = kFireTwo; }, "stint.incident"},
    {"UnsortedDays", [](World& w) { std::swap(stint_of(w, "A-1").line_days[0], stint_of(w, "A-1").line_days[1]); },
     "stint.days"},
    {"DayTwice", [](World& w) { stint_of(w, "A-1").shadow_days = {D(6)}; }, "stint.days"},
    {"StintsOutOfOrder",
     [](World& w) {
       Stint later = stint_of(w, "A-7");
       Stint earlier = later;
       later.line_days = days(15, 19);
       earlier.line_days = days(10, 14);
       w.at("A-7").stints = {later, earlier};
     },
     "stint.order"},
    {"LineDayBeforeDeparture",
     [](World& w) { stint_of(w, "A-7").line_days.insert(stint_of(w, "A-7").line_days.begin(), D(8)); },
     "stint.outside"},
};
INSTANTIATE_TEST_SUITE_P(Understood, BrokenPlanTest, testing::ValuesIn(kUnderstood),
                         [](const auto& test) { return test.param.name; });

const BrokenPlan kDeployment[] = {
    {"WorksBeforeItCanArrive", [](World& w) { stint_of(w, "A-7").line_days = days(9, 18); }, "travel.arrival"},
    {"ClaimsAnEarlierArrival", [](World& w) { w.at("A-1").arrive = D(2); }, "travel.arrival"},
    {"LateArrivalWithoutLaterWork", [](World& w) { w.at("A-5").depart = w.at("A-5").arrive = D(3); }, "travel.arrival"},
    {"OrientationSkipped", [](World& w) { stint_of(w, "A-1").line_days[0] = D(4); }, "tour.orientation"},
    {"IdleAfterArrival", [](World& w) { stint_of(w, "A-7").line_days.erase(stint_of(w, "A-7").line_days.begin()); },
     "tour.idle"},
    {"IdleBetweenLineDays",
     [](World& w) { stint_of(w, "A-7").line_days.erase(stint_of(w, "A-7").line_days.begin() + 3); }, "tour.idle"},
    {"LineDayTooMany", [](World& w) { stint_of(w, "A-7").line_days.push_back(D(20)); }, "tour.line_days"},
    {"ShadowDayTooMany", [](World& w) { stint_of(w, "A-7").shadow_days.push_back(D(20)); }, "tour.line_days"},
    {"NoDaysOff", [](World& w) { stint_of(w, "A-1").days_off.clear(); }, "tour.idle"},
    {"WorksThroughDaysOff",
     [](World& w) {
       stint_of(w, "A-1").days_off.clear();
       stint_of(w, "A-1").line_days = days(5, 35);
     },
     "tour.line_days"},
    {"DayOffMissing",
     [](World& w) {
       stint_of(w, "A-1").days_off = days(19, 20);
       stint_of(w, "A-1").line_days.insert(stint_of(w, "A-1").line_days.begin() + 14, D(21));
     },
     "tour.days_off"},
    {"DayOffTooMany",
     [](World& w) {
       stint_of(w, "A-1").days_off.push_back(D(22));
       stint_of(w, "A-1").line_days.erase(stint_of(w, "A-1").line_days.begin() + 14);
     },
     "tour.days_off_long"},
    {"DaysOffBeforeGoingHome", [](World& w) { stint_of(w, "A-7").days_off = {D(20)}; }, "tour.days_off_long"},
    {"ThirdTour",
     [](World& w) {
       stint_of(w, "A-1").line_days.erase(stint_of(w, "A-1").line_days.begin() + 16,
                                          stint_of(w, "A-1").line_days.begin() + 19);
       stint_of(w, "A-1").days_off = {D(19), D(20), D(21), D(24), D(25), D(26)};
     },
     "tour.tours"},
    {"StaysTooShort",
     [](World& w) {
       stint_of(w, "A-7").line_days.pop_back();
       w.at("A-7").release = w.at("A-7").home = D(19);
     },
     "tour.min_line_days"},
    {"OnlyShadowDays", [](World& w) { std::swap(stint_of(w, "A-7").line_days, stint_of(w, "A-7").shadow_days); },
     "tour.min_line_days"},
    {"LineDayOutsideTheNeed", [](World& w) { stint_of(w, "A-7").request = kOpen; }, "tour.need"},
    {"ReleasedLate", [](World& w) { w.at("A-1").release = D(37); }, "travel.release"},
    {"HomeTooSoon", [](World& w) { w.at("A-1").home = D(36); }, "travel.home"},
    {"HomeTooLate", [](World& w) { w.at("A-1").home = D(38); }, "travel.home"},
    {"AnotherJourney", [](World& w) { w.at("A-1").outbound.air = geo::Distance::from_kilometres(10.0); },
     "travel.journey"},
    {"RestCutShort", [](World& w) { w.at("A-1").rested = D(39); }, "deployment.rested"},
    {"DepartsAfterTheHorizon",
     [](World& w) {
       w.at("A-7").depart = w.at("A-7").arrive = D(40);
       w.at("A-7").release = w.at("A-7").home = D(51);
     },
     "unit.horizon"},
    {"DepartsBeforeTheHorizon", [](World& w) { w.at("A-8").depart = D(-1); }, "unit.horizon"},
    {"NoticeTooShort", [](World& w) { w.at("A-1").depart = D(1); }, "unit.notice"},
    {"DepartsBeforeItIsAvailable", [](World& w) { w.at("A-1").depart = D(1); }, "unit.available"},
    {"HomeAfterAvailableTo", [](World& w) { w.at("A-1").home = D(38); }, "unit.available"},
    {"DeploymentTooLong", [](World& w) { w.at("A-1").home = D(38); }, "deployment.too_long"},
    {"OrdinalBeyondCount", [](World& w) { w.at("A-8").ordinal = 3; }, "unit.ordinal"},
    {"OrdinalZero", [](World& w) { w.at("A-8").ordinal = 0; }, "unit.ordinal"},
    {"OrdinalTwiceAtOnce", [](World& w) { w.at("A-2").ordinal = 1; }, "unit.double_booked"},
    {"DepartsWhileCommitted", [](World& w) { w.at("A-5").ordinal = 3; }, "unit.double_booked"},
    {"RestSkipped", [](World& w) { w.at("A-7").depart = D(8); }, "unit.rest"},
    {"DepartsBeforeItsCommitment",
     [](World& w) {
       Assignment& a = w.at("A-5");
       a.ordinal = 3;
       a.depart = a.arrive = a.release = a.home = D(-8);
       a.stints[0].line_days = {D(-8)};
     },
     "unit.committed"},
};
INSTANTIATE_TEST_SUITE_P(Deployment, BrokenPlanTest, testing::ValuesIn(kDeployment),
                         [](const auto& test) { return test.param.name; });

const BrokenPlan kPair[] = {
    {"WrongKind", [](World& w) { stint_of(w, "A-7").request = kPumps; }, "pair.kind"},
    {"NamedIsAnother", [](World& w) { stint_of(w, "A-7").request = kNamed; }, "pair.named"},
    {"ForbiddenOnThisRequest", [](World& w) { stint_of(w, "A-1").request = kPeople; }, "pair.forbidden"},
    {"WrongLender", [](World& w) { w.at("A-5").agreement = kFromMexico; }, "pair.agreement"},
    {"WrongBorrower", [](World& w) { w.at("A-1").borrower = kBritishColumbia; }, "pair.agreement"},
    {"BorrowerOfAnotherRequest", [](World& w) { w.at("A-1").borrower = kBritishColumbia; }, "pair.borrower"},
    {"LentUnderOwnForces", [](World& w) { w.at("A-5").agreement = kOwnForces; }, "pair.agreement"},
    {"OwnForcesUnderALoan", [](World& w) { w.at("A-8").agreement = kFromBc; }, "pair.agreement"},
    {"KindNotCovered", [](World& w) { w.at("A-9").agreement = kFromMexico; }, "pair.covered"},
    {"NoWay", [](World& w) { w.at("A-9").agreement = kFromMexico; }, "pair.travel"},
    {"AgreementNotYetInForce", [](World& w) { w.at("A-1").depart = D(1); }, "pair.in_force"},
    {"AgreementExpired", [](World& w) { w.at("A-1").depart = D(3); }, "pair.in_force"},
    {"FitnessExpired", [](World& w) { w.at("A-1").depart = D(3); }, "pair.fitness"},
    {"CrewAsRepresentative", [](World& w) { w.at("A-2").escort = EscortTerms::Role::Representative; }, "escort.kind"},
    {"LeadAsRepresentative", [](World& w) { w.at("A-4").escort = EscortTerms::Role::Representative; }, "escort.kind"},
};
INSTANTIATE_TEST_SUITE_P(Pair, BrokenPlanTest, testing::ValuesIn(kPair),
                         [](const auto& test) { return test.param.name; });

const BrokenPlan kWhole[] = {
    {"CommitmentDropped", [](World& w) { w.drop("A-11"); }, "plan.commitment_missing"},
    {"CommitmentCalledNew", [](World& w) { w.at("A-11").commitment = false; }, "plan.commitment_missing"},
    {"CommitmentComesHomeLater", [](World& w) { w.at("A-11").home = D(7); }, "plan.commitment"},
    {"CommitmentLeavesLater", [](World& w) { w.at("A-11").release = D(7); }, "plan.commitment"},
    {"CommitmentDepartsLater", [](World& w) { w.at("A-11").depart = D(-4); }, "plan.commitment"},
    {"CommitmentMoved", [](World& w) { stint_of(w, "A-11").request = kCrews; }, "plan.commitment"},
    {"CommitmentWorksLess", [](World& w) { stint_of(w, "A-11").line_days.pop_back(); }, "plan.commitment"},
    {"CommitmentTakesDaysOff",
     [](World& w) {
       stint_of(w, "A-11").line_days.pop_back();
       stint_of(w, "A-11").days_off = {D(5)};
     },
     "plan.commitment"},
    {"CommitmentUnderAnotherAgreement", [](World& w) { w.at("A-11").agreement = kFromMexico; }, "plan.commitment"},
    {"CommitmentForAnother", [](World& w) { w.at("A-11").borrower = kMexico; }, "plan.commitment"},
    {"CommitmentAsEscort", [](World& w) { w.at("A-11").escort = EscortTerms::Role::Lead; }, "plan.commitment"},
    {"CommitmentMadeUp", [](World& w) { w.at("A-7").commitment = true; }, "plan.commitment_unknown"},
    {"TooMany",
     [](World& w) {
       Assignment fourth = w.at("A-7");
       fourth.id = "A-12";
       fourth.ordinal = 4;
       w.plan.assignments.push_back(fourth);
     },
     "plan.coverage"},
    {"TooManyPeople",
     [](World& w) {
       Assignment third = w.at("A-5");
       third.id = "A-12";
       third.ordinal = 4;
       w.plan.assignments.push_back(third);
     },
     "plan.coverage"},
    {"ReserveBroken",
     [](World& w) {
       Assignment third = w.at("A-5");
       third.id = "A-12";
       third.ordinal = 4;
       w.plan.assignments.push_back(third);
     },
     "plan.reserve"},
    {"OfferExceeded",
     [](World& w) {
       Assignment third = w.at("A-1");
       third.id = "A-12";
       third.ordinal = 3;
       w.plan.assignments.push_back(third);
     },
     "plan.offer"},
    {"PoolOverdrawn",
     [](World& w) {
       Assignment third = w.at("A-1");
       third.id = "A-12";
       third.ordinal = 3;
       w.plan.assignments.push_back(third);
     },
     "plan.pool"},
    {"CapacityExceeded",
     [](World& w) {
       stint_of(w, "A-5").request = kCrews;
       stint_of(w, "A-5").incident = kFireOne;
     },
     "plan.capacity"},
    {"RepresentativeMissing", [](World& w) { w.drop("A-3"); }, "plan.escort"},
    {"LeadMissing", [](World& w) { w.drop("A-4"); }, "plan.escort"},
    {"RepresentativeLeavesEarly",
     [](World& w) {
       stint_of(w, "A-3").line_days.pop_back();
       w.at("A-3").release = D(35);
       w.at("A-3").home = D(36);
     },
     "plan.escort"},
    {"TooFewToBeUseful", [](World& w) { w.drop("A-9"); }, "plan.min_fill"},
    {"PackageHalfFilled", [](World& w) { w.drop("A-8"); }, "plan.package"},
    {"PinDropped", [](World& w) { w.drop("A-5"); }, "plan.pin"},
};
INSTANTIATE_TEST_SUITE_P(Whole, BrokenPlanTest, testing::ValuesIn(kWhole),
                         [](const auto& test) { return test.param.name; });

const BrokenPlan kFigures[] = {
    {"ContingentNotListed", [](World& w) { w.plan.contingents.pop_back(); }, "contingent.missing"},
    {"ContingentTwice", [](World& w) { w.plan.contingents.push_back(w.contingent("K-6")); }, "contingent.id"},
    {"ContingentWithoutMembers", [](World& w) { w.contingent("K-6").id = "K-9"; }, "contingent.empty"},
    {"ContingentWithoutRecords", [](World& w) { w.contingent("K-6").lender = AgencyIndex{99U}; }, "plan.index"},
    {"ContingentWrongPersons", [](World& w) { w.contingent("K-1").persons = 40; }, "contingent.persons"},
    {"ContingentWrongDeparture", [](World& w) { w.contingent("K-1").depart = D(1); }, "contingent.member"},
    {"ContingentWrongReturn", [](World& w) { w.contingent("K-1").home = D(38); }, "contingent.member"},
    {"ContingentSplit",
     [](World& w) {
       w.at("A-2").contingent_id = "K-9";
       w.plan.contingents.push_back(w.contingent("K-1"));
       w.plan.contingents.back().id = "K-9";
     },
     "contingent.split"},
    {"ContingentCalledCommitted", [](World& w) { w.contingent("K-1").commitment = true; }, "contingent.commitment"},
    {"ContingentWithoutItsLead", [](World& w) { w.contingent("K-1").lead = ""; }, "contingent.lead"},
    {"ContingentWithAWrongLead", [](World& w) { w.contingent("K-1").lead = "A-1"; }, "contingent.lead"},
    {"ContingentWithoutItsRepresentative", [](World& w) { w.contingent("K-1").representative = ""; },
     "contingent.representative"},
    {"ContingentWithAWrongRepresentative", [](World& w) { w.contingent("K-1").representative = "A-4"; },
     "contingent.representative"},
    {"ContingentWithANamelessRepresentative", [](World& w) { w.contingent("K-1").representative = "implicit"; },
     "contingent.representative"},
    {"ImplicitRepresentativeForgotten", [](World& w) { w.contingent("K-2").representative = ""; },
     "contingent.representative"},
    {"RequestNotListed", [](World& w) { w.plan.requests.pop_back(); }, "request.listed"},
    {"RequestListedTwice", [](World& w) { w.plan.requests.push_back(w.fill(kOpen)); }, "request.listed"},
    {"WrongWanted", [](World& w) { ++w.fill(kCrews).wanted[7]; }, "request.wanted"},
    {"WrongWorking", [](World& w) { ++w.fill(kCrews).working[7]; }, "request.working"},
    {"WrongAssigned", [](World& w) { --w.fill(kCrews).assigned[20]; }, "request.assigned"},
    {"WrongUnmet", [](World& w) { --w.fill(kCrews).unmet[20]; }, "request.unmet"},
    {"UnmetTooShort", [](World& w) { w.fill(kCrews).unmet.pop_back(); }, "request.unmet"},
    {"PartialCalledFilled", [](World& w) { w.fill(kCrews).status = RequestStatus::Filled; }, "request.status"},
    {"FilledCalledPartial", [](World& w) { w.fill(kPeople).status = RequestStatus::Partial; }, "request.status"},
    {"OpenCalledPartial", [](World& w) { w.fill(kOpen).status = RequestStatus::Partial; }, "request.status"},
    {"WrongReserveLine", [](World& w) { --w.plan.reserve[0].away[5]; }, "reserve.figures"},
    {"WrongLevel", [](World& w) { --w.plan.reserve[0].level[5]; }, "reserve.figures"},
    {"WrongEscortLine", [](World& w) { --w.plan.escorts[0].present[5]; }, "escort.figures"},
    {"ImplicitEscortsLeftOut", [](World& w) { --w.plan.escorts[1].present[3]; }, "escort.figures"},
    {"EscortLineOfNobody", [](World& w) { w.plan.escorts[0].borrower = kBritishColumbia; }, "escort.figures"},
    {"WrongPoolLine", [](World& w) { --w.plan.pools[0].away[5]; }, "pool.figures"},
    {"WrongItem", [](World& w) { w.at("A-1").cost["wages"] += Money{10.0}; }, "cost.items"},
    {"ItemShifted",
     [](World& w) {
       w.at("A-1").cost["wages"] += Money{10.0};
       w.at("A-1").cost["travel"] += Money{-10.0};
     },
     "cost.items"},
    {"UnknownItem", [](World& w) { w.at("A-1").cost["gifts"] = Money{10.0}; }, "cost.items"},
    {"WrongNeed", [](World& w) { w.plan.result.vector.need += Points{-1000.0}; }, "objective.need"},
    {"Disturbance", [](World& w) { w.plan.result.vector.disturbance = Points{1.0}; }, "objective.disturbance"},
    {"WrongCost", [](World& w) { w.plan.result.vector.cost += Money{-1.0}; }, "objective.cost"},
    {"WrongObjective", [](World& w) { w.plan.result.objective -= 4.0; }, "objective.value"},
    {"ObjectiveIsNoNumber", [](World& w) { w.plan.result.objective = std::nan(""); }, "objective.value"},
    {"BoundAboveObjective",
     [](World& w) {
       w.plan.result.status = PlanStatus::WorkLimit;
       w.plan.result.bound = 30000.0;
     },
     "objective.bound"},
    {"GapDoesNotFollow",
     [](World& w) {
       w.plan.result.status = PlanStatus::WorkLimit;
       w.plan.result.bound = 20000.0;
       w.plan.result.gap = 0.01;
     },
     "objective.gap"},
    {"OptimalWithAGap",
     [](World& w) {
       w.plan.result.status = PlanStatus::Optimal;
       w.plan.result.bound = w.plan.result.objective - 1.0;
       w.plan.result.gap = 1.0 / w.plan.result.objective;
     },
     "objective.gap"},
};
INSTANTIATE_TEST_SUITE_P(Figures, BrokenPlanTest, testing::ValuesIn(kFigures),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace relevo::planner
