// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/duty_uses.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace relevo::planner {

/// A member of a class, all members of all classes counted through.
using Seat = std::uint32_t;

/// A roster with what it uses and what it costs by itself. Never changed once made, so that plans share it.
struct RosterRecord {
  Roster roster;
  std::vector<RowRun> runs;  ///< pins left out
  double points = 0.0;       ///< money, extension days and tiers (docs/model.md, section 5)
};
/// nullptr: the unit stays at home.
using RecordPtr = std::shared_ptr<const RosterRecord>;
/// Whether a unit of one class does the same under both.
bool is_same_roster(const RecordPtr& a, const RecordPtr& b);

/// The rows of a problem with the numbers that price a use of them, and the units that may use them: what all plans of
/// a problem have in common.
class PlanModel {
 public:
  PlanModel(const Problem& problem, const RowTable& rows);

  const Problem& problem() const noexcept { return *problem_; }
  const RowTable& rows() const noexcept { return *rows_; }
  int columns() const noexcept { return rows_->columns(); }

  std::size_t seats() const noexcept { return class_of_.size(); }
  Seat seat(std::size_t unit_class, std::size_t member) const {
    return static_cast<Seat>(first_seat_[unit_class] + member);
  }
  std::size_t class_of(Seat seat) const { return class_of_[seat]; }
  std::size_t position_of(Seat seat) const { return seat - first_seat_[class_of_[seat]]; }
  const UnitClass& unit_class_of(Seat seat) const { return problem_->classes[class_of_[seat]]; }
  const Member& member_of(Seat seat) const { return unit_class_of(seat).members[position_of(seat)]; }

  const ClassUses& class_uses(std::size_t unit_class) const { return class_uses_[unit_class]; }
  /// What one unit of a class costs by itself, in points.
  struct ClassCosts {
    int longest_move = 0;  ///< days, of the moves of the class
    double wages = 0.0;    ///< each day away
    double lodging = 0.0;  ///< each day present
    struct OfDuty {
      double out = 0.0;   ///< the journey to it
      double home = 0.0;  ///< and from it
      double tier = 0.0;  ///< each deployment that begins there
    };
    std::vector<OfDuty> duties;
  };
  const ClassCosts& costs(std::size_t unit_class) const { return costs_[unit_class]; }
  double points_per_money() const noexcept { return points_per_money_; }

  /// The roster, not empty, of a unit of the class.
  RecordPtr make_record(std::size_t unit_class, Roster roster) const;

  /// A pin that members of a class can meet.
  struct Pin {
    GroupIndex group = 0;
    RequestIndex request{0U};
    bool met_by_commitments = false;
  };
  const std::vector<Pin>& pins_of(std::size_t unit_class) const { return pins_[unit_class]; }
  static bool meets(const UnitClass& unit_class, const Roster& roster, RequestIndex request);
  /// The groups of the pins that a unit of the class meets and commitments do not; each has one row, which it uses
  /// once.
  std::vector<GroupIndex> pins_met(std::size_t unit_class, const Roster& roster) const;

  /// What a group of rows needs besides the limits, commitments and wants of its table.
  struct Group {
    RowFamily family = RowFamily::Coverage;
    double points = 0.0;                ///< of one unmet, one drop, or one movement
    std::vector<double> changed;        ///< Announced groups: by column, of one unit that does not do as announced
    std::uint32_t subject = 0;          ///< escort group, or package of an Assigned group
    GroupIndex partner = kNoGroup;      ///< the other one of MovementUnits and MovementPersons
    int least = 0;                      ///< of a movement, in persons; min_fill of an Assigned group
    bool in_package = false;            ///< Assigned groups
    std::vector<std::uint32_t> tables;  ///< Lift groups: by column, position in seat_points_
  };
  const Group& group(GroupIndex index) const { return groups_[index]; }

  /// Row family (4) of one lender and borrower.
  struct Escorts {
    GroupIndex persons = kNoGroup;
    GroupIndex present = kNoGroup;
    const EscortTerms* term = nullptr;
    bool is_implicit = false;
    double daily_points = 0.0;        ///< of one implicit escort
    std::vector<int> required_alone;  ///< by column, of commitments alone
    std::vector<int> needed_alone;    ///< the most of these on the day and `ahead_days` after it
    std::vector<int> there;           ///< by column, without the plan's own: committed, and the inherited shortfall
  };
  const std::vector<Escorts>& escorts() const noexcept { return escorts_; }

  std::size_t packages() const noexcept { return packages_; }
  /// Least points of seating so many passengers; those of all seats where there are not enough.
  double lift_points(GroupIndex group, int column, double passengers) const;
  /// Need and drops of a plan that sends nobody.
  double points_alone() const noexcept { return points_alone_; }

 private:
  void count_seats();
  ClassCosts costs_of(const UnitClass& unit_class) const;
  void find_pins();
  void make_groups();
  void make_assigned(const Request& request, Group& group);
  void make_lift(std::size_t route, Group& group);
  void make_escorts();
  void add_points_alone();

  const Problem* problem_;
  const RowTable* rows_;
  double points_per_money_ = 0.0;
  double points_alone_ = 0.0;
  std::vector<std::size_t> first_seat_;  // by class
  std::vector<std::uint32_t> class_of_;  // by seat
  std::vector<ClassUses> class_uses_;
  std::vector<ClassCosts> costs_;
  std::vector<std::vector<Pin>> pins_;  // by class
  std::vector<Group> groups_;
  std::vector<Escorts> escorts_;
  std::vector<std::string> package_names_;
  std::size_t packages_ = 0;
  std::vector<std::vector<std::size_t>> lift_sets_;  // as lifts_on() gives them
  std::vector<std::vector<double>> seat_points_;     // by set of lifts, by passengers
};

}  // namespace relevo::planner
