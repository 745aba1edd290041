// SPDX-License-Identifier: MIT
// Text that somebody or something spoilt: it is read or refused, never a crash, and every refusal can be put into
// words.
#include "geo/csv_reader.hpp"
#include "geo/table_error.hpp"
#include "planner/model/load_agreement.hpp"
#include "planner/model/load_context.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/load_policy.hpp"
#include "planner/model/scenario_settings.hpp"
#include "planner/model/tables.hpp"
#include "planner/model/text_file.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <gtest/gtest.h>

#include <random>

namespace relevo::planner {
namespace {

constexpr unsigned kSeed = 20160604;

/// Three bytes changed, removed or doubled, somewhere.
std::string spoil(std::string text, std::mt19937& random) {
  for (int i = 0; i < 3; ++i) {
    const auto at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random() % 256);
        break;
      case 1:
        text.erase(at, 1 + random() % 20);
        break;
      case 2:
        text.insert(at, text.substr(at, 1 + random() % 40));
        break;
      default:
        text[at] = "\"[]{}=,;\n\0"[random() % 10];
        break;
    }
  }
  return text;
}

void expect_words(const Diagnostics& diagnostics) {
  for (const auto& d : diagnostics.all())
    for (const auto lang : {text::Lang::En, text::Lang::Es, text::Lang::Fr})
      EXPECT_FALSE(format_diagnostic(d, lang).empty());
}

template <class Read>
void expect_no_crash(const std::string& file, int rounds, Read read) {
  const auto sound = test::shipped_text(file);
  std::mt19937 random(kSeed);
  for (int round = 0; round < rounds; ++round) {
    Diagnostics diagnostics;
    read(spoil(sound, random), diagnostics);
    expect_words(diagnostics);
  }
}

TEST(HostileText, Agreements) {
  KindCatalogue kinds;
  kinds.kinds.push({.id = "crew"});
  expect_no_crash("agreements/ca-mx-2014-2016.toml", 300, [&](const std::string& text, Diagnostics& diagnostics) {
    read_agreement(text, "a.toml", kinds, diagnostics);
  });
}

TEST(HostileText, Policy) {
  expect_no_crash("policy/default.toml", 300,
                  [](const std::string& text, Diagnostics& diagnostics) { read_policy(text, "p.toml", diagnostics); });
}

TEST(HostileText, Kinds) {
  expect_no_crash("reference/kinds.toml", 10,
                  [](const std::string& text, Diagnostics& diagnostics) { read_kinds(text, "k.toml", diagnostics); });
}

TEST(HostileText, Settings) {
  expect_no_crash("scenarios/fort-mcmurray-2016/scenario.toml", 300,
                  [](const std::string& text, Diagnostics& diagnostics) {
                    read_scenario_settings(text, "scenario.toml", diagnostics);
                  });
}

TEST(HostileText, Perimeters) {
  expect_no_crash("scenarios/fort-mcmurray-2016/perimeters.geojson", 300,
                  [](const std::string& text, Diagnostics& diagnostics) {
                    ScenarioData data;
                    detail::LoadContext context{.data = data, .diagnostics = diagnostics};
                    context.incidents.add("MWF-009", data.incidents.push({.id = "MWF-009"}));
                    detail::load_perimeters(text, "perimeters.geojson", context);
                  });
}

TEST(HostileText, Tables) {
  for (const auto* table : all_tables()) {
    const auto file = "scenarios/fort-mcmurray-2016/" + std::string(table->name) + ".csv";
    if (!std::filesystem::exists(test::data_dir() / file))
      continue;
    expect_no_crash(file, 40, [&](const std::string& text, Diagnostics& diagnostics) {
      try {
        read_records(geo::parse_csv(text, file), *table, diagnostics);
      } catch (const geo::TableError&) {
        // refused by the reader
      }
    });
  }
}

TEST(HostileText, WholeScenarios) {
  std::mt19937 random(kSeed);
  for (const char* file : {"units.csv", "requests.csv", "bases.csv", "incidents.csv", "pools.csv", "scenario.toml"})
    for (int round = 0; round < 4; ++round) {
      const test::ScenarioFolder folder;
      folder.write(file, spoil(folder.read(file), random));
      expect_words(folder.diagnose());
    }
}

TEST(HostileText, AWideTableIsNoTrap) {
  std::string header = "unit_id";
  std::string row = "U-1";
  for (int i = 0; i < 3000; ++i) {
    header += ",x" + std::to_string(i);
    row += ",=HYPERLINK(1)";
  }
  Diagnostics diagnostics;
  const auto records =
      read_records(geo::parse_csv(header + "\n" + row + "\n", "u.csv"), detail::units_table(), diagnostics);
  EXPECT_EQ(records.size(), 1U);
}

}  // namespace
}  // namespace relevo::planner
