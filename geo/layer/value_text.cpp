// SPDX-License-Identifier: MIT
#include "geo/layer/value_text.hpp"

#include "geo/ascii_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

namespace relevo::geo {

namespace {

/// The text of a number in ASCII digits with '.' as its point, or nothing: what from_chars takes.
struct NumberText {
  std::array<char, 64> digits{};
  std::size_t size = 0;
  bool has_decimal_comma = false;

  bool append(char c) noexcept {
    if (size == digits.size())
      return false;
    digits[size++] = c;
    return true;
  }
};

/// Which of comma and point, if any, separates the decimals.
char decimal_mark(std::string_view text, bool comma_is_decimal) noexcept {
  const std::size_t comma = text.rfind(',');
  const std::size_t point = text.rfind('.');
  if (comma == std::string_view::npos)
    return '.';
  if (point != std::string_view::npos)
    return comma > point ? ',' : '.';
  const bool is_single = text.find(',') == comma;
  const std::size_t after = text.size() - comma - 1;
  const std::size_t before = comma - (text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  const bool may_group = after == 3 && before >= 1 && before <= 3 && text.find_first_of("eE") == std::string_view::npos;
  if (!is_single)
    return '.';
  return may_group && !comma_is_decimal ? '.' : ',';
}

bool normalise_number(std::string_view text, char mark, NumberText& number) noexcept {
  const char group = mark == ',' ? '.' : ',';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_between_digits = i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]);
    if ((c == group || c == ' ' || c == '\'') && is_between_digits)
      continue;
    if (c == '\xC2' && text.substr(i, 2) == "\xC2\xA0") {
      ++i;  // a space that does not break a line
      continue;
    }
    if (c == mark && mark == ',')
      number.has_decimal_comma = true;
    if (!number.append(c == mark ? '.' : c))
      return false;
  }
  return true;
}

std::optional<double> plain_number(std::string_view text) noexcept {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

/// A letter of a hemisphere: its axis and sign.
struct Hemisphere {
  Axis axis;
  double sign;
};

std::optional<Hemisphere> hemisphere_of(std::string_view word) noexcept {
  if (word.empty() || word.size() > 5)
    return std::nullopt;
  switch (lower_ascii(word[0])) {
    case 'n':
      return Hemisphere{Axis::Latitude, 1.0};
    case 's':
      return Hemisphere{Axis::Latitude, -1.0};
    case 'e':
      return Hemisphere{Axis::Longitude, 1.0};
    case 'w':
    case 'o':
      return Hemisphere{Axis::Longitude, -1.0};
    default:
      return std::nullopt;
  }
}

/// The parts of a sexagesimal text.
struct DegreeParts {
  std::array<double, 3> part{};
  std::size_t count = 0;
  double sign = 1.0;
  bool has_sign = false;
  std::optional<Hemisphere> hemisphere;
};

/// Separators between the parts: spaces, degree signs, primes, colons, and the bytes of their UTF-8 forms.
bool is_part_separator(char c) noexcept {
  return c == ' ' || c == ':' || c == '\'' || c == '"' || c == '\t' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool take_part(std::string_view text, std::size_t& position, DegreeParts& parts) noexcept {
  std::size_t end = position;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == ','))
    ++end;
  const auto value = parse_number(text.substr(position, end - position), true);
  if (!value || parts.count == parts.part.size())
    return false;
  parts.part[parts.count++] = value->value;
  position = end;
  return true;
}

bool take_word(std::string_view text, std::size_t& position, DegreeParts& parts) noexcept {
  // Some old exports write 56d42m30s: small letters right after the numbers.
  const bool follows_number = position > 0 && is_digit(text[position - 1]);
  const char unit = parts.count == 1 ? 'd' : parts.count == 2 ? 'm' : 's';
  if (follows_number && text[position] == unit) {
    ++position;
    return true;
  }
  std::size_t end = position;
  while (end < text.size() && is_letter(text[end]))
    ++end;
  const std::string_view word = text.substr(position, end - position);
  position = end;
  if (word.empty() || parts.hemisphere)
    return false;
  parts.hemisphere = hemisphere_of(word);
  return parts.hemisphere.has_value();
}

std::optional<DegreeParts> split_degrees(std::string_view text) noexcept {
  DegreeParts parts;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_digit(c) || c == '.') {
      if (!take_part(text, i, parts))
        return std::nullopt;
    } else if ((c == '-' || c == '+') && parts.count == 0 && !parts.has_sign) {
      parts.has_sign = true;
      parts.sign = c == '-' ? -1.0 : 1.0;
      ++i;
    } else if (is_part_separator(c)) {
      ++i;
    } else if (!take_word(text, i, parts)) {
      return std::nullopt;
    }
  }
  return parts.count > 0 ? std::optional(parts) : std::nullopt;
}

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  while (text.starts_with("\xC2\xA0"))
    text.remove_prefix(2);
  while (text.ends_with("\xC2\xA0"))
    text.remove_suffix(2);
  return trimmed(text);
}

char plain_latin(unsigned code_point) noexcept {
  constexpr std::string_view kPlain = "aaaaaaaceeeeiiiidnooooo_ouuuuy_saaaaaaaceeeeiiiidnooooo_ouuuuy_y";
  return kPlain[code_point - 0xC0];
}

std::string plain_word(std::string_view text) {
  std::string word;
  word.reserve(text.size());
  const auto put = [&word](char c) {
    if (c != '_')
      word.push_back(c);
    else if (!word.empty() && word.back() != '_')
      word.push_back('_');
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0xC3 && i + 1 < text.size()) {
      const auto second = static_cast<unsigned char>(text[++i]);
      put(second >= 0x80 && second < 0xC0 ? plain_latin(second + 0x40U) : '_');
      continue;
    }
    put(is_digit(text[i]) || is_letter(text[i]) ? lower_ascii(text[i]) : '_');
  }
  if (word.ends_with('_'))
    word.pop_back();
  return word;
}

std::optional<ParsedNumber> parse_number(std::string_view text, bool comma_is_decimal) noexcept {
  text = trim(text);
  if (text.ends_with('%'))
    text = trim(text.substr(0, text.size() - 1));
  if (text.empty() || text.size() > 48)
    return std::nullopt;
  if (text.find_first_of(", '\xC2") == std::string_view::npos) {
    const auto value = plain_number(text);
    return value ? std::optional(ParsedNumber{*value, false}) : std::nullopt;
  }
  NumberText number;
  if (!normalise_number(text, decimal_mark(text, comma_is_decimal), number))
    return std::nullopt;
  const auto value = plain_number({number.digits.data(), number.size});
  return value ? std::optional(ParsedNumber{*value, number.has_decimal_comma}) : std::nullopt;
}

std::optional<ParsedDegrees> parse_degrees(std::string_view text, Axis axis) noexcept {
  text = trim(text);
  if (const auto number = parse_number(text, true)) {
    const bool has_inner_space = text.find(' ') != std::string_view::npos;
    if (!has_inner_space)
      return ParsedDegrees{number->value, text.starts_with('-') || text.starts_with('+'), false};
  }
  if (text.empty() || text.size() > 64)
    return std::nullopt;
  const auto parts = split_degrees(text);
  if (!parts || (parts->hemisphere && parts->hemisphere->axis != axis))
    return std::nullopt;
  if (parts->part[1] >= 60.0 || parts->part[2] >= 60.0 || (parts->hemisphere && parts->sign < 0.0))
    return std::nullopt;
  const double value = parts->part[0] + parts->part[1] / 60.0 + parts->part[2] / 3600.0;
  const double sign = parts->hemisphere ? parts->hemisphere->sign : parts->sign;
  return ParsedDegrees{sign * value, parts->has_sign || parts->hemisphere.has_value(), parts->count > 1};
}

}  // namespace relevo::geo
