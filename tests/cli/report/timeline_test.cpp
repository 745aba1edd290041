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

// A letter per day from the first: t out, o orientation, L line, s shadow, f off, h home, r rest, | between segments.
std::string strip(const planner::Assignment& assignment) {
  const std::string letters = "toLsfhr";
  std::string out;
  for (const auto& segment : segments_of(assignment)) {
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

}  // namespace
}  // namespace relevo::cli
