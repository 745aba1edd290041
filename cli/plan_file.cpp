// SPDX-License-Identifier: MIT
#include "cli/plan_file.hpp"

#include "cli/plan_table.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/scenario_source.hpp"
#include "cli/text_file.hpp"
#include "geo/ascii_text.hpp"
#include "planner/model/scenario_source.hpp"

#include <system_error>
#include <utility>

namespace relevo::cli {

planner::Plan read_plan_file(const std::filesystem::path& file, const planner::Scenario& scenario) {
  if (!is_plan_table(file))
    return read_plan_json(read_text_file(file), scenario, file.string());
  planner::Diagnostics diagnostics;
  const auto table = planner::read_table_file(file, file.string(), "plan", other_formats(), diagnostics);
  if (!table)
    throw planner::InputError(std::move(diagnostics));
  return read_plan_table(table->table, scenario);
}

bool is_plan_table(const std::filesystem::path& file) {
  const auto ending = geo::lower_ascii(file.extension().string());
  return ending == ".csv" || ending == ".xlsx" || ending == ".ods";
}

std::filesystem::path plan_file_of(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error) ? path / "plan.json" : path;
}

}  // namespace relevo::cli
