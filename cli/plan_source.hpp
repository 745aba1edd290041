// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <filesystem>
#include <string>

namespace relevo::cli {

/// Which plan of which scenario a command is about.
struct PlanSource {
  /// A plan.json or plan.csv, a folder that holds a plan.json, a scenario folder, or a workspace.
  std::filesystem::path what;
  std::filesystem::path scenario;  ///< of a plan; empty: the one that its plan.json was made from, edits and all
  std::string plan;                ///< of a scenario folder, a file; of a workspace, an id or name; empty: see below
};

struct PlanOfScenario {
  planner::Scenario scenario;
  planner::Plan plan;
  std::filesystem::path from;    ///< the folder or workspace of the scenario
  planner::ScenarioEdits edits;  ///< what is different for this plan
};

/// The plan, judged, with its scenario. A scenario folder without a plan is planned anew; a workspace gives its newest
/// plan. \throws planner::InputError, planner::WorkspaceError, planner::ContradictionError for a plan that breaks a
/// rule
PlanOfScenario load_plan_of_scenario(const PlanSource& source, const CommonOptions& options);

}  // namespace relevo::cli
