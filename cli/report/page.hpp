// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/html_writer.hpp"
#include "cli/report/locale.hpp"
#include "cli/report/report_input.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::cli {

/// How a column is set: numbers stand on the right and do not break.
enum class Column { Text, Number, Short };

struct Heading {
  std::string_view key;  ///< of the catalogue
  Column column = Column::Text;
};

/// What the sections of the report share: the input, the language, and the page being written. `html` is where a
/// section writes; everything it writes is escaped there.
class Page {
 public:
  explicit Page(const ReportInput& what)
      : input(what), data(what.scenario.data()), plan(what.plan), locale(what.lang) {}

  using Args = std::initializer_list<std::pair<std::string, std::string>>;

  std::string say(std::string_view key, Args args = {}) const;
  /// key + ".one" or ".many" with {count}. French counts zero as one.
  std::string say_count(std::string_view key, long long count, Args args = {}) const;
  std::string say(const text::Message& message) const;

  std::string agency(planner::AgencyIndex agency) const { return data.agencies[agency].name; }
  std::string kind(planner::KindIndex kind) const;
  std::string kind_and_type(planner::KindIndex kind, const std::string& type) const;
  std::string incident_or_borrower(const planner::Request& request) const;

  /// <section id> with its heading; close it by leaving the scope.
  HtmlWriter::Scope section(std::string_view id, std::string_view heading_key);
  /// <details> with a heading and a note as its summary: what it holds can be folded away. Close it by leaving the
  /// scope.
  HtmlWriter::Scope fold(std::string_view heading_tag, std::string_view heading, std::string_view note, bool open);
  /// An element that holds text in which ids of contingents do not break at their hyphen.
  void sentence(std::string_view tag, std::string_view text);
  /// Such text alone.
  void text_with_ids(std::string_view text);
  void paragraph(std::string_view text, std::string_view css_class = {});
  /// Links where the text is one or several web addresses, text otherwise.
  void source(std::string_view citation);

  /// A region that scrolls by itself and can be reached by keyboard, for what may be wider than the page.
  HtmlWriter::Scope scroll_region(std::string_view label);
  /// Caption and header row; the rows follow inside the scope of the table's body.
  void table_head(std::string_view caption, const std::vector<Heading>& headings);
  void cell(std::string_view text) { html.element("td", text); }
  void number_cell(std::string_view text) { html.element("td", {{"class", "num"}}, text); }
  void short_cell(std::string_view text) { html.element("td", {{"class", "short"}}, text); }
  void row_heading(std::string_view text) { html.element("th", {{"scope", "row"}}, text); }
  /// An empty table says so.
  void nothing(std::string_view key) { paragraph(say(key), "nothing"); }

  const ReportInput& input;
  const planner::ScenarioData& data;
  const planner::Plan& plan;
  Locale locale;
  HtmlWriter html;
};

/// Consecutive days on which several series have the same values, so that a table has a line per change and not per
/// day.
struct Run {
  int first = 0;  ///< columns of the horizon, both inclusive
  int last = 0;
};
std::vector<Run> equal_runs(std::initializer_list<const std::vector<int>*> series);

/// series[column], 0 beyond its end.
int value_at(const std::vector<int>& series, int column);
int sum_of(const std::vector<int>& series);

}  // namespace relevo::cli
