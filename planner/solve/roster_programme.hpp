// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/coupling_index.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace relevo::planner {

/// The linear programme over rosters of some classes beside a plan of all others, which stays: need, drops, limits and
/// announcements as the coupling has them, and as many people as the escorts of the plan have room for; or, with
/// `escorts_too`, as many as its own escorts bring (the facets of docs/model.md, (4); terms with a threshold apart). A
/// row is there from the first roster on that uses it; on large seasons that is one in ten. Lines that are filled whole
/// or not at all - min_fill, packages - and who is pinned are left to others.
class RosterProgramme {
 public:
  /// `others`: the plan without the units in question; must outlive the programme, as must the rest.
  RosterProgramme(const PlanModel& model, const CouplingIndex& index, const PlanState& others,
                  const std::vector<std::size_t>& classes, const std::vector<double>& units, bool escorts_too = false);
  ~RosterProgramme();

  /// Whether rosters like this one can be in it; with `escorts_too`, no escorts of terms with a threshold.
  static bool takes(const PlanModel& model, const RosterRecord& record, bool escorts_too = false);
  /// A roster that may be followed, from the next solve() on. False: it is there already, or not taken.
  bool add(std::size_t unit_class, RecordPtr record);
  /// The roster of a class that is the same; none: it was not added.
  std::optional<std::size_t> find(std::size_t unit_class, const RecordPtr& record) const;
  std::size_t rosters() const noexcept;
  std::size_t class_of(std::size_t roster) const;
  const RecordPtr& record(std::size_t roster) const;

  /// Ends solve() when it says true, asked at each step of the simplex method; what the programme says then means
  /// nothing.
  void stop_when(std::function<bool()> stop);
  void solve();
  /// What its rosters cost, and what is lacking beside the others; what the others cost is left out.
  double objective() const;
  int rows() const;
  double units(std::size_t roster) const;
  /// At least, and at most, so many units follow the roster.
  void bound(std::size_t roster, double least, double most);
  /// The programme as it stands, without names, rosters followed by whole units only. `roster_columns`: of the model,
  /// by roster. The programme was solved after the last roster was added.
  LinearModel as_model(std::vector<int>& roster_columns) const;
  /// What solve() found, by column of that model.
  std::vector<double> values() const;
  /// Points for each unit of use, by row of the table, and what a unit of the class earns, at most 0.
  std::vector<double> prices() const;
  double class_dual(std::size_t unit_class) const;
  /// Of the cheapest rosters of these classes, so many of each, those that may join and better the solved programme.
  /// `guide`: prices by row of the table that are near to what the programme's own come to, or empty. The own prices of
  /// a programme with few rosters swing, and the rosters that are cheapest at them help little: the cheapest between
  /// the guide and the own prices are looked for first, and at the own prices alone where none of these helps (Wentges,
  /// 1997, "Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming").
  std::vector<std::pair<std::size_t, RecordPtr>> promising(const RosterOracle& oracle,
                                                           const std::vector<std::size_t>& classes, std::size_t most,
                                                           const std::vector<double>& guide = {}) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relevo::planner
