// SPDX-License-Identifier: MIT
#include "cli/scenario_source.hpp"

#include "cli/travel.hpp"
#include "geo/airports.hpp"
#include "geo/ogr_table.hpp"
#include "planner/model/scenario_loader.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <iostream>
#include <system_error>

namespace relevo::cli {

namespace {

using planner::complete_commitments;
using planner::Diagnostics;
using planner::format_diagnostic;
using planner::InputError;
using planner::load_scenario;
using planner::make_diagnostic;
using planner::Scenario;
using planner::ScenarioDraft;
using planner::Severity;

/// Spreadsheets and databases: the sheet named like the table, or the only one.
geo::Table read_other_format(const std::filesystem::path& file, const std::string& shown_name,
                             const std::string& table) {
  try {
    return geo::read_ogr_table(file, shown_name, table);
  } catch (const geo::TableError& e) {
    if (e.problem().rule != "table.sheet")
      throw;
  }
  return geo::read_ogr_table(file, shown_name);
}

/// The loader calls files by their names within the folder; only here a message can name the folder itself.
void check_is_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error))
    return;
  Diagnostics diagnostics;
  diagnostics.add(make_diagnostic(Severity::Error, {folder.string(), 0, ""}, folder.string(), "file.missing", {}));
  throw InputError(std::move(diagnostics));
}

}  // namespace

Scenario load_for_planning(const std::filesystem::path& folder, const std::filesystem::path& data_dir,
                           const CommonOptions& options) {
  check_is_folder(folder);
  ScenarioDraft draft = load_scenario(folder, data_dir, read_other_format);
  if (!options.quiet)
    for (const auto& d : draft.diagnostics.all())
      fmt::print(std::cerr, "{}\n", format_diagnostic(d, options.lang));
  const auto airports = geo::AirportIndex::load(data_dir / "reference" / "airports.csv", "reference/airports.csv");
  complete_commitments(draft, make_travel_table(draft.data, airports));
  return Scenario(std::move(draft.data));
}

}  // namespace relevo::cli
