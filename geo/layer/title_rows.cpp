// SPDX-License-Identifier: MIT
#include "geo/layer/title_rows.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/value_text.hpp"

#include <algorithm>
#include <array>

namespace relevo::geo {

namespace {

using Row = std::vector<std::string>;

std::size_t filled(const Row& row) {
  return static_cast<std::size_t>(
      std::count_if(row.begin(), row.end(), [](const std::string& cell) { return !trim(cell).empty(); }));
}

bool is_name(std::string_view cell) {
  cell = trim(cell);
  if (cell.empty())
    return true;
  const char c = cell.front();
  return is_letter(c) || c == '_' || c == '@' || c == '#' || static_cast<unsigned char>(c) >= 0x80;
}

/// Two numbers and more are a record, no title.
bool holds_numbers(const Row& row) {
  return std::count_if(row.begin(), row.end(), [](const std::string& cell) { return parse_number(cell).has_value(); }) >
         1;
}

/// Cells of a line, without their quotes. A quote that is still open at the end gives nothing.
Row cells_of(std::string_view line, char separator) {
  Row cells(1);
  bool in_quotes = false;
  for (const char c : line) {
    if (c == '"')
      in_quotes = !in_quotes;
    else if (c == separator && !in_quotes)
      cells.emplace_back();
    else
      cells.back().push_back(c);
  }
  return in_quotes ? Row() : cells;
}

/// The first lines, each with its line end.
std::vector<std::string_view> first_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < kMostTitleRows) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
      break;  // cut off, or the last: no header either
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

std::size_t header_row(const std::vector<Row>& rows) {
  std::size_t widest = 0;
  for (const Row& row : rows)
    widest = std::max(widest, filled(row));
  if (widest < 3)
    return 0;
  const auto first = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return filled(row) * 2 > widest; });
  const bool is_header =
      std::all_of(first->begin(), first->end(), is_name) && std::none_of(rows.begin(), first, holds_numbers);
  return is_header ? static_cast<std::size_t>(first - rows.begin()) : 0;
}

TitleLines title_lines(std::string_view text) {
  const std::vector<std::string_view> lines = first_lines(text);
  if (lines.empty() || lines.front().starts_with("sep="))
    return {};
  TitleLines title;
  std::size_t most = 0;
  for (const char separator : {',', ';', '\t'}) {
    std::vector<Row> rows;
    for (const std::string_view line : lines) {
      rows.push_back(cells_of(line, separator));
      if (rows.back().empty())
        return {};  // a cell goes on over the end of its line
    }
    const std::size_t header = header_row(rows);
    if (filled(rows[header]) <= most)
      continue;
    most = filled(rows[header]);
    title = {0, header};
    for (std::size_t i = 0; i < header; ++i)
      title.bytes += lines[i].size();
  }
  return title;
}

}  // namespace relevo::geo
