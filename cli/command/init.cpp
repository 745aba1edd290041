// SPDX-License-Identifier: MIT
#include "cli/command/workspace_commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/import_summary.hpp"
#include "cli/layer_import.hpp"
#include "cli/scenario_source.hpp"
#include "planner/store/scenario_store.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace relevo::cli {

namespace {

using planner::FolderSource;
using planner::load_scenario;
using planner::RecordingSource;
using planner::ScenarioDraft;
using planner::Workspace;

void print_notes(const planner::Diagnostics& diagnostics, const CommonOptions& options) {
  if (!options.quiet)
    for (const auto& d : diagnostics.all())
      fmt::print(std::cerr, "{}\n", planner::format_diagnostic(d, options.lang));
}

/// Everything that the loader asked for, and nothing else.
void store_scenario(const Workspace& workspace, const RecordingSource& source) {
  workspace.write([&] {
    for (const auto& [name, content] : source.documents())
      put_document(workspace, name, content);
    for (const auto& [name, table] : source.tables())
      put_table(workspace, name, table);
  });
}

}  // namespace

ExitCode init_workspace(const InitCommand& command, const CommonOptions& options) {
  // A scenario that is faulty leaves no workspace behind.
  std::optional<ScenarioDraft> draft;
  FolderSource folder(command.scenario, other_formats());
  RecordingSource source(folder);
  if (!command.scenario.empty()) {
    check_is_folder(command.scenario);
    draft = load_scenario(source, data_dir());
    print_notes(draft->diagnostics, options);
  }
  const auto workspace = Workspace::create(command.workspace);
  ImportSummary summary(options);
  if (draft) {
    store_scenario(workspace, source);
    for (const auto& [request, layer] : layer_imports(draft->layers, data_dir()))
      summary.add(layer.name,
                  [&, &request = request, &layer = layer] { return import_layer(workspace, request, layer); });
  }
  if (options.json) {
    const nlohmann::ordered_json json{{"workspace", command.workspace.string()},
                                      {"schema_version", workspace.version()},
                                      {"documents", source.documents().size()},
                                      {"tables", source.tables().size()},
                                      {"layers", summary.json()}};
    std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  } else if (!options.quiet) {
    fmt::print(std::cout, "{}\n",
               text::render({"workspace.made",
                             {{"file", command.workspace.string()},
                              {"documents", std::to_string(source.documents().size())},
                              {"tables", std::to_string(source.tables().size())}}},
                            options.lang));
  }
  return summary.failed() ? ExitCode::BadInput : ExitCode::Done;
}

}  // namespace relevo::cli
