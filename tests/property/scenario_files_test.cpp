// SPDX-License-Identifier: MIT
// Random scenarios written as files and read again are the same scenarios: no table loses or changes a field. What a
// file cannot say is refused with the code of docs/formats.md.
#include "tests/support/scenario_files.hpp"

#include "planner/model/scenario_loader.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace relevo::test {
namespace {

namespace fs = std::filesystem;
using planner::InputError;
using planner::ScenarioData;
using planner::ScenarioDraft;
using planner::Severity;

constexpr int kCases = 100;  ///< scenarios that are read again; those that are refused come on top
constexpr int kMostDraws = 400;

/// A scenario folder and a data directory in a temporary place.
class Folders {
 public:
  Folders() : root_(fs::temp_directory_path() / ("relevo-files-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    write("data/policy/default.toml", read(fs::path(RELEVO_SOURCE_DIR) / "data/policy/default.toml"));
  }
  ~Folders() {
    std::error_code error;
    fs::remove_all(root_, error);
  }
  Folders(const Folders&) = delete;
  Folders& operator=(const Folders&) = delete;

  ScenarioDraft load(const ScenarioData& data) const {
    fs::remove_all(root_ / "scenario");
    write("data/reference/kinds.toml", kinds_file(data.kinds));
    for (const auto& [name, text] : scenario_files(data))
      write("scenario/" + name, text);
    return planner::load_scenario(root_ / "scenario", root_ / "data");
  }

 private:
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  fs::path root_;
};

/// Codes of the errors, sorted, each once.
std::vector<std::string> errors_of(const planner::Diagnostics& diagnostics) {
  std::set<std::string> codes;
  for (const auto& d : diagnostics.all())
    if (d.severity == Severity::Error)
      codes.insert(d.rule);
  return {codes.begin(), codes.end()};
}

/// A share of nobody is no share, and no table can say it.
ScenarioData without_empty_shares(ScenarioData data) {
  for (auto& unit : data.units)
    std::erase_if(unit.pools, [](const planner::PoolShare& share) { return share.persons == 0; });
  return data;
}

std::string differences(const ScenarioData& written, const ScenarioData& read) {
  const auto before = fields_of(written);
  const auto after = fields_of(read);
  std::string text;
  for (const auto& [name, value] : before) {
    const auto it = after.find(name);
    if (it == after.end() || it->second != value)
      text += name + ": written '" + value + "', read '" + (it == after.end() ? "nothing" : it->second) + "'\n";
  }
  for (const auto& [name, value] : after)
    if (!before.contains(name))
      text += name + ": not written, read '" + value + "'\n";
  return text;
}

TEST(ScenarioFiles, ReadBackAsTheyWereWritten) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  const Folders folders;
  int same = 0;
  int refused = 0;
  for (int i = 0; i < kMostDraws && same < cases; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const ScenarioData data = without_empty_shares(random_scenario(seed));
    const auto reasons = reasons_for_refusal(data);
    try {
      auto draft = folders.load(data);
      EXPECT_TRUE(reasons.empty()) << "seed " << seed << " should be refused: " << reasons.front();
      complete_commitments(draft, data.travel);
      EXPECT_EQ(differences(data, draft.data), "") << "seed " << seed << '\n' << to_text(data);
      EXPECT_EQ(to_text(data), to_text(draft.data)) << "seed " << seed;
      ++same;
    } catch (const InputError& error) {
      EXPECT_EQ(errors_of(error.diagnostics()), reasons) << "seed " << seed << '\n' << to_text(data);
      ++refused;
    }
    if (testing::Test::HasFailure())
      return;
  }
  std::cout << same << " scenarios read back, " << refused << " refused\n";
  EXPECT_EQ(same, cases);
}

// Every field of a scenario that random ones vary is written and read: a changed one is seen.
TEST(ScenarioFiles, ComparisonSeesEachTable) {
  std::set<std::string> tables;
  for (std::uint64_t seed = 1; seed <= kMostDraws; ++seed)
    for (const auto& [name, value] : fields_of(random_scenario(seed)))
      tables.insert(name.substr(0, name.find('[')));
  for (const char* table : {"agencies", "agreements", "bases",     "commitments", "consents", "decisions", "documents",
                            "escorts",  "incidents",  "kinds",     "lifts",       "offers",   "policy",    "pools",
                            "recalls",  "requests",   "responses", "scenario",    "types",    "units"})
    EXPECT_TRUE(tables.contains(table)) << table;
}

}  // namespace
}  // namespace relevo::test
