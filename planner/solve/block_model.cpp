// SPDX-License-Identifier: MIT
#include "planner/solve/block_model.hpp"

#include "planner/solve/assemble.hpp"
#include "planner/solve/plan_rosters.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

using ClassOfMember = std::map<std::pair<UnitIndex, int>, std::size_t>;

ClassOfMember classes_of_members(const Problem& problem) {
  ClassOfMember classes;
  for (std::size_t c = 0; c < problem.classes.size(); ++c)
    for (const auto& member : problem.classes[c].members)
      classes[{member.unit, member.ordinal}] = c;
  return classes;
}

void append_block(const ModelBlock& block, ModelBlock& all) {
  const auto first_row = static_cast<int>(all.model.rows.size());
  const auto first_column = static_cast<int>(all.model.columns.size());
  all.columns.insert(all.columns.end(), block.columns.begin(), block.columns.end());
  all.model.columns.insert(all.model.columns.end(), block.model.columns.begin(), block.model.columns.end());
  all.model.rows.insert(all.model.rows.end(), block.model.rows.begin(), block.model.rows.end());
  for (const auto& term : block.model.terms)
    all.model.add_term(first_row + term.row, first_column + term.column, term.value);
}

}  // namespace

BlockModel::BlockModel(const Scenario& scenario, const Plan& present)
    : present_(present), problem_(make_problem(scenario)), formulation_(problem_), model_(formulation_.model()) {}

ModelBlock BlockModel::whole() const {
  ModelBlock all{model_, {}};
  for (std::size_t j = 0; j < model_.columns.size(); ++j)
    all.columns.push_back(static_cast<int>(j));
  return all;
}

ModelBlock BlockModel::blocks_with(const std::vector<bool>& is_meant) const {
  ModelBlock all;
  for (const auto& block : independent_blocks(model_))
    if (std::any_of(block.columns.begin(), block.columns.end(),
                    [&](int column) { return is_meant[static_cast<std::size_t>(column)]; }))
      append_block(block, all);
  return all;
}

std::vector<bool> BlockModel::marked(const ModelBlock& block) const {
  std::vector<bool> is_in(model_.columns.size(), false);
  for (const int column : block.columns)
    is_in[static_cast<std::size_t>(column)] = true;
  return is_in;
}

std::vector<bool> BlockModel::classes_in(const ModelBlock& block) const {
  return formulation_.classes_among(marked(block));
}

Plan BlockModel::plan_of(const ModelBlock& block, const std::vector<double>& of_block) const {
  std::vector<double> values(model_.columns.size(), 0.0);
  for (std::size_t j = 0; j < block.columns.size(); ++j)
    values[static_cast<std::size_t>(block.columns[j])] = of_block[j];
  std::vector<Assignment> assignments;
  for (const auto& unit : formulation_.deployments_of(values))
    assignments.push_back(make_assignment(problem_, unit.deployment, unit.member));
  const auto is_searched = classes_in(block);
  const auto classes = classes_of_members(problem_);
  for (const auto& assignment : present_.assignments) {
    if (assignment.commitment)
      continue;
    const auto unit_class = classes.find({assignment.unit, assignment.ordinal});
    if (unit_class == classes.end() || is_searched[unit_class->second])
      continue;
    if (auto kept = deployment_of(problem_, unit_class->second, assignment))
      assignments.push_back(make_assignment(problem_, *kept, {assignment.unit, assignment.ordinal}));
  }
  return assemble_plan(problem_, formulation_.rows(), std::move(assignments), "plan");
}

bool BlockModel::obeys_rules(const Plan& plan) const {
  const PlanModel model(problem_, formulation_.rows());
  return state_of(model, plan).state.is_feasible();
}

}  // namespace relevo::planner
