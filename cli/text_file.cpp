// SPDX-License-Identifier: MIT
#include "cli/text_file.hpp"

#include "planner/model/diagnostics.hpp"
#include "planner/model/text_file.hpp"

namespace relevo::cli {

std::string read_text_file(const std::filesystem::path& file) {
  planner::Diagnostics diagnostics;
  auto text = planner::read_text_file(file, file.string(), diagnostics);
  if (!text)
    throw planner::InputError(std::move(diagnostics));
  return *std::move(text);
}

}  // namespace relevo::cli
