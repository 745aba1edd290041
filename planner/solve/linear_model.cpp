// SPDX-License-Identifier: MIT
#include "planner/solve/linear_model.hpp"

#include "planner/model/diagnostics.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <sstream>
#include <unordered_map>

namespace relevo::planner {

namespace {

using Column = LinearModel::Column;
using Row = LinearModel::Row;
using Term = LinearModel::Term;

bool is_equality(const Row& row) {
  return row.lower == row.upper;
}
bool is_free(const Row& row) {
  return row.lower == -kInfinity && row.upper == kInfinity;
}

char row_sense(const Row& row) {
  if (is_equality(row))
    return 'E';
  if (is_free(row))
    return 'N';
  return row.upper < kInfinity ? 'L' : 'G';
}

std::vector<std::vector<const Term*>> terms_by(const LinearModel& model, bool by_column) {
  std::vector<std::vector<const Term*>> lists(by_column ? model.columns.size() : model.rows.size());
  for (const auto& term : model.terms)
    lists[static_cast<std::size_t>(by_column ? term.column : term.row)].push_back(&term);
  return lists;
}

void write_mps_columns(const LinearModel& model, std::string& out) {
  const auto lists = terms_by(model, true);
  bool in_integers = false;
  int marker = 0;
  const auto switch_to = [&](bool integer) {
    if (integer == in_integers)
      return;
    fmt::format_to(std::back_inserter(out), "    MARKER{}  'MARKER'  '{}'\n", ++marker, integer ? "INTORG" : "INTEND");
    in_integers = integer;
  };
  for (std::size_t j = 0; j < model.columns.size(); ++j) {
    const Column& column = model.columns[j];
    switch_to(column.integer);
    if (column.cost != 0.0 || lists[j].empty())
      fmt::format_to(std::back_inserter(out), "    {}  objective  {}\n", column.name, column.cost);
    for (const Term* term : lists[j])
      fmt::format_to(std::back_inserter(out), "    {}  {}  {}\n", column.name,
                     model.rows[static_cast<std::size_t>(term->row)].name, term->value);
  }
  switch_to(false);
}

void write_mps_bounds(const LinearModel& model, std::string& out) {
  for (const auto& column : model.columns) {
    const auto bound = [&](const char* type, double value) {
      fmt::format_to(std::back_inserter(out), " {} bounds  {}  {}\n", type, column.name, value);
    };
    if (column.lower == column.upper) {
      bound("FX", column.lower);
      continue;
    }
    if (column.lower != 0.0)
      bound("LO", column.lower);
    if (column.upper < kInfinity)
      bound("UP", column.upper);
    else if (column.integer)  // without it some readers take an integer column for a binary one
      fmt::format_to(std::back_inserter(out), " PL bounds  {}\n", column.name);
  }
}

void write_lp_sum(const std::vector<std::pair<double, const std::string*>>& sum, std::string& out) {
  std::size_t on_line = 0;
  for (const auto& [value, name] : sum) {
    if (on_line++ == 8) {
      out += "\n   ";
      on_line = 1;
    }
    fmt::format_to(std::back_inserter(out), " {} {} {}", value < 0 ? '-' : '+', value < 0 ? -value : value, *name);
  }
}

void write_lp_row(const LinearModel& model, const Row& row, const std::vector<const Term*>& terms, std::string& out) {
  if (is_free(row) || terms.empty())
    return;
  std::vector<std::pair<double, const std::string*>> sum;
  sum.reserve(terms.size());
  for (const Term* term : terms)
    sum.emplace_back(term->value, &model.columns[static_cast<std::size_t>(term->column)].name);
  const auto write = [&](const char* suffix, const char* sense, double rhs) {
    fmt::format_to(std::back_inserter(out), " {}{}:", row.name, suffix);
    write_lp_sum(sum, out);
    fmt::format_to(std::back_inserter(out), " {} {}\n", sense, rhs);
  };
  if (is_equality(row)) {
    write("", "=", row.lower);
    return;
  }
  if (row.upper < kInfinity)
    write("", "<=", row.upper);
  if (row.lower > -kInfinity)
    write(row.upper < kInfinity ? "_lo" : "", ">=", row.lower);
}

bool parse_number(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string to_mps(const LinearModel& model, const std::string& name) {
  std::string out = fmt::format("NAME          {}\nROWS\n N  objective\n", name);
  for (const auto& row : model.rows)
    fmt::format_to(std::back_inserter(out), " {}  {}\n", row_sense(row), row.name);
  out += "COLUMNS\n";
  write_mps_columns(model, out);
  out += "RHS\n";
  for (const auto& row : model.rows) {
    const double rhs = row_sense(row) == 'G' ? row.lower : row.upper;
    if (!is_free(row) && rhs != 0.0)
      fmt::format_to(std::back_inserter(out), "    rhs  {}  {}\n", row.name, rhs);
  }
  out += "RANGES\n";
  for (const auto& row : model.rows)
    if (row_sense(row) == 'L' && row.lower > -kInfinity)
      fmt::format_to(std::back_inserter(out), "    ranges  {}  {}\n", row.name, row.upper - row.lower);
  out += "BOUNDS\n";
  write_mps_bounds(model, out);
  out += "ENDATA\n";
  return out;
}

std::string to_lp(const LinearModel& model, const std::string& name) {
  std::string out = fmt::format("\\ {}\nMinimize\n objective:", name);
  std::vector<std::pair<double, const std::string*>> sum;
  for (const auto& column : model.columns)
    if (column.cost != 0.0)
      sum.emplace_back(column.cost, &column.name);
  write_lp_sum(sum, out);
  out += "\nSubject To\n";
  const auto lists = terms_by(model, false);
  for (std::size_t i = 0; i < model.rows.size(); ++i)
    write_lp_row(model, model.rows[i], lists[i], out);
  out += "Bounds\n";
  for (const auto& column : model.columns) {
    if (column.lower == column.upper)
      fmt::format_to(std::back_inserter(out), " {} = {}\n", column.name, column.lower);
    else if (column.upper < kInfinity)
      fmt::format_to(std::back_inserter(out), " {} <= {} <= {}\n", column.lower, column.name, column.upper);
    else if (column.lower != 0.0)
      fmt::format_to(std::back_inserter(out), " {} >= {}\n", column.name, column.lower);
  }
  out += "Generals\n";
  for (const auto& column : model.columns)
    if (column.integer)
      fmt::format_to(std::back_inserter(out), " {}\n", column.name);
  out += "End\n";
  return out;
}

std::vector<double> read_solution(const LinearModel& model, const std::string& text, const std::string& file) {
  std::unordered_map<std::string, std::size_t> by_name;
  for (std::size_t j = 0; j < model.columns.size(); ++j)
    by_name.emplace(model.columns[j].name, j);
  std::vector<double> values(model.columns.size(), 0.0);
  bool any = false;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream stream(line);
    std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    if (!words.empty() && words[0] == "**")
      words.erase(words.begin());  // cbc marks values outside their bounds
    for (std::size_t at = 0; at + 1 < words.size() && at < 2; ++at) {
      const auto column = by_name.find(words[at]);
      double value = 0.0;
      if (column == by_name.end() || !parse_number(words[at + 1], value))
        continue;
      values[column->second] = value;
      any = true;
      break;
    }
  }
  if (!any) {
    Diagnostics diagnostics;
    diagnostics.add(make_diagnostic(Severity::Error, {file, 0, ""}, "", "solution.columns", {}));
    throw InputError(std::move(diagnostics));
  }
  return values;
}

}  // namespace relevo::planner
