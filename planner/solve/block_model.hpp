// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/solve/blocks.hpp"
#include "planner/solve/formulation.hpp"

#include <vector>

namespace relevo::planner {

/// The compact model of a scenario, of which some independent blocks are searched anew while in the others a plan
/// stands: one of the scenario, or of another that differs from it in the blocks that are searched.
class BlockModel {
 public:
  BlockModel(const Scenario& scenario, const Plan& present);

  const Problem& problem() const noexcept { return problem_; }
  const Formulation& formulation() const noexcept { return formulation_; }
  /// The model, to which rows and columns may be added.
  LinearModel& model() noexcept { return model_; }

  /// All of the model as one block.
  ModelBlock whole() const;
  /// The blocks that hold a marked column, as one; empty where none is marked.
  ModelBlock blocks_with(const std::vector<bool>& is_meant) const;
  /// By class: whether its units are searched.
  std::vector<bool> classes_in(const ModelBlock& block) const;

  /// The plan that a solution of the block stands for; other classes do what they do in the present plan.
  Plan plan_of(const ModelBlock& block, const std::vector<double>& of_block) const;
  bool obeys_rules(const Plan& plan) const;

 private:
  std::vector<bool> marked(const ModelBlock& block) const;

  const Plan& present_;
  Problem problem_;
  Formulation formulation_;
  LinearModel model_;
};

}  // namespace relevo::planner
