// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/model/diagnostics.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relevo::planner {

struct TomlEntry;

/// A value of a TOML document and the line it stands on. Date-times and times of day are text as in the file's
/// notation.
struct TomlValue {
  using Array = std::vector<TomlValue>;
  using Table = std::vector<TomlEntry>;  ///< in the order of the file
  std::size_t line = 0;
  std::variant<std::string, std::int64_t, double, bool, Day, Array, Table> value;
};

struct TomlEntry {
  std::string key;
  TomlValue value;
};

/// One table of a document. Values are asked for by key, after the document has been checked against its schema: a key
/// that is missing gives nothing, and so does one of another type.
class TomlSection {
 public:
  TomlSection() = default;
  TomlSection(const TomlValue::Table* table, std::size_t line) : table_(table), line_(line) {}

  bool exists() const noexcept { return table_ != nullptr; }
  std::size_t line() const noexcept { return line_; }
  const TomlValue* find(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  std::vector<std::string> keys() const;

  std::string text(std::string_view key) const;
  std::optional<int> integer(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<Day> day(std::string_view key) const;
  /// A date, a date-time or free text, as text.
  std::string moment(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  TomlSection section(std::string_view key) const;
  std::vector<TomlSection> sections(std::string_view key) const;

 private:
  const TomlValue::Table* table_ = nullptr;
  std::size_t line_ = 0;
};

/// The parsed document, or nothing with the fault reported.
std::optional<TomlValue> parse_toml(std::string_view text, const std::string& shown_name, Diagnostics& diagnostics);

// Views of a value: nothing when it is of another type. An integer is a number, too.
std::optional<double> number_of(const TomlValue& value);
std::optional<int> integer_of(const TomlValue& value);
std::vector<double> numbers_of(const TomlValue& value);
std::vector<std::string> texts_of(const TomlValue& value);
TomlSection section_of(const TomlValue& value);

}  // namespace relevo::planner
