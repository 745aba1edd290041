// SPDX-License-Identifier: MIT
#include "geo/layer/time_text.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/text_scanner.hpp"
#include "geo/layer/value_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace relevo::geo {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::optional<Instant> day_start(int year, int month, int day) noexcept {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1800 || year > 2200 || month < 1 || day < 1 || !date.ok())
    return std::nullopt;
  const std::chrono::sys_days start = date;
  return start;
}

std::optional<Instant> day_of_year_start(int year, int day) noexcept {
  const auto first = day_start(year, 1, 1);
  const int last = std::chrono::year(year).is_leap() ? 366 : 365;
  if (!first || day < 1 || day > last)
    return std::nullopt;
  return *first + days(day - 1);
}

/// ISO 8601: week 1 has the first Thursday of the year, days run from Monday, 1.
std::optional<Instant> day_of_week_start(int year, int week, int day) noexcept {
  const auto fourth = day_start(year, 1, 4);
  if (!fourth || week < 1 || week > 53 || day < 1 || day > 7)
    return std::nullopt;
  const std::chrono::weekday weekday{std::chrono::floor<days>(*fourth)};
  const Instant monday = *fourth - days(static_cast<int>(weekday.iso_encoding()) - 1) + days(7 * (week - 1));
  const std::chrono::year_month_day thursday{std::chrono::floor<days>(monday + days(3))};
  return thursday.year() == std::chrono::year(year) ? std::optional<Instant>(monday + days(day - 1)) : std::nullopt;
}

std::optional<seconds> clock_of(int hour, int minute, int second) noexcept {
  // 24:00 closes a day; a leap second counts as the one before it.
  if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0)))
    return std::nullopt;
  return hours(hour) + minutes(minute) + seconds(std::min(second, 59));
}

/// "13", "13:30", "13h30", "13:30:05.25", "1330", "133005"; the fraction is cut off.
std::optional<seconds> take_clock(TextScanner& scanner) noexcept {
  const std::size_t digits = scanner.count_digits();
  const bool is_compact = digits == 4 || digits == 6;
  const auto hour = scanner.number(1, 2);
  if (!hour)
    return std::nullopt;
  int minute = 0;
  int second = 0;
  const bool has_h = scanner.rest().size() > 1 && scanner.peek() == 'h' && is_digit(scanner.rest()[1]);
  if (is_compact || scanner.take(':') || (has_h && scanner.take('h'))) {
    const auto value = scanner.number(2, 2);
    if (!value)
      return std::nullopt;
    minute = *value;
  }
  if (digits == 6 || (!is_compact && scanner.take(':'))) {
    const auto value = scanner.number(2, 2);
    if (!value)
      return std::nullopt;
    second = *value;
  }
  if (scanner.take_any(".,")) {
    while (scanner.number(1, 1)) {
    }
  }
  return clock_of(*hour, minute, second);
}

/// "Z", "UTC", "-06:00", "MDT" or nothing at all; no value for other text.
std::optional<std::optional<seconds>> take_zone(TextScanner& scanner) noexcept {
  scanner.skip_spaces();
  constexpr std::array<std::string_view, 6> kHours = {"h", "hr", "hrs", "hs", "horas", "heures"};
  const bool says_hours = std::find(kHours.begin(), kHours.end(), scanner.rest()) != kHours.end();
  if (scanner.at_end() || says_hours)
    return std::optional<seconds>();
  const auto offset = offset_to_utc(scanner.rest());
  if (!offset)
    return std::nullopt;
  return std::optional<seconds>(offset);
}

std::optional<ParsedInstant> with_clock_and_zone(Instant day, TextScanner& scanner) noexcept {
  if (scanner.at_end())
    return ParsedInstant{day, false, false};
  if (!scanner.take_any("Tt") && !scanner.take(' ') && !scanner.take('_'))
    return std::nullopt;
  scanner.skip_spaces();
  const auto clock = take_clock(scanner);
  if (!clock)
    return std::nullopt;
  const bool is_afternoon = scanner.rest().starts_with(" PM") || scanner.rest().starts_with(" pm");
  const bool has_half = is_afternoon || scanner.rest().starts_with(" AM") || scanner.rest().starts_with(" am");
  auto time = *clock;
  if (has_half) {
    if (time >= hours(13) || time < hours(1))
      return std::nullopt;
    time = time % hours(12) + (is_afternoon ? hours(12) : hours(0));
    scanner = TextScanner(scanner.rest().substr(3));
  }
  const auto zone = take_zone(scanner);
  if (!zone)
    return std::nullopt;
  return ParsedInstant{day + time + zone->value_or(seconds(0)), zone->has_value(), true};
}

/// Digits alone: a compact date, or an epoch by their number.
std::optional<ParsedInstant> digits_instant(std::string_view digits) noexcept {
  std::int64_t number = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc())
    return std::nullopt;
  TextScanner scanner(digits);
  const auto part = [&scanner](std::size_t count) { return scanner.number(count, count).value_or(0); };
  switch (digits.size()) {
    case 7: {
      const int year = part(4);
      const auto day = day_of_year_start(year, part(3));
      return day ? std::optional(ParsedInstant{*day, false, false}) : std::nullopt;
    }
    case 8: {
      const int year = part(4);
      const int month = part(2);
      const auto day = day_start(year, month, part(2));
      return day ? std::optional(ParsedInstant{*day, false, false}) : std::nullopt;
    }
    case 12:
    case 14:
    case 10: {
      const int year = part(4);
      const int month = part(2);
      const auto day = day_start(year, month, part(2));
      const int hour = part(2);
      const int minute = digits.size() > 10 ? part(2) : 0;
      const auto clock = clock_of(hour, minute, digits.size() > 12 ? part(2) : 0);
      if (day && clock)
        return ParsedInstant{*day + *clock, false, true};
      break;
    }
    default:
      break;
  }
  if (digits.size() == 9 || digits.size() == 10)
    return ParsedInstant{Instant(seconds(number)), true, true};
  if (digits.size() == 12 || digits.size() == 13)
    return ParsedInstant{std::chrono::floor<seconds>(std::chrono::sys_time<milliseconds>(milliseconds(number))), true,
                         true};
  return std::nullopt;
}

/// By the first letters in English, Spanish or French, in small ASCII letters.
std::optional<int> month_of(std::string_view name) noexcept {
  struct Named {
    std::string_view start;
    int month;
  };
  constexpr std::array<Named, 22> kMonths = {{{"jan", 1}, {"ene", 1},  {"feb", 2},  {"fev", 2}, {"mar", 3}, {"apr", 4},
                                              {"abr", 4}, {"avr", 4},  {"may", 5},  {"mai", 5}, {"jun", 6}, {"juin", 6},
                                              {"jul", 7}, {"juil", 7}, {"aug", 8},  {"ago", 8}, {"aou", 8}, {"sep", 9},
                                              {"set", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12}}};
  for (const auto& [start, month] : kMonths) {
    if (name.starts_with(start))
      return month;
  }
  return name.starts_with("dic") ? std::optional(12) : std::nullopt;
}

/// In small letters without accents, at most 48 of them.
std::string_view plain_letters(std::string_view text, std::array<char, 48>& buffer) noexcept {
  constexpr unsigned char kLatin = 0xC3;  // begins U+00C0 to U+00FF in UTF-8
  std::size_t size = 0;
  for (std::size_t i = 0; i < text.size() && size < buffer.size(); ++i) {
    const bool is_latin = static_cast<unsigned char>(text[i]) == kLatin && i + 1 < text.size() &&
                          (static_cast<unsigned char>(text[i + 1]) & 0xC0U) == 0x80U;
    buffer.at(size++) =
        is_latin ? plain_latin(0xC0U + (static_cast<unsigned char>(text[++i]) & 0x3FU)) : lower_ascii(text[i]);
  }
  return {buffer.data(), size};
}

/// Four digits, or two of the century that puts them nearest to another year.
std::optional<int> take_year(TextScanner& scanner, std::optional<int> near_year) noexcept {
  const std::size_t digits = scanner.count_digits();
  if (digits != 2)
    return scanner.number(4, 4);
  const int year = scanner.number(2, 2).value_or(0);
  if (!near_year)
    return std::nullopt;
  const int centuries = (*near_year - year + 50) / 100;
  return year + 100 * centuries;
}

/// "Sat, 04 Jun 2016 13:30:00 GMT", "04-Jun-2016", "March 14, 2024", "jueves, 14 de marzo de 2024", "14/abr/2024",
/// "3 juin 2024".
std::optional<ParsedInstant> named_month_instant(std::string_view text, std::optional<int> near_year) noexcept {
  constexpr std::string_view kBetween = " -/.,";
  std::array<char, 48> buffer{};
  TextScanner scanner(plain_letters(text, buffer));
  const auto skip = [&scanner, kBetween] {
    while (scanner.take_any(kBetween)) {
    }
  };
  const std::string_view first = scanner.letters();
  skip();
  const auto day = scanner.number(1, 2);
  skip();
  std::string_view name = scanner.letters();
  skip();
  if (name == "de") {
    name = scanner.letters();
    skip();
  }
  const auto month = month_of(name.empty() ? first : name);
  const bool has_particle = scanner.rest().starts_with("de ") || scanner.rest().starts_with("del ");
  if (has_particle) {
    scanner.letters();
    skip();
  }
  const auto year = take_year(scanner, near_year);
  if (!day || !month || !year)
    return std::nullopt;
  const auto start = day_start(*year, *month, *day);
  const std::size_t left = scanner.rest().size();
  if (!start || left > text.size())
    return std::nullopt;
  TextScanner end(text.substr(text.size() - left));  // as written: zones have capitals
  end.take(',');
  return with_clock_and_zone(*start, end);
}

/// "03/04/2024 13:30" by the order of the source, or by the one part that can be no month.
std::optional<ParsedInstant> year_last_instant(TextScanner scanner, DateOrder order,
                                               std::optional<int> near_year) noexcept {
  const auto first = scanner.number(1, 2);
  const bool is_split = scanner.take_any("/-.");
  const auto second = scanner.number(1, 2);
  if (!first || !is_split || !second || !scanner.take_any("/-."))
    return std::nullopt;
  const auto year = take_year(scanner, near_year);
  if (!year)
    return std::nullopt;
  if (*first > 12)
    order = DateOrder::DayMonthYear;
  else if (*second > 12)
    order = DateOrder::MonthDayYear;
  else if (order == DateOrder::Unknown && *first != *second)
    return std::nullopt;
  const bool is_month_first = order == DateOrder::MonthDayYear;
  const auto day = day_start(*year, is_month_first ? *first : *second, is_month_first ? *second : *first);
  return day ? with_clock_and_zone(*day, scanner) : std::nullopt;
}

/// "2016-06-04...", "2016/6/4...", "20160604T1330Z", "2022096 1600".
std::optional<ParsedInstant> year_first_instant(TextScanner scanner) noexcept {
  const std::size_t digits = scanner.count_digits();
  const auto year = scanner.number(4, 4);
  if (!year)
    return std::nullopt;
  std::optional<Instant> day;
  if (digits == 7) {
    day = day_of_year_start(*year, scanner.number(3, 3).value_or(0));
  } else if (digits == 8) {
    const int month = scanner.number(2, 2).value_or(0);
    day = day_start(*year, month, scanner.number(2, 2).value_or(0));
  } else if (digits == 4 && (scanner.rest().starts_with("-W") || scanner.rest().starts_with('W'))) {
    const bool is_extended = scanner.take('-');
    scanner.take('W');
    const int week = scanner.number(2, 2).value_or(0);
    if (is_extended && !scanner.take('-'))
      return std::nullopt;  // a week alone is no day
    day = day_of_week_start(*year, week, scanner.number(1, 1).value_or(0));
  } else if (digits == 4 && scanner.take_any("-/.")) {
    const int month = scanner.number(1, 2).value_or(0);
    if (!scanner.take_any("-/."))
      return std::nullopt;
    day = day_start(*year, month, scanner.number(1, 2).value_or(0));
  }
  return day ? with_clock_and_zone(*day, scanner) : std::nullopt;
}

}  // namespace

std::optional<ParsedInstant> parse_instant(std::string_view text, DateOrder order,
                                           std::optional<int> near_year) noexcept {
  text = trim(text);
  if (text.size() < 6 || text.size() > 48)
    return std::nullopt;
  // "1992081618.0" and "1.7e12" are what numbers become on their way through other programs.
  const TextScanner scanner(text);
  const std::size_t digits = scanner.count_digits();
  if (digits == text.size())
    return digits_instant(text);
  if (digits >= 7 && text[digits] == '.' && text.find_first_not_of('0', digits + 1) == std::string_view::npos)
    return digits_instant(text.substr(0, digits));
  if (digits == 4 || digits == 7 || digits == 8) {
    if (const auto instant = year_first_instant(scanner))
      return instant;
  }
  if (digits == 1 || digits == 2) {
    if (const auto instant = year_last_instant(scanner, order, near_year))
      return instant;
  }
  return named_month_instant(text, near_year);
}

std::optional<seconds> parse_clock(std::string_view text) noexcept {
  text = trim(text);
  if (text.empty() || text.size() > 16)
    return std::nullopt;
  if (text.find(':') != std::string_view::npos) {
    TextScanner scanner(text);
    const auto clock = take_clock(scanner);
    return scanner.at_end() || scanner.rest() == "Z" ? clock : std::nullopt;
  }
  const auto number = parse_number(text);
  if (!number || number->value < 0.0 || number->value != std::floor(number->value) || number->value > 240000.0)
    return std::nullopt;
  const int value = static_cast<int>(number->value);
  const bool has_seconds = text.size() == 6 && value > 2400;
  if (has_seconds)
    return clock_of(value / 10000, value / 100 % 100, value % 100);
  return clock_of(value / 100, value % 100, 0);
}

std::optional<seconds> offset_to_utc(std::string_view zone) noexcept {
  zone = trim(zone);
  struct Named {
    std::string_view name;
    int minutes;
  };
  constexpr std::array<Named, 24> kZones = {{{"Z", 0},      {"UTC", 0},    {"GMT", 0},    {"NST", 210}, {"NDT", 150},
                                             {"AST", 240},  {"ADT", 180},  {"EST", 300},  {"EDT", 240}, {"CST", 360},
                                             {"CDT", 300},  {"MST", 420},  {"MDT", 360},  {"PST", 480}, {"PDT", 420},
                                             {"AKST", 540}, {"AKDT", 480}, {"HST", 600},  {"YST", 540}, {"UT", 0},
                                             {"ZULU", 0},   {"HAST", 600}, {"HADT", 540}, {"SST", 660}}};
  for (const auto& named : kZones) {
    if (zone.size() == named.name.size() && std::equal(zone.begin(), zone.end(), named.name.begin(),
                                                       [](char a, char b) { return lower_ascii(a) == lower_ascii(b); }))
      return minutes(named.minutes);
  }
  if (zone.starts_with("UTC") || zone.starts_with("GMT"))
    zone.remove_prefix(3);
  TextScanner scanner(zone);
  const bool is_west = scanner.take('-');
  if (!is_west && !scanner.take('+'))
    return std::nullopt;
  const auto hour = scanner.number(1, 2);
  scanner.take(':');
  const int minute = scanner.at_end() ? 0 : scanner.number(2, 2).value_or(99);
  if (!hour || *hour > 14 || minute > 59 || !scanner.at_end())
    return std::nullopt;
  const auto offset = hours(*hour) + minutes(minute);
  return is_west ? offset : -offset;
}

std::string iso_text(Instant instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(instant - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace relevo::geo
