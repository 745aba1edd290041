// SPDX-License-Identifier: MIT
#include "cli/plan_file.hpp"

#include "cli/plan_table.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/text_file.hpp"
#include "planner/model/spelling.hpp"

namespace relevo::cli {

planner::Plan read_plan_file(const std::filesystem::path& file, const planner::Scenario& scenario) {
  const std::string text = read_text_file(file);
  if (planner::fold_word(file.extension().string()) == planner::fold_word(".csv"))
    return read_plan_table(text, scenario, file.string());
  return read_plan_json(text, scenario, file.string());
}

}  // namespace relevo::cli
