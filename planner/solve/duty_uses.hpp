// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace relevo::planner {

/// Position in RowTable::groups().
using GroupIndex = std::uint32_t;
inline constexpr GroupIndex kNoGroup = static_cast<GroupIndex>(-1);

/// The same amount of one group of the row table on each of the columns [first, last).
struct RowRun {
  GroupIndex group = 0;
  std::int32_t first = 0;
  std::int32_t last = 0;
  double amount = 0.0;
  friend bool operator==(const RowRun&, const RowRun&) = default;
};

/// What one unit of a class uses at one duty on each day of a sort. With the days of a block it says the same as
/// RowTable::use, without a search among offers, reserves and escort groups.
struct DutyUses {
  /// Positions [first, last) in ClassUses::uses or ClassUses::flights.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  GroupIndex coverage = kNoGroup;  ///< line days, in the measure of the request
  GroupIndex assigned = kNoGroup;  ///< shadow and line days, days off; in the measure of the request
  GroupIndex capacity = kNoGroup;  ///< the same days, persons
  GroupIndex present = kNoGroup;   ///< the same days, one escort
  double amount = 0.0;             ///< in the measure of the request
  Range on_duty;                   ///< those to be accompanied: the same days, and those of a move to this duty
  Range away;                      ///< reserve, offers and pools: all days away
  GroupIndex handover = kNoGroup;
  int handover_first = 0;  ///< columns [first, last) on which leaving the request can be a drop (2b)
  int handover_last = 0;
  Range out;   ///< flights, counted from the day of departure
  Range home;  ///< flights, counted from the release
  GroupIndex moves_out = kNoGroup;
  GroupIndex moves_home = kNoGroup;
  GroupIndex persons_out = kNoGroup;  ///< of the movement out, where it has a least number of persons
  GroupIndex announced_out = kNoGroup;
  GroupIndex announced_home = kNoGroup;
};

/// The rows that units of one class can use.
struct ClassUses {
  struct Use {
    GroupIndex group = 0;
    double amount = 0.0;
  };
  struct Flight {
    GroupIndex group = 0;
    int day = 0;
  };
  std::vector<DutyUses> duties;  ///< as in UnitClass::duties
  std::vector<Use> uses;
  std::vector<Flight> flights;
  double persons = 0.0;  ///< of one unit
};

/// Finds the groups of a row table by what they speak of.
class GroupFinder {
 public:
  GroupFinder(const Problem& problem, const RowTable& rows);

  /// kNoGroup: the table has no such group.
  GroupIndex find(RowFamily family, std::size_t subject) const;
  ClassUses uses_of(const UnitClass& unit_class) const;

 private:
  struct Builder;
  const Problem& problem_;
  const RowTable& rows_;
  std::vector<std::vector<GroupIndex>> groups_;  // by family, by subject
  std::map<std::tuple<AgreementIndex, AgencyIndex, AgencyIndex>, std::vector<std::size_t>> escort_groups_;
};

/// Appends what one unit uses in a block, clipped to the columns of the table; `depart` is given for the first block of
/// a deployment. Pins are left out: they count units, not blocks.
void append_runs(const UnitClass& unit_class, const ClassUses& class_uses, int columns, const Block& block,
                 std::optional<int> depart, std::vector<RowRun>& runs);

}  // namespace relevo::planner
