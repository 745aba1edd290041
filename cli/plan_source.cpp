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

#include <system_error>
#include <utility>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// What a plan.json says of how it was made, as far as the options say nothing of it: scenario, earlier plan, edits.
struct Origin {
  fs::path scenario;  ///< empty: not said
  CommonOptions options;
};

Origin origin_of(const fs::path& plan, const CommonOptions& options) {
  Origin origin{{}, options};
  const Json json = Json::parse(read_text_file(plan), nullptr, false);
  if (!json.is_object())
    return origin;
  const auto text_at = [&](const char* pointer) {
    const auto found = Json::json_pointer(pointer);
    return json.contains(found) && json.at(found).is_string() ? json.at(found).get<std::string>() : std::string{};
  };
  const auto each = [&](const char* pointer, const auto& take) {
    const auto found = Json::json_pointer(pointer);
    if (json.contains(found) && json.at(found).is_array())
      for (const auto& text : json.at(found))
        if (text.is_string())
          take(text.get<std::string>());
  };
  origin.scenario = text_at("/run/scenario");
  if (options.previous.empty())
    origin.options.previous = text_at("/replan/previous");
  if (!options.edits.empty())
    return origin;
  auto& edits = origin.options.edits;
  const auto choose = [&](bool pin) {
    return [&edits, pin](const std::string& text) {
      if (auto choice = planner::parse_choice(text, pin))
        edits.choices.push_back(std::move(*choice));
    };
  };
  each("/edits/set", [&](const std::string& text) {
    if (auto set = planner::parse_set(text))
      edits.sets.push_back(std::move(*set));
  });
  each("/edits/pin", choose(true));
  each("/edits/forbid", choose(false));
  const Json::json_pointer domestic("/edits/domestic");
  edits.domestic = json.contains(domestic) && json.at(domestic) == true;
  return origin;
}

[[noreturn]] void throw_no_scenario(const fs::path& plan) {
  planner::Diagnostics diagnostics;
  diagnostics.add(planner::make_diagnostic(planner::Severity::Error, {plan.string(), 0, ""}, plan.string(),
                                           "explain.no_scenario", {}));
  throw planner::InputError(std::move(diagnostics));
}

/// Judged: what follows from a plan that breaks a rule is worth nothing.
PlanOfScenario judged(planner::Scenario scenario, planner::Plan plan, const std::string& file, Origin origin) {
  const auto report = planner::check(scenario, plan);
  planner::Diagnostics diagnostics;
  for (const auto& violation : report.violations)
    diagnostics.add(planner::make_diagnostic(planner::Severity::Error, {file, 0, ""}, violation.subject,
                                             "explain.broken_plan", {{"code", violation.code}}));
  if (diagnostics.has_errors())
    throw planner::ContradictionError(std::move(diagnostics));
  plan.findings = report.findings;
  return {std::move(scenario), std::move(plan), std::move(origin.scenario), std::move(origin.options.edits)};
}

PlanOfScenario of_plan_file(const fs::path& file, const PlanSource& source, const CommonOptions& options) {
  Origin origin = origin_of(file, options);
  if (!source.scenario.empty())
    origin.scenario = source.scenario;
  if (origin.scenario.empty() || !is_there(origin.scenario))
    throw_no_scenario(file);
  auto scenario = load_for_planning(origin.scenario, data_dir(), origin.options);
  auto plan = read_plan_file(file, scenario);
  return judged(std::move(scenario), std::move(plan), file.string(), std::move(origin));
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
  return judged(std::move(scenario), std::move(plan), stored->name, {source.what, options});
}

}  // namespace

PlanOfScenario load_plan_of_scenario(const PlanSource& source, const CommonOptions& options) {
  std::error_code error;
  if (fs::is_directory(source.what, error)) {
    if (const auto file = plan_file_of(source.what); !is_there(source.what / "scenario.toml") && is_there(file))
      return of_plan_file(file, source, options);
    if (!source.plan.empty())
      return of_plan_file(source.plan, {source.plan, source.what, {}}, options);
    auto scenario = load_for_planning(source.what, data_dir(), options);
    auto plan = plan_scenario(scenario, options).plan;
    return {std::move(scenario), std::move(plan), source.what, options.edits};
  }
  return source.what.extension() == ".json" || is_plan_table(source.what) ? of_plan_file(source.what, source, options)
                                                                          : of_workspace(source, options);
}

}  // namespace relevo::cli
