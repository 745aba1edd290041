// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace relevo::planner {

/// A plan under construction: who goes where, what it uses of each row, and what would stop one more deployment. It
/// holds only plans that obey the rows of section 3 other than min_fill, packages and pins, which speak of a whole
/// line.
class Ledger {
 public:
  /// `closed`: rows of which no booking may use anything.
  Ledger(const Problem& problem, const RowTable& rows, std::set<int> closed = {});

  struct Booking {
    Member member;
    std::size_t member_position = 0;
    Deployment deployment;
    std::vector<Entry> uses;
  };

  /// First row that one more such deployment would break, escorts not counted; none when it fits.
  std::optional<int> first_broken(const Deployment& deployment) const;
  /// A member of the class who is at home and free over the deployment; none when all are away then.
  std::optional<std::size_t> free_member(const Deployment& deployment) const;
  /// Books the deployment for a free member, together with the roster escorts it makes necessary. On failure nothing is
  /// booked, and `broken`, when given, holds the row that stopped it (an EscortsPresent row when no escort could be
  /// found).
  bool book(const Deployment& deployment, std::optional<int>* broken = nullptr);
  /// Books a deployment for that member as it stands, without asking.
  void record(const Member& member, const Deployment& deployment);
  /// Takes back everything booked since there were `count` bookings.
  void roll_back(std::size_t count);

  const std::vector<Booking>& bookings() const noexcept { return bookings_; }
  double use(int row) const noexcept { return use_[static_cast<std::size_t>(row)]; }
  /// Wanted and neither covered by commitments nor by bookings, of a coverage row.
  double open(int row) const noexcept { return rows_.wanted(row) - use(row); }

  /// Whether each line of a package has what makes it whole (6).
  bool is_whole(const std::string& package) const;

  const Problem& problem() const noexcept { return problem_; }
  const RowTable& rows() const noexcept { return rows_; }

 private:
  struct Busy {
    int from = 0;
    int until = 0;  ///< rested
  };
  void apply(const std::vector<Entry>& uses, double sign);
  std::optional<int> missing_escort(std::size_t escort_group) const;
  double needed_escorts(std::size_t escort_group, int t) const;
  bool book_escort(std::size_t escort_group, int first);
  std::optional<Deployment> escort_deployment(std::size_t unit_class, std::size_t duty,
                                              const DepartureDays::Departure& departure, Span days) const;
  bool book_alone(const Deployment& deployment, std::optional<int>* broken);
  void add_escort_groups(const std::vector<Entry>& uses, std::set<std::size_t>& groups) const;
  std::vector<Entry> uses_of(const Deployment& deployment) const;
  Span busy_span(const Deployment& deployment) const;

  const Problem& problem_;
  const RowTable& rows_;
  std::set<int> closed_;
  std::vector<double> use_;
  std::vector<Booking> bookings_;
  std::vector<std::vector<std::vector<Busy>>> busy_;  // by class, by member
  struct EscortDuty {
    std::size_t unit_class = 0;
    std::size_t duty = 0;
  };
  std::vector<std::vector<EscortDuty>> escort_duties_;  // by escort group, ascending
  std::set<std::size_t> recorded_groups_;               // of escorts, whose people were not asked for them
};

}  // namespace relevo::planner
