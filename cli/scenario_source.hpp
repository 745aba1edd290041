// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/previous_plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/model/scenario_loader.hpp"
#include "planner/store/workspace.hpp"

#include <filesystem>

namespace relevo::cli {

/// A scenario read, checked, assessed and given its journeys, from a folder or from a workspace (told apart by what is
/// there). Layers of a folder pass through a workspace that has no name on the disk and is gone with the program. Notes
/// and warnings about the input go to stderr unless --quiet. \throws planner::InputError, planner::ContradictionError,
/// planner::WorkspaceError, geo::LayerError for a layer that cannot be read
/// Where the options name an earlier plan, the scenario is that of today with the plan carried over, and `earlier`,
/// where it is given, tells what became of it.
planner::Scenario load_for_planning(const std::filesystem::path& scenario, const std::filesystem::path& data_dir,
                                    const CommonOptions& options, EarlierPlan* earlier = nullptr);

planner::Scenario load_for_planning(const planner::Workspace& workspace, const std::filesystem::path& data_dir,
                                    const CommonOptions& options, EarlierPlan* earlier = nullptr);

/// Tables of spreadsheets and databases: the sheet named like the table, or the only one.
planner::TableReader other_formats();

/// \throws planner::InputError when there is no such folder
void check_is_folder(const std::filesystem::path& folder);

}  // namespace relevo::cli
