// SPDX-License-Identifier: MIT
#pragma once

#include "geo/ascii_text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace relevo::geo {

/// Reads whole parts of a text from left to right. What take() and its like find in its place is left behind; what they
/// do not find there leaves the place as it was. The text outlives the scanner.
class TextScanner {
 public:
  explicit TextScanner(std::string_view text) noexcept : text_(text) {}

  bool at_end() const noexcept { return position_ == text_.size(); }
  char peek() const noexcept { return at_end() ? '\0' : text_[position_]; }
  std::string_view rest() const noexcept { return text_.substr(position_); }

  bool take(char c) noexcept {
    if (peek() != c || at_end())
      return false;
    ++position_;
    return true;
  }

  /// One of these characters.
  bool take_any(std::string_view set) noexcept {
    if (at_end() || set.find(text_[position_]) == std::string_view::npos)
      return false;
    ++position_;
    return true;
  }

  void skip_spaces() noexcept {
    while (take(' ') || take('\t')) {
    }
  }

  std::size_t count_digits() const noexcept {
    std::size_t count = 0;
    while (position_ + count < text_.size() && is_digit(text_[position_ + count]))
      ++count;
    return count;
  }

  /// Between `least` and `most` digits (9 or fewer) as a number; further ones stay.
  std::optional<int> number(std::size_t least, std::size_t most) noexcept {
    const std::size_t count = std::min(count_digits(), most);
    if (count < least)
      return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i)
      value = value * 10 + (text_[position_++] - '0');
    return value;
  }

  /// As many letters of ASCII as there are, or none.
  std::string_view letters() noexcept {
    const std::size_t start = position_;
    while (!at_end() && is_letter(peek()))
      ++position_;
    return text_.substr(start, position_ - start);
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace relevo::geo
