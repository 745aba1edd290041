// SPDX-License-Identifier: MIT
#include "cli/text_file.hpp"

#include "planner/model/diagnostics.hpp"

#include <fstream>
#include <sstream>

namespace relevo::cli {

std::string read_text_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in && in.peek() != std::ifstream::traits_type::eof())
    text << in.rdbuf();
  if (!in.is_open() || in.bad() || !text) {
    planner::Diagnostics diagnostics;
    diagnostics.add(
        planner::make_diagnostic(planner::Severity::Error, {file.string(), 0, ""}, "", "file.unreadable", {}));
    throw planner::InputError(std::move(diagnostics));
  }
  return text.str();
}

}  // namespace relevo::cli
