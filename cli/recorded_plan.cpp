// SPDX-License-Identifier: MIT
#include "cli/recorded_plan.hpp"

#include "cli/data_dir.hpp"
#include "cli/plan_file.hpp"
#include "cli/text_file.hpp"
#include "planner/model/load_kinds.hpp"
#include "planner/store/plan_store.hpp"

namespace relevo::cli {

planner::PlanRecord read_recorded_plan(const std::filesystem::path& plan) {
  const auto file = plan_file_of(plan);
  auto record = planner::read_plan_record(read_text_file(file), file.string());
  record.name = plan.string();
  return record;
}

planner::PlanRecord read_recorded_plan(const planner::Workspace& workspace, const std::string& id_or_name) {
  const auto stored = planner::find_plan(workspace, id_or_name);
  if (!stored)
    throw planner::WorkspaceError(id_or_name.empty() ? "no_plan" : "unknown_plan",
                                  {{"file", workspace.shown_name()}, {"plan", id_or_name}});
  return planner::read_plan_record(stored->content, stored->name);
}

planner::KindCatalogue reference_kinds() {
  planner::Diagnostics diagnostics;
  auto kinds =
      planner::read_kinds(read_text_file(data_dir() / "reference" / "kinds.toml"), "reference/kinds.toml", diagnostics);
  if (diagnostics.has_errors())
    throw planner::InputError(std::move(diagnostics));
  return kinds;
}

}  // namespace relevo::cli
