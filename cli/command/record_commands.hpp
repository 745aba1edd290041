// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace relevo::cli {

// What became of plans and orders: one function per command; as in commands.hpp.

struct CompareCommand {
  /// Two output folders or plan.json files; or a workspace and two of its plans, by id or name.
  std::vector<std::string> plans;
};

/// What two plans do otherwise.
ExitCode compare_two_plans(const CompareCommand& command, const CommonOptions& options);

}  // namespace relevo::cli
