// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/lifts.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// The families of docs/model.md, section 3. Each group of a family has one row per column of the problem.
enum class RowFamily {
  Coverage,         ///< (2) working at a request, in its measure
  Handover,         ///< (2b) units that leave a request, less those who spend the day as their shadow day
  Assigned,         ///< (6) assigned to a request, in its measure; only for min_fill and packages
  Capacity,         ///< (6) persons assigned to an incident
  Reserve,          ///< (3) lent units away, per lender and kind
  Offer,            ///< (3b) lent units away that an offer group speaks of
  EscortPersons,    ///< (4) persons (or units) to be accompanied
  EscortsPresent,   ///< (4) roster escorts assigned
  Lift,             ///< (5) passengers of a route of the table lifts
  Pool,             ///< (7) people of a pool away
  MovementUnits,    ///< (8) units of a movement, on the day on which they depart or come home
  MovementPersons,  ///< (8) their persons; only for movements out with a least number
  Announced,        ///< (10) units that depart, or come home, as announced
  Pin               ///< (6) units that serve a pinned request; its one row is column 0
};

/// One subject of a family: a request, an incident, a lender's kind, an escort group ...
struct RowGroup {
  RowFamily family = RowFamily::Coverage;
  std::size_t subject = 0;  ///< request, incident, pool, decision, escort group, or position in its own list
};

struct ReserveSubject {
  AgencyIndex agency{0U};
  KindIndex kind{0U};
};

/// Offers with the same agency, kind, type and channel: one sum per day (3b).
struct OfferSubject {
  AgencyIndex agency{0U};
  KindIndex kind{0U};
  std::string type;     ///< empty: any
  std::string channel;  ///< empty: any lending agreement
};

/// Lent units that travel together on one day (8).
struct MovementSubject {
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  BaseIndex base{0U};
  Direction direction = Direction::Out;
  friend auto operator<=>(const MovementSubject&, const MovementSubject&) = default;
};

/// Units of one roster row that were announced to leave for a line (or, escorts, a borrower), or to come home from it
/// (10).
struct AnnouncedSubject {
  UnitIndex unit{0U};
  AgreementIndex agreement{0U};
  std::optional<RequestIndex> request;  ///< none: escorts
  AgencyIndex borrower{0U};
  Direction direction = Direction::Out;
  friend auto operator<=>(const AnnouncedSubject&, const AnnouncedSubject&) = default;
};

/// What a unit of a class uses of the groups of the RowTable at one duty, on each day of a state.
struct DutyRows {
  struct Share {
    std::size_t group = 0;
    double amount = 0.0;
    int day = 0;  ///< of flights: counted from the departure or the release
  };
  std::vector<Share> away;         ///< while away
  std::vector<Share> working;      ///< on line days
  std::vector<Share> assigned;     ///< on line, shadow and off days
  std::vector<Share> accompanied;  ///< on the same days, and on those of a move to this duty
  std::vector<Share> out;          ///< once, on the day of departure
  std::vector<Share> home;         ///< flights home, counted from the release
  std::vector<Share> come_home;    ///< once, on the day of coming home (movements, announcements)
};

struct Entry {
  int row = 0;
  double amount = 0.0;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// What using `amount` more of a row of a RowTable costs, in points; may be negative (need that is met) or infinite.
using RowPrice = std::function<double(int row, double amount)>;

/// All countable rules as rows "use on a day <= limit". One place turns a piece of a deployment into what it uses;
/// formulation, greedy baseline, reasons and report read the same rows.
class RowTable {
 public:
  explicit RowTable(const Problem& problem);

  const std::vector<RowGroup>& groups() const noexcept { return groups_; }
  int columns() const noexcept { return columns_; }
  int row(std::size_t group, int column) const noexcept { return static_cast<int>(group) * columns_ + column; }
  std::size_t group_of(int row) const noexcept { return static_cast<std::size_t>(row / columns_); }
  int column_of(int row) const noexcept { return row % columns_; }
  std::size_t size() const noexcept { return limit_.size(); }

  /// Most the plan may add to a row beyond the commitments.
  double limit(int row) const noexcept { return limit_[static_cast<std::size_t>(row)]; }
  /// What commitments use.
  double committed(int row) const noexcept { return committed_[static_cast<std::size_t>(row)]; }
  /// Coverage rows: what is wanted and not covered by commitments; Announced: the units announced; EscortsPresent: the
  /// escorts that commitments alone require and do not bring (an inherited shortfall, or implicit ones already there).
  double wanted(int row) const noexcept { return wanted_[static_cast<std::size_t>(row)]; }
  /// Assigned rows of lines in a package: what must be assigned for the package to be whole (6); 0 on days without
  /// need.
  double whole(int row) const noexcept { return wanted_[static_cast<std::size_t>(row)]; }

  /// Adds to `out` what one unit of the class uses in a block; pins, which count units and not days, apart. `depart` is
  /// given for the first block of a deployment. No row comes twice.
  void use(const UnitClass& unit_class, const Block& block, std::optional<int> depart, std::vector<Entry>& out) const;
  /// The same by state, for those who price days one by one.
  DutyRows rows_of(const UnitClass& unit_class, std::size_t duty) const;
  /// The handover row of a request on a column (2b); -1: leaving it then is no handover.
  int handover_row(const std::optional<RequestIndex>& request, int column) const;
  /// Pins that a unit of the class can meet, as groups of the table.
  std::vector<std::size_t> pins_of(const UnitClass& unit_class) const;
  /// Whether commitments of the class's units meet the pin already: their ordinals count once.
  bool is_met_by_commitments(const UnitClass& unit_class, std::size_t pin) const;
  const Decision& pin_of(std::size_t group) const { return problem_->data().decisions[groups_[group].subject]; }

  const std::vector<ReserveSubject>& reserve_subjects() const noexcept { return reserves_; }
  const std::vector<OfferSubject>& offer_subjects() const noexcept { return offers_; }
  const std::vector<MovementSubject>& movement_subjects() const noexcept { return movements_; }
  const std::vector<AnnouncedSubject>& announced_subjects() const noexcept { return announced_; }
  /// Points of one announced unit that is not there, of a row of an Announced group.
  double announced_points(int row) const;
  /// The group of what a unit of the class does at a duty, as announced; npos where nothing was.
  std::size_t announced_group(const UnitClass& unit_class, const Duty& duty, Direction direction) const;
  /// Fewest persons of a movement, a MovementPersons group (8).
  int least_persons(std::size_t group) const;
  /// Units of the subject available on a column (3).
  int available(const ReserveSubject& subject, Day day) const;
  std::size_t coverage_group(RequestIndex request) const noexcept { return coverage_[request.value()]; }
  /// Position in groups(), or npos where the request needs none.
  std::size_t assigned_group(RequestIndex request) const noexcept { return assigned_[request.value()]; }
  std::size_t escort_persons_group(std::size_t escort_group) const noexcept { return escort_persons_[escort_group]; }
  std::size_t escorts_present_group(std::size_t escort_group) const noexcept { return escorts_present_[escort_group]; }
  /// Of a group of MovementUnits; npos where there is no least number of persons.
  std::size_t movement_persons_group(std::size_t movement) const noexcept { return movement_persons_[movement]; }
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

 private:
  /// Who uses rows: a unit on a request or as an escort, under an agreement.
  struct User {
    UnitIndex unit{0U};
    AgreementIndex agreement{0U};
    AgencyIndex borrower{0U};
    std::optional<RequestIndex> request;
    std::optional<IncidentIndex> incident;
    std::optional<std::size_t> escort_group;
    bool is_new = true;
  };
  void make_groups();
  void set_limits();
  void count_commitments();
  void add_group(RowFamily family, std::size_t subject);
  void add_groups(RowFamily family, std::vector<std::size_t>& positions, std::size_t count);
  void span(std::size_t group, Span days, double amount, std::vector<Entry>& out) const;
  void make_lender_groups();
  void make_movement_groups();
  void make_announced_groups();
  void set_announced();
  void set_packages();
  void set_package(const std::vector<RequestIndex>& lines);
  std::vector<double> promised_to(RequestIndex request) const;
  void use_away(const User& user, Span away, std::vector<Entry>& out) const;
  void use_assigned(const User& user, const Piece& piece, std::vector<Entry>& out) const;
  void use_escorted(const User& user, AgencyIndex borrower, Span days, std::vector<Entry>& out) const;
  void use_handover(const std::optional<RequestIndex>& request, int t, double amount, std::vector<Entry>& out) const;
  User new_user(const UnitClass& unit_class, const Duty& duty) const;
  void use_flights(const UnitClass& unit_class, const PairOption& option, Direction direction, int day,
                   std::vector<Entry>& out) const;
  void use_movement(const UnitClass& unit_class, const Duty& duty, Direction direction, int day,
                    std::vector<Entry>& out) const;
  void use_announced(const UnitClass& unit_class, const Duty& duty, Direction direction, int day,
                     std::vector<Entry>& out) const;
  void count_commitment(const Commitment& commitment);
  void set_escort_limits(std::size_t escort_group);
  void set_limits_of(std::size_t group);
  double cap_of(const RowGroup& group, int column) const;

  const Problem* problem_;
  int columns_ = 0;
  std::vector<RowGroup> groups_;
  std::vector<ReserveSubject> reserves_;
  std::vector<OfferSubject> offers_;
  std::vector<std::size_t> coverage_;  // group by request
  std::vector<std::size_t> assigned_;
  std::vector<std::size_t> capacity_;  // by incident
  std::vector<std::size_t> pool_;      // by pool
  std::vector<std::size_t> reserve_;   // by position in reserves_
  std::vector<std::size_t> offer_;     // by position in offers_
  std::vector<MovementSubject> movements_;
  std::vector<AnnouncedSubject> announced_;
  std::vector<std::size_t> announced_group_;    // by position in announced_
  std::set<std::pair<std::size_t, int>> firm_;  // announced subjects and columns on which they leave, firm
  std::vector<std::size_t> handover_;           // by request
  std::vector<std::size_t> lift_;               // by route
  std::vector<std::size_t> movement_;           // by position in movements_
  std::vector<std::size_t> movement_persons_;   // by position in movements_
  std::vector<std::size_t> escort_persons_;
  std::vector<std::size_t> escorts_present_;
  std::vector<std::size_t> pin_;  // by decision
  std::vector<double> limit_;
  std::vector<double> committed_;
  std::vector<double> wanted_;
};

/// Escorts that so many accompanied people (or units, as the term counts) require (4).
int required_escorts(const EscortTerms& term, double accompanied);

/// What one unit adds to the people (or units) that a group's escorts accompany; 0: they are not for it.
int escorted(const Scenario& scenario, const Unit& unit, const EscortGroup& group);

}  // namespace relevo::planner
