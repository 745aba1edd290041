// SPDX-License-Identifier: MIT
// The plan of base_plan.hpp reaches the limits of its scenario exactly and passes. Each scenario here moves one limit
// by the smallest step: then the same plan breaks it, by one.
#include "tests/planner/check/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace relevo::planner {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

struct Limit {
  const char* name;
  void (*move)(World&);
  const char* code;
  double amount;  ///< of the first finding
};

void PrintTo(const Limit& limit, std::ostream* out) {
  *out << limit.name;
}

class LimitTest : public testing::TestWithParam<Limit> {};

TEST_P(LimitTest, OneLessIsTooLittle) {
  World world = base_world();
  GetParam().move(world);
  const auto violations = check(world).violations;
  ASSERT_THAT(codes_of(violations), Contains(GetParam().code));
  EXPECT_DOUBLE_EQ(find_code(violations, GetParam().code).amount, GetParam().amount);
}

TourTerms& tour_of_mexico(World& w) {
  return w.data.agreements[kFromMexico].tour;
}

const Limit kLimits[] = {
    {"MostLineDays", [](World& w) { tour_of_mexico(w).max_line_days.value = 13; }, "tour.line_days", 1},
    {"DaysOff", [](World& w) { tour_of_mexico(w).days_off_in_place.value = 4; }, "tour.days_off", 1},
    {"DaysOffTooLong", [](World& w) { tour_of_mexico(w).days_off_in_place.value = 2; }, "tour.days_off_long", 1},
    {"Tours", [](World& w) { tour_of_mexico(w).max_tours.value = 1; }, "tour.tours", 1},
    {"FewestLineDays", [](World& w) { tour_of_mexico(w).min_line_days.value = 15; }, "tour.min_line_days", 1},
    {"Orientation", [](World& w) { tour_of_mexico(w).orientation_days.value = 2; }, "tour.orientation", 1},
    {"OrientationShorter", [](World& w) { tour_of_mexico(w).orientation_days.value = 0; }, "tour.idle", 1},
    {"LongestDeployment", [](World& w) { tour_of_mexico(w).max_deployment_days.value = 35; }, "deployment.too_long", 1},
    {"LongestDeploymentWithoutTravel",
     [](World& w) {
       tour_of_mexico(w).travel_counts.value = false;
       tour_of_mexico(w).max_deployment_days.value = 31;  // D4-D35 are 32
     },
     "deployment.too_long", 1},
    {"RestAtHome", [](World& w) { w.data.agreements[kFromBc].tour.rest_days_home.value = 3; }, "unit.rest", 1},
    {"Refurbishment", [](World& w) { w.data.kinds.kinds[kPump].refurbish_days = 4; }, "deployment.rested", -1},
    {"Notice", [](World& w) { w.data.agreements[kFromMexico].mobilization.notice_days.value = 2; }, "unit.notice", 1},
    {"Muster", [](World& w) { w.data.agreements[kFromMexico].mobilization.muster_days.value = 2; }, "unit.notice", 1},
    {"DaysWorked", [](World& w) { w.data.agreements[kFromBc].tour.rest_days_home.value = 3; }, "tour.line_days", 4},
    {"DaysWorkedSinceAvailable", [](World& w) { w.data.units[kBcCrew].available.first = D(1); }, "tour.line_days", 4},
    {"AvailableFrom", [](World& w) { w.data.units[kMxCrew].available.first = D(3); }, "unit.available", 1},
    {"AvailableTo", [](World& w) { w.data.units[kMxCrew].available.last = D(37); }, "unit.available", 1},
    {"Journey",
     [](World& w) {
       const TravelTable as_it_was = w.data.travel;
       for (const auto& [key, itinerary] : as_it_was.all())
         if (key.agreement == kFromBc) {
           geo::Itinerary longer = *itinerary;
           longer.days = 2;
           w.data.travel.set(key, longer);
         }
     },
     "travel.arrival", 1},
    {"Count", [](World& w) { w.data.units[kAbCrew].count = 1; }, "unit.ordinal", 1},
    {"FirstDayOfNeed", [](World& w) { w.data.requests[kCrews].need.first = D(6); }, "tour.need", 1},
    {"LastDayOfNeed", [](World& w) { w.data.requests[kCrews].need.last = D(35); }, "tour.need", 1},
    {"Type",
     [](World& w) {
       w.data.requests[kCrews].rank = 1;
       w.data.requests[kCrews].type = "1";
     },
     "pair.type", 1},
    {"Fitness", [](World& w) { w.data.units[kMxCrew].fitness_valid_to = D(1); }, "pair.fitness", 1},
    {"Quantity", [](World& w) { w.data.requests[kCrews].quantity = 2; }, "plan.coverage", 1},
    {"People", [](World& w) { w.data.requests[kPeople].quantity = 20; }, "plan.coverage", 1},
    {"ReserveByLevel",
     [](World& w) {
       w.data.agencies[kBritishColumbia].levels = {{D(-50), 3}};
     },
     "plan.reserve", 1},
    {"ReserveByShare", [](World& w) { w.data.policy.exportable_share[1].value = 0.74; }, "plan.reserve", 1},
    {"ReserveByCount", [](World& w) { w.data.units[kBcPump].count = 2; }, "plan.reserve", 1},
    {"Offer", [](World& w) { w.data.offers[0].quantity = 1; }, "plan.offer", 1},
    {"LastDayOfOffer", [](World& w) { w.data.offers[0].when.last = D(37); }, "plan.offer", 2},
    {"FirstDayOfOffer", [](World& w) { w.data.offers[0].when.first = D(3); }, "plan.offer", 2},
    {"PersonsPerEscort", [](World& w) { w.data.agreements[kFromMexico].escorts[0].per_persons = 39; }, "plan.escort",
     1},
    {"Pool", [](World& w) { w.data.pools[PoolIndex{0U}].rows[0].people = 19; }, "plan.pool", 1},
    {"LastDayOfPool", [](World& w) { w.data.pools[PoolIndex{0U}].rows[0].when.last = D(37); }, "plan.pool", 20},
    {"MinFill", [](World& w) { w.data.requests[kPumps].min_fill = 3; }, "plan.min_fill", 1},
    {"Package", [](World& w) { w.data.requests[kPumps].quantity = 3; }, "plan.package", 1},
    {"PackageDays", [](World& w) { w.data.requests[kPumps].need.last = D(22); }, "plan.package", 2},
    {"Capacity", [](World& w) { w.data.incidents[kFireOne].capacity_persons = 59; }, "plan.capacity", 1},
    {"Pin", [](World& w) { w.data.decisions[0].quantity = 3; }, "plan.pin", 1},
    {"FirmHours", [](World& w) { w.data.policy.firm_hours.value = 47; }, "assignment.phase", 0},
};
INSTANTIATE_TEST_SUITE_P(All, LimitTest, testing::ValuesIn(kLimits), [](const auto& test) { return test.param.name; });

/// Rules of section 2 have no amount: the scenario changes so that the pair is no longer allowed.
const Limit kPairs[] = {
    {"Qualification", [](World& w) { w.data.requests[kCrews].qualifications.push_back("s-290"); }, "pair.qualification",
     0},
    {"NoInterpreter", [](World& w) { w.data.units[kMxCrew].qualifications = {"s-190"}; }, "pair.language", 0},
    {"LanguageOfTheRequest", [](World& w) { w.data.requests[kPeople].languages = {"fr"}; }, "pair.language", 0},
    {"LanguageOfTheAgreement", [](World& w) { w.data.agreements[kFromBc].language.working = {"fr"}; }, "pair.language",
     0},
    {"Channel", [](World& w) { w.data.requests[kPeople].channel = "mx"; }, "pair.channel", 0},
    {"Declined", [](World& w) { w.data.responses[1].answer = Response::Answer::Declined; }, "pair.declined", 0},
    {"Recalled", [](World& w) { w.data.responses[1].answer = Response::Answer::Recalled; }, "pair.declined", 0},
    {"ForbiddenAgency",
     [](World& w) {
       w.data.decisions.push_back({.action = Decision::Action::Forbid, .agency = kMexico, .request = kCrews});
     },
     "pair.forbidden", 0},
    {"ForbiddenOnAll",
     [](World& w) { w.data.decisions.push_back({.action = Decision::Action::Forbid, .unit = kBcCrew}); },
     "pair.forbidden", 0},
    {"EscortForbiddenOnAll",
     [](World& w) { w.data.decisions.push_back({.action = Decision::Action::Forbid, .unit = kMxLead}); },
     "pair.forbidden", 0},
    {"KindNotCovered", [](World& w) { w.data.agreements[kFromBc].kinds = {"crew"}; }, "pair.covered", 0},
    {"LenderNoParty",
     [](World& w) {
       w.data.agreements[kFromMexico].lenders = {{Party::Scope::Country, "US"}};
     },
     "pair.agreement", 0},
    {"BorrowerNoParty",
     [](World& w) {
       w.data.agreements[kFromMexico].borrowers = {{Party::Scope::Agency, "BC"}};
     },
     "pair.agreement", 0},
    {"DocumentMissing", [](World& w) { w.data.units[kMxCrew].documents.clear(); }, "pair.document", 0},
    {"EscortWithoutDocument", [](World& w) { w.data.units[kMxLead].documents.clear(); }, "pair.document", 0},
    {"AgreementEndsBeforeDeparture", [](World& w) { w.data.agreements[kFromMexico].in_force = interval(0, 1); },
     "pair.in_force", 0},
    {"NoWay", [](World& w) { w.data.travel = TravelTable{}; }, "pair.travel", 0},
};
INSTANTIATE_TEST_SUITE_P(Pairs, LimitTest, testing::ValuesIn(kPairs), [](const auto& test) { return test.param.name; });

struct Freedom {
  const char* name;
  void (*move)(World&);
};

void PrintTo(const Freedom& freedom, std::ostream* out) {
  *out << freedom.name;
}

class FreedomTest : public testing::TestWithParam<Freedom> {};

/// Changes of the scenario that a rule must not mind.
TEST_P(FreedomTest, Passes) {
  World world = base_world();
  GetParam().move(world);
  EXPECT_THAT(codes_of(check(world).violations), IsEmpty());
}

const Freedom kFreedoms[] = {
    {"LongestWithoutTravel",
     [](World& w) {
       tour_of_mexico(w).travel_counts.value = false;
       tour_of_mexico(w).max_deployment_days.value = 32;
     }},
    {"ChannelById", [](World& w) { w.data.requests[kPeople].channel = "bc-2026"; }},
    {"ChannelByFamily", [](World& w) { w.data.requests[kPeople].channel = "bc"; }},
    {"Reciprocal",
     [](World& w) {
       w.data.agreements[kFromMexico].reciprocal = true;
       std::swap(w.data.agreements[kFromMexico].lenders, w.data.agreements[kFromMexico].borrowers);
     }},
    {"OwnForcesOfNobodyInParticular",
     [](World& w) {
       w.data.agreements[kOwnForces].lenders.clear();
       w.data.agreements[kOwnForces].borrowers.clear();
     }},
    {"DocumentOfALaterDay",
     [](World& w) {
       w.data.agreements[kFromMexico].mobilization.documents.push_back(
           {.document = "visa-ca", .in_force = interval(3, 99), .from = {}});
     }},
    {"OfferOfAnotherChannel",
     [](World& w) {
       w.data.offers.push_back({.agency = kMexico, .kind = kCrew, .quantity = 0, .channel = "bilateral"});
     }},
    {"OfferOfAnotherType",
     [](World& w) { w.data.offers.push_back({.agency = kMexico, .kind = kCrew, .type = "1", .quantity = 0}); }},
    {"OffersAddUp",
     [](World& w) {
       w.data.offers.push_back(w.data.offers[0]);
       for (Offer& offer : w.data.offers)
         offer.quantity = 1;
     }},
    {"ForbiddenElsewhere",
     [](World& w) {
       w.data.decisions.push_back({.action = Decision::Action::Forbid, .agency = kMexico, .request = kNamed});
     }},
    {"DaysWorkedButRested", [](World& w) { w.data.units[kBcCrew].days_worked = 10; }},
    {"DeclinedByAnother",
     [](World& w) {
       w.data.responses.push_back(
           {.request = kCrews, .agency = kAlberta, .answer = Response::Answer::Declined, .when = D(0)});
     }},
    {"PeopleBelowOneUnitMore",
     [](World& w) {
       // 40 working is 19 more than 21 and less than one unit more.
       w.data.requests[kPeople].quantity = 21;
       w.fill(kPeople).wanted = steps({{3, 21}, {13, 0}});
     }},
    {"LevelAtTheHorizonsEnd", [](World& w) { w.data.agencies[kMexico].levels.emplace_back(D(38), 5); }},
};
INSTANTIATE_TEST_SUITE_P(All, FreedomTest, testing::ValuesIn(kFreedoms),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace relevo::planner
