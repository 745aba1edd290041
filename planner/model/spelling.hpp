// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The word as people compare words: lower case, without the accents of Western European languages, and with '-' and
/// blanks read as '_'. Bytes it does not know stay as they are.
std::string fold_word(std::string_view word);

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other (bytes).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate a misspelt word most probably means, or an empty string: compared folded, at most a third of the
/// letters wrong, the first of equals.
std::string closest_word(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace relevo::planner
