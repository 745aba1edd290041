// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/output_folder.hpp"
#include "cli/report/report_input.hpp"
#include "planner/explain/worth.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace relevo::cli {

/// A plan, the baseline it is compared with, and the options that decided it.
struct PlannedScenario {
  planner::Plan plan;
  std::optional<planner::Plan> baseline;  ///< none where pins leave the dispatcher no way
  SolveEcho options;
  std::vector<planner::Worth> worths;               ///< most valuable first; empty: not asked for
  std::optional<planner::Explanation> explanation;  ///< of open lines, where it was asked for
};

/// Says on stderr which lines go on after the last planned day.
void warn_of_need_after_horizon(const planner::Scenario& scenario, const CommonOptions& options);

/// Searches, explains and judges a plan, with its progress on a terminal. `start` is a plan to begin with where the
/// options name none. \throws planner::LimitReachedError,
/// planner::ContradictionError, std::logic_error for a plan that breaks a rule
PlannedScenario plan_scenario(const planner::Scenario& scenario, const CommonOptions& options,
                              const planner::Plan* start = nullptr);
/// A plan that was made before, judged again, with its baseline.
PlannedScenario judged_again(const planner::Scenario& scenario, planner::Plan plan, text::Lang lang);

/// What the writers need. It refers to its arguments.
ReportInput report_input(const planner::Scenario& scenario, const PlannedScenario& planned,
                         const CommonOptions& options, const std::string& command_line);

/// plan.json with the seconds since `start` and the memory used so far.
std::string timed_plan_json(ReportInput& input, std::chrono::steady_clock::time_point start);

/// The files of a plan but plan.json. The report says how long the plan took: the seconds since `start`.
void add_reports(OutputFolder& out, ReportInput& input, const std::filesystem::path& data_dir,
                 std::chrono::steady_clock::time_point start);

}  // namespace relevo::cli
