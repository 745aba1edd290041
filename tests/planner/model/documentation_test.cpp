// SPDX-License-Identifier: MIT
// The pages say what the code does: every table, column, key and code is there, and the example loads.
#include "planner/model/load_agreement.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/load_policy.hpp"
#include "planner/model/scenario_settings.hpp"
#include "planner/model/tables.hpp"
#include "planner/model/text_file.hpp"
#include "planner/text/message.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace relevo::planner {
namespace {

using test::in_words;
using ::testing::HasSubstr;

std::string page(const std::string& name) {
  Diagnostics diagnostics;
  const auto file = std::filesystem::path(RELEVO_SOURCE_DIR) / "docs" / name;
  return read_text_file(file, name, diagnostics).value();
}

/// The text from a heading to the next of the same or a higher level.
std::string section_of_page(const std::string& text, const std::string& heading) {
  const auto begin = text.find("\n" + heading);
  if (begin == std::string::npos)
    return {};
  const auto end = text.find("\n### ", begin + 1);
  return text.substr(begin, end == std::string::npos ? end : end - begin);
}

/// The first ```toml block after a heading.
std::string example_of_page(const std::string& text, const std::string& heading) {
  const auto begin = text.find("```toml\n", text.find("\n" + heading)) + 8;
  return text.substr(begin, text.find("```", begin) - begin);
}

void expect_keys(const std::string& text, const std::vector<KeySpec>& keys, const std::string& path) {
  static const std::set<std::string_view> provenance{"clause", "source", "status", "note"};
  for (const auto& key : keys) {
    if (provenance.contains(key.name))
      continue;
    const auto full = path + std::string(key.name);
    EXPECT_TRUE(!key.keys.empty() || text.find("`" + full + "`") != std::string::npos) << full;
    expect_keys(text, key.keys, full + ".");
  }
}

TEST(Documentation, ListsEveryColumnOfEveryTable) {
  const auto text = page("formats.md");
  for (const auto* table : all_tables()) {
    const auto section = section_of_page(text, fmt::format("### `{}`", table->name));
    EXPECT_FALSE(section.empty()) << table->name;
    for (const auto& column : table->columns) {
      const bool is_provenance = column.name == "source" || column.name == "note" || column.name == "standing" ||
                                 (column.name == "status" && column.words.size() == 2);
      if (is_provenance)
        continue;
      EXPECT_THAT(section, HasSubstr(fmt::format("| `{}` |", column.name))) << table->name;
      for (const auto alias : column.aliases)
        EXPECT_THAT(section, HasSubstr(fmt::format("`{}`", alias))) << table->name;
    }
  }
}

TEST(Documentation, ListsEveryKey) {
  expect_keys(page("formats.md"), policy_schema(), "");
  expect_keys(page("agreements.md"), agreement_schema(), "");
}

/// What follows the prefix in the keys of the catalogue, all its parts.
std::set<std::string> codes_after(std::string_view prefix) {
  std::set<std::string> all;
  for (const auto& entry : text::catalogue())
    if (entry.key.starts_with(prefix))
      all.emplace(entry.key.substr(prefix.size()));
  return all;
}

/// The codes of rules about input, wherever their sentences stand.
std::set<std::string> codes() {
  auto all = codes_after("input.");
  std::erase_if(all, [](const std::string& code) { return code.starts_with("toml.type_"); });
  return all;
}

std::string family_of(const std::string& code) {
  return code.substr(0, code.find('.'));
}

/// All string literals of the form word.word in the product's sources that begin like a code does.
std::map<std::string, std::string> literals_like_codes() {
  std::set<std::string> families;
  for (const auto* prefix : {"input.", "violation."})
    for (const auto& code : codes_after(prefix))
      families.insert(family_of(code));
  const std::regex literal(R"re("([a-z_]+\.[a-z_.]+)")re");
  std::map<std::string, std::string> found;  // with the file they were seen in
  for (const auto* part : {"planner", "cli", "geo"})
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(RELEVO_SOURCE_DIR) / part)) {
      const auto ending = file.path().extension();
      if ((ending != ".cpp" && ending != ".hpp") || file.path().parent_path().filename() == "text")
        continue;
      std::ifstream in(file.path());
      for (std::string line; std::getline(in, line);)
        for (std::sregex_iterator it(line.begin(), line.end(), literal), end; it != end; ++it)
          if (families.contains(family_of((*it)[1])))
            found.emplace((*it)[1], file.path().filename().string());
    }
  return found;
}

TEST(Documentation, ListsEveryCode) {
  const auto text = page("formats.md");
  for (const auto& code : codes())
    EXPECT_THAT(text, HasSubstr(fmt::format("| `{}` |", code)));
}

TEST(Documentation, EveryCodeHasItsRemedy) {
  const auto remedies = codes_after("remedy.");
  for (const auto& code : codes())
    EXPECT_TRUE(remedies.contains(code)) << code;
}

TEST(Documentation, ListsEveryRuleOfCheck) {
  const auto text = page("check.md");
  for (const auto& code : codes_after("violation."))
    if (code.find('.') != std::string::npos && !code.starts_with("field.")) {
      EXPECT_THAT(text, HasSubstr(fmt::format("| `{}` |", code)));
    }
}

TEST(Documentation, ListsEveryReason) {
  const auto text = page("plan-json.md");
  for (const auto& code : codes_after("reason."))
    if (!code.starts_with("behaviour.")) {  // words within a reason
      EXPECT_THAT(text, HasSubstr(fmt::format("`{}`", code)));
    }
}

TEST(Documentation, ListsEveryCodeThatTheSourcesName) {
  const std::set<std::string> other{
      "kinds.toml",  // files
      "incidents.csv",       "plan.gpkg",
      "kinds.covered",  // keys of an agreement
      "tour.extension_days",
  };
  std::set<std::string> sentences;  // keys of the catalogue are no codes
  for (const auto& entry : text::catalogue())
    sentences.emplace(entry.key);
  const auto text = page("formats.md") + page("check.md");
  const auto found = literals_like_codes();
  // The three corners of the program are seen at all.
  for (const auto* code : {"base.airport", "plan.missing", "table.coordinate", "plan.coverage"})
    EXPECT_TRUE(found.contains(code)) << code;
  for (const auto& [code, file] : found)
    if (!other.contains(code) && !sentences.contains(code) && !code.starts_with("toml.type_")) {
      EXPECT_THAT(text, HasSubstr(fmt::format("`{}`", code))) << file;
    }
}

TEST(Documentation, TheAgreementOfTheExampleLoads) {
  Diagnostics diagnostics;
  Diagnostics none;
  const auto kinds = read_kinds(read_text_file(test::data_dir() / "reference/kinds.toml", "kinds.toml", none).value(),
                                "kinds.toml", none);
  const auto agreement = read_agreement(example_of_page(page("agreements.md"), "## A worked example"),
                                        "north-south-2026.toml", kinds, diagnostics);
  ASSERT_TRUE(agreement) << in_words(diagnostics);
  EXPECT_EQ(agreement->family, "north-south");
  EXPECT_EQ(agreement->tour.max_tours.from.note, "as everywhere else");
  EXPECT_EQ(agreement->tour.max_line_days.from.standing, Standing::Stated);
  EXPECT_EQ(agreement->cost.payer.at("wages").value, Payer::Lender);
  EXPECT_EQ(agreement->mobilization.documents.size(), 2U);
}

TEST(Documentation, TheScenarioOfTheExampleIsSound) {
  Diagnostics diagnostics;
  const auto settings =
      read_scenario_settings(example_of_page(page("formats.md"), "## `scenario.toml`"), "scenario.toml", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty()) << in_words(diagnostics);
  EXPECT_EQ(settings.horizon.days, 49);
  EXPECT_EQ(settings.layers.size(), 1U);
  EXPECT_EQ(settings.inputs.at(0).as_of, "2016-05-27");
}

}  // namespace
}  // namespace relevo::planner
