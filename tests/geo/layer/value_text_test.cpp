// SPDX-License-Identifier: MIT
#include "geo/layer/value_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace relevo::geo {
namespace {

std::string iso(std::string_view text, DateOrder order = DateOrder::Unknown, std::optional<int> year = std::nullopt) {
  const auto parsed = parse_instant(text, order, year);
  return parsed ? iso_text(parsed->at) : "-";
}

double number_in(std::string_view text, bool comma_is_decimal = false) {
  const auto parsed = parse_number(text, comma_is_decimal);
  return parsed ? parsed->value : std::nan("");
}

double degrees(std::string_view text, Axis axis = Axis::Longitude) {
  const auto parsed = parse_degrees(text, axis);
  return parsed ? parsed->value : std::nan("");
}

TEST(ValueText, ComparesWordsInOneForm) {
  EXPECT_EQ(plain_word("Fecha/Hora (UTC)"), "fecha_hora_utc");
  EXPECT_EQ(plain_word(" Año "), "ano");
  EXPECT_EQ(plain_word("Hors contrôle"), "hors_controle");
  EXPECT_EQ(plain_word("attr_IrwinID"), "attr_irwinid");
  EXPECT_EQ(plain_word("94% contained"), "94_contained");
  EXPECT_EQ(plain_word("\xC3"), "") << "half a letter";
}

TEST(ValueText, TakesNumbersAsPeopleWriteThem) {
  EXPECT_EQ(number_in("12.5"), 12.5);
  EXPECT_EQ(number_in(" +12.5 "), 12.5);
  EXPECT_EQ(number_in("12,5"), 12.5);
  EXPECT_EQ(number_in("1,234.5"), 1234.5);
  EXPECT_EQ(number_in("1.234,5"), 1234.5);
  EXPECT_EQ(number_in("1 234,5"), 1234.5);
  EXPECT_EQ(number_in("1,234"), 1234.0);
  EXPECT_EQ(number_in("1,234", true), 1.234);
  EXPECT_EQ(number_in("-8,1203", true), -8.1203);
  EXPECT_EQ(number_in("1,234,567"), 1234567.0);
  EXPECT_EQ(number_in("85 %"), 85.0);
  EXPECT_EQ(number_in("1e3"), 1000.0);
  for (const char* none : {"", "inf", "-inf", "NaN", "12.5.1", "twelve", "12 ha", "0x10", "--5", "1e999", ","})
    EXPECT_TRUE(std::isnan(number_in(none))) << none;
}

TEST(ValueText, TakesInstantsInManyForms) {
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

TEST(ValueText, TakesDaysOfIsoWeeks) {
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

TEST(ValueText, TakesMonthsByTheirNames) {
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

TEST(ValueText, DoesNotGuessDayAndMonth) {
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

TEST(ValueText, RefusesWhatIsNoInstant) {
  for (const char* none :
       {"", "0", "-1", "2016-13-01", "2016-02-30", "2015-366", "2015366 1200", "2016-06-04T25:00", "2016-06-04T13:75",
        "9999-12-31", "yesterday", "2016-06-04T13:30:00+99:00", "2016-06-04 13:30 XYZ", "99999999999999999999999"})
    EXPECT_EQ(iso(none), "-") << none;
}

TEST(ValueText, TakesClocksThatLostTheirZeros) {
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

TEST(ValueText, KnowsZones) {
  EXPECT_EQ(offset_to_utc("MDT"), std::chrono::hours(6));
  EXPECT_EQ(offset_to_utc("ndt"), std::chrono::minutes(150));
  EXPECT_EQ(offset_to_utc("-06:00"), std::chrono::hours(6));
  EXPECT_EQ(offset_to_utc("UTC+2"), std::chrono::hours(-2));
  EXPECT_FALSE(offset_to_utc("Middle-earth"));
}

TEST(ValueText, TakesDegreesWithMinutesAndSeconds) {
  EXPECT_DOUBLE_EQ(degrees("-111.39"), -111.39);
  EXPECT_DOUBLE_EQ(degrees("-111,39"), -111.39);
  EXPECT_DOUBLE_EQ(degrees("111 23 24 W"), -111.39);
  EXPECT_DOUBLE_EQ(degrees("111°23'24\"O"), -111.39) << "oeste, ouest";
  EXPECT_DOUBLE_EQ(degrees("W 111 23.4"), -111.39);
  EXPECT_DOUBLE_EQ(degrees("-111 23 24"), -111.39);
  EXPECT_DOUBLE_EQ(degrees("111-23-24"), 111.39);
  EXPECT_DOUBLE_EQ(degrees("56d42m0sN", Axis::Latitude), 56.7);
  EXPECT_DOUBLE_EQ(degrees("56 42 0 S", Axis::Latitude), -56.7) << "south, not seconds";
  EXPECT_FALSE(parse_degrees("111-23-24", Axis::Longitude)->has_hemisphere);
  EXPECT_TRUE(parse_degrees("111-23-24", Axis::Longitude)->is_sexagesimal);
  for (const char* none : {"", "111 75 00 W", "111 23 61 W", "111 23 24 N", "1 2 3 4", "W", "twelve", "111 23 24 W E"})
    EXPECT_TRUE(std::isnan(degrees(none))) << none;
}

}  // namespace
}  // namespace relevo::geo
