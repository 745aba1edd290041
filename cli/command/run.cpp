// SPDX-License-Identifier: MIT
#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/output_folder.hpp"
#include "cli/planning.hpp"
#include "cli/previous_plan.hpp"
#include "cli/scenario_source.hpp"
#include "cli/summary.hpp"
#include "planner/solve/solve.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <chrono>
#include <iostream>
#include <optional>
#include <utility>

namespace relevo::cli {

namespace {

using planner::model_as_lp;
using planner::model_as_mps;
using planner::Scenario;

void write_model(const Scenario& scenario, const std::filesystem::path& file) {
  if (file.empty())
    return;
  write_file(file, file.extension() == ".lp" ? model_as_lp(scenario) : model_as_mps(scenario));
}

/// The scenario, with the earlier plan carried over where there is one.
Scenario load(const RunCommand& command, const std::filesystem::path& data, const CommonOptions& options,
              std::optional<Replanning>& replanning) {
  if (options.previous.empty())
    return load_for_planning(command.scenario, data, options);
  CommonOptions without = options;
  without.previous.clear();
  replanning = carried_over(load_for_planning(command.scenario, data, without), options.previous);
  if (!options.quiet)
    for (const auto& line : lines_of(*replanning, options.lang))
      fmt::print(std::cerr, "{}\n", line);
  return std::move(replanning->scenario);
}

}  // namespace

ExitCode run_scenario(const RunCommand& command, const CommonOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  OutputFolder out(command.out);
  const auto data = data_dir();
  std::optional<Replanning> replanning;
  const Scenario scenario = load(command, data, options, replanning);
  warn_of_need_after_horizon(scenario, options);
  write_model(scenario, command.write_model);

  const PlannedScenario planned = plan_scenario(scenario, options);
  ReportInput input = report_input(scenario, planned, options, command.command_line);
  if (replanning)
    input.replan = ReplanReport{.previous = options.previous.string(),
                                .left = replanning->left + replanning->known,
                                .disturbance = disturbance_of(scenario, planned.plan),
                                .lost = std::move(replanning->lost),
                                .changes = changes_of(scenario, replanning->previous, planned.plan)};
  add_reports(out, input, data, start);
  const std::string json = timed_plan_json(input, start);
  out.add("plan.json", json);
  out.commit();

  if (options.json)
    std::cout << json;
  else if (!options.quiet)
    std::cout << summary_text(input, planned.baseline.has_value(), (command.out / "report.html").string())
              << changes_text(input);
  return ExitCode::Done;
}

}  // namespace relevo::cli
