// SPDX-License-Identifier: MIT
#include "planner/check/ledger.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner::checking {

namespace {

// Shares such as 0.29 are not exact in binary: 100 x 0.29 must count as 29.
constexpr double kFloorSlack = 1e-9;

void count_requests(const Evidence& evidence, const Timeline& timeline, Ledger& ledger) {
  if (timeline.is_escort())
    return;
  for (const DutyDay& duty : timeline.duties) {
    const auto& request = timeline.stint_of(duty).request;
    if (!request)
      continue;
    const int amount = measured(evidence.data().requests[*request], *timeline.unit);
    RequestTally& tally = ledger.requests[request->value()];
    add_day(tally.assigned, duty.day, amount, timeline.committed);
    if (duty.duty == Duty::Line)
      add_day(tally.working, duty.day, amount, timeline.committed);
  }
}

// A stint's incident is its request's; a commitment may name one without a request.
std::optional<IncidentIndex> incident_of(const ScenarioData& data, const Stint& stint) {
  return stint.request ? data.requests[*stint.request].incident : stint.incident;
}

void count_incidents(const Evidence& evidence, const Timeline& timeline, Ledger& ledger) {
  for (const DutyDay& duty : timeline.duties)
    if (const auto incident = incident_of(evidence.data(), timeline.stint_of(duty)))
      add_day(ledger.incident_persons[incident->value()], duty.day, timeline.unit->persons, timeline.committed);
}

void count_lending(const Timeline& timeline, Ledger& ledger) {
  const auto key = std::pair(timeline.unit->agency, timeline.unit->kind);
  if (timeline.is_lent()) {
    add_days(ledger.lent_away[key], timeline.away_first(), timeline.away_last(), 1, timeline.committed);
    return;
  }
  if (timeline.is_escort() || !timeline.committed)
    return;
  // Rule (3) takes them off what is available, and available are only units inside their own availability.
  for (Day day = timeline.away_first(); day <= timeline.away_last(); day += Days{1})
    if (timeline.unit->available.contains(day))
      add_day(ledger.own_committed[key], day, 1, true);
}

void count_pools(const Evidence& evidence, const Timeline& timeline, Ledger& ledger) {
  for (const PoolShare& share : timeline.unit->pools)
    if (knows(evidence.data().pools, share.pool))
      add_days(ledger.pool_away[share.pool.value()], timeline.away_first(), timeline.away_last(), share.persons,
               timeline.committed);
}

using EscortKey = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex, std::size_t>;

void count_escorts(const Timeline& timeline, std::map<EscortKey, EscortGroup>& groups) {
  const Assignment& a = *timeline.assignment;
  const auto& terms = timeline.agreement->escorts;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    EscortGroup& group = groups[{a.agreement, timeline.unit->agency, a.borrower, i}];
    group.agreement = a.agreement;
    group.lender = timeline.unit->agency;
    group.borrower = a.borrower;
    group.terms = &terms[i];
    const bool is_this_escort =
        timeline.is_escort() && *a.escort == terms[i].role && timeline.kind->id == terms[i].kind;
    for (const DutyDay& duty : timeline.duties) {
      if (!timeline.is_escort())
        add_day(group.persons, duty.day, timeline.unit->persons, timeline.committed);
      else if (is_this_escort)
        add_day(group.present, duty.day, 1, timeline.committed);
    }
  }
}

int units_in_availability(const ScenarioData& data, AgencyIndex agency, KindIndex kind, Day day) {
  int count = 0;
  for (const Unit& unit : data.units)
    if (unit.agency == agency && unit.kind == kind && unit.available.contains(day))
      count += unit.count;
  return count;
}

}  // namespace

void add_day(DayTally& tally, Day day, int amount, bool committed) {
  Share& share = tally[day];
  share.all += amount;
  if (committed)
    share.committed += amount;
}

void add_days(DayTally& tally, Day first, Day last, int amount, bool committed) {
  for (Day day = first; day <= last; day += Days{1})
    add_day(tally, day, amount, committed);
}

Share on(const DayTally& tally, Day day) {
  const auto it = tally.find(day);
  return it == tally.end() ? Share{} : it->second;
}

void report_excess(const Excess& excess, const Fault& fault, Day planning_date, Verdict& verdict) {
  for (const Run& run : runs_of(excess.plan))
    verdict.report(over_run(fault, run));
  const std::map<Day, int> to_come(excess.commitments.lower_bound(planning_date), excess.commitments.end());
  for (const Run& run : runs_of(to_come))
    verdict.report(over_run(fault, run), Blame::Commitment);
}

int EscortGroup::required_for(int people) const noexcept {
  if (people <= terms->threshold || people <= 0)
    return 0;
  const int per = std::max(terms->per_persons, 1);
  return (people + per - 1) / per;
}

int measured(const Request& request, const Unit& unit) noexcept {
  return request.measure == Measure::People ? unit.persons : 1;
}

Ledger add_up(const Evidence& evidence) {
  Ledger ledger;
  ledger.requests.resize(evidence.data().requests.size());
  ledger.incident_persons.resize(evidence.data().incidents.size());
  ledger.pool_away.resize(evidence.data().pools.size());
  std::map<EscortKey, EscortGroup> groups;
  for (const Timeline& timeline : evidence.timelines) {
    count_requests(evidence, timeline, ledger);
    count_incidents(evidence, timeline, ledger);
    count_lending(timeline, ledger);
    count_pools(evidence, timeline, ledger);
    count_escorts(timeline, groups);
  }
  for (auto& [key, group] : groups)
    ledger.escorts.push_back(std::move(group));
  return ledger;
}

int available_units(const Evidence& evidence, const Ledger& ledger, AgencyIndex agency, KindIndex kind, Day day) {
  const int present = units_in_availability(evidence.data(), agency, kind, day);
  const auto own = ledger.own_committed.find({agency, kind});
  return present - (own == ledger.own_committed.end() ? 0 : on(own->second, day).committed);
}

int exportable_units(const Evidence& evidence, AgencyIndex agency, int available, Day day) {
  const auto& shares = evidence.data().policy.exportable_share;
  const int level = std::clamp(evidence.scenario->level_on(agency, day), 1, static_cast<int>(shares.size()));
  const double share = shares[static_cast<std::size_t>(level - 1)].value;
  return static_cast<int>(std::floor(available * share + kFloorSlack));
}

}  // namespace relevo::planner::checking
