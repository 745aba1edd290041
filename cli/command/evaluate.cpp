// SPDX-License-Identifier: MIT
#include "cli/command/record_commands.hpp"
#include "cli/output_folder.hpp"
#include "cli/recorded_plan.hpp"
#include "cli/report/evaluation_report.hpp"
#include "cli/scenario_source.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/scenario_source.hpp"
#include "planner/record/actuals.hpp"
#include "planner/record/evaluation.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <iostream>

namespace relevo::cli {

namespace {

using planner::ActualAssignment;
using planner::Diagnostics;
using planner::PlanRecord;

std::vector<ActualAssignment> load_actuals(const std::filesystem::path& file, const PlanRecord& plan,
                                           const CommonOptions& options) {
  Diagnostics diagnostics;
  const auto table = planner::read_table_file(file, file.string(), "actuals", other_formats(), diagnostics);
  auto actuals = table ? planner::read_actuals(table->table, plan, diagnostics) : std::vector<ActualAssignment>{};
  if (diagnostics.has_errors())
    throw planner::InputError(std::move(diagnostics));
  for (const auto& diagnostic : diagnostics.all())
    if (!options.quiet)
      fmt::print(std::cerr, "{}\n", planner::format_diagnostic(diagnostic, options.lang));
  return actuals;
}

}  // namespace

ExitCode evaluate_actuals(const EvaluateCommand& command, const CommonOptions& options) {
  const PlanRecord plan = read_recorded_plan(command.plan);
  const auto actuals = load_actuals(command.actuals, plan, options);
  const auto kinds = reference_kinds();
  const auto evaluation = planner::evaluate_plan(plan, actuals, kinds);
  const EvaluationInput input{plan, evaluation, kinds, command.actuals.string(), options.lang};
  if (!command.html.empty())
    write_file(command.html, evaluation_html(input));
  if (options.json)
    std::cout << evaluation_json(input);
  else if (!options.quiet)
    std::cout << evaluation_text(input);
  return ExitCode::Done;
}

}  // namespace relevo::cli
