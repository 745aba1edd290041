// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace relevo::geo {

/// One record of a table as read from a file: the cells as UTF-8 text, in the order of Table::columns. A cell the file
/// leaves empty is an empty string. `line` is the 1-based line (text files) or row (spreadsheets, header included) or
/// feature number (databases) a person would look up.
struct TableRow {
  std::size_t line = 0;
  std::vector<std::string> cells;
  std::vector<std::string> surplus;  ///< cells beyond the last column, never dropped silently
};

/// A table as it stands in a file, before anything is understood. Header names are trimmed and kept as written.
struct Table {
  std::string file;   ///< path as shown to people
  std::string sheet;  ///< sheet or layer name, empty for CSV
  std::vector<std::string> columns;
  std::vector<TableRow> rows;
  std::string encoding;  ///< what was detected: "UTF-8", "UTF-16LE", "ISO-8859-1", ...
};

}  // namespace relevo::geo
