// SPDX-License-Identifier: MIT
#include "planner/model/day.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

TEST(Day, ReadsWhatItWrites) {
  for (const char* text : {"2016-06-04", "2016-02-29", "1900-01-01", "2199-12-31"})
    EXPECT_EQ(format_day(parse_day(text).value()), text);
}

TEST(Day, RefusesEverythingElse) {
  for (const char* text :
       {"", "2016-6-4", "2016-02-30", "2015-02-29", "2016-13-01", "2016-00-10", "2016-06-00", "2016/06/04",
        " 2016-06-04", "2016-06-04 ", "2016-06-04T00:00", "20160604", "04-06-2016", "-016-06-04", "2016-0a-04"})
    EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Horizon, CountsColumnsFromItsFirstDay) {
  const Horizon horizon{parse_day("2016-05-28").value(), 49};
  EXPECT_EQ(horizon.column(parse_day("2016-05-28").value()), 0);
  EXPECT_EQ(horizon.column(parse_day("2016-05-27").value()), -1);
  EXPECT_EQ(format_day(horizon.last()), "2016-07-16");
  EXPECT_FALSE(horizon.contains(horizon.last()));
  EXPECT_EQ(horizon.day(7), parse_day("2016-06-04"));
}

}  // namespace
}  // namespace relevo::planner
