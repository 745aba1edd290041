// SPDX-License-Identifier: MIT
#include "cli/plan_file.hpp"

#include "cli/plan_table.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/text_file.hpp"
#include "planner/model/spelling.hpp"

#include <system_error>

namespace relevo::cli {

planner::Plan read_plan_file(const std::filesystem::path& file, const planner::Scenario& scenario) {
  const std::string text = read_text_file(file);
  if (planner::fold_word(file.extension().string()) == planner::fold_word(".csv"))
    return read_plan_table(text, scenario, file.string());
  return read_plan_json(text, scenario, file.string());
}

std::filesystem::path plan_file_of(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error) ? path / "plan.json" : path;
}

}  // namespace relevo::cli
