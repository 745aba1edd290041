// SPDX-License-Identifier: MIT
#include "planner/store/instant_text.hpp"

namespace relevo::planner {

namespace {

namespace chrono = std::chrono;

constexpr std::string_view kPattern = "0000-00-00T00:00:00Z";

void put_digits(std::string& text, std::size_t first, std::size_t count, unsigned value) {
  for (std::size_t i = first + count; i > first; --i) {
    text[i - 1] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

unsigned digits(std::string_view text, std::size_t first, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = first; i < first + count; ++i)
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  return value;
}

bool has_pattern(std::string_view text) {
  if (text.size() != kPattern.size())
    return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kPattern[i] == '0' ? (text[i] < '0' || text[i] > '9') : text[i] != kPattern[i])
      return false;
  return true;
}

}  // namespace

std::string instant_text(geo::Instant instant) {
  const auto day = chrono::floor<chrono::days>(instant);
  const chrono::year_month_day date{day};
  const chrono::hh_mm_ss time{instant - day};
  std::string text{kPattern};
  put_digits(text, 0, 4, static_cast<unsigned>(static_cast<int>(date.year())));
  put_digits(text, 5, 2, static_cast<unsigned>(date.month()));
  put_digits(text, 8, 2, static_cast<unsigned>(date.day()));
  put_digits(text, 11, 2, static_cast<unsigned>(time.hours().count()));
  put_digits(text, 14, 2, static_cast<unsigned>(time.minutes().count()));
  put_digits(text, 17, 2, static_cast<unsigned>(time.seconds().count()));
  return text;
}

std::optional<geo::Instant> read_instant(std::string_view text) {
  if (!has_pattern(text))
    return std::nullopt;
  const chrono::year_month_day date{chrono::year{static_cast<int>(digits(text, 0, 4))},
                                    chrono::month{digits(text, 5, 2)}, chrono::day{digits(text, 8, 2)}};
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59)
    return std::nullopt;
  return chrono::sys_days{date} + chrono::hours{hour} + chrono::minutes{minute} + chrono::seconds{second};
}

}  // namespace relevo::planner
