// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relevo::planner {

/// The compact arc-flow model of docs/model.md, section 6: one integer flow per class, coupled by the rows of section
/// 3. The numbers in the .cpp are those of that page.
class Formulation {
 public:
  explicit Formulation(const Problem& problem);

  const LinearModel& model() const noexcept { return model_; }
  const RowTable& rows() const noexcept { return rows_; }
  /// Points no plan can avoid: need of days on which nobody can come.
  double constant() const noexcept { return constant_; }
  /// The columns u of the model, and the unmet need of each request that has none.
  const std::vector<Coupling::Unmet>& unmet() const noexcept { return unmet_; }
  double unavoidable(RequestIndex request) const { return unavoidable_[request.value()]; }
  /// Of the classes that can leave home.
  const std::vector<DutyNetwork>& networks() const noexcept { return networks_; }
  /// The columns of a class's units, by arc of its network; none where they never leave home.
  const std::vector<int>& columns_of(std::size_t unit_class) const;
  /// By class: whether one of these columns is marked.
  std::vector<bool> classes_among(const std::vector<bool>& columns) const;

  /// The deployments that a solution stands for, unit by unit: each class's flow taken apart into paths.
  /// `values` are by column; integers may be off by the solver's tolerance.
  struct UnitDeployment {
    Member member;
    Deployment deployment;
  };
  std::vector<UnitDeployment> deployments_of(const std::vector<double>& values) const;

 private:
  struct Movement {
    std::string name;
    Direction direction = Direction::Out;
    int table_row = 0;
    int b = 0;  ///< column of the coupling
  };
  struct Use {
    int column = 0;
    double amount = 0.0;
    std::size_t network = 0;
  };
  void add_flows(Reach& reach);  // (0), (1)
  void add_movement_rows(LinearModel& coupling, std::vector<LinearModel::Term>& terms, const Movement& movement) const;
  void append(const Coupling& coupling, const std::vector<LinearModel::Term>& movement_terms);

  const Problem& problem_;
  RowTable rows_;
  LinearModel model_;
  std::vector<DutyNetwork> networks_;
  std::vector<std::vector<int>> columns_of_arcs_;  // by network
  std::vector<std::vector<Use>> users_;            // by row of the RowTable
  std::vector<Coupling::Unmet> unmet_;
  std::vector<double> unavoidable_;  // by request
  double constant_ = 0.0;
};

}  // namespace relevo::planner
