// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "planner/model/scenario.hpp"

#include <filesystem>

namespace relevo::cli {

/// A scenario folder read, checked and given its journeys. Notes and warnings about the input go to stderr unless
/// --quiet. \throws planner::InputError, planner::ContradictionError
planner::Scenario load_for_planning(const std::filesystem::path& folder, const std::filesystem::path& data_dir,
                                    const CommonOptions& options);

}  // namespace relevo::cli
