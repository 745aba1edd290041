// SPDX-License-Identifier: MIT
#include "cli/report/timeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relevo::cli {
namespace {

using planner::Day;
using planner::Days;

const Day kFirst = planner::parse_day("2016-06-01").value();

// A letter per day from the first: t out, o orientation, L line, s shadow, f off, h home, r rest, m move, x extension,
// | between segments.
std::string strip(const planner::Assignment& assignment, int tour_days = 14) {
  const std::string letters = "toLsfhrmx";
  std::string out;
  for (const auto& segment : segments_of(assignment, tour_days)) {
    out += out.empty() ? "" : "|";
    out += std::string(static_cast<std::size_t>((segment.last - segment.first).count() + 1),
                       letters.at(static_cast<std::size_t>(segment.state)));
  }
  return out;
}

planner::Stint stint(int first, int tour1, int off, int tour2) {
  planner::Stint s;
  int at = first;
  for (int i = 0; i < tour1; ++i)
    s.line_days.push_back(kFirst + Days{at++});
  for (int i = 0; i < off; ++i)
    s.days_off.push_back(kFirst + Days{at++});
  for (int i = 0; i < tour2; ++i)
    s.line_days.push_back(kFirst + Days{at++});
  return s;
}

TEST(Timeline, EveryDayOfADeploymentHasOneState) {
  planner::Assignment a;
  a.depart = kFirst;
  a.arrive = kFirst + Days{1};
  a.stints = {stint(3, 4, 2, 3)};
  a.release = kFirst + Days{12};
  a.home = kFirst + Days{13};
  a.rested = kFirst + Days{16};
  EXPECT_EQ(strip(a), "tt|o|LLLL|ff|LLL|hh|rr");
}

TEST(Timeline, AJourneyOfNoDaysShowsNoTravel) {
  planner::Assignment a;
  a.depart = a.arrive = kFirst;
  a.stints = {stint(0, 3, 0, 0)};
  a.release = a.home = kFirst + Days{2};
  a.rested = kFirst + Days{4};
  EXPECT_EQ(strip(a), "LLL|r");
}

TEST(Timeline, StaysAtTwoRequestsAreTwoSegments) {
  planner::Assignment a;
  a.depart = a.arrive = kFirst;
  a.stints = {stint(1, 2, 0, 0), stint(3, 2, 0, 0)};
  a.release = a.home = kFirst + Days{5};
  a.rested = kFirst + Days{6};
  EXPECT_EQ(strip(a), "t|LL|LL|h");
}

TEST(Timeline, ShowsTheMoveAndTheHandover) {
  planner::Assignment a;
  a.depart = a.arrive = kFirst;
  a.stints = {stint(2, 3, 0, 0), stint(6, 2, 0, 0)};
  a.stints[0].shadow_days = {kFirst + Days{1}};
  a.stints[1].move_days = {kFirst + Days{5}};
  a.release = a.home = kFirst + Days{8};
  a.rested = kFirst + Days{9};
  EXPECT_EQ(strip(a), "t|s|LLL|m|LL|h");
}

TEST(Timeline, ExtensionsAreTheLastDaysOfTheirTours) {
  planner::Assignment a;
  a.depart = a.arrive = kFirst;
  a.stints = {stint(1, 5, 2, 4)};
  a.release = a.home = kFirst + Days{12};
  a.rested = kFirst + Days{13};
  // Tours of three days: two and one beyond.
  a.extension_days = 3;
  EXPECT_EQ(strip(a, 3), "t|LLL|xx|ff|LLL|x|h");
  // One day had been worked before.
  a.extension_days = 4;
  EXPECT_EQ(strip(a, 3), "t|LL|xxx|ff|LLL|x|h");
}

}  // namespace
}  // namespace relevo::cli
