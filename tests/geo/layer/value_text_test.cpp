// SPDX-License-Identifier: MIT
#include "geo/layer/value_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace relevo::geo {
namespace {

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
