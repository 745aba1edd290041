// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Tables that people made begin with a title, a date or a note above the names of their columns.
namespace relevo::geo {

/// So many rows of a table are looked at.
constexpr std::size_t kMostTitleRows = 20;

/// Which of the first rows names the columns: the first that fills more than half of the columns that any of them
/// fills, if all its cells begin with a letter and no row above holds two numbers. 0 where there is none, or fewer than
/// three columns: then the first row names them.
std::size_t header_row(const std::vector<std::vector<std::string>>& rows);

struct TitleLines {
  std::size_t bytes = 0;  ///< before the header
  std::size_t lines = 0;
};

/// The same for delimited text in an encoding that has ASCII in it, whatever the separator. Nothing where a first line
/// `sep=;` names one.
TitleLines title_lines(std::string_view text);

}  // namespace relevo::geo
