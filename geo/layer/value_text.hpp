// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What the texts of other people's files mean: words, numbers, coordinates (instants: time_text.hpp). Everything here
/// is total: a text that means nothing gives nothing, none throws.
namespace relevo::geo {

/// Lower case, without the accents of Spanish, French and Portuguese; whatever is neither letter nor digit becomes one
/// '_' between words: "Fecha/Hora (UTC)" is "fecha_hora_utc". Columns and words are compared in this form.
std::string plain_word(std::string_view text);

/// As trimmed(), also without the spaces at both ends that do not break a line (U+00A0).
std::string_view trim(std::string_view text) noexcept;

/// The plain small letter of a code point from U+00C0 to U+00FF, 'e' of U+00C9; '_' for what is none.
char plain_latin(unsigned code_point) noexcept;

/// A number as people and programs write it.
struct ParsedNumber {
  double value = 0.0;
  bool has_decimal_comma = false;
};

/// Takes "12.5", "1,234.5", "1 234,5", "1.234,5", "12,5", "+3e2" and "85 %". A single comma before three digits is a
/// decimal comma where `comma_is_decimal`, else it groups thousands. Nothing for inf and nan, as for all other text.
std::optional<ParsedNumber> parse_number(std::string_view text, bool comma_is_decimal = false) noexcept;

enum class Axis { Longitude, Latitude };

struct ParsedDegrees {
  double value = 0.0;
  bool has_hemisphere = false;  ///< a letter or a sign says which
  bool is_sexagesimal = false;  ///< degrees and minutes
};

/// Takes what parse_number takes with a comma as decimal, and degrees with minutes and seconds: "53 27 30 N",
/// "W111°23.5'", "111-23-30", "19° 25' O" (oeste, ouest). Nothing for minutes or seconds of 60 and more, and for a
/// letter of the other axis.
std::optional<ParsedDegrees> parse_degrees(std::string_view text, Axis axis) noexcept;

}  // namespace relevo::geo
