// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace relevo::planner {

/// A roster as a column of the master problem: so many units of its class follow it.
struct RosterColumn {
  std::size_t unit_class = 0;
  Roster roster;
  double cost = 0.0;        ///< own points (docs/model.md, section 5)
  std::vector<Entry> uses;  ///< of rows of the RowTable
};

/// Prices of rows, as a solution of the dual of the master problem's relaxation: what a bound is made of.
struct MasterDuals {
  std::vector<double> rows;     ///< of the coupling rows
  std::vector<double> classes;  ///< of "at most n_c units", at most 0
};

/// The master problem of docs/model.md, section 6: the coupling rows with a column for each roster found so far.
class Master {
 public:
  Master(const Problem& problem, const RowTable& rows, const Coupling& coupling);
  ~Master();
  Master(const Master& other);  ///< with its rosters, and where its relaxation was solved last
  Master& operator=(const Master&) = delete;

  void add(std::vector<RosterColumn> columns);
  const std::vector<RosterColumn>& columns() const noexcept { return columns_; }
  const Coupling& coupling() const noexcept { return *coupling_; }
  const RowTable& rows() const noexcept { return *rows_; }

  /// Solves the relaxation with the columns there are.
  void solve();
  double objective() const;  ///< with the constant
  const MasterDuals& duals() const noexcept { return duals_; }
  std::vector<double> units() const;  ///< by roster column
  /// Whether rows that ask for something (pins) are met by artificial columns only.
  bool lacks() const;
  /// Values of the coupling's columns in the relaxation.
  std::vector<double> auxiliary() const;
  /// Other bounds on a column of the coupling, also in what bound_of_rows() takes as its best.
  void bound_auxiliary(int column, double least, double most);
  const std::vector<std::pair<double, double>>& auxiliary_bounds() const noexcept { return auxiliary_bounds_; }
  /// How much more the relaxation comes to where a column is held below or above its value.
  struct Rise {
    double below = 0.0;  ///< at most the whole number below
    double above = 0.0;  ///< at least the one above
  };
  /// For columns of the coupling: estimates by so many steps of the dual simplex, without new rosters. Less than the
  /// rise where more steps would raise it, more where new rosters would lower it.
  std::vector<Rise> rises(const std::vector<int>& columns, int steps);
  /// Bounds on the units of a roster column.
  void bound(std::size_t column, double least, double most);

  /// Points per unit of use, by row of the table, that the duals of the coupling rows stand for.
  std::vector<double> prices(const std::vector<double>& row_duals) const;
  /// The Lagrangian bound without the classes' part: constant + sum of row duals times sides + best of the auxiliary
  /// columns. Duals of the wrong sign count as 0 (and are set to it). Adding n_c times the least price of a roster of
  /// each class gives a lower bound on every plan.
  double bound_of_rows(std::vector<double>& row_duals) const;
  /// By coupling row, what it costs not to meet it: a dual of more is never worth while. kInfinity where that has no
  /// price.
  const std::vector<double>& most_duals() const noexcept { return most_duals_; }
  /// Prices to start from: a share of what it costs not to meet a row.
  std::vector<double> first_duals(double share) const;

  /// The whole as a programme with integer rosters: first the coupling's columns, then one for each roster column.
  LinearModel as_model() const;

 private:
  struct Relaxation;
  Relaxation& relaxation();
  const Problem* problem_;
  const RowTable* rows_;
  const Coupling* coupling_;
  std::vector<std::vector<Coupling::Link>> links_;               // by table row
  std::vector<std::vector<LinearModel::Term>> terms_of_column_;  // of the coupling
  std::vector<std::pair<double, double>> auxiliary_bounds_;      // by column of the coupling
  std::vector<double> most_duals_;                               // by coupling row
  std::vector<RosterColumn> columns_;
  std::vector<std::pair<double, double>> bounds_;  // by roster column
  MasterDuals duals_;
  std::unique_ptr<Relaxation> relaxation_;
};

/// The roster with its cost and uses.
RosterColumn make_roster_column(const Problem& problem, const RowTable& rows, std::size_t unit_class, Roster roster);

}  // namespace relevo::planner
