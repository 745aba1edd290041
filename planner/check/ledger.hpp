// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/timeline.hpp"

#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace relevo::planner::checking {

/// An amount of one day: of the whole plan, and of its commitments alone.
struct Share {
  int all = 0;
  int committed = 0;
  int fresh() const noexcept { return all - committed; }
};

using DayTally = std::map<Day, Share>;

/// Adds an amount to each day of [first, last], both included.
void add_days(DayTally& tally, Day first, Day last, int amount, bool committed);
void add_day(DayTally& tally, Day day, int amount, bool committed);
/// The amounts of a day, zero where nothing was added.
Share on(const DayTally& tally, Day day);

/// By how much each day exceeds max(limit, what commitments bring), and by how much commitments alone exceed the limit:
/// "the rule asks only that the plan makes it no worse" (section 3).
struct Excess {
  std::map<Day, int> plan;
  std::map<Day, int> commitments;
};
template <class LimitOfDay>
Excess excess_over(const DayTally& tally, const LimitOfDay& limit_of) {
  Excess excess;
  for (const auto& [day, share] : tally) {
    const int limit = limit_of(day);
    excess.plan[day] = share.all - (limit > share.committed ? limit : share.committed);
    excess.commitments[day] = share.committed - limit;
  }
  return excess;
}

/// Reports the runs of days of both: violations on any day, inherited findings from the planning date on (what was so
/// in the past helps nobody).
void report_excess(const Excess& excess, const Fault& fault, Day planning_date, Verdict& verdict);

struct RequestTally {
  DayTally working;   ///< in the measure of the request
  DayTally assigned;  ///< the same
};

/// Escorts of one term of an agreement, for one lender and borrower: rule (4).
struct EscortGroup {
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  const EscortTerms* terms = nullptr;
  DayTally persons;  ///< P: people assigned, escorts not counted
  DayTally present;  ///< escorts from the roster on assigned days

  /// Escorts demanded while so many people are assigned.
  int required_for(int people) const noexcept;
};

/// What the deployments add up to, day by day.
struct Ledger {
  std::vector<RequestTally> requests;                                   ///< by RequestIndex
  std::vector<DayTally> incident_persons;                               ///< by IncidentIndex: persons assigned
  std::map<std::pair<AgencyIndex, KindIndex>, DayTally> lent_away;      ///< by lender and kind
  std::map<std::pair<AgencyIndex, KindIndex>, DayTally> own_committed;  ///< on the agency's own incidents
  std::vector<DayTally> pool_away;                                      ///< by PoolIndex: people away
  std::vector<EscortGroup> escorts;
};

Ledger add_up(const Evidence& evidence);

/// Persons or units, as the request counts (section 3, "Counting").
int measured(const Request& request, const Unit& unit) noexcept;

/// Units of the kind that the agency has on the day, less those committed to its own incidents: rule (3).
int available_units(const Evidence& evidence, const Ledger& ledger, AgencyIndex agency, KindIndex kind, Day day);
/// floor(available x share at the level of the day): how many of them may be lent by rule (3).
int exportable_units(const Evidence& evidence, AgencyIndex agency, int available, Day day);

}  // namespace relevo::planner::checking
