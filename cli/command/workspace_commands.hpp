// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"
#include "planner/store/workspace.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::cli {

// One function per command on a workspace; as in commands.hpp.

struct InitCommand {
  std::filesystem::path workspace;
  std::filesystem::path scenario;  ///< empty: none
};

/// Makes a workspace, with a scenario folder's documents, tables and layers in it.
ExitCode init_workspace(const InitCommand& command, const CommonOptions& options);

struct ImportCommand {
  std::filesystem::path workspace;
  std::vector<std::filesystem::path> files;
  std::string theme;
  std::string name;
  std::string profile;
  std::string layer;
  std::string crs;
  std::string as_of;
  std::string source;
  std::map<std::string, std::string> fields;
  std::string table;  ///< the files hold this table of the scenario
  bool append = false;
  bool archives = false;
  double wait_seconds = 10.0;
};

/// Layers, tables and documents come into the workspace, each in a transaction of its own. A file that cannot be read
/// is reported, and the next one is taken. \returns BadInput when there was one
ExitCode import_files(const ImportCommand& command, const CommonOptions& options);

struct StatusCommand {
  std::filesystem::path workspace;
};

/// What the workspace holds.
ExitCode show_status(const StatusCommand& command, const CommonOptions& options);

struct AssessCommand {
  std::filesystem::path workspace;
};

/// Assesses the incidents and stores the assessment.
ExitCode assess_workspace(const AssessCommand& command, const CommonOptions& options);

struct PlanCommand {
  std::filesystem::path workspace;
  std::string name;
  std::string command_line;
};

/// Assesses, plans and stores both.
ExitCode plan_workspace(const PlanCommand& command, const CommonOptions& options);

struct ReportCommand {
  std::filesystem::path workspace;
  std::string plan;  ///< id or name; empty: the newest
  std::filesystem::path out;
  std::string command_line;
};

/// Writes what `run` writes, for a stored plan.
ExitCode report_workspace(const ReportCommand& command, const CommonOptions& options);

}  // namespace relevo::cli
