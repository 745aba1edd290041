// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/html_writer.hpp"

#include <string>
#include <vector>

namespace relevo::cli {

/// A table that stands on a terminal and in a page alike. The first column is text, the others are figures.
struct FigureTable {
  std::string caption;
  std::string note;  ///< a sentence under the caption, may be empty
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
};

/// Caption, headings and rows, columns aligned; lines end in "\n".
std::string text_of(const FigureTable& table);

void write_table(HtmlWriter& html, const FigureTable& table);

}  // namespace relevo::cli
