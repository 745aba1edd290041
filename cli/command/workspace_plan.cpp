// SPDX-License-Identifier: MIT
#include "cli/command/workspace_commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/output_folder.hpp"
#include "cli/planning.hpp"
#include "cli/report/locale.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/scenario_source.hpp"
#include "cli/summary.hpp"
#include "planner/store/assessment_json.hpp"
#include "planner/store/plan_store.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <iostream>

namespace relevo::cli {

namespace {

using planner::find_plan;
using planner::input_digest;
using planner::put_assessment;
using planner::put_plan;
using planner::Scenario;
using planner::StoredPlan;
using planner::Workspace;
using planner::WorkspaceError;

void print_incidents(const Scenario& scenario, text::Lang lang) {
  const Locale locale(lang);
  for (const auto& assessed : scenario->assessment.incidents) {
    const auto& incident = scenario->incidents[assessed.incident];
    fmt::print(std::cout, "{}\n",
               text::render({"workspace.assessed.incident",
                             {{"incident", incident.id},
                              {"name", incident.name},
                              {"priority", std::to_string(assessed.priority)},
                              {"score", locale.decimal(assessed.score, 0)},
                              {"area", locale.hectares(assessed.area_ha)},
                              {"people", locale.whole(assessed.people_within[1])}}},
                            lang));
  }
}

/// The options as plan.json tells them: those of the search, not of this program's run.
SolveEcho options_of(const std::string& plan_json) {
  SolveEcho echo;
  const auto json = nlohmann::ordered_json::parse(plan_json, nullptr, false);
  if (json.is_object() && json.contains("options") && json["options"].is_object())
    for (const auto& [name, value] : json["options"].items())
      echo[name] = value.is_string() ? value.get<std::string>() : value.dump();
  return echo;
}

StoredPlan stored_plan(const Workspace& workspace, const std::string& wanted) {
  if (auto plan = find_plan(workspace, wanted))
    return std::move(*plan);
  throw WorkspaceError(wanted.empty() ? "no_plan" : "unknown_plan",
                       {{"file", workspace.shown_name()}, {"plan", wanted}});
}

}  // namespace

ExitCode assess_workspace(const AssessCommand& command, const CommonOptions& options) {
  const auto workspace = Workspace::open(command.workspace);
  const Scenario scenario = load_for_planning(workspace, data_dir(), options);
  std::int64_t id = 0;
  workspace.write([&] { id = put_assessment(workspace, scenario.data()); });
  if (options.json)
    std::cout << planner::assessment_json(scenario.data()) << "\n";
  else if (!options.quiet) {
    fmt::print(std::cout, "{}\n",
               text::render({"workspace.assessed",
                             {{"id", std::to_string(id)},
                              {"incidents", std::to_string(scenario->assessment.incidents.size())},
                              {"layers", std::to_string(scenario->assessment.imports.size())}}},
                            options.lang));
    print_incidents(scenario, options.lang);
  }
  return ExitCode::Done;
}

ExitCode plan_workspace(const PlanCommand& command, const CommonOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto workspace = Workspace::open(command.workspace);
  const Scenario scenario = load_for_planning(workspace, data_dir(), options);
  warn_of_need_after_horizon(scenario, options);
  const PlannedScenario planned = plan_scenario(scenario, options);
  ReportInput input = report_input(scenario, planned, options, command.command_line);
  input.run.scenario = command.workspace.string();
  StoredPlan stored{.name = command.name,
                    .scenario = scenario->id,
                    .created_for = planner::format_day(scenario->as_of),
                    .status = std::string(word_of(planned.plan.result.status)),
                    .objective = planned.plan.result.objective,
                    .input_sha256 = input_digest(scenario.data()),
                    .content = timed_plan_json(input, start)};
  workspace.write([&] { stored = put_plan(workspace, stored, put_assessment(workspace, scenario.data())); });
  if (options.json)
    std::cout << stored.content;
  else if (!options.quiet) {
    std::cout << summary_text(input, planned.baseline.has_value(), {});
    fmt::print(
        std::cout, "{}\n",
        text::render({"workspace.planned",
                      {{"id", std::to_string(stored.id)}, {"name", stored.name}, {"file", command.workspace.string()}}},
                     options.lang));
  }
  return ExitCode::Done;
}

ExitCode report_workspace(const ReportCommand& command, const CommonOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  OutputFolder out(command.out);
  const auto workspace = Workspace::open(command.workspace);
  const StoredPlan stored = stored_plan(workspace, command.plan);
  const auto data = data_dir();
  const Scenario scenario = load_for_planning(workspace, data, options);
  if (input_digest(scenario.data()) != stored.input_sha256)
    throw WorkspaceError("plan_outdated", {{"file", workspace.shown_name()}, {"plan", stored.name}});
  PlannedScenario planned = judged_again(scenario, read_plan_json(stored.content, scenario, stored.name), options.lang);
  planned.options = options_of(stored.content);
  ReportInput input = report_input(scenario, planned, options, command.command_line);
  input.run.scenario = command.workspace.string();
  add_reports(out, input, data, start);
  const std::string json = timed_plan_json(input, start);
  out.add("plan.json", json);
  out.commit();
  if (options.json)
    std::cout << json;
  else if (!options.quiet)
    std::cout << summary_text(input, planned.baseline.has_value(), (command.out / "report.html").string());
  return ExitCode::Done;
}

}  // namespace relevo::cli
