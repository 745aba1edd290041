// SPDX-License-Identifier: MIT
#include "cli/report/locale.hpp"

#include <gtest/gtest.h>

namespace relevo::cli {
namespace {

using text::Lang;

planner::Day day(std::string_view text) {
  return planner::parse_day(text).value();
}

TEST(Locale, Days) {
  EXPECT_EQ(Locale(Lang::En).day(day("2016-06-04")), "4 June 2016");
  EXPECT_EQ(Locale(Lang::Es).day(day("2016-06-04")), "4 de junio de 2016");
  EXPECT_EQ(Locale(Lang::Fr).day(day("2016-06-04")), "4 juin 2016");
  EXPECT_EQ(Locale(Lang::Fr).day(day("2016-06-01")), "1er juin 2016");
  EXPECT_EQ(Locale(Lang::En).weekday_day(day("2016-02-29")), "Monday 29 February 2016");
}

TEST(Locale, Ranges) {
  EXPECT_EQ(Locale(Lang::En).range(day("2016-05-24"), day("2016-06-03")), "24 May – 3 June 2016");
  EXPECT_EQ(Locale(Lang::Es).range(day("2016-12-30"), day("2017-01-02")),
            "30 de diciembre de 2016 – 2 de enero de 2017");
  EXPECT_EQ(Locale(Lang::En).range(day("2016-05-24"), day("2016-05-24")), "24 May 2016");
}

TEST(Locale, Instants) {
  EXPECT_EQ(Locale(Lang::En).instant(day("2016-06-04"), 30.5), "Sun 5\u00A0Jun, 06:30");
  EXPECT_EQ(Locale(Lang::En).instant(day("2016-06-04"), 23.9999), "Sun 5\u00A0Jun, 00:00");
  EXPECT_EQ(Locale(Lang::Fr).instant(day("2016-06-04"), 9.75), "sam. 4\u00A0juin, 9\u202Fh\u202F45");
  EXPECT_EQ(Locale(Lang::En).instant(day("2016-06-04"), -1.0), "Fri 3\u00A0Jun, 23:00");
}

TEST(Locale, Numbers) {
  EXPECT_EQ(Locale(Lang::En).whole(1234567), "1,234,567");
  EXPECT_EQ(Locale(Lang::Es).decimal(1234.5, 1), "1,234.5");
  EXPECT_EQ(Locale(Lang::Fr).decimal(1234.5, 1), "1\u202F234,5");
  EXPECT_EQ(Locale(Lang::En).whole(-12), "\u221212");
  EXPECT_EQ(Locale(Lang::En).decimal(-0.001, 1), "0.0");
  EXPECT_EQ(Locale(Lang::En).quantity(12.0), "12");
  EXPECT_EQ(Locale(Lang::En).money(1234.6, "CAD"), "CAD\u00A01,235");
  EXPECT_EQ(Locale(Lang::Fr).money(1234.6, "CAD"), "1\u202F235\u00A0CAD");
}

TEST(Locale, Percentages) {
  EXPECT_EQ(Locale(Lang::En).percent(0.78), "78%");
  EXPECT_EQ(Locale(Lang::En).percent(0.0047), "0.5%");
  EXPECT_EQ(Locale(Lang::En).percent(0.0001), "<\u00A00.1%");
  EXPECT_EQ(Locale(Lang::En).percent(0.0), "0%");
  EXPECT_EQ(Locale(Lang::En).percent(1.0), "100%");
  EXPECT_EQ(Locale(Lang::Fr).percent(0.125), "12\u00A0%");
}

TEST(Locale, NearlyAllIsNotAll) {
  EXPECT_EQ(Locale(Lang::En).percent(0.9996), "99.9%");
}

TEST(Locale, Capitals) {
  EXPECT_EQ(capitalized("days off"), "Days off");
  EXPECT_EQ(capitalized("équipe"), "Équipe");
  EXPECT_EQ(capitalized("Ñu"), "Ñu");
  EXPECT_EQ(capitalized(""), "");
}

}  // namespace
}  // namespace relevo::cli
