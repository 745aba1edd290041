// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_model.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace relevo::planner {

/// The rules of docs/model.md, section 3, that a plan made of legal rosters can break.
enum class PlanRule {
  Limit,     ///< (2) overfill, (3) reserve, (3b) offers, (5) seats, (6) capacity, (7) pools
  Escort,    ///< (4) roster escorts: missing escorts, on each day
  MinFill,   ///< (6) what a line that is filled lacks, on each day
  Package,   ///< (6) what a package that is filled lacks
  Movement,  ///< (8) persons that a movement out lacks
  Pin        ///< (6) units that a pinned request lacks
};
inline constexpr std::size_t kPlanRules = 6;

inline double excess(double use, double limit) noexcept {
  return std::max(0.0, use - limit);
}

/// What a line with a least fill lacks on a day on which something new is assigned to it.
inline double lacks(double use, double committed, int least) noexcept {
  return use > 0.0 ? std::max(0.0, least - committed - use) : 0.0;
}

/// Points, and by how much each rule is broken: of a plan, or of a change to it.
struct PlanValue {
  double points = 0.0;
  std::array<double, kPlanRules> broken{};  ///< whole numbers

  double broken_by(PlanRule rule) const { return broken[static_cast<std::size_t>(rule)]; }
  double all_broken() const noexcept;
  PlanValue& operator+=(const PlanValue& other) noexcept;
};

/// A plan: a roster for every member of every class, the use of every row, and the value of the whole, kept while
/// rosters are exchanged. `points` are those of assemble_plan() wherever no seat of a lift is missing.
///
/// What a change is worth depends on the plan only, not on how it came about: uses are whole numbers, and changes are
/// added up from them. Only value().points drifts, by rounding, until restart_sum().
class PlanState {
 public:
  /// Everybody stays at home.
  explicit PlanState(const PlanModel& model);

  const PlanModel& model() const noexcept { return *model_; }
  const RecordPtr& record(Seat seat) const { return records_[seat]; }

  /// Gives the member that roster (nullptr: none) instead of its own, and returns what that changes. Giving back the
  /// old record takes it back.
  PlanValue set(Seat seat, RecordPtr record);

  /// Treats a package as one that is being filled although nothing new is assigned to it yet, or no longer.
  PlanValue hold_open(std::size_t package, bool is_open);

  const PlanValue& value() const noexcept { return value_; }
  bool is_feasible() const noexcept { return value_.all_broken() == 0.0; }
  /// Adds up value().points anew.
  void restart_sum();

  double use(int row) const { return use_[static_cast<std::size_t>(row)]; }
  const double* uses_of(GroupIndex group) const {
    return &use_[static_cast<std::size_t>(group) * static_cast<std::size_t>(columns_)];
  }
  /// Of a roster escort group on a day: escorts asked for beyond those that are there; negative: so many could go.
  int missing_escorts(std::size_t escort_group, int column) const;
  /// Escorts asked for by those who are there on the column or soon after.
  int needed_escorts(std::size_t escort_group, int column) const;
  /// Escorts asked for by those who are there on the column.
  int required_escorts_on(std::size_t escort_group, int column) const;
  /// Whether something new is assigned to lines of a package, or it is held open, or commitments alone make it whole.
  bool is_package_open(std::size_t package) const {
    return package_days_[package] > 0 || package_short_[package] <= 0.0;
  }

  /// Seats whose roster serves the request, ascending.
  const std::vector<Seat>& seats_at(RequestIndex request) const { return seats_at_[request.value()]; }

  /// The columns on which a group of EscortPersons, Assigned or MovementUnits has to do with a broken rule; empty:
  /// with none.
  std::vector<char> broken_columns(GroupIndex group) const;
  /// Rows with a use that breaks a rule, for messages and tests.
  std::vector<int> broken_rows() const;

 private:
  void apply(const RosterRecord& record, double sign, PlanValue& change);
  void add(const RowRun& run, double sign, PlanValue& change);
  void add_persons(const RowRun& run, double sign, PlanValue& change);
  void add_assigned(const RowRun& run, double sign, PlanValue& change);
  void add_movement(const RowRun& run, double sign, PlanValue& change);
  void add_present(const RowRun& run, double sign, PlanValue& change);
  void set_needed(std::size_t escort_group, int column, int needed, PlanValue& change);
  void add_pins(Seat seat, const RosterRecord& record, double sign, PlanValue& change);
  void index(Seat seat, const RosterRecord& record, bool is_there);
  bool has_broken(GroupIndex index, int column) const;
  double package_broken(std::size_t package) const;
  double short_of_movement(GroupIndex units, int column) const;
  double* uses(GroupIndex group) { return &use_[static_cast<std::size_t>(group) * static_cast<std::size_t>(columns_)]; }

  const PlanModel* model_;
  int columns_;
  std::vector<RecordPtr> records_;  // by seat
  std::vector<double> use_;         // by row
  std::vector<int> required_;       // by escort group and column
  std::vector<int> needed_;         // by escort group and column
  std::vector<double> package_short_;
  std::vector<int> package_days_;
  std::vector<std::vector<Seat>> seats_at_;  // by request
  PlanValue value_;
};

}  // namespace relevo::planner
