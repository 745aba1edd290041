// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace relevo::cli {

// What became of plans and orders: one function per command; as in commands.hpp.

struct CompareCommand {
  /// Two output folders or plan.json files; or a workspace and two of its plans, by id or name.
  std::vector<std::string> plans;
};

/// What two plans do otherwise.
ExitCode compare_two_plans(const CompareCommand& command, const CommonOptions& options);

struct HistoryCommand {
  std::filesystem::path scenario;  ///< a folder or a workspace
  std::string plan;                ///< of a folder: an output folder or plan.json; of a workspace: id or name
  std::string request;             ///< empty: all
};

/// What became of orders, and what is expected.
ExitCode show_history(const HistoryCommand& command, const CommonOptions& options);

struct EvaluateCommand {
  std::filesystem::path plan;     ///< an output folder or a plan.json
  std::filesystem::path actuals;  ///< the table of what happened
  std::filesystem::path html;     ///< empty: no page
};

/// A plan against what happened.
ExitCode evaluate_actuals(const EvaluateCommand& command, const CommonOptions& options);

}  // namespace relevo::cli
