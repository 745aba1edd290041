// SPDX-License-Identifier: MIT
#include "geo/csv_reader.hpp"

#include "geo/ascii_text.hpp"
#include "geo/csv_record.hpp"
#include "geo/table_error.hpp"
#include "geo/text_encoding.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

void drop_blank_tail(std::vector<std::string>& cells) {
  while (!cells.empty() && trimmed(cells.back()).empty())
    cells.pop_back();
}

/// \pre `names` is not blank
std::vector<std::string> make_columns(std::vector<std::string> names, const std::string& file, std::size_t line) {
  drop_blank_tail(names);
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = std::string(trimmed(names[i]));
    if (names[i].empty())
      names[i] = "column " + std::to_string(i + 1);
    const auto [first, is_new] = seen.emplace(lower_ascii(names[i]), i);
    if (!is_new) {
      refuse_table(file, line, "table.header",
                   "columns " + std::to_string(first->second + 1) + " and " + std::to_string(i + 1) +
                       " are both called '" + names[i] + "'",
                   "Give every column a name of its own; capital letters make no difference.", names[i]);
    }
  }
  return names;
}

TableRow make_row(const CsvRecord& record, std::size_t columns) {
  TableRow row{record.line, {record.cells.begin(), record.cells.end()}, {}};
  if (row.cells.size() > columns) {
    const auto first_surplus = row.cells.begin() + static_cast<std::ptrdiff_t>(columns);
    row.surplus.assign(std::make_move_iterator(first_surplus), std::make_move_iterator(row.cells.end()));
    drop_blank_tail(row.surplus);
  }
  row.cells.resize(columns);
  return row;
}

/// By their first bytes: a person who names a spreadsheet .csv gets a useful answer.
void refuse_other_formats(std::string_view bytes, const std::string& file) {
  const bool is_zip = bytes.starts_with("PK\x03\x04");
  const bool is_old_excel = bytes.starts_with("\xD0\xCF\x11\xE0");
  if (is_zip || is_old_excel || bytes.starts_with("SQLite format 3") || bytes.starts_with("%PDF")) {
    refuse_table(file, 0, "table.binary",
                 is_zip ? "this is a spreadsheet or ZIP file, not CSV" : "this is not a CSV file",
                 "Export it as CSV, or give a spreadsheet its ending .xlsx or .ods.");
  }
}

void refuse_binary(std::string_view text, const std::string& file) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n' || (c == '\r' && text.substr(i + 1, 1) != "\n"))
      ++line;
    if (c >= 0x20 && c != 0x7F)
      continue;
    if (c == '\t' || c == '\n' || c == '\r' || c == '\f')
      continue;
    refuse_table(file, line, "table.binary", c == 0 ? "there is a NUL byte" : "there is a control character",
                 "This is not a text table; export it as CSV, or give a spreadsheet its ending .xlsx or .ods.");
  }
}

/// A DOS end-of-file mark closes some old exports.
std::string_view without_dos_end(std::string_view text) {
  if (text.ends_with('\x1A'))
    text.remove_suffix(1);
  return text;
}

std::string read_bytes(const std::filesystem::path& path, const std::string& file, const CsvLimits& limits) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    refuse_table(file, 0, "table.open", "this is a folder, not a table", "Name the file itself.");
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    refuse_table(file, 0, "table.open", "the file cannot be opened", "Check the name and the right to read it.");
  std::string bytes;
  std::vector<char> chunk(std::size_t{1} << 16U);
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), stream.gcount() > 0) {
    bytes.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > limits.file_bytes)
      break;  // parse_csv says so
  }
  if (stream.bad())
    refuse_table(file, 0, "table.open", "reading the file failed", "Copy it to a local disk and try again.");
  return bytes;
}

}  // namespace

Table parse_csv(std::string_view bytes, const std::string& shown_name, const CsvLimits& limits) {
  if (bytes.size() > limits.file_bytes) {
    refuse_table(shown_name, 0, "table.limit",
                 "the file is larger than " + std::to_string(limits.file_bytes) + " bytes",
                 "Split it, or keep only the rows that matter.");
  }
  refuse_other_formats(bytes, shown_name);
  const DecodedText decoded = decode_text(bytes, shown_name);
  const std::string_view text = without_dos_end(decoded.utf8);
  refuse_binary(text, shown_name);

  Table table;
  table.file = shown_name;
  table.encoding = decoded.encoding;
  CsvRecordCutter cutter(shown_name, limits);
  cutter.set_text(text, true);
  CsvRecord record;
  std::size_t cells = 0;
  while (cutter.next(record)) {
    if (is_blank(record))
      continue;
    if (table.columns.empty()) {
      table.columns = make_columns({record.cells.begin(), record.cells.end()}, shown_name, record.line);
      continue;
    }
    cells += std::max(record.cells.size(), table.columns.size());
    if (cells > limits.cells) {
      refuse_table(shown_name, record.line, "table.limit",
                   "the table has more than " + std::to_string(limits.cells) + " cells",
                   "Split it, or keep only the rows and columns that matter.");
    }
    table.rows.push_back(make_row(record, table.columns.size()));
  }
  if (table.columns.empty())
    refuse_table(shown_name, 0, "table.empty", "there is no header line",
                 "Begin the file with the names of its columns.");
  return table;
}

Table read_csv(const std::filesystem::path& file, const std::string& shown_name, const CsvLimits& limits) {
  return parse_csv(read_bytes(file, shown_name, limits), shown_name, limits);
}

}  // namespace relevo::geo
