// SPDX-License-Identifier: MIT
#pragma once

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

}  // namespace relevo::geo
