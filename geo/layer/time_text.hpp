// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// What the texts of other people's files say of time: instants, clocks, zones. Everything here is total: a text that
/// means nothing gives nothing, none throws.
namespace relevo::geo {

/// How a source writes its dates, where the text alone does not tell.
enum class DateOrder {
  Unknown,       ///< 03/04/2024 is refused
  DayMonthYear,  ///< Mexico, Europe
  MonthDayYear   ///< United States
};

struct ParsedInstant {
  Instant at;
  bool has_zone = false;  ///< the text says its zone, or is an epoch
  bool has_time = false;  ///< false: a date alone, taken at 00:00
};

/// Takes ISO 8601 with or without time, seconds, fraction, zone and separators (2016-06-04T13:30:05.2-06:00,
/// 2016/06/04 13:30, 20160604, 2016060413, 201606041330), day of the year (2022096 1600), day of the week (2024-W30-3),
/// epochs in seconds and milliseconds (9 to 10, 12 to 13 digits), dates with slashes by `order`, RFC 2822 (Sat, 04 Jun
/// 2016 13:30:00 GMT), and dates with the name of the month in English, Spanish or French (March 14, 2024; 14 de marzo
/// de 2024 13:30 hrs). Without a zone the text is taken as UTC. A year of two digits is the one nearest to `near_year`,
/// without which it is refused. Nothing outside the years 1800 to 2200.
std::optional<ParsedInstant> parse_instant(std::string_view text, DateOrder order = DateOrder::Unknown,
                                           std::optional<int> near_year = std::nullopt) noexcept;

/// Seconds after midnight from "0014", "14" (leading zeros lost: 00:14), "645" (06:45), "06:45", "6:45:10", "6.0", or a
/// number with the fraction of a spreadsheet. Nothing for 2575.
std::optional<std::chrono::seconds> parse_clock(std::string_view text) noexcept;

/// What to add to the local time of a zone to get UTC: "MDT" is 6 hours. Knows the abbreviations of North America and
/// offsets such as "-06:00", "UTC-6"; nothing for a zone it does not know.
std::optional<std::chrono::seconds> offset_to_utc(std::string_view zone) noexcept;

/// "2018-03-23T12:00:00Z"
std::string iso_text(Instant instant);

}  // namespace relevo::geo
