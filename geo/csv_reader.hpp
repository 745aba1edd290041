// SPDX-License-Identifier: MIT
#pragma once

#include "geo/csv_record.hpp"
#include "geo/table.hpp"
#include "geo/table_error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace relevo::geo {

/// Reads a delimited text file. The first record that is not blank is the header.
///
/// Encoding: the byte order mark decides; without one UTF-16 is recognised by its zero bytes, valid UTF-8 is UTF-8, and
/// anything else is windows-1252 where it uses bytes 80-9F hex and ISO-8859-1 where not. Text that is UTF-8 but for a
/// few bytes is refused rather than garbled. Lines end in LF, CRLF or CR. The separator is the most frequent of comma,
/// semicolon and tab in the header, unless the file opens with Excel's "sep=;" line. Cells are kept as written; only
/// those in quotes are unwrapped, where a doubled quote means one and a line break (stored as LF) belongs to the cell.
/// Spaces around the quotes are dropped. A quote inside an unquoted cell is a character like any other. Records whose
/// cells are all blank are skipped, short ones are padded with empty cells, the cells beyond the header go to
/// TableRow::surplus (less its blank tail). A column without a name is called "column N"; blank names at the end of the
/// header make no columns.
///
/// `shown_name` is what errors and Table::file call the file. Throws TableError.
Table read_csv(const std::filesystem::path& file, const std::string& shown_name, const CsvLimits& limits = {});

/// The same from bytes in memory.
Table parse_csv(std::string_view bytes, const std::string& shown_name, const CsvLimits& limits = {});

}  // namespace relevo::geo
