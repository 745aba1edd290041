// SPDX-License-Identifier: MIT
#include "cli/number_checks.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

namespace relevo::cli {

namespace {

std::string not_as(const char* rule, const std::string& text) {
  return fmt::format("must be {}, not '{}'", rule, text);
}

/// All of the text; infinity and nan are none.
std::optional<double> number_of(const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  return is_number ? std::optional(value) : std::nullopt;
}

}  // namespace

NumberCheck whole_number(long long least, long long most) {
  return [least, most](const std::string& text) -> std::string {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument)
      return not_as("a whole number", text);
    const bool is_beyond = error == std::errc::result_out_of_range;
    if (is_beyond ? text.front() == '-' : value < least)
      return fmt::format("must be at least {}, not {}", least, text);
    if (is_beyond || value > most)
      return fmt::format("must be at most {}, not {}", most, text);
    return {};
  };
}

NumberCheck number_above_zero() {
  return [](const std::string& text) -> std::string {
    const auto value = number_of(text);
    if (!value)
      return not_as("a number", text);
    return *value > 0.0 ? std::string() : fmt::format("must be more than 0, not {}", text);
  };
}

NumberCheck number_within(double least, double most) {
  return [least, most](const std::string& text) -> std::string {
    const auto value = number_of(text);
    if (!value)
      return not_as("a number", text);
    const bool is_within = *value >= least && *value <= most;
    return is_within ? std::string() : fmt::format("must be between {} and {}, not {}", least, most, text);
  };
}

}  // namespace relevo::cli
