// SPDX-License-Identifier: MIT
#include "planner/assess/incident_identity.hpp"

#include "planner/model/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <vector>

namespace relevo::planner::detail {

namespace {

constexpr std::size_t kLongestIdentifier = 80;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Runs of letters and digits in capitals. Bytes beyond ASCII count as letters.
std::vector<std::string> groups_of(std::string_view text) {
  std::vector<std::string> groups;
  bool inside = false;
  for (const char c : text) {
    const bool belongs = is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    if (belongs && !inside)
      groups.emplace_back();
    if (belongs)
      groups.back() += to_upper(c);
    inside = belongs;
  }
  return groups;
}

/// The year a group begins with, where four digits and no fifth do.
std::optional<int> leading_year(const std::string& group) {
  if (group.size() < 4 || !std::all_of(group.begin(), group.begin() + 4, is_digit))
    return std::nullopt;
  if (group.size() > 4 && is_digit(group[4]))
    return std::nullopt;
  if (!group.starts_with("19") && !group.starts_with("20"))
    return std::nullopt;
  return std::stoi(group.substr(0, 4));
}

bool is_year(const std::string& group) {
  return group.size() == 4 && leading_year(group).has_value();
}

bool is_guid(const std::vector<std::string>& groups) {
  constexpr std::array<std::size_t, 5> kLengths{8, 4, 4, 4, 12};
  if (groups.size() != kLengths.size())
    return false;
  for (std::size_t i = 0; i < kLengths.size(); ++i)
    if (groups[i].size() != kLengths.at(i) || groups[i].find_first_not_of("0123456789ABCDEF") != std::string::npos)
      return false;
  return true;
}

std::string joined(const std::vector<std::string>& groups) {
  std::string text;
  for (const auto& group : groups)
    text += (text.empty() ? "" : "-") + group;
  return text;
}

void drop_year_and_agency(std::vector<std::string>& groups, FireId& id, const IsAgencyWord& is_agency_word) {
  if (groups.size() > 1 && is_year(groups.front())) {
    id.year = leading_year(groups.front());
    groups.erase(groups.begin());
    if (groups.size() > 1 && is_agency_word(groups.front()))
      groups.erase(groups.begin());
  }
  if (const auto year = leading_year(groups.front()); year && groups.front().size() > 4) {
    id.year = year;
    groups.front().erase(0, 4);
  }
  if (groups.size() > 1 && is_year(groups.back())) {
    id.year = leading_year(groups.back());
    groups.pop_back();
  }
}

struct NameWords {
  std::set<std::string> words;
  std::set<std::string> numbers;
  bool empty() const noexcept { return words.empty(); }
};

bool is_generic(const std::string& word) {
  static const std::set<std::string> kGeneric{
      "FIRE", "FIRES", "WILDFIRE", "COMPLEX", "INCIDENT", "THE",      "INCENDIO", "FORESTAL", "FEU",   "FEUX", "DE",
      "DEL",  "LA",    "LE",       "EL",      "DU",       "INCENDIE", "CPX",      "NEAR",     "CERCA", "OF"};
  return kGeneric.contains(word);
}

NameWords words_of(std::string_view name) {
  NameWords found;
  if (is_id_like(name))
    return found;
  for (const auto& group : groups_of(fold_word(name))) {
    if (is_year(group) || is_generic(group))
      continue;
    if (std::ranges::all_of(group, is_digit))
      found.numbers.insert(group);
    else
      found.words.insert(group);
  }
  return found;
}

std::string joined(const std::set<std::string>& words) {
  return joined(std::vector<std::string>(words.begin(), words.end()));
}

bool contains_word(std::string_view text, std::string_view word) {
  const auto groups = groups_of(fold_word(text));
  return std::ranges::find(groups, word) != groups.end();
}

std::string letters_of(const std::string& body) {
  std::string letters;
  for (const char c : body)
    if (!is_digit(c) && c != '-')
      letters += c;
  return letters;
}

}  // namespace

std::optional<FireId> parse_fire_id(std::string_view text, const IsAgencyWord& is_agency_word) {
  auto groups = groups_of(text);
  if (groups.empty())
    return std::nullopt;
  FireId id;
  id.is_guid = is_guid(groups);
  if (!id.is_guid)
    drop_year_and_agency(groups, id, is_agency_word);
  id.body = joined(groups);
  return id;
}

bool is_id_like(std::string_view text) {
  return text.find(' ') == std::string_view::npos && std::ranges::any_of(text, is_digit);
}

bool are_of_two_fires(const FireId& a, const FireId& b) {
  if (a.is_guid || b.is_guid)
    return a.is_guid && b.is_guid && a.body != b.body;
  return a.body != b.body && letters_of(a.body) == letters_of(b.body);
}

NameMatch match_names(std::string_view a, std::string_view b) {
  const NameWords first = words_of(a);
  const NameWords second = words_of(b);
  if (first.empty() || second.empty())
    return NameMatch::Unknown;
  if (first.numbers != second.numbers)
    return NameMatch::Different;
  if (std::ranges::includes(first.words, second.words) || std::ranges::includes(second.words, first.words))
    return NameMatch::Same;
  const auto x = joined(first.words);
  const auto y = joined(second.words);
  const auto longer = std::max(x.size(), y.size());
  return longer <= kLongestIdentifier && edit_distance(x, y) * 5 <= longer ? NameMatch::Same : NameMatch::Different;
}

bool is_out(std::string_view stage_of_control) {
  static const std::set<std::string> kOut{"out",     "ex",        "extinguished", "eteint",
                                          "extinto", "liquidado", "declared_out"};
  return kOut.contains(fold_word(stage_of_control));
}

bool is_prescribed(std::string_view stage_of_control, std::string_view response_type, std::string_view name) {
  for (const auto text : {stage_of_control, response_type})
    for (const auto* word : {"PRESCRIBED", "RX", "PRESCRITA", "DIRIGE"})
      if (contains_word(text, word))
        return true;
  return contains_word(name, "PRESCRIBED");
}

std::string make_identifier(std::string_view text) {
  constexpr std::string_view kAllowed = "-_./#+()";
  std::string id;
  for (const char c : text) {
    const bool plain = is_digit(c) || is_letter(c);
    if (plain || (!id.empty() && c != '-' && kAllowed.find(c) != std::string_view::npos))
      id += c;
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  id.resize(std::min(id.size(), kLongestIdentifier));
  while (!id.empty() && id.back() == '-')
    id.pop_back();
  return id.empty() ? "fire" : id;
}

}  // namespace relevo::planner::detail
