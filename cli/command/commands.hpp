// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"
#include "cli/plan_source.hpp"
#include "planner/generate/season.hpp"
#include "planner/solve/travel_counts.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::cli {

// One function per command. Results go to stdout, everything else to stderr; errors are exceptions that run_program()
// turns into words and an exit code.

struct RunCommand {
  std::filesystem::path scenario;
  std::filesystem::path out;
  std::filesystem::path write_model;  ///< empty: none; .mps or .lp
  std::string command_line;
};

/// The whole job: import, plan, check, report.
ExitCode run_scenario(const RunCommand& command, const CommonOptions& options);

struct CheckCommand {
  std::filesystem::path scenario;
  std::filesystem::path plan;      ///< a plan.json; or
  std::filesystem::path solution;  ///< a solution of the model that --write-model wrote
};

/// Judges a plan from elsewhere. \returns Contradiction when it breaks a rule.
ExitCode check_plan(const CheckCommand& command, const CommonOptions& options);

struct ExplainCommand {
  PlanSource source;
  std::string request;  ///< ids; empty: not asked for
  std::string unit;
  std::string agency;
  int most = 5;  ///< changes for one line
};

/// Says why lines are open and what would fill them, why units come and what the runner-up would cost.
ExitCode explain_plan(const ExplainCommand& command, const CommonOptions& options);

struct WorthCommand {
  PlanSource source;
  std::string kind;  ///< ids; empty: all
  std::string agency;
  std::optional<planner::Day> from;  ///< none: the planning date
};

/// Says what one more and one less of units, reserve and escorts is worth.
ExitCode worth_of_plan(const WorthCommand& command, const CommonOptions& options);

struct SecondBestCommand {
  PlanSource source;
  std::filesystem::path out;  ///< of the second-best plan; empty: not written
  planner::PlanDifference difference = planner::PlanDifference::Contingents;
  std::string command_line;
};

/// Says which plan with other contingents is best, and what it costs and does otherwise.
ExitCode second_best_plan(const SecondBestCommand& command, const CommonOptions& options);

struct GenerateCommand {
  planner::generate::SeasonOptions season;
  std::filesystem::path out;
};

/// Writes a synthetic season as a scenario folder.
ExitCode generate_scenario(const GenerateCommand& command, const CommonOptions& options);

/// What it knows: agreements and kinds, in words or as JSON.
ExitCode list_agreements(const CommonOptions& options);
ExitCode show_agreement(const std::string& id, const CommonOptions& options);
ExitCode list_kinds(const CommonOptions& options);

struct LayersCommand {
  std::vector<std::filesystem::path> files;
  std::string theme;    ///< `as`; empty: recognised
  std::string profile;  ///< empty: recognised
  std::string layer;
  std::string crs;
  std::map<std::string, std::string> fields;  ///< ours by theirs
  bool archives = false;
};

/// Tells what files are before anybody imports them. \returns BadInput when one of them cannot be read.
ExitCode list_layers(const LayersCommand& command, const CommonOptions& options);

/// What it reads: sources that it recognises, themes with their fields, formats.
ExitCode list_formats(const CommonOptions& options);

}  // namespace relevo::cli
