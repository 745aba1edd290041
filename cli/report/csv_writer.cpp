// SPDX-License-Identifier: MIT
#include "cli/report/csv_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace relevo::cli {

namespace {

// What makes a spreadsheet take a cell for a formula, the full-width forms of Excel's East Asian editions included.
constexpr std::array<std::string_view, 10> kFormulaStarts = {"=",  "+",      "-",      "@",      "\t",
                                                             "\r", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

bool would_run(std::string_view value) {
  return std::ranges::any_of(kFormulaStarts, [&](std::string_view start) { return value.starts_with(start); });
}

bool needs_quotes(std::string_view value) {
  return value.find_first_of("\",\r\n") != std::string_view::npos || value.starts_with(' ') || value.ends_with(' ');
}

}  // namespace

CsvWriter& CsvWriter::text(std::string_view value) {
  std::string cell;
  if (would_run(value)) {
    cell = "'";
  }
  for (const char c : value) {
    if (c != '\0') {
      cell += c;
    }
  }
  if (!needs_quotes(cell)) {
    raw(cell);
    return *this;
  }
  std::string quoted = "\"";
  for (const char c : cell) {
    quoted += c;
    if (c == '"') {
      quoted += c;
    }
  }
  raw(quoted + '"');
  return *this;
}

CsvWriter& CsvWriter::number(int value) {
  raw(std::to_string(value));
  return *this;
}

CsvWriter& CsvWriter::whole(std::int64_t value) {
  raw(std::to_string(value));
  return *this;
}

CsvWriter& CsvWriter::real(double value) {
  raw(std::isfinite(value) ? fmt::format("{}", value) : std::string());
  return *this;
}

CsvWriter& CsvWriter::money(double value) {
  raw(fmt::format("{:.2f}", value));
  return *this;
}

void CsvWriter::end_row() {
  out_ += "\r\n";
  first_in_row_ = true;
}

void CsvWriter::raw(std::string_view value) {
  if (!first_in_row_) {
    out_ += ',';
  }
  out_ += value;
  first_in_row_ = false;
}

}  // namespace relevo::cli
