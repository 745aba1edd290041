// SPDX-License-Identifier: MIT
#include "planner/model/table_schema.hpp"

#include "planner/model/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <map>

namespace relevo::planner {

namespace {

constexpr std::size_t kLongestIdentifier = 80;

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "1,234" or "1 234,5": a number as people write it, which we refuse because nobody can know what the comma means.
bool looks_like_separated_number(std::string_view text) {
  const bool only_number_characters = std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || c == ',' || c == '.' || c == ' ' || c == '\'' || c == '-'; });
  const bool has_digit = std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return only_number_characters && has_digit && text.find_first_of(", '") != std::string_view::npos;
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool is_identifier(std::string_view text) {
  constexpr std::string_view kMarks = "-_./#+(){}";
  if (text.empty() || text.size() > kLongestIdentifier)
    return false;
  if (!is_letter_or_digit(text.front()) && text.front() != '{')
    return false;
  return std::ranges::all_of(text,
                             [&](char c) { return is_letter_or_digit(c) || kMarks.find(c) != std::string_view::npos; });
}

std::string join(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::vector<std::string> to_strings(const std::vector<std::string_view>& words) {
  return {words.begin(), words.end()};
}

std::string format_limit(double limit) {
  return fmt::format("{:.15g}", limit);
}

/// Reads the cells of one column; every cell is either a value or a reported fault.
class CellReader {
 public:
  CellReader(const ColumnSpec& column, std::size_t position) : column_(column), position_(position) {}

  void read(const std::string& written, Record& record, Diagnostics& diagnostics) const {
    const auto cell = trim(written);
    if (cell.empty()) {
      record.set(position_, {}, {});
      if (column_.required)
        record.report(diagnostics, Severity::Error, column_.name, "table.empty_cell");
      return;
    }
    record.set(position_, {}, std::string(cell));
    record.set(position_, value_of(cell, record, diagnostics), std::string(cell));
  }

 private:
  Record::Value value_of(std::string_view cell, Record& record, Diagnostics& diagnostics) const {
    switch (column_.type) {
      case CellType::Text:
        return std::string(cell);
      case CellType::List:
        return split_list(cell);
      case CellType::Identifier:
        return identifier(cell, record, diagnostics);
      case CellType::Reference:
        return std::string(cell);
      case CellType::Integer:
        return integer(cell, record, diagnostics);
      case CellType::Number:
        return number(cell, record, diagnostics);
      case CellType::Date:
        return date(cell, record, diagnostics);
      case CellType::Word:
        return word(cell, record, diagnostics);
    }
    return {};
  }

  Record::Value identifier(std::string_view cell, Record& record, Diagnostics& diagnostics) const {
    if (is_identifier(cell))
      return std::string(cell);
    record.report(diagnostics, Severity::Error, column_.name, "table.identifier");
    return {};
  }

  Record::Value integer(std::string_view cell, Record& record, Diagnostics& diagnostics) const {
    const auto value = parse_integer(cell);
    if (!value)
      return not_a_number(cell, "table.integer", record, diagnostics);
    if (!check_range(*value, record, diagnostics))
      return {};
    return *value;
  }

  Record::Value number(std::string_view cell, Record& record, Diagnostics& diagnostics) const {
    const auto value = parse_number(cell);
    if (!value)
      return not_a_number(cell, "table.number", record, diagnostics);
    if (!check_range(*value, record, diagnostics))
      return {};
    return *value;
  }

  Record::Value not_a_number(std::string_view cell, const char* rule, Record& record, Diagnostics& diagnostics) const {
    record.report(diagnostics, Severity::Error, column_.name,
                  looks_like_separated_number(cell) ? "table.thousands" : rule);
    return {};
  }

  bool check_range(double value, Record& record, Diagnostics& diagnostics) const {
    if (value >= column_.least && value <= column_.most)
      return true;
    if (value < column_.least)
      record.report(diagnostics, Severity::Error, column_.name,
                    column_.least == 1.0 && value == 0.0 ? "table.zero" : "table.too_small",
                    {{"least", format_limit(column_.least)}});
    else
      record.report(diagnostics, Severity::Error, column_.name, "table.too_large",
                    {{"most", format_limit(column_.most)}});
    return false;
  }

  Record::Value date(std::string_view cell, Record& record, Diagnostics& diagnostics) const {
    const auto value = parse_day(cell);
    if (!value) {
      record.report(diagnostics, Severity::Error, column_.name, "table.date");
      return {};
    }
    if (*value >= kFirstDay && *value < kLastDay)
      return *value;
    record.report(diagnostics, Severity::Error, column_.name, "table.date_range");
    return {};
  }

  Record::Value word(std::string_view cell, Record& record, Diagnostics& diagnostics) const {
    const std::string folded = fold_word(cell);
    for (const auto known : column_.words)
      if (fold_word(known) == folded)
        return std::string(known);
    diagnostics.add(make_diagnostic_with_suggestion(Severity::Error, record.place(column_.name), cell, "table.word",
                                                    closest_word(cell, to_strings(column_.words)),
                                                    {{"words", join(column_.words)}}));
    record.invalidate();
    return {};
  }

  const ColumnSpec& column_;
  std::size_t position_;
};

/// Which column of the file holds which column of the schema; faults of the header are reported.
class Header {
 public:
  Header(const geo::Table& table, const TableSpec& spec, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      place_column(table, spec, i, diagnostics);
    for (std::size_t c = 0; c < spec.columns.size(); ++c)
      if (!cell_of_.contains(c))
        absent_.emplace_back(spec.columns[c].name);
    for (const auto& written : unknown_)
      report_unknown(table, written, diagnostics);
    for (const auto& column : spec.columns)
      if (column.required && std::ranges::find(absent_, column.name) != absent_.end())
        report_missing(table, spec, column, diagnostics);
  }

  /// Index into the file's cells, by column of the schema.
  const std::map<std::size_t, std::size_t>& cells() const noexcept { return cell_of_; }

 private:
  void place_column(const geo::Table& table, const TableSpec& spec, std::size_t cell, Diagnostics& diagnostics) {
    const auto& written = table.columns[cell];
    const ColumnSpec* column = spec.find(written);
    if (column == nullptr) {
      unknown_.push_back(written);
      return;
    }
    const auto position = static_cast<std::size_t>(column - spec.columns.data());
    if (!cell_of_.emplace(position, cell).second)
      diagnostics.add(make_diagnostic(Severity::Error, {table.file, 1, std::string(column->name)}, written,
                                      "table.duplicate_column"));
  }

  /// A column nobody knows is worth a note; one that looks like a misspelt column of ours deserves a warning.
  void report_unknown(const geo::Table& table, const std::string& written, Diagnostics& diagnostics) const {
    const auto meant = closest_word(written, absent_);
    diagnostics.add(make_diagnostic_with_suggestion(meant.empty() ? Severity::Note : Severity::Warning,
                                                    {table.file, 1, written}, written, "table.unknown_column", meant));
  }

  void report_missing(const geo::Table& table, const TableSpec& spec, const ColumnSpec& column,
                      Diagnostics& diagnostics) const {
    const std::string name{column.name};
    auto d = make_diagnostic(Severity::Error, {table.file, 1, name}, "", "table.missing_column",
                             {{"table", std::string(spec.name)}});
    if (const auto meant = closest_word(name, unknown_); !meant.empty())
      d.remedy = {"remedy.rename_column", {{"suggestion", shorten_value(meant)}, {"column", name}}};
    diagnostics.add(std::move(d));
  }

  std::map<std::size_t, std::size_t> cell_of_;
  std::vector<std::string> unknown_;
  std::vector<std::string> absent_;
};

bool is_blank(const geo::TableRow& row) {
  const auto blank = [](const std::string& cell) { return trim(cell).empty(); };
  return std::ranges::all_of(row.cells, blank) && std::ranges::all_of(row.surplus, blank);
}

void report_surplus(const geo::TableRow& row, Record& record, Diagnostics& diagnostics) {
  if (row.surplus.empty())
    return;
  const bool all_empty = std::ranges::all_of(row.surplus, [](const auto& cell) { return trim(cell).empty(); });
  diagnostics.add(make_diagnostic(all_empty ? Severity::Note : Severity::Error, record.place(""),
                                  fmt::format("{}", fmt::join(row.surplus, ",")), "table.surplus_cells",
                                  {{"count", std::to_string(row.surplus.size())}}));
  if (!all_empty)
    record.invalidate();
}

Record read_row(const geo::Table& table, const geo::TableRow& row, const TableSpec& spec, const Header& header,
                Diagnostics& diagnostics) {
  Record record(spec, table.file, row.line);
  report_surplus(row, record, diagnostics);
  for (const auto& [position, cell] : header.cells()) {
    static const std::string kEmpty;
    const auto& written = cell < row.cells.size() ? row.cells[cell] : kEmpty;
    CellReader(spec.columns[position], position).read(written, record, diagnostics);
  }
  return record;
}

void report_duplicates(std::vector<Record>& records, const TableSpec& spec, Diagnostics& diagnostics) {
  const auto& key = spec.columns.front();
  if (key.type != CellType::Identifier || !key.required)
    return;
  std::map<std::string, std::size_t> first_line;
  for (auto& record : records) {
    const auto id = record.text(key.name);
    if (id.empty())
      continue;
    const auto [it, is_new] = first_line.emplace(id, record.line());
    if (!is_new)
      record.report(diagnostics, Severity::Error, key.name, "table.duplicate_id",
                    {{"line", std::to_string(it->second)}});
  }
}

}  // namespace

const ColumnSpec* TableSpec::find(std::string_view wanted) const {
  const std::string folded = fold_word(wanted);
  for (const auto& column : columns) {
    if (fold_word(column.name) == folded)
      return &column;
    for (const auto alias : column.aliases)
      if (fold_word(alias) == folded)
        return &column;
  }
  return nullptr;
}

std::vector<ColumnSpec> with_provenance(std::vector<ColumnSpec> columns) {
  const auto taken = [&](std::string_view name) {
    return std::ranges::find(columns, name, &ColumnSpec::name) != columns.end();
  };
  std::vector<ColumnSpec> added;
  if (!taken("source"))
    added.push_back({.name = "source", .about = "URL or citation the row comes from", .aliases = {"fuente"}});
  added.push_back({.name = taken("status") ? "standing" : "status",
                   .type = CellType::Word,
                   .about = "whether the source states the row or somebody assumed it",
                   .default_value = "stated where a source is given, else assumed",
                   .words = {"stated", "assumed"}});
  if (!taken("note"))
    added.push_back({.name = "note", .about = "remark, kept as written", .aliases = {"nota"}});
  columns.insert(columns.end(), added.begin(), added.end());
  return columns;
}

std::size_t Record::position_of(std::string_view column) const {
  const auto it = std::ranges::find(table_->columns, column, &ColumnSpec::name);
  assert(it != table_->columns.end());
  return static_cast<std::size_t>(it - table_->columns.begin());
}

bool Record::has(std::string_view column) const {
  return !std::holds_alternative<std::monostate>(values_[position_of(column)]);
}

std::string Record::text(std::string_view column) const {
  const auto* value = std::get_if<std::string>(&values_[position_of(column)]);
  return value != nullptr ? *value : std::string{};
}

std::optional<int> Record::integer(std::string_view column) const {
  const auto* value = std::get_if<int>(&values_[position_of(column)]);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<double> Record::number(std::string_view column) const {
  const auto* value = std::get_if<double>(&values_[position_of(column)]);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<Day> Record::day(std::string_view column) const {
  const auto* value = std::get_if<Day>(&values_[position_of(column)]);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::vector<std::string> Record::list(std::string_view column) const {
  const auto* value = std::get_if<std::vector<std::string>>(&values_[position_of(column)]);
  return value != nullptr ? *value : std::vector<std::string>{};
}

std::string Record::standing() const {
  const bool renamed = std::ranges::find(table_->columns, "standing", &ColumnSpec::name) != table_->columns.end();
  return text(renamed ? "standing" : "status");
}

const std::string& Record::written(std::string_view column) const {
  return written_[position_of(column)];
}

void Record::report(Diagnostics& diagnostics, Severity severity, std::string_view column, const std::string& rule,
                    MessageArgs args) {
  const std::string value = column.empty() ? std::string{} : written(column);
  diagnostics.add(make_diagnostic(severity, place(column), value, rule, std::move(args)));
  if (severity == Severity::Error)
    valid_ = false;
}

void Record::set(std::size_t column, Value value, std::string written) {
  values_[column] = std::move(value);
  written_[column] = std::move(written);
}

std::vector<Record> read_records(const geo::Table& table, const TableSpec& spec, Diagnostics& diagnostics) {
  if (table.columns.empty()) {
    diagnostics.add(make_diagnostic(Severity::Error, {table.file, 0, ""}, "", "table.no_header",
                                    {{"table", std::string(spec.name)}}));
    return {};
  }
  const Header header(table, spec, diagnostics);
  std::vector<Record> records;
  for (const auto& row : table.rows)
    if (!is_blank(row))
      records.push_back(read_row(table, row, spec, header, diagnostics));
  report_duplicates(records, spec, diagnostics);
  return records;
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-"))
    text.remove_prefix(1);
  double value = 0.0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (error != std::errc{} || stop != end || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<int> parse_integer(std::string_view text) {
  const auto value = parse_number(text);
  if (!value || std::trunc(*value) != *value || std::abs(*value) > 1e9)
    return std::nullopt;
  return static_cast<int>(*value);
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    if (const auto part = trim(text.substr(0, end)); !part.empty())
      parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace relevo::planner
