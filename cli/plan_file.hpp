// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <filesystem>

namespace relevo::cli {

/// A plan from a file: a plan.csv where the name ends so, else a plan.json. \throws planner::InputError,
/// geo::TableError, ReadError as their readers do.
planner::Plan read_plan_file(const std::filesystem::path& file, const planner::Scenario& scenario);

/// The file of a plan that a path means: itself, or the plan.json of a folder.
std::filesystem::path plan_file_of(const std::filesystem::path& path);

}  // namespace relevo::cli
