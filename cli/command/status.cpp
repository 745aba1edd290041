// SPDX-License-Identifier: MIT
#include "cli/command/workspace_commands.hpp"
#include "cli/report/locale.hpp"
#include "planner/store/layer_loader.hpp"
#include "planner/store/plan_store.hpp"
#include "planner/store/scenario_store.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace relevo::cli {

namespace {

using planner::LayerImport;
using planner::StoredAssessment;
using planner::StoredPlan;
using planner::StoredTable;
using planner::Workspace;
using Json = nlohmann::ordered_json;

struct Status {
  std::string file;
  int version = 0;
  std::vector<LayerImport> layers;
  std::vector<StoredTable> tables;
  std::vector<std::pair<std::string, std::string>> documents;
  std::vector<StoredAssessment> assessments;
  std::vector<StoredPlan> plans;
};

Status status_of(const Workspace& workspace) {
  return {.file = workspace.shown_name(),
          .version = workspace.version(),
          .layers = load_imports(workspace),
          .tables = stored_tables(workspace),
          .documents = stored_documents(workspace),
          .assessments = stored_assessments(workspace),
          .plans = stored_plans(workspace)};
}

Json json_of(const LayerImport& layer) {
  auto reasons = Json::array();
  for (const auto& reason : layer.counts.reasons)
    reasons.push_back({{"code", reason.code}, {"records", reason.count}, {"examples", reason.examples}});
  return {{"name", layer.name},
          {"theme", geo::word_of(layer.theme)},
          {"profile", layer.profile},
          {"format", layer.format},
          {"crs", layer.crs},
          {"file", layer.file},
          {"sha256", layer.sha256},
          {"source", layer.source},
          {"as_of", layer.as_of},
          {"read", layer.counts.read},
          {"kept", layer.counts.kept},
          {"repaired", layer.counts.repaired},
          {"refused", layer.counts.refused},
          {"reasons", reasons}};
}

Json json_of(const Status& status) {
  Json json{{"workspace", status.file}, {"schema_version", status.version}, {"layers", Json::array()},
            {"tables", Json::array()},  {"documents", Json::array()},       {"assessments", Json::array()},
            {"plans", Json::array()}};
  for (const auto& layer : status.layers)
    json["layers"].push_back(json_of(layer));
  for (const auto& table : status.tables)
    json["tables"].push_back(
        {{"name", table.name}, {"file", table.file}, {"records", table.records}, {"sha256", table.sha256}});
  for (const auto& [name, sha256] : status.documents)
    json["documents"].push_back({{"name", name}, {"sha256", sha256}});
  for (const auto& assessment : status.assessments)
    json["assessments"].push_back({{"id", assessment.id},
                                   {"incidents", assessment.incidents},
                                   {"layers", assessment.imports},
                                   {"input_sha256", assessment.input_sha256}});
  for (const auto& plan : status.plans)
    json["plans"].push_back({{"id", plan.id},
                             {"name", plan.name},
                             {"scenario", plan.scenario},
                             {"created_for", plan.created_for},
                             {"status", plan.status},
                             {"objective", plan.objective},
                             {"input_sha256", plan.input_sha256},
                             {"sha256", plan.sha256}});
  return json;
}

void print(const Status& status, text::Lang lang) {
  const Locale locale(lang);
  const auto say = [&](const char* key, std::vector<std::pair<std::string, std::string>> args) {
    fmt::print(std::cout, "{}\n", text::render({key, std::move(args)}, lang));
  };
  say("workspace.status", {{"file", status.file}, {"version", std::to_string(status.version)}});
  for (const auto& layer : status.layers)
    say("workspace.status.layer", {{"name", layer.name},
                                   {"theme", std::string(geo::word_of(layer.theme))},
                                   {"kept", locale.whole(static_cast<long long>(layer.counts.kept))},
                                   {"read", locale.whole(static_cast<long long>(layer.counts.read))},
                                   {"as_of", layer.as_of.empty() ? "-" : layer.as_of}});
  for (const auto& table : status.tables)
    say("workspace.status.table",
        {{"name", table.name}, {"file", table.file}, {"records", locale.whole(table.records)}});
  for (const auto& [name, sha256] : status.documents)
    say("workspace.status.document", {{"name", name}});
  for (const auto& assessment : status.assessments)
    say("workspace.status.assessment", {{"id", std::to_string(assessment.id)},
                                        {"incidents", locale.whole(assessment.incidents)},
                                        {"layers", locale.whole(assessment.imports)}});
  for (const auto& plan : status.plans)
    say("workspace.status.plan", {{"id", std::to_string(plan.id)},
                                  {"name", plan.name},
                                  {"day", plan.created_for},
                                  {"status", plan.status},
                                  {"objective", locale.decimal(plan.objective, 1)}});
}

}  // namespace

ExitCode show_status(const StatusCommand& command, const CommonOptions& options) {
  const Status status = status_of(Workspace::open(command.workspace));
  if (options.json)
    std::cout << json_of(status).dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  else if (!options.quiet)
    print(status, options.lang);
  return ExitCode::Done;
}

}  // namespace relevo::cli
