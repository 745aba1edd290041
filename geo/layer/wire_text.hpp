// SPDX-License-Identifier: MIT
#pragma once

#include "geo/text_encoding.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// Checks of text that came from a process we do not trust.
namespace relevo::geo {

/// One JSON object (RFC 8259) in UTF-8, nested at most 100 deep, whose numbers fit a double and whose \u escapes pair
/// up: what any JSON parser takes.
bool is_json_object(std::string_view text) noexcept;

/// At most `longest` bytes of valid, printable UTF-8: control characters and broken bytes become '?'.
std::string printable(std::string_view text, std::size_t longest);

}  // namespace relevo::geo
