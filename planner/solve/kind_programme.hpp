// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling.hpp"
#include "planner/solve/plan_state.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace relevo::planner {

/// The coupling, to be looked up by row.
class CouplingIndex {
 public:
  CouplingIndex(const RowTable& rows, const Coupling& coupling);
  const Coupling& coupling() const noexcept { return *coupling_; }
  const std::vector<Coupling::Link>& links_of(int table_row) const {
    return links_[static_cast<std::size_t>(table_row)];
  }
  const std::vector<Coupling::Link>& uses_of(int model_row) const { return uses_[static_cast<std::size_t>(model_row)]; }
  const std::vector<LinearModel::Term>& terms_of(int model_row) const {
    return terms_[static_cast<std::size_t>(model_row)];
  }

 private:
  const Coupling* coupling_;
  std::vector<std::vector<Coupling::Link>> links_;     // by row of the table
  std::vector<std::vector<Coupling::Link>> uses_;      // by row of the model
  std::vector<std::vector<LinearModel::Term>> terms_;  // by row of the model
};

/// The linear programme over rosters of some classes beside a plan of all others, which stays: need, drops, limits and
/// announcements as the coupling has them, and as many people as the escorts of the plan have room for. A row is there
/// from the first roster on that uses it; on large seasons that is one in ten. Lines that are filled whole or not at
/// all - min_fill, packages - and who is pinned are left to others.
class KindProgramme {
 public:
  /// `others`: the plan without the units in question; must outlive the programme, as must the rest.
  KindProgramme(const PlanModel& model, const CouplingIndex& index, const PlanState& others,
                const std::vector<std::size_t>& classes, const std::vector<double>& units);
  ~KindProgramme();

  /// Whether rosters like this one can be in it.
  static bool takes(const PlanModel& model, const RosterRecord& record);
  /// A roster that may be followed, from the next solve() on. False: it is there already, or not taken.
  bool add(std::size_t unit_class, RecordPtr record);
  std::size_t rosters() const noexcept;
  std::size_t class_of(std::size_t roster) const;
  const RecordPtr& record(std::size_t roster) const;

  void solve();
  double objective() const;
  int rows() const;
  double units(std::size_t roster) const;
  /// At least, and at most, so many units follow the roster.
  void bound(std::size_t roster, double least, double most);
  /// Points for each unit of use, by row of the table, and what a unit of the class earns, at most 0.
  std::vector<double> prices() const;
  double class_dual(std::size_t unit_class) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relevo::planner
