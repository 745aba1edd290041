// SPDX-License-Identifier: MIT
#include "cli/command/record_commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/recorded_plan.hpp"
#include "cli/report/history_json.hpp"
#include "cli/report/history_text.hpp"
#include "cli/scenario_source.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/spelling.hpp"
#include "planner/record/order_history.hpp"
#include "planner/store/plan_store.hpp"
#include "planner/store/request_event_store.hpp"
#include "planner/store/workspace.hpp"

#include <algorithm>
#include <iostream>
#include <system_error>

namespace relevo::cli {

namespace {

using planner::OrderTimeline;
using planner::PlanEvent;
using planner::PlanRecord;
using planner::Scenario;
using planner::Workspace;

/// What plans say: those of a workspace, or the one that the command names.
struct SaidByPlans {
  std::vector<PlanEvent> events;
  std::optional<PlanRecord> plan;
};

SaidByPlans said_in(const Workspace& workspace, const std::string& wanted) {
  SaidByPlans said{.events = planner::stored_plan_events(workspace)};
  // Before the first plan there is none to name.
  if (!wanted.empty() || !planner::stored_plans(workspace).empty())
    said.plan = read_recorded_plan(workspace, wanted);
  return said;
}

SaidByPlans said_by(const std::string& plan) {
  SaidByPlans said;
  if (!plan.empty()) {
    said.plan = read_recorded_plan(std::filesystem::path(plan));
    said.events = planner::plan_events(*said.plan);
  }
  return said;
}

void keep_only(const std::string& wanted, const Scenario& scenario, std::vector<OrderTimeline>& timelines) {
  if (wanted.empty())
    return;
  std::vector<std::string> known;
  for (const auto& request : scenario->requests)
    known.push_back(request.id);
  std::erase_if(timelines,
                [&](const OrderTimeline& timeline) { return scenario->requests[timeline.request].id != wanted; });
  if (!timelines.empty())
    return;
  planner::Diagnostics diagnostics;
  diagnostics.add(planner::make_diagnostic_with_suggestion(planner::Severity::Error, {"--request", 0, ""}, wanted,
                                                           "order.request", planner::closest_word(wanted, known)));
  throw planner::InputError(std::move(diagnostics));
}

}  // namespace

ExitCode show_history(const HistoryCommand& command, const CommonOptions& options) {
  std::error_code error;
  const bool is_folder = std::filesystem::is_directory(command.scenario, error);
  const Scenario scenario = load_for_planning(command.scenario, data_dir(), options);
  const SaidByPlans said = is_folder ? said_by(command.plan) : said_in(Workspace::open(command.scenario), command.plan);
  auto timelines = planner::order_timelines(scenario, said.events, said.plan ? &*said.plan : nullptr);
  keep_only(command.request, scenario, timelines);
  if (options.json)
    std::cout << history_json(scenario, timelines, options.lang);
  else if (!options.quiet)
    std::cout << history_text(scenario, timelines, options.lang);
  return ExitCode::Done;
}

}  // namespace relevo::cli
