// SPDX-License-Identifier: MIT
#include "cli/report/locale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace relevo::cli {

namespace {

using planner::Day;
using text::Lang;

using Names = std::array<std::string_view, 12>;

constexpr std::string_view kNoBreak = "\u00A0";
constexpr std::string_view kNarrowNoBreak = "\u202F";

constexpr std::array<Names, 3> kMonths = {{
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
     "diciembre"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"},
}};

constexpr std::array<Names, 3> kShortMonths = {{
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
    {"janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."},
}};

constexpr std::array<std::array<std::string_view, 7>, 3> kWeekdays = {{
    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
    {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
    {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
}};

constexpr std::array<std::array<std::string_view, 7>, 3> kShortWeekdays = {{
    {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
    {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
    {"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
}};

std::size_t row(Lang lang) {
  return static_cast<std::size_t>(lang);
}

std::string_view month_name(const std::array<Names, 3>& names, Day day, Lang lang) {
  const std::chrono::year_month_day date{day};
  return names.at(row(lang)).at(static_cast<unsigned>(date.month()) - 1);
}

unsigned day_of_month(Day day) {
  return static_cast<unsigned>(std::chrono::year_month_day{day}.day());
}
int year_of(Day day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}
unsigned weekday_of(Day day) {
  return std::chrono::weekday{day}.c_encoding();
}

// French counts the first of a month.
std::string day_number(Day day, Lang lang) {
  const unsigned number = day_of_month(day);
  return lang == Lang::Fr && number == 1 ? "1er" : std::to_string(number);
}

std::string day_and_month(Day day, Lang lang) {
  const char* pattern = lang == Lang::Es ? "{} de {}" : "{} {}";
  return fmt::format(fmt::runtime(pattern), day_number(day, lang), month_name(kMonths, day, lang));
}

std::string with_groups(const std::string& digits, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      out += separator;
    }
    out += digits[i];
  }
  return out;
}

}  // namespace

std::string Locale::day(Day day) const {
  const char* pattern = lang_ == Lang::Es ? "{} de {}" : "{} {}";
  return fmt::format(fmt::runtime(pattern), day_and_month(day, lang_), year_of(day));
}

std::string Locale::weekday_day(Day day) const {
  const char* pattern = lang_ == Lang::Es ? "{}, {}" : "{} {}";
  return fmt::format(fmt::runtime(pattern), kWeekdays.at(row(lang_)).at(weekday_of(day)), this->day(day));
}

std::string Locale::short_day(Day day) const {
  return fmt::format("{}{}{}", day_number(day, lang_), kNoBreak, month_name(kShortMonths, day, lang_));
}

std::string Locale::month(Day day) const {
  const char* pattern = lang_ == Lang::Es ? "{} de {}" : "{} {}";
  return fmt::format(fmt::runtime(pattern), month_name(kMonths, day, lang_), year_of(day));
}

std::string Locale::range(Day first, Day last) const {
  if (first == last) {
    return day(first);
  }
  if (year_of(first) != year_of(last)) {
    return day(first) + " – " + day(last);
  }
  return day_and_month(first, lang_) + " – " + day(last);
}

std::string Locale::short_range(Day first, Day last) const {
  return first == last ? short_day(first)
                       : fmt::format("{}{}–{}{}", short_day(first), kNoBreak, kNoBreak, short_day(last));
}

std::string Locale::instant(Day day, double hours) const {
  const auto minutes = static_cast<long long>(std::llround(hours * 60.0));
  const auto days = static_cast<long long>(std::floor(static_cast<double>(minutes) / 1440.0));
  const Day date = day + planner::Days{days};
  const long long rest = minutes - days * 1440;
  const char* clock = lang_ == Lang::Fr ? "{}\u202Fh\u202F{:02}" : "{:02}:{:02}";
  return fmt::format("{} {}, ", kShortWeekdays.at(row(lang_)).at(weekday_of(date)), short_day(date)) +
         fmt::format(fmt::runtime(clock), rest / 60, rest % 60);
}

std::string Locale::duration(double hours) const {
  const auto minutes = static_cast<long long>(std::llround(hours * 60.0));
  if (minutes % 60 == 0) {
    return fmt::format("{}{}h", minutes / 60, kNoBreak);
  }
  return fmt::format("{}{}h{}{}{}min", minutes / 60, kNoBreak, kNoBreak, minutes % 60, kNoBreak);
}

std::string Locale::whole(long long value) const {
  const std::string digits = with_groups(std::to_string(std::abs(value)), lang_ == Lang::Fr ? kNarrowNoBreak : ",");
  return value < 0 ? "\u2212" + digits : digits;
}

std::string Locale::decimal(double value, int decimals) const {
  if (!std::isfinite(value)) {
    return "–";
  }
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  std::string fraction;
  if (const auto point = digits.find('.'); point != std::string::npos) {
    fraction = (lang_ == Lang::Fr ? "," : ".") + digits.substr(point + 1);
    digits.resize(point);
  }
  const std::string number = with_groups(digits, lang_ == Lang::Fr ? kNarrowNoBreak : ",") + fraction;
  return value < 0 && !is_zero ? "\u2212" + number : number;
}

std::string Locale::quantity(double value) const {
  return decimal(value, std::floor(value) == value ? 0 : 1);
}

std::string Locale::percent(double fraction) const {
  const double value = fraction * 100.0;
  const std::string sign = lang_ == Lang::En ? "%" : fmt::format("{}%", kNoBreak);
  if (value > 0.0 && value < 0.05) {
    return fmt::format("<{}", kNoBreak) + decimal(0.1, 1) + sign;
  }
  // Neither is a little nothing nor nearly all everything: a decimal below 10 and above 99, and never up to 100.
  const bool fine = std::floor(value) != value && (std::abs(value) < 9.95 || (value > 99.0 && value < 100.0));
  return decimal(fine && value > 99.0 ? std::min(value, 99.9) : value, fine ? 1 : 0) + sign;
}

std::string Locale::money(double amount, const std::string& currency) const {
  const std::string number = decimal(amount, 0);
  return lang_ == Lang::Fr ? fmt::format("{}{}{}", number, kNoBreak, currency)
                           : fmt::format("{}{}{}", currency, kNoBreak, number);
}

std::string Locale::kilometres(double km) const {
  return fmt::format("{}{}km", decimal(km, km < 10 ? 1 : 0), kNoBreak);
}

std::string Locale::hectares(double ha) const {
  return fmt::format("{}{}ha", decimal(ha, ha < 10 ? 1 : 0), kNoBreak);
}

std::string_view Locale::code() const {
  switch (lang_) {
    case Lang::En:
      return "en";
    case Lang::Es:
      return "es";
    case Lang::Fr:
      return "fr";
  }
  return "en";
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  } else if (text.size() > 1 && text[0] == '\xC3' && text[1] >= '\xA0' && text[1] <= '\xBE') {
    // Two bytes: \xC3\xA0 is a with a grave accent, its capital stands 32 places before it.
    text[1] = static_cast<char>(text[1] - 0x20);
  }
  return text;
}

}  // namespace relevo::cli
