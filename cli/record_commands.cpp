// SPDX-License-Identifier: MIT
#include "cli/record_commands.hpp"

#include "cli/command/record_commands.hpp"
#include "cli/shared_options.hpp"

#include <CLI/CLI.hpp>

namespace relevo::cli {

struct RecordCommands::Choices {
  CompareCommand compare;
  HistoryCommand history;
  EvaluateCommand evaluate;
  const CLI::App* compare_app = nullptr;
  const CLI::App* history_app = nullptr;
  const CLI::App* evaluate_app = nullptr;
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

CLI::App* add_history(CLI::App& app, HistoryCommand& command, CommonOptions& options) {
  auto* history = app.add_subcommand("history", "What became of orders, day by day, and why.");
  history->add_option("scenario", command.scenario, "folder of the scenario, or a workspace")
      ->required()
      ->type_name("SCENARIO_DIR|WORKSPACE");
  history->add_option("--request", command.request, "this order only")->type_name("ID");
  history
      ->add_option(
          "--plan", command.plan,
          "with what this plan says: an output folder or plan.json; of a workspace its id or name (default: the "
          "newest)")
      ->type_name("PLAN");
  add_common(*history, options);
  return history;
}

CLI::App* add_evaluate(CLI::App& app, EvaluateCommand& command, CommonOptions& options) {
  auto* evaluate = app.add_subcommand("evaluate", "A plan against what really happened.");
  evaluate->add_option("plan", command.plan, "an output folder or a plan.json")->required()->type_name("PLAN");
  evaluate
      ->add_option("--actuals", command.actuals,
                   "table of what happened: .csv, .xlsx, .ods and others (docs/evaluate.md)")
      ->required()
      ->type_name("TABLE");
  evaluate->add_option("--html", command.html, "also write a page")->type_name("FILE");
  add_common(*evaluate, options);
  return evaluate;
}

}  // namespace

RecordCommands::RecordCommands(CLI::App& app, CommonOptions& options)
    : options_(options), choices_(std::make_unique<Choices>()) {
  choices_->compare_app = add_compare(app, choices_->compare, options);
  choices_->history_app = add_history(app, choices_->history, options);
  choices_->evaluate_app = add_evaluate(app, choices_->evaluate, options);
}

RecordCommands::~RecordCommands() = default;

bool RecordCommands::is_given() const {
  return choices_->compare_app->parsed() || choices_->history_app->parsed() || choices_->evaluate_app->parsed();
}

ExitCode RecordCommands::run() const {
  if (choices_->history_app->parsed())
    return show_history(choices_->history, options_);
  if (choices_->evaluate_app->parsed())
    return evaluate_actuals(choices_->evaluate, options_);
  return compare_two_plans(choices_->compare, options_);
}

}  // namespace relevo::cli
