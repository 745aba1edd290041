// SPDX-License-Identifier: MIT
#include "planner/text/message.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace relevo::text {
namespace {

/// The placeholders of a sentence; fails the test where its braces do not match.
std::set<std::string> placeholders(std::string_view sentence) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    if (sentence[i] != '{' && sentence[i] != '}')
      continue;
    if (i + 1 < sentence.size() && sentence[i + 1] == sentence[i]) {
      ++i;
      continue;
    }
    const auto end = sentence[i] == '{' ? sentence.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      ADD_FAILURE() << "stray brace in: " << sentence;
      return names;
    }
    names.emplace(sentence.substr(i + 1, end - i - 1));
    i = end;
  }
  return names;
}

TEST(Catalogue, KeysAreUnique) {
  std::set<std::string_view> keys;
  for (const auto& entry : catalogue())
    EXPECT_TRUE(keys.insert(entry.key).second) << "twice: " << entry.key;
}

TEST(Catalogue, EveryEntryHasThreeLanguages) {
  for (const auto& entry : catalogue()) {
    EXPECT_FALSE(entry.en.empty()) << entry.key;
    EXPECT_FALSE(entry.es.empty()) << entry.key;
    EXPECT_FALSE(entry.fr.empty()) << entry.key;
  }
}

TEST(Catalogue, LanguagesAgreeOnPlaceholders) {
  for (const auto& entry : catalogue()) {
    EXPECT_EQ(placeholders(entry.en), placeholders(entry.es)) << entry.key;
    EXPECT_EQ(placeholders(entry.en), placeholders(entry.fr)) << entry.key;
  }
}

TEST(Catalogue, PlaceholdersAreNames) {
  for (const auto& entry : catalogue())
    for (const auto& name : placeholders(entry.en)) {
      const auto is_name_char = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '@'; };
      EXPECT_TRUE(!name.empty() && std::ranges::all_of(name, is_name_char)) << entry.key << ": {" << name << "}";
    }
}

TEST(Render, PutsArgumentsIn) {
  const Message message{"violation.unit_in_two_places",
                        {{"unit", "BC-UC-01"}, {"ordinal", "2"}, {"day", "2016-06-04"}, {"unused", "x"}}};
  EXPECT_EQ(render(message, Lang::En), "BC-UC-01 (2) is in two places on 2016-06-04.");
  EXPECT_EQ(render(message, Lang::Es), "BC-UC-01 (2) está en dos lugares el 2016-06-04.");
  EXPECT_EQ(render(message, Lang::Fr), "BC-UC-01 (2) est à deux endroits le 2016-06-04.");
}

TEST(Render, LeavesBracesInArgumentsAlone) {
  const Message message{"violation.unit_in_two_places", {{"unit", "{day}}"}, {"ordinal", "{"}, {"day", "1"}}};
  EXPECT_EQ(render(message, Lang::En), "{day}} ({) is in two places on 1.");
}

TEST(Render, RendersAPlainWord) {
  EXPECT_EQ(render("word.crew", Lang::Es), "brigada");
}

TEST(Render, AnArgumentMayBeAKeyOfTheCatalogue) {
  const Message message{"input.toml.type", {{"value", "x"}, {"expected", "input.toml.type_integer"}}};
  EXPECT_EQ(render(message, Lang::En), "'x' is not a whole number.");
  EXPECT_EQ(render(message, Lang::Fr), "« x » n'est pas un nombre entier.");
}

TEST(Render, UnknownKeyAndMissingArgumentAreBugs) {
  EXPECT_THROW(render("no.such.key", Lang::En), std::logic_error);
  EXPECT_THROW(render("violation.unit_in_two_places", Lang::En), std::logic_error);
}

}  // namespace
}  // namespace relevo::text
