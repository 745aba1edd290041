// SPDX-License-Identifier: MIT
// What commitments alone break is a finding and never a violation; what the plan makes worse is one.
#include "tests/planner/check/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace relevo::planner {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

struct Inherited {
  const char* name;
  void (*move)(World&);
  const char* code;
};

void PrintTo(const Inherited& inherited, std::ostream* out) {
  *out << inherited.name;
}

class InheritedTest : public testing::TestWithParam<Inherited> {};

TEST_P(InheritedTest, IsAFindingAndNoViolation) {
  World world = base_world();
  GetParam().move(world);
  const CheckReport report = check(world);
  EXPECT_THAT(codes_of(report.violations), IsEmpty());
  EXPECT_THAT(codes_of(report.findings), Contains(std::string("inherited.") + GetParam().code));
}

/// A world with the commitment and nothing else, so that only it can break a rule.
void keep_only_commitment(World& w) {
  std::erase_if(w.plan.assignments, [](const Assignment& a) { return !a.commitment; });
  std::erase_if(w.plan.contingents, [](const Contingent& c) { return !c.commitment; });
  w.data.decisions.clear();
  w.plan.reserve.clear();
  w.plan.escorts.clear();
  w.plan.pools.clear();
  for (RequestFill& fill : w.plan.requests) {
    if (fill.request == kUnderWay)
      continue;
    fill.status = RequestStatus::UnableToFill;
    fill.working = fill.assigned = steps({});
    fill.unmet = fill.wanted;
  }
  // 93 crew-days at 1000, 400 people-days at 800 / 20, 38 pump-days and 10 crew-days at 600, 4 at 100.
  w.plan.result.vector = {Points{93000.0 + 16000.0 + 38.0 * 600.0 + 10.0 * 600.0 + 400.0}, Points{0.0}, Money{0.0}};
  w.plan.result.objective = w.plan.result.vector.need.value();
}

const Inherited kInherited[] = {
    {"TourTooLong",
     [](World& w) {
       keep_only_commitment(w);
       tour_of_bc(w).max_line_days.value = 9;
     },
     "tour.line_days"},
    {"StaysTooShort",
     [](World& w) {
       keep_only_commitment(w);
       tour_of_bc(w).min_line_days.value = 11;
     },
     "tour.min_line_days"},
    {"OrientationSkipped",
     [](World& w) {
       keep_only_commitment(w);
       tour_of_bc(w).orientation_days.value = 1;
     },
     "tour.orientation"},
    {"DeploymentTooLong",
     [](World& w) {
       keep_only_commitment(w);
       tour_of_bc(w).max_deployment_days.value = 11;
     },
     "deployment.too_long"},
    {"WorksOutsideTheNeed",
     [](World& w) {
       keep_only_commitment(w);
       w.data.requests[kUnderWay].need.last = D(5);
       w.fill(kUnderWay).wanted = steps({{0, 1}, {5, 0}});
     },
     "tour.need"},
    {"WrongType",
     [](World& w) {
       keep_only_commitment(w);
       w.data.units[kBcCrew].type = "2";
       w.data.units[kBcCrew].rank = 2;
       w.data.requests[kUnderWay].type = "1";
       w.data.requests[kUnderWay].rank = 1;
     },
     "pair.type"},
    {"Recalled",
     [](World& w) {
       w.data.responses.push_back(
           {.request = kUnderWay, .agency = kBritishColumbia, .answer = Response::Answer::Recalled});
     },
     "pair.declined"},
    {"Forbidden",
     [](World& w) {
       w.data.decisions.push_back({.action = Decision::Action::Forbid, .unit = kBcCrew, .request = kUnderWay});
     },
     "pair.forbidden"},
    {"ExpiredAgreement", [](World& w) { w.data.agreements[kFromBc].in_force = interval(-4, 40); }, "pair.in_force"},
    {"FitnessExpired",
     [](World& w) {
       keep_only_commitment(w);
       w.data.units[kBcCrew].fitness_valid_to = D(-6);
     },
     "pair.fitness"},
    {"HomeAfterAvailableTo",
     [](World& w) {
       keep_only_commitment(w);
       w.data.units[kBcCrew].available = interval(-10, 5);
     },
     "unit.available"},
    {"PoolOverdrawn",
     [](World& w) {
       w.data.pools.push({.id = "VAL", .rows = {{0, interval(0, 2)}, {60, interval(3, 60)}}});
       w.data.units[kBcCrew].pools = {{PoolIndex{1U}, 5}};
       w.data.pools[PoolIndex{1U}].rows[0].people = 4;
       // From D2 two more crews come; on that day the pool has none for them but D2 is made wide enough.
       w.data.pools[PoolIndex{1U}].rows.push_back({20, interval(2, 2)});
     },
     "plan.pool"},
    {"ReserveBroken",
     [](World& w) {
       keep_only_commitment(w);
       w.data.agencies[kBritishColumbia].levels = {{D(-50), 5}};
     },
     "plan.reserve"},
    {"CapacityExceeded",
     [](World& w) {
       keep_only_commitment(w);
       w.data.incidents[kFireOne].capacity_persons = 19;
     },
     "plan.capacity"},
    {"RepresentativeMissing",
     [](World& w) {
       keep_only_commitment(w);
       w.data.agreements[kFromBc].escorts[0].threshold = 0;
       w.data.agreements[kFromBc].escorts[0].supply = EscortTerms::Supply::Roster;
     },
     "plan.escort"},
};
INSTANTIATE_TEST_SUITE_P(All, InheritedTest, testing::ValuesIn(kInherited),
                         [](const auto& test) { return test.param.name; });

TEST(Inherited, OvercrowdedLineIsAFindingOnly) {
  World world = base_world();
  keep_only_commitment(world);
  world.data.units[kBcCrew].persons = 60;
  world.data.units.push(world.data.units[kBcCrew]).value();
  world.data.units[UnitIndex{6U}].id = "bc-crew-2";
  world.data.units[kBcCrew].persons = 60;
  world.data.commitments.push_back(world.data.commitments[0]);
  world.data.commitments[1].id = "C-2";
  world.data.commitments[1].unit = UnitIndex{6U};
  world.data.incidents[kFireOne].capacity_persons.reset();
  world.at("A-11").persons = 60;
  Assignment second = world.at("A-11");
  second.id = "A-12";
  second.unit = UnitIndex{6U};
  world.plan.assignments.push_back(second);
  world.contingent("K-3").persons = 120;
  world.fill(kUnderWay).working = world.fill(kUnderWay).assigned = steps({{0, 2}, {6, 0}});
  world.data.agreements[kFromBc].escorts.clear();
  const CheckReport report = check(world);
  EXPECT_THAT(codes_of(report.violations), IsEmpty());
  EXPECT_THAT(codes_of(report.findings), ElementsAre("inherited.plan.coverage"));
}

TEST(Inherited, MakingAShortfallWorseIsAViolation) {
  // The level forbids any lending: the commitment stays away, but nobody may join it.
  World world = base_world();
  world.data.agencies[kBritishColumbia].levels = {{D(-50), 5}};
  EXPECT_THAT(codes_of(check(world).violations), Contains("plan.reserve"));
  EXPECT_THAT(codes_of(check(world).findings), Contains("inherited.plan.reserve"));
}

TEST(Inherited, APastThatCannotBeChangedIsNotReported) {
  World world = base_world();
  world.data.agencies[kBritishColumbia].levels = {{D(-50), 5}, {D(0), 2}};
  EXPECT_THAT(codes_of(check(world).findings), IsEmpty());
}

TEST(Inherited, RestFromACommitmentBindsNewDepartures) {
  World world = base_world();
  world.data.agreements[kFromBc].tour.rest_days_home.value = 3;
  EXPECT_THAT(codes_of(check(world).violations), Contains("unit.rest"));
}

TEST(Inherited, CommitmentMayCarryItsDaysOff) {
  // A committed tour of 4 line days, 2 off, 4 line days, as its agreement has it.
  World world = base_world();
  keep_only_commitment(world);
  TourTerms& tour = world.data.agreements[kFromBc].tour;
  tour.max_line_days.value = 4;
  tour.days_off_in_place.value = 2;
  tour.max_tours.value = 2;
  tour.min_line_days.value = 1;
  world.data.units[kBcCrew].days_worked = 0;
  Stint& stint = world.at("A-11").stints[0];
  stint.line_days = days(-4, -1);
  stint.days_off = days(0, 1);
  for (const Day day : days(2, 5))
    stint.line_days.push_back(day);
  RequestFill& fill = world.fill(kUnderWay);
  fill.working = steps({{2, 1}, {6, 0}});
  fill.unmet = steps({{0, 1}, {2, 0}});
  fill.status = RequestStatus::Filled;
  world.plan.result.vector.need += Points{1200.0};
  world.plan.result.objective += 1200.0;
  const CheckReport report = check(world);
  EXPECT_THAT(codes_of(report.violations), IsEmpty());
  EXPECT_THAT(codes_of(report.findings), IsEmpty());
}

}  // namespace
}  // namespace relevo::planner
