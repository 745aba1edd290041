// SPDX-License-Identifier: MIT
#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/output_folder.hpp"
#include "cli/planning.hpp"
#include "cli/scenario_source.hpp"
#include "cli/summary.hpp"
#include "planner/solve/solve.hpp"

#include <chrono>
#include <iostream>
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

}  // namespace

ExitCode run_scenario(const RunCommand& command, const CommonOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  OutputFolder out(command.out);
  const auto data = data_dir();
  EarlierPlan earlier;
  const Scenario scenario = load_for_planning(command.scenario, data, options, &earlier);
  warn_of_need_after_horizon(scenario, options);
  write_model(scenario, command.write_model);

  const PlannedScenario planned = plan_scenario(scenario, options, options.previous.empty() ? nullptr : &earlier.plan);
  ReportInput input = report_input(scenario, planned, options, command.command_line);
  input.run.scenario = command.scenario.string();
  if (!options.previous.empty())
    input.replan = ReplanReport{.previous = options.previous.string(),
                                .left = earlier.under_way,
                                .disturbance = disturbance_of(scenario, planned.plan),
                                .lost = std::move(earlier.lost),
                                .changes = changes_of(scenario, earlier.plan, planned.plan)};
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
