// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/kind.hpp"
#include "planner/record/plan_record.hpp"
#include "planner/store/workspace.hpp"

#include <filesystem>
#include <string>

namespace relevo::cli {

/// A plan without its scenario, from an output folder of Relevo or a plan.json. \throws planner::InputError
planner::PlanRecord read_recorded_plan(const std::filesystem::path& plan);

/// A plan of a workspace, by id or name; without either the newest. \throws planner::WorkspaceError,
/// planner::InputError
planner::PlanRecord read_recorded_plan(const planner::Workspace& workspace, const std::string& id_or_name);

/// The kinds that Relevo knows. \throws planner::InputError
planner::KindCatalogue reference_kinds();

}  // namespace relevo::cli
