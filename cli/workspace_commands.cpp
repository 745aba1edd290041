// SPDX-License-Identifier: MIT
#include "cli/workspace_commands.hpp"

#include "cli/command/workspace_commands.hpp"
#include "cli/number_checks.hpp"
#include "cli/shared_options.hpp"
#include "geo/layer/feature.hpp"
#include "planner/model/tables.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace relevo::cli {

struct WorkspaceCommands::Choices {
  InitCommand init;
  ImportCommand import;
  StatusCommand status;
  AssessCommand assess;
  PlanCommand plan;
  ReportCommand report;
  const CLI::App* init_app = nullptr;
  const CLI::App* import_app = nullptr;
  const CLI::App* status_app = nullptr;
  const CLI::App* assess_app = nullptr;
  const CLI::App* plan_app = nullptr;
  const CLI::App* report_app = nullptr;
};

namespace {

CLI::App* add_command(CLI::App& app, CommonOptions& options, const char* name, const char* about,
                      std::filesystem::path& workspace) {
  auto* command = app.add_subcommand(name, about);
  command->add_option("workspace", workspace, "the workspace file")->required()->type_name("WORKSPACE");
  add_common(*command, options);
  return command;
}

std::string theme_words() {
  std::string words;
  for (int i = 0; i <= static_cast<int>(geo::LayerTheme::Custom); ++i)
    words += fmt::format("{}{}", i == 0 ? "" : ", ", geo::word_of(static_cast<geo::LayerTheme>(i)));
  return words;
}

void check_theme(const std::string& word) {
  if (!word.empty() && !geo::theme_of(word))
    throw CLI::ValidationError("--as", fmt::format("'{}' is not one of {}", word, theme_words()));
}

void check_table(const std::string& name) {
  const auto& tables = planner::all_tables();
  if (name.empty() || std::ranges::any_of(tables, [&](const auto* table) { return table->name == name; }))
    return;
  std::string names;
  for (const auto* table : tables)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", table->name);
  throw CLI::ValidationError("--table", fmt::format("'{}' is not one of {}", name, names));
}

void add_import_options(CLI::App& import, ImportCommand& command) {
  import.add_option("files", command.files, "layers, tables of the scenario, scenario.toml and agreements")
      ->required()
      ->type_name("FILE");
  import.add_option("--as", command.theme, "what the layer is: " + theme_words() + " (default: recognised)")
      ->type_name("THEME");
  import.add_option("--name", command.name, "its name in the workspace (default: the file's); the same name replaces")
      ->type_name("NAME");
  import.add_option("--profile", command.profile, "read it by this profile")->type_name("ID");
  import.add_option("--layer", command.layer, "layer or variable of a file that has several")->type_name("NAME");
  import.add_option("--crs", command.crs, "reference system of a file that gives none")->type_name("CRS");
  import.add_option("--as-of", command.as_of, "when its content was current, ISO 8601")->type_name("TIME");
  import.add_option("--source", command.source, "URL or citation")->type_name("TEXT");
  add_fields(import, command.fields);
  import.add_flag("--append", command.append, "add to the layer of the name, without duplicates");
  import.add_option("--table", command.table, "the file is this table of the scenario")->type_name("NAME");
  import.add_flag("--archives", command.archives, "also read inside .zip, .gz and .tar");
  import.add_option("--wait", command.wait_seconds, "seconds to wait for another program that writes (default 10)")
      ->check(number_within(0.0, 86400.0))
      ->type_name("SECONDS");
}

}  // namespace

WorkspaceCommands::WorkspaceCommands(CLI::App& app, CommonOptions& options)
    : options_(options), choices_(std::make_unique<Choices>()) {
  auto& c = *choices_;
  auto* init = add_command(app, options, "init", "Make a workspace: one file for a season's layers, tables and plans.",
                           c.init.workspace);
  init->add_option("--scenario", c.init.scenario, "take over this folder: scenario.toml, tables, agreements, layers")
      ->type_name("SCENARIO_DIR");
  c.init_app = init;
  auto* import = add_command(app, options, "import", "Bring layers and tables into a workspace.", c.import.workspace);
  add_import_options(*import, c.import);
  import->callback([&c] {
    check_theme(c.import.theme);
  check_table(c.import.table);
  if (c.import.files.size() > 1 && !c.import.append && (!c.import.name.empty() || !c.import.table.empty()))
    throw CLI::ValidationError("import",
                               "several files of one name would replace each other: give --append, or one file");
});
c.import_app = import;
c.status_app = add_command(app, options, "status", "What a workspace holds.", c.status.workspace);
c.assess_app = add_command(app, options, "assess", "Incidents, exposure, priorities and donor risk of a workspace.",
                           c.assess.workspace);
auto* plan =
    add_command(app, options, "plan", "Assess and plan a workspace; both results are kept in it.", c.plan.workspace);
plan->add_option("--name", c.plan.name, "name of the plan (default: plan-<number>); the same name replaces")
    ->type_name("NAME");
add_solve(*plan, options);
c.plan_app = plan;
auto* report = add_command(app, options, "report", "Write a stored plan as `run` writes one.", c.report.workspace);
report->add_option("--plan", c.report.plan, "id or name of the plan (default: the newest)")->type_name("ID");
report->add_option("-o,--out", c.report.out, "output folder; replaced if Relevo made it")->required()->type_name("DIR");
c.report_app = report;
}  // namespace relevo::cli

WorkspaceCommands::~WorkspaceCommands() = default;

void WorkspaceCommands::set_command_line(const std::string& line) {
  choices_->plan.command_line = line;
  choices_->report.command_line = line;
}

bool WorkspaceCommands::is_given() const {
  const auto& c = *choices_;
  return std::ranges::any_of(std::initializer_list<const CLI::App*>{c.init_app, c.import_app, c.status_app,
                                                                    c.assess_app, c.plan_app, c.report_app},
                             [](const CLI::App* app) { return app->parsed(); });
}

ExitCode WorkspaceCommands::run() const {
  const auto& c = *choices_;
  if (c.init_app->parsed())
    return init_workspace(c.init, options_);
  if (c.import_app->parsed())
    return import_files(c.import, options_);
  if (c.status_app->parsed())
    return show_status(c.status, options_);
  if (c.assess_app->parsed())
    return assess_workspace(c.assess, options_);
  if (c.plan_app->parsed())
    return plan_workspace(c.plan, options_);
  return report_workspace(c.report, options_);
}

}  // namespace relevo::cli
