// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/model/scenario_loader.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::test {

/// A scenario folder in a temporary place, valid until something is written over it, removed with the object:
/// one fire of CA-AB, two crews and a pump of CA-BC, three brigades of MX-CONAFOR with 18 people of pool JAL each,
/// requests C-1 and C-2.
class ScenarioFolder {
 public:
  ScenarioFolder();
  ~ScenarioFolder();
  ScenarioFolder(const ScenarioFolder&) = delete;
  ScenarioFolder& operator=(const ScenarioFolder&) = delete;

  const std::filesystem::path& path() const noexcept { return path_; }
  void write(const std::string& file, std::string_view content) const;
  void remove(const std::string& file) const;
  /// Replaces the one place where the file has `from`.
  void replace(const std::string& file, std::string_view from, std::string_view to) const;
  std::string read(const std::string& file) const;

  planner::ScenarioDraft load() const;
  /// Every diagnostic, whether the scenario could be loaded or not.
  planner::Diagnostics diagnose() const;

 private:
  std::filesystem::path path_;
};

/// The data directory of the source tree.
std::filesystem::path data_dir();

/// A file of it.
std::string shipped_text(const std::string& file);

/// \pre `text` is a day in ISO 8601
planner::Day day(const char* text);

/// "file:line column rule", in the order they were found.
std::vector<std::string> summaries(const planner::Diagnostics& diagnostics);
/// Those of at least `least`.
std::vector<std::string> summaries(const planner::Diagnostics& diagnostics, planner::Severity least);
/// In English, one per line, for failure messages.
std::string in_words(const planner::Diagnostics& diagnostics);
/// The first diagnostic under the rule, in English; empty when there is none.
std::string sentence_of(const planner::Diagnostics& diagnostics, const std::string& rule);

}  // namespace relevo::test
