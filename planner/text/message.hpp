// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::text {

enum class Lang { En, Es, Fr };

/// A sentence not yet put into words: a key of the catalogue and its named arguments. Planner and check produce these;
/// they become English, Spanish or French only when somebody reads them.
struct Message {
  std::string key;
  std::vector<std::pair<std::string, std::string>> args;

  friend bool operator==(const Message&, const Message&) = default;
};

/// One catalogue entry: the same sentence in three languages, with {name} where an argument goes, and {@name} where the
/// argument is itself a key of the catalogue, put into the same language. {name|day|days} is the first word where the
/// argument counts one in that language (is_one), else the second; the argument itself is not written. "{{" and "}}"
/// are literal braces.
struct Entry {
  std::string_view key;
  std::string_view en;
  std::string_view es;
  std::string_view fr;
};

/// All entries of the catalogue, in the order of their files.
const std::vector<Entry>& catalogue();

/// Whether a number, as it stands in a text, takes the singular: 1, and in French 0 too.
bool is_one(std::string_view number, Lang lang);

/// The sentence in the language. A key that is not in the catalogue or an argument that is missing is a bug of ours and
/// throws std::logic_error; arguments the sentence does not use are allowed.
std::string render(const Message& message, Lang lang);
std::string render(std::string_view key, Lang lang);

}  // namespace relevo::text
