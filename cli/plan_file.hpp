// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <filesystem>

namespace relevo::cli {

/// A plan from a file: a table where is_plan_table(), else a plan.json. \throws planner::InputError, ReadError as their
/// readers do.
planner::Plan read_plan_file(const std::filesystem::path& file, const planner::Scenario& scenario);

/// Whether the name is that of a table: .csv, .xlsx, .ods.
bool is_plan_table(const std::filesystem::path& file);

/// The file of a plan that a path means: itself, or the plan.json of a folder.
std::filesystem::path plan_file_of(const std::filesystem::path& path);

}  // namespace relevo::cli
