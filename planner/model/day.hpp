// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::planner {

/// A whole local day of the scenario's time zone. Never an instant.
using Day = std::chrono::sys_days;
using Days = std::chrono::days;

/// Days of [first, last): half-open, as everywhere in the code. The tables' `to` columns are inclusive and become
/// `last = to + 1` in the loader.
struct DayInterval {
  Day first;
  Day last;
  bool contains(Day day) const noexcept { return first <= day && day < last; }
  bool empty() const noexcept { return last <= first; }
  friend bool operator==(const DayInterval&, const DayInterval&) = default;
};

/// Earliest and latest day the tables accept; an open end of an interval is one of them.
inline constexpr Day kFirstDay{std::chrono::year{1900} / 1 / 1};
inline constexpr Day kLastDay{std::chrono::year{2200} / 1 / 1};
inline constexpr DayInterval kAlways{kFirstDay, kLastDay};

/// "2016-06-04". Nothing else is accepted: no surrounding text, no impossible date.
std::optional<Day> parse_day(std::string_view text);
std::string format_day(Day day);

/// The planning days: column t of the model is first + t, 0 <= t < days.
struct Horizon {
  Day first;
  int days = 0;
  Day last() const noexcept { return first + Days{days}; }  ///< one past the last planning day
  bool contains(Day day) const noexcept { return first <= day && day < last(); }
  int column(Day day) const noexcept { return static_cast<int>((day - first).count()); }  ///< may lie outside [0, days)
  Day day(int column) const noexcept { return first + Days{column}; }
};

}  // namespace relevo::planner
