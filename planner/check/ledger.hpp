// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/timeline.hpp"

#include <map>
#include <set>
#include <string>
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
  DayTally working;            ///< in the measure of the request
  DayTally assigned;           ///< the same
  std::map<Day, int> leaving;  ///< units whose last day at the request it is: rule (2b)
  std::map<Day, int> shadows;  ///< units that spend it as their shadow day there
};

/// Escorts of one term of an agreement, for one lender and borrower: rule (4).
struct EscortGroup {
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  const EscortTerms* terms = nullptr;
  DayTally persons;  ///< P: people, or units, on duty or off with the borrower; escorts not counted
  DayTally present;  ///< escorts from the roster
  DayTally demand;   ///< how many must be there, from the horizon on: for whoever comes within `ahead_days`

  /// Escorts demanded while so many people are assigned.
  int required_for(int people) const noexcept;
};

/// Units of one agreement, lender, borrower and base that leave or come home on one day: rule (8).
using MovementKey = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex, BaseIndex, Day>;
using Movements = std::map<MovementKey, int>;  ///< with their persons

/// Airports of a flight, from and to.
using Route = std::pair<std::string, std::string>;

/// What the deployments add up to, day by day.
struct Ledger {
  std::vector<RequestTally> requests;                               ///< by RequestIndex
  std::vector<DayTally> incident_persons;                           ///< by IncidentIndex: persons assigned
  std::map<std::pair<AgencyIndex, KindIndex>, DayTally> lent_away;  ///< by lender and kind
  /// Units not available by rule (3) within their availability: on the agency's own incidents, or at rest.
  std::map<std::pair<AgencyIndex, KindIndex>, std::map<Day, std::set<std::pair<UnitIndex, int>>>> kept_home;
  std::vector<DayTally> pool_away;  ///< by PoolIndex: people away
  std::vector<EscortGroup> escorts;
  Movements out;
  Movements home;
  std::map<Route, std::map<Day, int>> passengers;  ///< on routes of the table of lifts: rule (5)
};

Ledger add_up(const Evidence& evidence);

/// Persons or units, as the request counts (section 3, "Counting").
int measured(const Request& request, const Unit& unit) noexcept;

/// Units that leave the line on the day unrelieved: rule (2b).
int drops_on(const Horizon& horizon, const Request& request, const RequestTally& tally, Day day);

/// The table of lifts has the route, on whatever days.
bool has_lift(const ScenarioData& data, const Route& route);

/// Units of the kind that the agency has on the day, less those down, committed to its own incidents or at rest after a
/// commitment: rule (3).
int available_units(const Evidence& evidence, const Ledger& ledger, AgencyIndex agency, KindIndex kind, Day day);
/// floor(available x share at the level of the day): how many of them may be lent by rule (3).
int exportable_units(const Evidence& evidence, AgencyIndex agency, KindIndex kind, int available, Day day);

}  // namespace relevo::planner::checking
