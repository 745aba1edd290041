// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::geo {

/// The attributes that a description of KML carries for people: lines of "Label: value", divided by line feeds, <br>,
/// <div>, <p> and <li>, or the rows of an HTML table with two cells each. In the order of the text, as written but for
/// tags and entities. A label has at most 40 bytes, begins with a letter, and is none of a link ("https"); lines
/// without one are left out, values may be empty. Only the first 256 KB are looked at.
std::vector<std::pair<std::string, std::string>> labelled_values(std::string_view text);

}  // namespace relevo::geo
