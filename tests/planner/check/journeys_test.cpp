// SPDX-License-Identifier: MIT
// When a contingent arrives, who is in it, and which escorts stand for it (section 4 of docs/model.md).
#include "planner/check/contingents.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>

namespace relevo::planner::checking {
namespace {

using Role = EscortTerms::Role;

constexpr Day kFirst = std::chrono::sys_days(std::chrono::year(2016) / 6 / 1);

/// Assignments of one lender at one borrower, that leave and come home on the same days.
class OneLender {
 public:
  OneLender() {
    contingent_ = {.id = "K-001", .depart = kFirst, .release = kFirst + Days{9}, .home = kFirst + Days{10}};
  }

  void add(const std::string& id, int arrives, std::optional<Role> escort = {}, int departs = 0, int last_duty = 9) {
    Assignment& a = assignments_.emplace_back();
    a.id = id;
    a.contingent_id = departs == 0 ? "K-001" : "K-002";
    a.escort = escort;
    a.depart = kFirst + Days{departs};
    a.arrive = kFirst + Days{arrives};
    a.release = contingent_.release;
    a.home = contingent_.home;
    Timeline timeline;
    timeline.assignment = &a;
    timeline.unit = &unit_;
    timeline.agreement = &agreement_;
    timeline.duties.push_back({});
    timeline.duties.back().day = kFirst + Days{last_duty};
    evidence_.timelines.push_back(timeline);
  }

  void want_ahead(int days) {
    agreement_.escorts.push_back({});
    agreement_.escorts.back().role = Role::Representative;
    agreement_.escorts.back().ahead_days = days;
  }

  bool stands_for(std::size_t i) const {
    return Journeys(evidence_).stands_for(contingent_, evidence_.timelines.at(i));
  }
  std::optional<Day> arrival() const { return Journeys(evidence_).arrival_of(contingent_); }
  const Evidence& evidence() const { return evidence_; }
  const Contingent& contingent() const { return contingent_; }

 private:
  Unit unit_;
  Agreement agreement_;
  Contingent contingent_;
  std::deque<Assignment> assignments_;
  Evidence evidence_;
};

TEST(Journeys, AContingentArrivesWithTheFirstOfItsUnits) {
  OneLender lender;
  EXPECT_EQ(lender.arrival(), std::nullopt);
  lender.add("lead", 1, Role::Lead);
  EXPECT_EQ(lender.arrival(), kFirst + Days{1});  // escorts alone
  lender.add("trucks", 5);
  EXPECT_EQ(lender.arrival(), kFirst + Days{5});  // units come before escorts
  lender.add("by air", 2);
  lender.add("by bus", 4);
  EXPECT_EQ(lender.arrival(), kFirst + Days{2});
  lender.add("another journey", 1, {}, 1);
  EXPECT_EQ(lender.arrival(), kFirst + Days{2});
}

TEST(Journeys, AnEscortWhoIsThereOnThatDayStandsForIt) {
  OneLender lender;
  lender.add("by air", 3);
  lender.add("trucks", 6);
  lender.add("there before", 3, Role::Representative, -4);
  lender.add("there between", 4, Role::Representative, -4);
  lender.add("gone by then", 1, Role::Representative, -4, 2);
  lender.add("who travels along", 5, Role::Representative);
  EXPECT_TRUE(lender.stands_for(2));
  EXPECT_FALSE(lender.stands_for(3));
  EXPECT_FALSE(lender.stands_for(4));
  EXPECT_TRUE(lender.stands_for(5));
  EXPECT_FALSE(lender.stands_for(0));  // no escort
  lender.want_ahead(1);
  EXPECT_FALSE(lender.stands_for(2));
}

TEST(Journeys, ListsInTheOrderOfThePlan) {
  OneLender lender;
  lender.add("b", 3);
  lender.add("escort", 3, Role::Lead, 1);
  lender.add("a", 3);
  const Journeys journeys(lender.evidence());
  const auto& members = journeys.who_name("K-001");
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0]->assignment->id, "b");
  EXPECT_EQ(members[1]->assignment->id, "a");
  ASSERT_EQ(journeys.escorts_for(lender.contingent()).size(), 1U);
  EXPECT_EQ(journeys.escorts_for(lender.contingent())[0]->assignment->id, "escort");
  EXPECT_TRUE(journeys.who_name("K-009").empty());
  Contingent other = lender.contingent();
  other.borrower = AgencyIndex(7U);
  EXPECT_TRUE(journeys.escorts_for(other).empty());
}

}  // namespace
}  // namespace relevo::planner::checking
