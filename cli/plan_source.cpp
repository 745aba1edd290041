// SPDX-License-Identifier: MIT
#include "cli/plan_source.hpp"

#include "cli/data_dir.hpp"
#include "cli/plan_file.hpp"
#include "cli/planning.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/scenario_source.hpp"
#include "cli/text_file.hpp"
#include "planner/check/check.hpp"
#include "planner/store/plan_store.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <system_error>
#include <utility>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// The scenario that the command line in a plan.json names: `relevo run SCENARIO_DIR ...`. Empty: none that is there.
fs::path scenario_of_command(const fs::path& plan) {
  const auto json = nlohmann::json::parse(read_text_file(plan), nullptr, false);
  if (!json.is_object() || !json.contains("run") || !json["run"].is_object() || !json["run"].contains("command") ||
      !json["run"]["command"].is_string())
    return {};
  std::istringstream words(json["run"]["command"].get<std::string>());
  std::string program;
  std::string command;
  std::string scenario;
  words >> program >> command >> scenario;
  return !scenario.empty() && is_there(fs::path(scenario) / "scenario.toml") ? fs::path(scenario) : fs::path();
}

[[noreturn]] void throw_no_scenario(const fs::path& plan) {
  planner::Diagnostics diagnostics;
  diagnostics.add(planner::make_diagnostic(planner::Severity::Error, {plan.string(), 0, ""}, plan.string(),
                                           "explain.no_scenario", {}));
  throw planner::InputError(std::move(diagnostics));
}

/// Judged: what follows from a plan that breaks a rule is worth nothing.
PlanOfScenario judged(planner::Scenario scenario, planner::Plan plan, const std::string& file) {
  const auto report = planner::check(scenario, plan);
  planner::Diagnostics diagnostics;
  for (const auto& violation : report.violations)
    diagnostics.add(planner::make_diagnostic(planner::Severity::Error, {file, 0, ""}, violation.subject,
                                             "explain.broken_plan", {{"code", violation.code}}));
  if (diagnostics.has_errors())
    throw planner::ContradictionError(std::move(diagnostics));
  plan.findings = report.findings;
  return {std::move(scenario), std::move(plan)};
}

PlanOfScenario of_plan_file(const fs::path& file, const PlanSource& source, const CommonOptions& options) {
  const fs::path folder = source.scenario.empty() ? scenario_of_command(file) : source.scenario;
  if (folder.empty())
    throw_no_scenario(file);
  auto scenario = load_for_planning(folder, data_dir(), options);
  auto plan = read_plan_file(file, scenario);
  return judged(std::move(scenario), std::move(plan), file.string());
}

PlanOfScenario of_workspace(const PlanSource& source, const CommonOptions& options) {
  const auto workspace = planner::Workspace::open(source.what);
  auto scenario = load_for_planning(workspace, data_dir(), options);
  const auto stored = planner::find_plan(workspace, source.plan);
  if (!stored)
    throw planner::WorkspaceError(source.plan.empty() ? "no_plan" : "unknown_plan",
                                  {{"file", workspace.shown_name()}, {"plan", source.plan}});
  if (planner::input_digest(scenario.data()) != stored->input_sha256)
    throw planner::WorkspaceError("plan_outdated", {{"file", workspace.shown_name()}, {"plan", stored->name}});
  auto plan = read_plan_json(stored->content, scenario, stored->name);
  return judged(std::move(scenario), std::move(plan), stored->name);
}

}  // namespace

PlanOfScenario load_plan_of_scenario(const PlanSource& source, const CommonOptions& options) {
  std::error_code error;
  if (fs::is_directory(source.what, error)) {
    if (!is_there(source.what / "scenario.toml") && is_there(source.what / "plan.json"))
      return of_plan_file(source.what / "plan.json", source, options);
    if (!source.plan.empty())
      return of_plan_file(source.plan, {source.plan, source.what, {}}, options);
    auto scenario = load_for_planning(source.what, data_dir(), options);
    auto plan = plan_scenario(scenario, options).plan;
    return {std::move(scenario), std::move(plan)};
  }
  const auto ending = source.what.extension();
  return ending == ".json" || ending == ".csv" ? of_plan_file(source.what, source, options)
                                               : of_workspace(source, options);
}

}  // namespace relevo::cli
