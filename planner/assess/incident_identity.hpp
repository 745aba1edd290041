// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What tells two records of fires that they speak of one fire: ids, names, stages. docs/incidents.md, section 2.
namespace relevo::planner::detail {

/// An id as lists write it, less what differs between lists: "2025_BC_K52125", "2025-K52125" and "K52125" are one body.
struct FireId {
  std::string body;         ///< capital letters and digits in groups joined by '-'
  std::optional<int> year;  ///< that the id names
  bool is_guid = false;     ///< unique in the world: neither agency nor year need agree

  friend bool operator==(const FireId&, const FireId&) = default;
};

/// Whether a group of an id is a word for an agency ("BC").
using IsAgencyWord = std::function<bool(std::string_view word)>;

/// Nothing for a text without letters and digits.
std::optional<FireId> parse_fire_id(std::string_view text, const IsAgencyWord& is_agency_word);

/// A text that is an id rather than a name: digits, no blanks.
bool is_id_like(std::string_view text);

/// Two ids of one numbering that are not equal tell two fires: both GUIDs, or the same letters with other digits.
bool are_of_two_fires(const FireId& a, const FireId& b);

enum class NameMatch { Unknown, Same, Different };

/// Names compared by their words: folded, less years and words such as "fire" or "complex". Same: the numbers agree and
/// the words of one are among those of the other, or the letters differ by a fifth at most. Unknown: one of them has no
/// name or an id in its place.
NameMatch match_names(std::string_view a, std::string_view b);

/// Out or extinguished, in the words of the lists.
bool is_out(std::string_view stage_of_control);
/// A fire lit on purpose, by its stage, response type or name.
bool is_prescribed(std::string_view stage_of_control, std::string_view response_type, std::string_view name);

/// A published identifier of ours ([A-Za-z0-9][A-Za-z0-9-_./#+()]*, at most 80 characters) near to the text.
std::string make_identifier(std::string_view text);

}  // namespace relevo::planner::detail
