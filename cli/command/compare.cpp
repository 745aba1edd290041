// SPDX-License-Identifier: MIT
#include "cli/command/record_commands.hpp"
#include "cli/recorded_plan.hpp"
#include "cli/report/comparison_json.hpp"
#include "cli/report/comparison_text.hpp"
#include "planner/record/comparison.hpp"

#include <iostream>
#include <utility>

namespace relevo::cli {

namespace {

std::pair<planner::PlanRecord, planner::PlanRecord> plans_of(const CompareCommand& command) {
  const auto& words = command.plans;
  if (words.size() == 3) {
    const auto workspace = planner::Workspace::open(words[0]);
    return {read_recorded_plan(workspace, words[1]), read_recorded_plan(workspace, words[2])};
  }
  return {read_recorded_plan(std::filesystem::path(words[0])), read_recorded_plan(std::filesystem::path(words[1]))};
}

}  // namespace

ExitCode compare_two_plans(const CompareCommand& command, const CommonOptions& options) {
  const auto [before, after] = plans_of(command);
  const auto comparison = planner::compare_plans(before, after);
  const auto kinds = reference_kinds();
  if (options.json)
    std::cout << comparison_json(comparison, kinds, options.lang);
  else if (!options.quiet)
    std::cout << comparison_text(comparison, kinds, options.lang);
  return ExitCode::Done;
}

}  // namespace relevo::cli
