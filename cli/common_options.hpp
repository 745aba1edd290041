// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/edits.hpp"
#include "planner/solve/solve_method.hpp"
#include "planner/text/message.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace relevo::cli {

/// Options that mean the same in every command.
struct CommonOptions {
  bool json = false;   ///< the result, or the errors, as JSON on stdout
  bool quiet = false;  ///< nothing on stderr but errors, nothing on stdout but JSON
  text::Lang lang = text::Lang::En;
  int threads = 1;
  std::uint64_t seed = 0;
  std::optional<double> seconds;
  std::optional<double> gap;
  std::optional<int> nodes;
  planner::SolveMethod method = planner::SolveMethod::Automatic;
  bool lexicographic = false;
  std::optional<planner::SolveEffort> effort;  ///< none: quick from an earlier plan, else full
  int explain = 0;                             ///< changes to look for that would fill each open line
  int worth = 0;                               ///< most valuable units, reserves and escorts to show in the report
  std::filesystem::path start;                 ///< a plan to begin with; empty: none
  planner::ScenarioEdits edits;                ///< what is different for this run
  std::filesystem::path previous;              ///< an earlier plan that is carried over into the scenario; empty: none
};

}  // namespace relevo::cli
