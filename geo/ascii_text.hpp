// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text in ASCII, whatever the locale. Bytes beyond ASCII are left as they are, so that all this is safe for UTF-8.
namespace relevo::geo {

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

constexpr char lower_ascii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    c = lower_ascii(c);
  return lowered;
}

constexpr bool is_letter(char c) noexcept {
  return lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z';
}

/// Without the blanks and line breaks at both ends.
constexpr std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kBlank = " \t\n\r\f\v";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace relevo::geo
