// SPDX-License-Identifier: MIT
#include "cli/record_commands.hpp"

#include "cli/command/record_commands.hpp"
#include "cli/workspace_commands.hpp"

#include <CLI/CLI.hpp>

namespace relevo::cli {

struct RecordCommands::Choices {
  CompareCommand compare;
  const CLI::App* compare_app = nullptr;
};

namespace {

CLI::App* add_compare(CLI::App& app, CompareCommand& command, CommonOptions& options) {
  auto* compare = app.add_subcommand("compare", "What two plans do otherwise, as a coordinator would say it.");
  compare
      ->add_option("plans", command.plans,
                   "two output folders or plan.json files; or a workspace and two of its plans, by id or name")
      ->required()
      ->expected(2, 3)
      ->type_name("[WORKSPACE] A B");
  add_common(*compare, options);
  return compare;
}

}  // namespace

RecordCommands::RecordCommands(CLI::App& app, CommonOptions& options)
    : options_(options), choices_(std::make_unique<Choices>()) {
  choices_->compare_app = add_compare(app, choices_->compare, options);
}

RecordCommands::~RecordCommands() = default;

bool RecordCommands::is_given() const {
  return choices_->compare_app->parsed();
}

ExitCode RecordCommands::run() const {
  return compare_two_plans(choices_->compare, options_);
}

}  // namespace relevo::cli
