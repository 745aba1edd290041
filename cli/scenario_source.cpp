// SPDX-License-Identifier: MIT
#include "cli/scenario_source.hpp"

#include "cli/layer_import.hpp"
#include "cli/travel.hpp"
#include "geo/airports.hpp"
#include "geo/ogr_table.hpp"
#include "planner/assess/assess.hpp"
#include "planner/store/layer_loader.hpp"
#include "planner/store/scenario_store.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include <iostream>
#include <optional>
#include <system_error>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;
using planner::Diagnostics;
using planner::format_diagnostic;
using planner::InputError;
using planner::LayerData;
using planner::load_layer_data;
using planner::load_scenario;
using planner::make_diagnostic;
using planner::Scenario;
using planner::ScenarioDraft;
using planner::Severity;
using planner::Workspace;
using planner::WorkspaceSource;

geo::Table read_other_format(const fs::path& file, const std::string& shown_name, const std::string& table) {
  try {
    return geo::read_ogr_table(file, shown_name, table);
  } catch (const geo::TableError& e) {
    if (e.problem().rule != "table.sheet")
      throw;
  }
  return geo::read_ogr_table(file, shown_name);
}

/// A workspace for one run. Its name is taken away as soon as it is open, so that nothing stays behind however the
/// program ends.
Workspace nameless_workspace() {
  std::error_code error;
  auto folder = fs::temp_directory_path(error);
  if (error)
    folder = "/tmp";
  const auto file = folder / fmt::format("relevo-{}.workspace", ::getpid());
  fs::remove(file, error);
  Workspace::Options options;
  options.temporary = true;
  auto workspace = Workspace::create(file, options);
  fs::remove(file, error);
  return workspace;
}

/// The layers of a scenario folder, by way of a workspace that lives as long as the rasters are read.
LayerData import_layers(const ScenarioDraft& draft, const fs::path& data_dir, std::optional<Workspace>& workspace) {
  if (draft.layers.empty())
    return {};
  workspace = nameless_workspace();
  for (const auto& [request, layer] : layer_imports(draft.layers, data_dir))
    import_layer(*workspace, request, layer);
  return load_layer_data(*workspace);
}

/// From a draft with its layers to what can be planned.
Scenario assessed_scenario(ScenarioDraft draft, const LayerData& layers, const fs::path& data_dir,
                           const CommonOptions& options, EarlierPlan* earlier) {
  const auto airports = geo::AirportIndex::load(data_dir / "reference" / "airports.csv", "reference/airports.csv");
  assess(draft, layers, planner::load_reference_geography(data_dir, airports));
  if (!options.quiet)
    for (const auto& d : draft.diagnostics.all())
      fmt::print(std::cerr, "{}\n", format_diagnostic(d, options.lang));
  complete_commitments(draft, make_travel_table(draft.data, airports));
  Scenario scenario(std::move(draft.data));
  if (options.previous.empty())
    return scenario;
  EarlierPlan unheard;
  EarlierPlan& made = earlier == nullptr ? unheard : *earlier;
  Scenario today = carry_over_plan(scenario, options.previous, made);
  if (!options.quiet)
    for (const auto& line : lines_of(made, options.lang))
      fmt::print(std::cerr, "{}\n", line);
  return today;
}

}  // namespace

planner::TableReader other_formats() {
  return read_other_format;
}

/// The loader calls files by their names within the folder; only here a message can name the folder itself.
void check_is_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error))
    return;
  Diagnostics diagnostics;
  diagnostics.add(make_diagnostic(Severity::Error, {folder.string(), 0, ""}, folder.string(), "file.missing", {}));
  throw InputError(std::move(diagnostics));
}

Scenario load_for_planning(const fs::path& scenario, const fs::path& data_dir, const CommonOptions& options,
                           EarlierPlan* earlier) {
  std::error_code error;
  if (fs::is_regular_file(scenario, error))
    return load_for_planning(Workspace::open(scenario), data_dir, options, earlier);
  check_is_folder(scenario);
  ScenarioDraft draft = load_scenario(scenario, data_dir, read_other_format, options.edits);
  std::optional<Workspace> workspace;
  const LayerData layers = import_layers(draft, data_dir, workspace);
  return assessed_scenario(std::move(draft), layers, data_dir, options, earlier);
}

Scenario load_for_planning(const Workspace& workspace, const fs::path& data_dir, const CommonOptions& options,
                           EarlierPlan* earlier) {
  WorkspaceSource source(workspace);
  ScenarioDraft draft = load_scenario(source, data_dir, options.edits);
  return assessed_scenario(std::move(draft), load_layer_data(workspace), data_dir, options, earlier);
}

}  // namespace relevo::cli
