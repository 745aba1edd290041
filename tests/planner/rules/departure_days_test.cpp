// SPDX-License-Identifier: MIT
#include "planner/rules/departure_days.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relevo::planner {
namespace {

DepartureDays some_days() {
  DepartureDays days;
  for (const auto& [day, cap] : std::vector<std::pair<int, int>>{{2, 5}, {3, 5}, {4, 4}, {7, 4}, {8, 4}})
    days.add(day, cap);
  return days;
}

TEST(DepartureDays, AreThoseThatWereAdded) {
  const DepartureDays days = some_days();
  EXPECT_EQ(days.days(), (std::vector<int>{2, 3, 4, 7, 8}));
  EXPECT_EQ(days.size(), 5U);
  EXPECT_EQ(days.front(), 2);
  EXPECT_EQ(days.back(), 8);
  EXPECT_EQ(days.runs(), (std::vector<DepartureDays::Run>{{2, 3, 5}, {4, 4, 4}, {7, 8, 4}}));
  std::vector<DepartureDays::Departure> all;
  for (const auto& departure : days)
    all.push_back(departure);
  EXPECT_EQ(all, (std::vector<DepartureDays::Departure>{{2, 5}, {3, 5}, {4, 4}, {7, 4}, {8, 4}}));
}

TEST(DepartureDays, KnowTheCapOfTheirDaysOnly) {
  const DepartureDays days = some_days();
  EXPECT_EQ(days.first_tour_cap_on(3), 5);
  EXPECT_EQ(days.first_tour_cap_on(4), 4);
  for (const int day : {-1, 1, 5, 6, 9})
    EXPECT_FALSE(days.contains(day)) << day;
}

TEST(DepartureDays, FindTheLatest) {
  const DepartureDays days = some_days();
  EXPECT_FALSE(days.latest_by(1));
  EXPECT_EQ(days.latest_by(3), (DepartureDays::Departure{3, 5}));
  EXPECT_EQ(days.latest_by(6), (DepartureDays::Departure{4, 4}));
  EXPECT_EQ(days.latest_by(100), (DepartureDays::Departure{8, 4}));
}

TEST(DepartureDays, MayBeNone) {
  const DepartureDays none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.size(), 0U);
  EXPECT_FALSE(none.contains(0));
  EXPECT_EQ(none.begin(), none.end());
}

}  // namespace
}  // namespace relevo::planner
