// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/text/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relevo::cli {

/// Dates, numbers and units as people write them in the report's language: English as in Canada, Spanish as in Mexico
/// (decimal point), French as in Canada (decimal comma, narrow no-break spaces).
class Locale {
 public:
  explicit Locale(text::Lang lang) : lang_(lang) {}

  std::string day(planner::Day day) const;          ///< "4 June 2016", "4 de junio de 2016", "4 juin 2016"
  std::string weekday_day(planner::Day day) const;  ///< "Saturday 4 June 2016"
  std::string short_day(planner::Day day) const;    ///< "4 Jun"
  std::string month(planner::Day day) const;        ///< "June 2016"
  std::string range(planner::Day first, planner::Day last) const;        ///< both inclusive: "24 May – 3 June 2016"
  std::string short_range(planner::Day first, planner::Day last) const;  ///< "24 May – 3 Jun"
  /// Hours after 00:00 of `day`: "Sat 4 Jun, 14:30".
  std::string instant(planner::Day day, double hours) const;
  std::string duration(double hours) const;  ///< "31 h 15 min"

  std::string whole(long long value) const;                             ///< "1,234"
  std::string decimal(double value, int decimals) const;                ///< "1,234.5"
  std::string quantity(double value) const;                             ///< whole where it is whole, else one decimal
  std::string percent(double fraction) const;                           ///< "78%"; small ones "0.4%", "< 0.1%"
  std::string money(double amount, const std::string& currency) const;  ///< "CAD 12,345"
  std::string kilometres(double km) const;                              ///< "3,512 km"
  std::string hectares(double ha) const;                                ///< "566,188 ha"

  std::string_view code() const;  ///< "en", for lang="..."

 private:
  text::Lang lang_;
};

/// The text with a capital first letter, as headings begin; letters of Western European languages.
std::string capitalized(std::string text);

}  // namespace relevo::cli
