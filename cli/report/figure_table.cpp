// SPDX-License-Identifier: MIT
#include "cli/report/figure_table.hpp"

#include <algorithm>

namespace relevo::cli {

namespace {

/// Characters as they are seen; every one of ours is one column wide.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
  const std::string blanks(width - std::min(width, width_of(text)), ' ');
  return to_the_right ? blanks + text : text + blanks;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line = "  ";
  for (std::size_t i = 0; i < cells.size(); ++i)
    line += (i == 0 ? "" : "  ") + padded(cells[i], widths[i], i > 0);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

}  // namespace

std::string text_of(const FigureTable& table) {
  std::vector<std::size_t> widths(table.headings.size());
  const auto measure = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      widths.at(i) = std::max(widths.at(i), width_of(cells[i]));
  };
  measure(table.headings);
  for (const auto& row : table.rows)
    measure(row);
  std::string out = table.caption + "\n";
  out += line_of(table.headings, widths);
  for (const auto& row : table.rows)
    out += line_of(row, widths);
  if (!table.note.empty())
    out += "  " + table.note + "\n";
  return out;
}

void write_table(HtmlWriter& html, const FigureTable& table) {
  const auto region =
      html.in("div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", table.caption}});
  const auto whole = html.in("table");
  // The heading above says what it is; the caption says how to read it.
  if (!table.note.empty())
    html.element("caption", table.note);
  {
    const auto head = html.in("thead");
    const auto row = html.in("tr");
    for (std::size_t i = 0; i < table.headings.size(); ++i)
      html.element("th", {{"scope", "col"}, {"class", i == 0 ? "" : "num"}}, table.headings[i]);
  }
  const auto body = html.in("tbody");
  for (const auto& cells : table.rows) {
    const auto row = html.in("tr");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i == 0)
        html.element("th", {{"scope", "row"}}, cells[i]);
      else
        html.element("td", {{"class", "num"}}, cells[i]);
    }
  }
}

}  // namespace relevo::cli
