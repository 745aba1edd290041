// SPDX-License-Identifier: MIT
#include "geo/layer/time_text.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::geo {
namespace {

std::string iso(std::string_view text, DateOrder order = DateOrder::Unknown, std::optional<int> year = std::nullopt) {
  const auto parsed = parse_instant(text, order, year);
  return parsed ? iso_text(parsed->at) : "-";
}

TEST(TimeText, TakesInstantsInManyForms) {
  EXPECT_EQ(iso("2016-06-04T13:30:05.25-06:00"), "2016-06-04T19:30:05Z");
  EXPECT_EQ(iso("2016-06-04 13:30"), "2016-06-04T13:30:00Z");
  EXPECT_EQ(iso("2016/06/04"), "2016-06-04T00:00:00Z");
  EXPECT_EQ(iso("20160604"), "2016-06-04T00:00:00Z");
  EXPECT_EQ(iso("20160604T1330Z"), "2016-06-04T13:30:00Z");
  EXPECT_EQ(iso("1992081618.0"), "1992-08-16T18:00:00Z");
  EXPECT_EQ(iso("199208161830"), "1992-08-16T18:30:00Z");
  EXPECT_EQ(iso("2022096 1600"), "2022-04-06T16:00:00Z");
  EXPECT_EQ(iso("1716602481000"), "2024-05-25T02:01:21Z") << "milliseconds";
  EXPECT_EQ(iso("1716602481"), "2024-05-25T02:01:21Z") << "seconds";
  EXPECT_EQ(iso("Sat, 04 Jun 2016 13:30:00 GMT"), "2016-06-04T13:30:00Z");
  EXPECT_EQ(iso("04-Jun-2016"), "2016-06-04T00:00:00Z");
  EXPECT_EQ(iso("2016-06-04 13:30 MDT"), "2016-06-04T19:30:00Z");
  EXPECT_EQ(iso("6/14/2016 1:30 PM"), "2016-06-14T13:30:00Z");
  EXPECT_EQ(iso("6/14/2016 12:30 AM"), "2016-06-14T00:30:00Z");
  EXPECT_EQ(iso("2016-06-04T24:00:00Z"), "2016-06-05T00:00:00Z");
}

TEST(TimeText, TakesDaysOfIsoWeeks) {
  const auto day = [](std::string_view text) {
    const auto instant = parse_instant(text);
    return instant ? iso_text(instant->at) : std::string();
  };
  EXPECT_EQ(day("2024-W30-3"), "2024-07-24T00:00:00Z");
  EXPECT_EQ(day("2024W303"), "2024-07-24T00:00:00Z");
  EXPECT_EQ(day("2024-W31-1T12:30:00-06:00"), "2024-07-29T18:30:00Z");
  // The first week has the first Thursday: it may begin in the year before, the last end in the year after.
  EXPECT_EQ(day("2025-W01-1"), "2024-12-30T00:00:00Z");
  EXPECT_EQ(day("2020-W53-7"), "2021-01-03T00:00:00Z");
  for (const char* none :
       {"2024-W30", "2024-W00-1", "2024-W30-0", "2024-W30-8", "2021-W53-1", "2024-W3-1", "2024-W303"})
    EXPECT_EQ(day(none), "") << none;
}

TEST(TimeText, TakesMonthsByTheirNames) {
  const auto instant = [](std::string_view text, std::optional<int> near_year = {}) {
    const auto parsed = parse_instant(text, DateOrder::Unknown, near_year);
    return parsed ? iso_text(parsed->at) : std::string();
  };
  for (const char* text : {"14-mar-2024", "14/mar/2024", "14 de marzo de 2024", "14 de Marzo del 2024", "14 Mars 2024",
                           "jueves, 14 de marzo de 2024", "jeudi 14 mars 2024", "Thu 14 Mar 2024", "March 14, 2024",
                           "Mar. 14 2024", "14.mar.2024"})
    EXPECT_EQ(instant(text), "2024-03-14T00:00:00Z") << text;
  EXPECT_EQ(instant("3 ao\xC3\xBBt 2024"), "2024-08-03T00:00:00Z");
  EXPECT_EQ(instant("3 F\xC3\x89VRIER 2024 13h30"), "2024-02-03T13:30:00Z");
  EXPECT_EQ(instant("3 juin 2024"), "2024-06-03T00:00:00Z");
  EXPECT_EQ(instant("3 juillet 2024"), "2024-07-03T00:00:00Z");
  EXPECT_EQ(instant("3 d\xC3\xA9"
                    "c. 2024"),
            "2024-12-03T00:00:00Z");
  EXPECT_EQ(instant("3 dic 2024, 13:30 hrs"), "2024-12-03T13:30:00Z");
  EXPECT_EQ(instant("2024/03/14 13:00 hrs"), "2024-03-14T13:00:00Z");
  EXPECT_EQ(instant("March 14, 2024 13:30 MDT"), "2024-03-14T19:30:00Z");
  EXPECT_EQ(instant("14-ene-24"), "") << "of which century";
  EXPECT_EQ(instant("14-ene-24", 2023), "2024-01-14T00:00:00Z");
  for (const char* none : {"14 de 2024", "14 brumaire 2024", "marzo 2024", "32 de marzo de 2024", "14 marzo 2024 x",
                           "\xC3\xC3\xC3\xC3\xC3\xC3", "de de de 14 14"})
    EXPECT_EQ(instant(none), "") << none;
}

TEST(TimeText, DoesNotGuessDayAndMonth) {
  EXPECT_EQ(iso("03/04/2024"), "-");
  EXPECT_EQ(iso("03/04/2024", DateOrder::DayMonthYear), "2024-04-03T00:00:00Z");
  EXPECT_EQ(iso("03/04/2024", DateOrder::MonthDayYear), "2024-03-04T00:00:00Z");
  EXPECT_EQ(iso("23/04/2024"), "2024-04-23T00:00:00Z") << "23 is no month";
  EXPECT_EQ(iso("04/04/2024"), "2024-04-04T00:00:00Z") << "it makes no difference";
  EXPECT_EQ(iso("2/1/00 6:00", DateOrder::MonthDayYear), "-") << "which century?";
  EXPECT_EQ(iso("2/1/00 6:00", DateOrder::MonthDayYear, 1900), "1900-02-01T06:00:00Z");
  EXPECT_EQ(iso("1/1/00 0:00", DateOrder::MonthDayYear, 1999), "2000-01-01T00:00:00Z");
  EXPECT_EQ(iso("12/31/99 0:00", DateOrder::MonthDayYear, 2000), "1999-12-31T00:00:00Z");
}

TEST(TimeText, RefusesWhatIsNoInstant) {
  for (const char* none :
       {"", "0", "-1", "2016-13-01", "2016-02-30", "2015-366", "2015366 1200", "2016-06-04T25:00", "2016-06-04T13:75",
        "9999-12-31", "yesterday", "2016-06-04T13:30:00+99:00", "2016-06-04 13:30 XYZ", "99999999999999999999999"})
    EXPECT_EQ(iso(none), "-") << none;
}

TEST(TimeText, TakesClocksThatLostTheirZeros) {
  const auto minutes = [](std::string_view text) {
    const auto clock = parse_clock(text);
    return clock ? static_cast<int>(clock->count() / 60) : -1;
  };
  EXPECT_EQ(minutes("0014"), 14);
  EXPECT_EQ(minutes("14"), 14);
  EXPECT_EQ(minutes("645"), 6 * 60 + 45);
  EXPECT_EQ(minutes("2021"), 20 * 60 + 21);
  EXPECT_EQ(minutes("06:45"), 6 * 60 + 45);
  EXPECT_EQ(minutes("6:45:10"), 6 * 60 + 45);
  EXPECT_EQ(minutes("645.0"), 6 * 60 + 45);
  EXPECT_EQ(minutes("0"), 0);
  for (const char* none : {"", "2575", "1299", "-5", "noon", "25:00", "12:60"})
    EXPECT_EQ(minutes(none), -1) << none;
}

TEST(TimeText, KnowsZones) {
  EXPECT_EQ(offset_to_utc("MDT"), std::chrono::hours(6));
  EXPECT_EQ(offset_to_utc("ndt"), std::chrono::minutes(150));
  EXPECT_EQ(offset_to_utc("-06:00"), std::chrono::hours(6));
  EXPECT_EQ(offset_to_utc("UTC+2"), std::chrono::hours(-2));
  EXPECT_FALSE(offset_to_utc("Middle-earth"));
}

}  // namespace
}  // namespace relevo::geo
