// SPDX-License-Identifier: MIT
#include "planner/check/ledger.hpp"

#include "planner/check/tours.hpp"

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
    if (!request || duty.duty == Duty::Move)
      continue;
    const int amount = measured(evidence.data().requests[*request], *timeline.unit);
    RequestTally& tally = ledger.requests[request->value()];
    add_day(tally.assigned, duty.day, amount, timeline.committed);
    if (duty.duty == Duty::Line)
      add_day(tally.working, duty.day, amount, timeline.committed);
    if (duty.duty == Duty::Shadow)
      ++tally.shadows[duty.day];
  }
}

// (2b): a unit leaves with its last line day before it works elsewhere or goes home; a commitment on the day before its
// release, whatever that day is.
void count_leaving(const Timeline& timeline, Ledger& ledger) {
  if (timeline.is_escort() || timeline.duties.empty())
    return;
  if (timeline.committed) {
    const DutyDay& last = timeline.duties.back();
    if (const auto& request = timeline.stint_of(last).request)
      ++ledger.requests[request->value()].leaving[last.day];
    return;
  }
  const std::vector<Block> blocks = blocks_of(timeline);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool stays = i + 1 < blocks.size() && blocks[i + 1].request == blocks[i].request;
    if (!stays && blocks[i].request && blocks[i].last_line)
      ++ledger.requests[blocks[i].request->value()].leaving[*blocks[i].last_line];
  }
}

// A stint's incident is its request's; a commitment may name one without a request.
std::optional<IncidentIndex> incident_of(const ScenarioData& data, const Stint& stint) {
  return stint.request ? data.requests[*stint.request].incident : stint.incident;
}

void count_incidents(const Evidence& evidence, const Timeline& timeline, Ledger& ledger) {
  for (const DutyDay& duty : timeline.duties)
    if (const auto incident =
            duty.duty == Duty::Move ? std::nullopt : incident_of(evidence.data(), timeline.stint_of(duty)))
      add_day(ledger.incident_persons[incident->value()], duty.day, timeline.unit->persons, timeline.committed);
}

void keep_home(const Timeline& timeline, Day first, Day last, Ledger& ledger) {
  auto& days = ledger.kept_home[{timeline.unit->agency, timeline.unit->kind}];
  const auto ordinal = std::pair(timeline.assignment->unit, timeline.assignment->ordinal);
  for (Day day = first; day <= last; day += Days{1})
    if (timeline.unit->available.contains(day) && !is_down(*timeline.unit, day))
      days[day].insert(ordinal);
}

void count_lending(const Timeline& timeline, Ledger& ledger) {
  const auto key = std::pair(timeline.unit->agency, timeline.unit->kind);
  if (timeline.is_lent())
    add_days(ledger.lent_away[key], timeline.away_first(), timeline.away_last(), 1, timeline.committed);
  if (!timeline.committed)
    return;
  // Rule (3) takes them off what is available, and available are only units inside their own availability.
  if (!timeline.is_lent() && !timeline.is_escort())
    keep_home(timeline, timeline.away_first(), timeline.away_last(), ledger);
  keep_home(timeline, timeline.away_last() + Days{1}, timeline.rested() - Days{1}, ledger);
}

void count_pools(const Evidence& evidence, const Timeline& timeline, Ledger& ledger) {
  for (const PoolShare& share : timeline.unit->pools)
    if (knows(evidence.data().pools, share.pool))
      add_days(ledger.pool_away[share.pool.value()], timeline.away_first(), timeline.away_last(), share.persons,
               timeline.committed);
}

using EscortKey = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex, std::size_t>;
using EscortGroups = std::map<EscortKey, EscortGroup>;

EscortGroup& group_of(EscortGroups& groups, const Timeline& timeline, AgencyIndex borrower, std::size_t term) {
  EscortGroup& group = groups[{timeline.assignment->agreement, timeline.unit->agency, borrower, term}];
  group.agreement = timeline.assignment->agreement;
  group.lender = timeline.unit->agency;
  group.borrower = borrower;
  group.terms = &timeline.agreement->escorts[term];
  return group;
}

// Where an agreement names no working language, nobody needs an interpreter.
bool needs_interpreter(const Timeline& timeline) {
  const auto& working = timeline.agreement->language.working;
  return timeline.kind->crewed && !working.empty() && !share_a_word(timeline.unit->languages, working) &&
         std::ranges::find(timeline.unit->qualifications, "interpreter") == timeline.unit->qualifications.end();
}

// What the unit adds to P of rule (4).
int weight_of(const EscortTerms& terms, const Timeline& timeline) {
  if (terms.role == EscortTerms::Role::Interpreter && !needs_interpreter(timeline))
    return 0;
  return terms.counts == EscortTerms::Counts::Units ? 1 : timeline.unit->persons;
}

void count_escorts(const ScenarioData& data, const Timeline& timeline, EscortGroups& groups) {
  const Assignment& a = *timeline.assignment;
  const auto& terms = timeline.agreement->escorts;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    EscortGroup* group = &group_of(groups, timeline, a.borrower, i);
    if (timeline.is_escort()) {
      if (*a.escort == terms[i].role && timeline.kind->id == terms[i].kind)
        for (const DutyDay& duty : timeline.duties)
          add_day(group->present, duty.day, 1, timeline.committed);
      continue;
    }
    const int weight = weight_of(terms[i], timeline);
    for (const DutyDay& duty : timeline.duties) {
      if (const AgencyIndex borrower = borrower_of(data, a, timeline.stint_of(duty)); borrower != group->borrower)
        group = &group_of(groups, timeline, borrower, i);
      add_day(group->persons, duty.day, weight, timeline.committed);
    }
  }
}

// Who comes on a day is waited for on the days ahead of it.
void demand_escorts(const ScenarioData& data, EscortGroup& group) {
  for (const auto& [day, share] : group.persons) {
    const int all = group.required_for(share.all);
    const int committed = group.required_for(share.committed);
    for (Day ahead = std::max(day - Days{group.terms->ahead_days}, data.horizon.first); ahead <= day;
         ahead += Days{1}) {
      Share& demand = group.demand[ahead];
      demand.all = std::max(demand.all, all);
      demand.committed = std::max(demand.committed, committed);
    }
  }
}

// (8).
void count_movements(const ScenarioData& data, const Timeline& timeline, Ledger& ledger) {
  if (timeline.committed || !timeline.is_lent() || timeline.assignment->stints.empty())
    return;
  const Assignment& a = *timeline.assignment;
  const auto key_of = [&](const Stint& stint, Day day) {
    return MovementKey{a.agreement, timeline.unit->agency, borrower_of(data, a, stint), timeline.unit->base, day};
  };
  ledger.out[key_of(a.stints.front(), a.depart)] += timeline.unit->persons;
  ledger.home[key_of(a.stints.back(), a.home)] += timeline.unit->persons;
}

// (5): out on the day of the leg; home in the opposite direction and order.
void count_passengers(const ScenarioData& data, const Timeline& timeline, Ledger& ledger) {
  if (timeline.committed || data.lifts.empty())
    return;
  const auto board = [&](const Route& route, Day day) {
    if (has_lift(data, route))
      ledger.passengers[route][day] += timeline.unit->persons;
  };
  const auto day_of = [](const geo::Leg& leg) { return Days{static_cast<int>(std::floor(leg.depart_hour / 24.0))}; };
  if (timeline.outward != nullptr && timeline.outward->days > 0)
    for (const geo::Leg& leg : timeline.outward->legs)
      if (leg.mode == geo::LegMode::Flight)
        board({leg.from_airport, leg.to_airport}, timeline.assignment->depart + day_of(leg));
  if (timeline.homeward != nullptr && timeline.homeward->days > 0)
    for (const geo::Leg& leg : timeline.homeward->legs)
      if (leg.mode == geo::LegMode::Flight)
        board({leg.to_airport, leg.from_airport},
              timeline.assignment->release + Days{timeline.homeward->days - 1} - day_of(leg));
}

int units_in_availability(const ScenarioData& data, AgencyIndex agency, KindIndex kind, Day day) {
  int count = 0;
  for (const Unit& unit : data.units)
    if (unit.agency == agency && unit.kind == kind && unit.available.contains(day) && !is_down(unit, day))
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
  EscortGroups groups;
  for (const Timeline& timeline : evidence.timelines) {
    count_requests(evidence, timeline, ledger);
    count_leaving(timeline, ledger);
    count_incidents(evidence, timeline, ledger);
    count_lending(timeline, ledger);
    count_pools(evidence, timeline, ledger);
    count_escorts(evidence.data(), timeline, groups);
    count_movements(evidence.data(), timeline, ledger);
    count_passengers(evidence.data(), timeline, ledger);
  }
  for (auto& [key, group] : groups) {
    demand_escorts(evidence.data(), group);
    ledger.escorts.push_back(std::move(group));
  }
  return ledger;
}

int available_units(const Evidence& evidence, const Ledger& ledger, AgencyIndex agency, KindIndex kind, Day day) {
  const int present = units_in_availability(evidence.data(), agency, kind, day);
  const auto kept = ledger.kept_home.find({agency, kind});
  if (kept == ledger.kept_home.end())
    return present;
  const auto it = kept->second.find(day);
  return it == kept->second.end() ? present : present - static_cast<int>(it->second.size());
}

int drops_on(const Horizon& horizon, const Request& request, const RequestTally& tally, Day day) {
  if (!request.handover || !horizon.contains(day) || !request.need.contains(day) ||
      !request.need.contains(day + Days{1}))
    return 0;
  const auto count_on = [&](const std::map<Day, int>& counts) {
    const auto it = counts.find(day);
    return it == counts.end() ? 0 : it->second;
  };
  return std::max(0, count_on(tally.leaving) - count_on(tally.shadows));
}

bool has_lift(const ScenarioData& data, const Route& route) {
  return std::ranges::any_of(data.lifts,
                             [&](const Lift& lift) { return lift.from == route.first && lift.to == route.second; });
}

int exportable_units(const Evidence& evidence, AgencyIndex agency, KindIndex kind, int available, Day day) {
  const auto& shares = evidence.data().policy.exportable_share;
  const int level = std::clamp(evidence.scenario->level_on(agency, day), 1, static_cast<int>(shares.size()));
  const double share = shares[static_cast<std::size_t>(level - 1)].value;
  const int by_level = static_cast<int>(std::floor(available * share + kFloorSlack));
  return std::min(available, by_level + evidence.data().agencies[agency].kept_less_of(kind));
}

}  // namespace relevo::planner::checking
