// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/diagnostics.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace relevo::planner {

/// The content of a regular file of at most 64 MB; else nothing, and why is reported.
std::optional<std::string> read_text_file(const std::filesystem::path& file, const std::string& shown_name,
                                          Diagnostics& diagnostics);

}  // namespace relevo::planner
