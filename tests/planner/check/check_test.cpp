// SPDX-License-Identifier: MIT
#include "planner/check/check.hpp"

#include "planner/text/message.hpp"
#include "tests/planner/check/codes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace relevo::planner {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Check, ValidPlanPasses) {
  const CheckReport report = check(base_world());
  EXPECT_THAT(codes_of(report.violations), IsEmpty());
  EXPECT_THAT(codes_of(report.findings), IsEmpty());
}

TEST(Check, EmptyPlanOfAnEmptyScenarioPasses) {
  World world;
  world.data.id = "empty";
  world.data.as_of = D(0);
  world.data.horizon = {D(0), 1};
  EXPECT_THAT(codes_of(check(world).violations), IsEmpty());
}

TEST(Check, FindingSaysWhoWhenAndByHowMuch) {
  World world = base_world();
  world.at("A-7").stints[0].line_days.push_back(D(20));
  const Finding finding = find_code(check(world).violations, "tour.line_days");
  EXPECT_EQ(finding.subject, "A-7");
  EXPECT_EQ(finding.day, D(10));
  EXPECT_DOUBLE_EQ(finding.amount, 1.0);
}

TEST(Check, BrokenTermCitesItsClause) {
  World world = base_world();
  world.data.agreements[kFromMexico].tour.max_line_days.value = 13;
  const Finding finding = find_code(check(world).violations, "tour.line_days");
  EXPECT_THAT(text::render(finding.what, text::Lang::En), HasSubstr("(mx-2026/tour)"));
}

TEST(Check, ConsecutiveDaysAreOneFinding) {
  World world = base_world();
  world.data.pools[PoolIndex{0U}].rows[0].people = 15;
  const auto violations = check(world).violations;
  EXPECT_EQ(std::ranges::count(violations, "plan.pool", &Finding::code), 1);
  const Finding finding = find_code(violations, "plan.pool");
  EXPECT_EQ(finding.day, D(2));
  EXPECT_DOUBLE_EQ(finding.amount, 5.0);
  EXPECT_THAT(text::render(finding.what, text::Lang::En), HasSubstr("2026-06-03 to 2026-07-08"));
}

TEST(Check, OrderOfAssignmentsDoesNotMatter) {
  World world = base_world();
  std::ranges::reverse(world.plan.assignments);
  std::ranges::reverse(world.plan.contingents);
  std::ranges::reverse(world.plan.requests);
  EXPECT_THAT(codes_of(check(world).violations), IsEmpty());
}

TEST(Check, OwnForcesMayGoWithoutAContingent) {
  World world = base_world();
  world.at("A-8").contingent_id = "";
  std::erase_if(world.plan.contingents, [](const Contingent& c) { return c.id == "K-5"; });
  EXPECT_THAT(codes_of(check(world).violations), IsEmpty());
  world.at("A-7").contingent_id = "";
  EXPECT_THAT(codes_of(check(world).violations), Contains("contingent.missing"));
}

/// A deployment over two requests: the pumps' neighbours. A-7 moves from fire one to the open line on D15.
World world_with_move() {
  World world = base_world();
  Request& open = world.data.requests[kOpen];
  open.need = interval(15, 19);
  world.data.agreements[kFromBc].tour.max_moves.value = 1;
  world.data.agreements[kFromBc].tour.min_line_days.value = 5;
  world.data.travel.set_move({Destination::incident(kFireOne), Destination::agency(kAlberta), kCrew}, {});
  Assignment& a = world.at("A-7");
  a.stints[0].line_days = days(10, 14);
  a.stints.push_back({.request = kOpen, .line_days = days(15, 19)});
  RequestFill& crews = world.fill(kCrews);
  crews.working = steps({{5, 2}, {10, 3}, {15, 2}, {19, 0}, {22, 2}, {36, 0}});
  crews.assigned = steps({{5, 2}, {10, 3}, {15, 2}, {36, 0}});
  crews.unmet = steps({{5, 1}, {10, 0}, {15, 1}, {19, 3}, {22, 1}, {36, 0}});
  RequestFill& moved = world.fill(kOpen);
  moved.status = RequestStatus::Filled;
  moved.wanted = moved.working = moved.assigned = steps({{15, 1}, {20, 0}});
  moved.unmet = steps({});
  // Five crew-days at 1000 more, four at 100 fewer.
  world.plan.result.vector.need = Points{32000.0};
  world.plan.result.objective += 32000.0 - 27400.0;
  return world;
}

TEST(Move, BetweenRequestsOfOneBorrowerPasses) {
  EXPECT_THAT(codes_of(check(world_with_move()).violations), IsEmpty());
}

TEST(Move, DoesNotBeginANewTour) {
  World world = world_with_move();
  world.data.agreements[kFromBc].tour.max_line_days.value = 9;
  EXPECT_THAT(codes_of(check(world).violations), Contains("tour.line_days"));
}

TEST(Move, EachStayLiesInItsOwnNeed) {
  World world = world_with_move();
  world.data.requests[kOpen].need.first = D(16);
  const Finding finding = find_code(check(world).violations, "tour.need");
  EXPECT_EQ(finding.subject, "A-7");
  EXPECT_EQ(finding.day, D(15));
}

TEST(Move, ToAnotherBorrowerIsNotAllowed) {
  World world = world_with_move();
  world.data.requests[kOpen].borrower = kMexico;
  EXPECT_THAT(codes_of(check(world).violations), Contains("stint.borrower"));
}

TEST(Move, EveryRequestIsJudged) {
  World world = world_with_move();
  world.data.requests[kOpen].qualifications = {"s-290"};
  EXPECT_THAT(codes_of(check(world).violations), Contains("pair.qualification"));
}

TEST(Shadow, CountsTowardsTheTourAndNotAsWorking) {
  World world = base_world();
  Stint& stint = world.at("A-7").stints[0];
  stint.shadow_days = {D(10)};
  stint.line_days = days(11, 19);
  world.data.agreements[kFromBc].tour.min_line_days.value = 9;
  world.data.agreements[kFromBc].tour.shadow_days.value = 1;
  RequestFill& crews = world.fill(kCrews);
  --crews.working[10];
  ++crews.unmet[10];
  world.plan.result.vector.need += Points{1000.0};
  world.plan.result.objective += 1000.0;
  EXPECT_THAT(codes_of(check(world).violations), IsEmpty());
  world.data.agreements[kFromBc].tour.min_line_days.value = 10;
  EXPECT_THAT(codes_of(check(world).violations), Contains("tour.min_line_days"));
}

TEST(Tours, WithoutDaysOffBetweenThemFollowAtOnce) {
  World world = base_world();
  TourTerms& tour = world.data.agreements[kFromBc].tour;
  tour.max_line_days.value = 5;
  tour.min_line_days.value = 5;
  tour.max_tours.value = 2;
  EXPECT_THAT(codes_of(check(world).violations), IsEmpty());
  tour.max_line_days.value = 4;
  tour.min_line_days.value = 4;
  EXPECT_THAT(codes_of(check(world).violations), Contains("tour.line_days"));
}

TEST(Messages, EveryViolationReadsInThreeLanguages) {
  World world = base_world();
  for (Assignment& a : world.plan.assignments) {
    a.ordinal += 2;
    a.depart -= Days{9};
    a.agreement = kFromMexico;
    a.borrower = kMexico;
  }
  const CheckReport report = check(world);
  ASSERT_THAT(report.violations, Not(IsEmpty()));
  for (const Finding& finding : report.violations)
    for (const auto lang : {text::Lang::En, text::Lang::Es, text::Lang::Fr})
      EXPECT_THAT(text::render(finding.what, lang), Not(IsEmpty())) << finding.code;
}

TEST(Documentation, ListsEveryCode) {
  std::ifstream file(RELEVO_SOURCE_DIR "/docs/check.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  constexpr std::string_view kPrefix = "violation.";
  for (const text::Entry& entry : text::catalogue()) {
    if (!entry.key.starts_with(kPrefix) || entry.key.starts_with("violation.field."))
      continue;
    const std::string code{entry.key.substr(kPrefix.size())};
    if (code.find('.') != std::string::npos) {
      EXPECT_THAT(page, HasSubstr("`" + code + "`"));
    }
  }
}

}  // namespace
}  // namespace relevo::planner
