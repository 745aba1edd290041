// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::geo {

struct DecodedText {
  std::string utf8;      ///< without a byte order mark
  std::string encoding;  ///< "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252" or "ISO-8859-1"
};

/// Turns the bytes of a text file into UTF-8, as described at read_csv. Throws TableError (table.encoding) with the
/// line; `shown_name` is the file it names.
DecodedText decode_text(std::string_view bytes, const std::string& shown_name);

/// True for well-formed UTF-8 (Unicode 15, table 3-7): no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes) noexcept;

/// UTF-8 of text in windows-1252, of which ISO-8859-1 is a part; the five bytes it does not define become U+FFFD.
std::string utf8_of_windows_1252(std::string_view bytes);

enum class ByteOrder { Little, Big };

/// The byte order of a text in UTF-16, from its first bytes: the mark, or a zero in every other byte. Nothing: it is
/// not UTF-16.
std::optional<ByteOrder> utf16_byte_order(std::string_view head) noexcept;

/// Turns UTF-16 that comes in pieces into UTF-8; pieces may end anywhere. A byte order mark at the start is dropped.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(ByteOrder order) noexcept : order_(order) {}
  /// Appends to `utf8` what is complete. False at half a surrogate pair.
  bool decode(std::string_view bytes, std::string& utf8);
  bool has_half_pair() const noexcept { return high_ != 0; }
  bool has_half_unit() const noexcept { return has_first_; }

 private:
  bool take_unit(char32_t unit, std::string& utf8);
  ByteOrder order_;
  bool is_at_start_ = true;
  bool has_first_ = false;
  unsigned char first_ = 0;  ///< a byte whose other half is in the next piece
  char32_t high_ = 0;        ///< the first half of a surrogate pair
};

}  // namespace relevo::geo
