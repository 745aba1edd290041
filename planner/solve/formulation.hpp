// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relevo::planner {

class UsableRoom;

/// The compact arc-flow model of docs/model.md, section 6: one integer flow per class, coupled by the rows of section
/// 3. The numbers in the .cpp are those of that page.
class Formulation {
 public:
  explicit Formulation(const Problem& problem);

  const LinearModel& model() const noexcept { return model_; }
  const RowTable& rows() const noexcept { return rows_; }
  /// Points no plan can avoid: need of days on which nobody can come.
  double constant() const noexcept { return constant_; }

  /// The deployments that a solution stands for, unit by unit: each class's flow taken apart into paths.
  /// `values` are by column; integers may be off by the solver's tolerance.
  struct UnitDeployment {
    Member member;
    Deployment deployment;
  };
  std::vector<UnitDeployment> deployments_of(const std::vector<double>& values) const;

 private:
  void add_flows();     // (0), (1)
  void add_coverage();  // (2)
  void add_handover();  // (2b)
  void add_limits();    // (3), (3b), (6) capacity, (7)
  void add_escorts();   // (4)
  struct EscortDay;
  UsableRoom usable_room(std::size_t escort_group) const;
  double most_required(std::size_t escort_group, int t) const;
  int escorts_column(std::size_t escort_group, int t);
  bool has_escort_rows(std::size_t escort_group, int t, int accompanied_on) const;
  void add_escort_rows(std::size_t escort_group, const UsableRoom& usable);
  void add_escort_facets(const EscortDay& day, const EscortTerms& term, const UsableRoom& usable);
  void add_escort_threshold(const EscortDay& day, const EscortTerms& term, int above);
  void add_lifts();  // (5)
  void add_fill();   // (6) min_fill
  void add_working_if_filled(RequestIndex request, int t, int f);
  void add_packages();   // (6) packages
  void add_pins();       // (6) pins
  void add_movements();  // (8)
  void add_movement_rows(const std::string& name, Direction direction, int table_row, int b);
  void add_constant();
  struct Use {
    int column = 0;
    double amount = 0.0;
    std::size_t network = 0;
  };
  double most(int row) const;
  void add_uses(int model_row, int table_row, double factor);

  const Problem& problem_;
  RowTable rows_;
  LinearModel model_;
  std::vector<DutyNetwork> networks_;
  std::vector<std::vector<int>> columns_of_arcs_;  // by network
  std::vector<std::vector<Use>> users_;            // by row of the RowTable
  std::vector<double> most_;                       // by row: what all units together could use
  double constant_ = 0.0;
};

}  // namespace relevo::planner
