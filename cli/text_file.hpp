// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

namespace relevo::cli {

/// The bytes of a file. \throws planner::InputError naming it when it cannot be read.
std::string read_text_file(const std::filesystem::path& file);

}  // namespace relevo::cli
