// SPDX-License-Identifier: MIT
#include "geo/layer/wire_text.hpp"

#include "geo/ascii_text.hpp"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace relevo::geo {

namespace {

constexpr int kDeepest = 100;
/// Shorter numbers without an exponent cannot overflow a double.
constexpr std::size_t kHarmlessDigits = 300;

/// Bytes of the character at the front of the text; 0 if it is none.
std::size_t utf8_length(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80U)
    return text.empty() ? 0 : 1;
  if (lead >= 0xC2U && lead <= 0xDFU)
    return follows(1) ? 2 : 0;
  if (lead >= 0xE0U && lead <= 0xEFU) {
    const bool overlong = lead == 0xE0U && byte(1) < 0xA0U;
    const bool surrogate = lead == 0xEDU && byte(1) > 0x9FU;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0U && lead <= 0xF4U) {
    const bool overlong = lead == 0xF0U && byte(1) < 0x90U;
    const bool beyond = lead == 0xF4U && byte(1) > 0x8FU;
    return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

int hex_value(char c) noexcept {
  if (is_digit(c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Walks over a JSON text without building anything.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) noexcept : at_(text.data()), end_(text.data() + text.size()) {}

  bool object_alone() noexcept {
    skip_space();
    if (at_ == end_ || *at_ != '{' || !value(0))
      return false;
    skip_space();
    return at_ == end_;
  }

 private:
  void skip_space() noexcept {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r'))
      ++at_;
  }

  bool accept(char c) noexcept {
    if (at_ == end_ || *at_ != c)
      return false;
    ++at_;
    return true;
  }

  bool word(std::string_view expected) noexcept {
    if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, expected.size()) != expected)
      return false;
    at_ += expected.size();
    return true;
  }

  bool value(int depth) noexcept {
    if (at_ == end_ || depth > kDeepest)
      return false;
    switch (*at_) {
      case '{':
        return members(depth);
      case '[':
        return elements(depth);
      case '"':
        return string();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool members(int depth) noexcept {
    ++at_;
    skip_space();
    if (accept('}'))
      return true;
    for (;;) {
      skip_space();
      if (at_ == end_ || *at_ != '"' || !string())
        return false;
      skip_space();
      if (!accept(':'))
        return false;
      skip_space();
      if (!value(depth + 1))
        return false;
      skip_space();
      if (accept('}'))
        return true;
      if (!accept(','))
        return false;
    }
  }

  bool elements(int depth) noexcept {
    ++at_;
    skip_space();
    if (accept(']'))
      return true;
    for (;;) {
      skip_space();
      if (!value(depth + 1))
        return false;
      skip_space();
      if (accept(']'))
        return true;
      if (!accept(','))
        return false;
    }
  }

  bool string() noexcept {
    ++at_;
    for (; at_ != end_; ++at_) {
      if (*at_ == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(*at_) < 0x20U)
        return false;
      if (*at_ == '\\' && !escape())
        return false;
    }
    return false;
  }

  /// Leaves the last character of the escape to the caller's loop.
  bool escape() noexcept {
    ++at_;
    if (at_ == end_)
      return false;
    if (*at_ != 'u')
      return std::strchr("\"\\/bfnrt", *at_) != nullptr && *at_ != '\0';
    const int unit = code_unit();
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
      return false;
    if (unit < 0xD800 || unit > 0xDBFF)
      return true;
    at_ += 1;
    if (!accept('\\') || at_ == end_ || *at_ != 'u')
      return false;
    const int low = code_unit();
    return low >= 0xDC00 && low <= 0xDFFF;
  }

  /// At the u of \uXXXX; ends at the last digit. -1: not four hexadecimal digits.
  int code_unit() noexcept {
    if (end_ - at_ < 5)
      return -1;
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
      const int digit = hex_value(*++at_);
      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
    return unit;
  }

  bool digits() noexcept {
    const char* start = at_;
    while (at_ != end_ && is_digit(*at_))
      ++at_;
    return at_ != start;
  }

  bool number() noexcept {
    const char* start = at_;
    accept('-');
    if (!accept('0') && !digits())
      return false;
    if (accept('.') && !digits())
      return false;
    const bool has_exponent = accept('e') || accept('E');
    if (has_exponent) {
      if (!accept('+'))
        accept('-');
      if (!digits())
        return false;
    }
    if (!has_exponent && static_cast<std::size_t>(at_ - start) < kHarmlessDigits)
      return true;
    double parsed = 0;
    const auto [stop, error] = std::from_chars(start, at_, parsed);
    // Too small is "out of range" as well, and every parser takes it for 0.
    return stop == at_ && (error == std::errc() || is_below_one(start));
  }

  /// Of a number outside the range of a double: it is tiny, not huge.
  bool is_below_one(const char* start) const noexcept {
    const std::string_view text(start, static_cast<std::size_t>(at_ - start));
    return text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

bool is_json_object(std::string_view text) noexcept {
  return is_utf8(text) && JsonScanner(text).object_alone();
}

std::string printable(std::string_view text, std::size_t longest) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto lead = static_cast<unsigned char>(text.front());
    const auto next = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    const bool is_control = lead < 0x20U || lead == 0x7FU || (lead == 0xC2U && length == 2 && next < 0xA0U);
    const std::string_view piece = length == 0 || is_control ? "?" : text.substr(0, length);
    if (shown.size() + piece.size() > longest)
      break;
    shown += piece;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return shown;
}

}  // namespace relevo::geo
