// SPDX-License-Identifier: MIT
#include "cli/command/workspace_commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/import_summary.hpp"
#include "cli/interrupt.hpp"
#include "cli/layer_import.hpp"
#include "cli/scenario_source.hpp"
#include "cli/text_file.hpp"
#include "planner/model/load_agreement.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/model/tables.hpp"
#include "planner/model/toml_document.hpp"
#include "planner/store/scenario_store.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;
using planner::Diagnostics;
using planner::InputError;
using planner::LayerImportOptions;
using planner::Workspace;

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return text;
}

void throw_errors(Diagnostics& diagnostics) {
  if (diagnostics.has_errors())
    throw InputError(std::move(diagnostics));
}

/// The table a file is by its name: units.csv is "units", unless the command says that it is a layer.
std::string table_of(const fs::path& file, const ImportCommand& command) {
  if (!command.table.empty())
    return command.table;
  const auto ending = lower(file.extension().string());
  const bool may_be_table = ending == ".csv" || ending == ".xlsx" || ending == ".ods";
  if (!may_be_table || !command.theme.empty() || !command.profile.empty())
    return {};
  const auto stem = lower(file.stem().string());
  const auto& tables = planner::all_tables();
  return std::ranges::any_of(tables, [&](const auto* table) { return table->name == stem; }) ? stem : std::string{};
}

std::size_t import_table(const Workspace& workspace, const fs::path& file, const std::string& table) {
  Diagnostics diagnostics;
  const auto read = read_table_file(file, file.filename().string(), table, other_formats(), diagnostics);
  throw_errors(diagnostics);
  workspace.write([&] { put_table(workspace, table, *read); });
  return read->table.rows.size();
}

/// "scenario.toml" for a text with [scenario], else "agreements/<id>.toml"; faults are reported.
std::string document_name(const std::string& text, const std::string& shown_name, Diagnostics& diagnostics) {
  const auto document = planner::parse_toml(text, shown_name, diagnostics);
  if (!document)
    return {};
  if (section_of(*document).has("scenario")) {
    planner::read_scenario_settings(text, shown_name, diagnostics);
    return "scenario.toml";
  }
  const auto kinds =
      planner::read_kinds(read_text_file(data_dir() / "reference" / "kinds.toml"), "reference/kinds.toml", diagnostics);
  const auto agreement = planner::read_agreement(text, shown_name, kinds, diagnostics);
  return agreement ? "agreements/" + agreement->id + ".toml" : std::string{};
}

std::size_t import_document(const Workspace& workspace, const fs::path& file) {
  const auto text = read_text_file(file);
  Diagnostics diagnostics;
  const auto name = document_name(text, file.filename().string(), diagnostics);
  throw_errors(diagnostics);
  workspace.write([&] { put_document(workspace, name, text); });
  return 1;
}

geo::LayerRequest request_of(const ImportCommand& command, const fs::path& file) {
  geo::LayerRequest request;
  request.file = file;
  request.shown_name = file.string();
  request.theme = geo::theme_of(command.theme);
  request.profile = command.profile;
  request.layer = command.layer;
  request.crs = command.crs;
  request.fields = command.fields;
  request.as_of = instant_of(command.as_of);
  request.archives = command.archives;
  request.profiles = data_dir() / "profiles";
  return request;
}

LayerImportOptions options_of(const ImportCommand& command, const fs::path& file) {
  LayerImportOptions options;
  options.name = !command.name.empty() ? command.name : file.filename().string();
  if (command.name.empty() && !command.layer.empty())
    options.name += ":" + command.layer;
  options.file = file.filename().string();
  options.source = command.source;
  options.as_of = command.as_of;
  options.append = command.append;
  return options;
}

void import_one(const Workspace& workspace, const ImportCommand& command, const fs::path& file,
                ImportSummary& summary) {
  if (const auto table = table_of(file, command); !table.empty())
    return summary.add_table(file.string(), table, [&] { return import_table(workspace, file, table); });
  if (lower(file.extension().string()) == ".toml")
    return summary.add_table(file.string(), "toml", [&] { return import_document(workspace, file); });
  const auto options = options_of(command, file);
  summary.add(options.name, [&] { return import_layer(workspace, request_of(command, file), options); });
}

}  // namespace

ExitCode import_files(const ImportCommand& command, const CommonOptions& options) {
  Workspace::Options how;
  how.wait = std::chrono::milliseconds(static_cast<std::int64_t>(command.wait_seconds * 1000.0));
  const auto workspace = Workspace::open(command.workspace, how);
  ImportSummary summary(options);
  for (const auto& file : command.files)
    if (!interrupted())
      import_one(workspace, command, file, summary);
  if (options.json) {
    const nlohmann::ordered_json json{{"workspace", command.workspace.string()}, {"imports", summary.json()}};
    std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  }
  return summary.failed() ? ExitCode::BadInput : ExitCode::Done;
}

}  // namespace relevo::cli
