// SPDX-License-Identifier: MIT
// Packages that have been announced and whose lines are no longer what they were (docs/model.md, section 3, (6)).
#include "planner/check/check.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/replan/carry_over.hpp"
#include "planner/replan/changes.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"
#include "tests/support/mini_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace relevo::planner {
namespace {

using test::MiniWorld;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A team and its two pumps, wanted on six days and announced. A second team is free from day 6 on, in time for the
/// last two of them; the journey takes one day.
class AnnouncedPackage : public ::testing::Test {
 protected:
  AnnouncedPackage() : world_(14) {
    world_.agency("bc", "CA");
    world_.agency("ab", "CA");
    world_.agreement("mars", "bc", "ab", {.line = 10});
    world_.unit("team", "bc", "crew", 1);
    world_.unit("second", "bc", "crew", 1).available.first = world_.day(5);
    world_.unit("pumps", "bc", "pump", 2);
    world_.incident("fire", "ab");
    world_.request("teams", "fire", "crew:3", "..111111......").package = "kit";
    world_.request("pumps", "fire", "pump", "..222222......").package = "kit";
    world_.policy().changed_firm_points.value = 100;
    world_.policy().changed_outlook_points.value = 10;
    world_.policy().changed_return_points.value = 5;
    today_ = world_.data();
    before_ = solve(Scenario(today_));
    today_.as_of = world_.day(1);  // the morning on which they leave
  }

  Request& teams() { return today_.requests[world_.request_index("teams")]; }
  Unit& second() { return today_.units[world_.unit_index("second")]; }
  Request& pumps() { return today_.requests[world_.request_index("pumps")]; }

  /// The plan of today after the plan of before; a valid one, at each of the ways to find it.
  Plan replanned() {
    carried_ = carry_over(today_, before_).data;
    const Scenario scenario(carried_);
    SolveOptions options;
    options.method = SolveMethod::Rosters;
    Plan plan = solve(scenario);
    EXPECT_NEAR(solve(scenario, options).result.objective, plan.result.objective, 1e-6);
    EXPECT_THAT(check(scenario, plan).violations, IsEmpty());
    EXPECT_THAT(check(scenario, greedy_plan(scenario)).violations, IsEmpty());
    return plan;
  }
  int changed(const Plan& plan) const { return disturbance_of(Scenario(carried_), plan).changed; }

  /// Units of the row that the plan sends anew.
  int sent(const Plan& plan, const std::string& row) const {
    return static_cast<int>(std::ranges::count_if(
        plan.assignments, [&](const Assignment& a) { return !a.commitment && a.unit == world_.unit_index(row); }));
  }
  bool sends_nobody(const Plan& plan) const {
    return std::ranges::all_of(plan.assignments, [](const Assignment& a) { return a.commitment; });
  }

  MiniWorld world_;
  ScenarioData today_;
  ScenarioData carried_;
  Plan before_;
};

TEST_F(AnnouncedPackage, IsWholeAtFirst) {
  EXPECT_THAT(before_.assignments, SizeIs(3));
  EXPECT_EQ(changed(replanned()), 0);
}

TEST_F(AnnouncedPackage, StaysWhenALineWantsMoreThanCanCome) {
  teams().quantity = 2;
  const Plan plan = replanned();
  EXPECT_EQ(changed(plan), 0);
  EXPECT_EQ(sent(plan, "second"), 1);  // ordinary need of the line: on the days on which it can be there
}

TEST_F(AnnouncedPackage, IsWholeOrNothingWhereNothingWasAnnounced) {
  teams().quantity = 2;
  before_.assignments.clear();
  EXPECT_TRUE(sends_nobody(replanned()));
}

TEST_F(AnnouncedPackage, MayNotBeLessThanWasAnnounced) {
  teams().quantity = 2;
  Plan plan = replanned();
  std::erase_if(plan.assignments, [&](const Assignment& a) { return a.unit == world_.unit_index("team"); });
  const auto report = check(Scenario(carried_), plan);
  EXPECT_TRUE(std::ranges::any_of(report.violations, [](const auto& v) {
    return v.code == "plan.package" && v.subject == "teams" && v.amount == 1.0;
  }));
}

TEST_F(AnnouncedPackage, StaysForTheDaysAnnouncedWhenALineIsWantedForLonger) {
  teams().need.last += Days{5};  // longer than one tour, and there is no second team any more
  second().available.last = second().available.first + Days{1};
  EXPECT_EQ(sent(replanned(), "pumps"), 2);
}

TEST_F(AnnouncedPackage, StaysForTheDaysThatAreLeftWhenALineBeginsLater) {
  teams().need.first += Days{2};
  teams().need.last += Days{2};
  EXPECT_EQ(sent(replanned(), "pumps"), 2);
}

TEST_F(AnnouncedPackage, StaysWhenALineWantsLess) {
  pumps().quantity = 1;
  today_.policy.changed_return_points.value = 0;  // or the second pump would follow, to come home as announced
  const Plan plan = replanned();
  EXPECT_EQ(sent(plan, "team"), 1);
  EXPECT_EQ(sent(plan, "pumps"), 1);
}

TEST_F(AnnouncedPackage, StaysWithoutALineThatIsCancelled) {
  pumps().need = {world_.day(-2), world_.day(-1)};
  const Plan plan = replanned();
  EXPECT_EQ(sent(plan, "team"), 1);
  EXPECT_EQ(sent(plan, "pumps"), 0);
}

/// Nothing of what was announced is of use any more: the package is one as if it were new.
TEST_F(AnnouncedPackage, IsWholeOrNothingOnOtherDays) {
  for (Request* line : {&teams(), &pumps()}) {
    line->need.first += Days{6};
    line->need.last += Days{6};
  }
  teams().quantity = 3;
  EXPECT_TRUE(sends_nobody(replanned()));
}

/// Whoever binds a further line to it says that it must not go without that.
TEST_F(AnnouncedPackage, IsWholeOrNothingWithALineThatIsNew) {
  world_.request("more", "fire", "crew:3", "..222222......").package = "kit";
  today_.requests = world_.data().requests;
  EXPECT_TRUE(sends_nobody(replanned()));
}

/// A promise is kept or not: pumps without their team are of no use.
TEST_F(AnnouncedPackage, GoesNotAtAllWhenSomethingOfItIsWithdrawn) {
  teams().quantity = 2;
  today_.units[world_.unit_index("pumps")].count = 1;
  Plan plan = replanned();
  EXPECT_TRUE(sends_nobody(plan));
  const Scenario scenario(carried_);
  explain_lines(scenario, plan);
  int cancelled = 0;
  for (const auto& change : changes_of(scenario, before_, plan)) {
    EXPECT_EQ(change.what, PlanChange::What::Cancelled);
    EXPECT_EQ(change.code, "package");
    cancelled += change.quantity;
  }
  EXPECT_EQ(cancelled, 3);
}

/// Who has left is promised too: the second team joins the first although it has missed the beginning.
TEST_F(AnnouncedPackage, MayGrowAfterItHasLeft) {
  teams().quantity = 2;
  today_.as_of = world_.day(4);
  const Plan plan = replanned();
  EXPECT_EQ(sent(plan, "second"), 1);
}

/// `min_fill` is no growth: who raises it says that fewer are of no use.
TEST_F(AnnouncedPackage, IsNoExcuseForTooFewToBeOfUse) {
  teams().quantity = 2;
  teams().min_fill = 2;
  EXPECT_TRUE(sends_nobody(replanned()));
}

/// Why a line stays open is not its package where the package goes.
TEST_F(AnnouncedPackage, IsNotTheReasonWhereItGoes) {
  teams().quantity = 2;
  second().daily_cost = Money(1e9);
  today_.policy.points_per_money.value = 1e-3;
  Plan plan = replanned();
  EXPECT_EQ(sent(plan, "second"), 0);
  explain_lines(Scenario(carried_), plan);
  const auto fill = std::ranges::find(plan.requests, world_.request_index("teams"), &RequestFill::request);
  ASSERT_NE(fill, plan.requests.end());
  EXPECT_EQ(fill->reason.code, "in_use");
  ASSERT_THAT(fill->further, SizeIs(1));
  EXPECT_EQ(fill->further.front().code, "not_worth");
}

}  // namespace
}  // namespace relevo::planner
