// SPDX-License-Identifier: MIT
#pragma once

#include "geo/table.hpp"
#include "planner/model/day.hpp"
#include "planner/model/diagnostics.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relevo::planner {

/// What a cell may hold.
enum class CellType {
  Text,        ///< anything
  Identifier,  ///< a published id: no blanks, quotes or separators, does not begin like a formula
  Integer,     ///< 20; also 20.0, as spreadsheets write it
  Number,      ///< 1234.5
  Date,        ///< 2016-06-04
  List,        ///< words joined by ';'
  Word,        ///< one of ColumnSpec::words
  Reference    ///< the id of a record of the table ColumnSpec::refers_to
};

/// One column of a table, as docs/formats.md lists it.
struct ColumnSpec {
  std::string_view name;
  CellType type = CellType::Text;
  bool required = false;  ///< the column must be there and no cell of it empty
  std::string_view about;
  std::string_view unit = {};
  std::string_view default_value = {};  ///< what an empty cell means, in words
  double least = std::numeric_limits<double>::lowest();
  double most = std::numeric_limits<double>::max();
  std::vector<std::string_view> words = {};
  std::vector<std::string_view> aliases = {};
  std::string_view refers_to = {};
};

/// One table of a scenario.
struct TableSpec {
  std::string_view name;  ///< the file is <name>.csv, .xlsx, ...
  bool required = false;
  std::string_view about;
  std::vector<ColumnSpec> columns;

  /// By name or alias, as people write it (case, accents, '-' and ' ' do not matter); nullptr: no such column.
  const ColumnSpec* find(std::string_view wanted) const;
};

/// The columns source, status and note, which every table may have. Where `status` means something else, the word is
/// `standing`.
std::vector<ColumnSpec> with_provenance(std::vector<ColumnSpec> columns);

/// One row, every cell checked against its column. The getters take a column's name in the schema; an empty or faulty
/// cell gives nothing.
class Record {
 public:
  using Value = std::variant<std::monostate, std::string, int, double, Day, std::vector<std::string>>;

  Record(const TableSpec& table, std::string file, std::size_t line)
      : table_(&table),
        file_(std::move(file)),
        line_(line),
        values_(table.columns.size()),
        written_(table.columns.size()) {}

  std::size_t line() const noexcept { return line_; }
  /// False when a cell was faulty: the fault is reported, the record is not to be used.
  bool valid() const noexcept { return valid_; }
  void invalidate() noexcept { valid_ = false; }

  bool has(std::string_view column) const;
  std::string text(std::string_view column) const;  ///< Text, Identifier, Word and Reference; empty when none
  std::optional<int> integer(std::string_view column) const;
  std::optional<double> number(std::string_view column) const;
  std::optional<Day> day(std::string_view column) const;
  std::vector<std::string> list(std::string_view column) const;
  /// "stated", "assumed" or empty, whatever the table calls that column.
  std::string standing() const;
  /// The cell as written in the file.
  const std::string& written(std::string_view column) const;

  Place place(std::string_view column) const { return {file_, line_, std::string(column)}; }
  /// Reports a fault of this record and makes it invalid when it is an error.
  void report(Diagnostics& diagnostics, Severity severity, std::string_view column, const std::string& rule,
              MessageArgs args = {});

  void set(std::size_t column, Value value, std::string written);

 private:
  std::size_t position_of(std::string_view column) const;

  const TableSpec* table_;
  std::string file_;
  std::size_t line_;
  std::vector<Value> values_;
  std::vector<std::string> written_;
  bool valid_ = true;
};

/// Understands a table: matches its header with the schema, checks every cell, reports everything that is wrong. Rows
/// without any text are left out. Duplicate values of the first column are an error where that column is a required
/// Identifier.
std::vector<Record> read_records(const geo::Table& table, const TableSpec& spec, Diagnostics& diagnostics);

/// Digits with an optional sign and decimal point, no thousands separators, whatever the locale.
std::optional<double> parse_number(std::string_view text);
/// The same without a fraction (".0" is none).
std::optional<int> parse_integer(std::string_view text);
/// Parts between ';', trimmed; empty parts are left out.
std::vector<std::string> split_list(std::string_view text);

}  // namespace relevo::planner
