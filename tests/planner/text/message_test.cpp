// SPDX-License-Identifier: MIT
#include "planner/text/message.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace relevo::text {
namespace {

/// The names of the placeholders of a sentence, without the words of a choice; fails the test where its braces do not
/// match.
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
    const auto placeholder = sentence.substr(i + 1, end - i - 1);
    names.emplace(placeholder.substr(0, placeholder.find('|')));
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

/// The words between the bars of {count|day|days}, for all choices of a sentence.
std::vector<std::vector<std::string>> choices(std::string_view sentence) {
  std::vector<std::vector<std::string>> all;
  for (auto begin = sentence.find('{'); begin != std::string_view::npos; begin = sentence.find('{', begin + 1)) {
    const auto inside = sentence.substr(begin + 1, sentence.find('}', begin) - begin - 1);
    if (inside.find('|') == std::string_view::npos)
      continue;
    std::vector<std::string> words{""};
    for (const char c : inside.substr(inside.find('|') + 1)) {
      if (c == '|')
        words.emplace_back();
      else
        words.back() += c;
    }
    all.push_back(words);
  }
  return all;
}

TEST(Catalogue, ChoicesHaveTwoDifferentWords) {
  for (const auto& entry : catalogue())
    for (const auto sentence : {entry.en, entry.es, entry.fr})
      for (const auto& words : choices(sentence)) {
        ASSERT_EQ(words.size(), 2U) << sentence;
        EXPECT_NE(words[0], words[1]) << sentence;
        EXPECT_FALSE(words[0].empty() || words[1].empty()) << sentence;
      }
}

TEST(Catalogue, NoPluralInParentheses) {
  for (const auto& entry : catalogue())
    for (const auto sentence : {entry.en, entry.es, entry.fr})
      for (const auto* ending : {"(s)", "(es)", "(x)"})
        EXPECT_EQ(sentence.find(ending), std::string_view::npos) << sentence;
}

/// A number of days, people or the like is followed by words that know one from many.
TEST(Catalogue, CountsAgreeWithTheirNouns) {
  const std::regex fixed(
      R"(\{(\w+)\} (?:more |line |new )?(days|hours|people|persons|units|lines|errors|rules|cells|numbers|points|días|horas|personas|unidades|líneas|errores|reglas|celdas|números|puntos|jours|heures|personnes|unités|lignes|erreurs|règles|cellules|nombres)\b)");
  for (const auto& entry : catalogue()) {
    if (entry.key.ends_with(".many"))
      continue;
    for (const auto sentence : {entry.en, entry.es, entry.fr})
      EXPECT_FALSE(std::regex_search(std::string(sentence), fixed)) << entry.key << ": " << sentence;
  }
}

TEST(Render, ChoosesTheWordByTheNumber) {
  const auto said = [](const std::string& count, Lang lang) {
    return render(Message{"cli.errors", {{"count", count}}}, lang);
  };
  EXPECT_EQ(said("1", Lang::En), "1 error. Nothing was written.");
  EXPECT_EQ(said("2", Lang::En), "2 errors. Nothing was written.");
  EXPECT_EQ(said("1", Lang::Es), "1 error. No se escribió nada.");
  EXPECT_EQ(said("21", Lang::Es), "21 errores. No se escribió nada.");
  EXPECT_EQ(said("1", Lang::Fr), "1 erreur. Rien n'a été écrit.");
  EXPECT_EQ(said("2", Lang::Fr), "2 erreurs. Rien n'a été écrit.");
}

TEST(Render, ZeroIsSingularInFrenchOnly) {
  EXPECT_FALSE(is_one("0", Lang::En));
  EXPECT_FALSE(is_one("0", Lang::Es));
  EXPECT_TRUE(is_one("0", Lang::Fr));
  EXPECT_FALSE(is_one("11", Lang::Fr));
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
