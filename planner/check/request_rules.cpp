// SPDX-License-Identifier: MIT
// Rules (2) and (6) of section 3: what requests and incidents get. d(q,t) is the request's quantity on its days.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace relevo::planner::checking {

namespace {

int need_on(const Request& request, Day day) noexcept {
  return request.need.contains(day) ? request.quantity : 0;
}

// Persons of the largest unit on the roster of the request's kind and acceptable type.
int largest_unit(const ScenarioData& data, const Request& request) {
  int persons = 1;
  for (const Unit& unit : data.units)
    if (unit.kind == request.kind && unit.rank <= request.rank)
      persons = std::max(persons, unit.persons);
  return persons;
}

// (2). Line days outside the need are (D3)'s.
void judge_coverage(const ScenarioData& data, const Request& request, const RequestTally& tally, Verdict& verdict) {
  const int slack = request.measure == Measure::People ? largest_unit(data, request) - 1 : 0;
  DayTally in_need;
  std::ranges::copy_if(tally.working, std::inserter(in_need, in_need.end()),
                       [&](const auto& entry) { return request.need.contains(entry.first); });
  const Excess excess = excess_over(in_need, [&](Day day) { return need_on(request, day) + slack; });
  report_excess(
      excess,
      {.code = "plan.coverage", .subject = request.id, .args = {{"limit", std::to_string(request.quantity + slack)}}},
      data.as_of, verdict);
}

// (6) min_fill: new units assigned on a day are none, or all assigned reach it.
void judge_min_fill(const Request& request, const RequestTally& tally, Verdict& verdict) {
  std::map<Day, int> missing;
  for (const auto& [day, share] : tally.assigned)
    missing[day] = share.fresh() > 0 ? request.min_fill - share.all : 0;
  for (const Run& run : runs_of(missing))
    verdict.report(over_run(
        {.code = "plan.min_fill", .subject = request.id, .args = {{"limit", std::to_string(request.min_fill)}}}, run));
}

bool has_new_assignment(const Evidence& evidence, RequestIndex request) {
  return std::ranges::any_of(evidence.timelines, [&](const Timeline& timeline) {
    return !timeline.committed && !timeline.is_escort() &&
           std::ranges::any_of(timeline.assignment->stints,
                               [&](const Stint& stint) { return stint.request == request; });
  });
}

// Days of the need within the horizon.
DayInterval wanted_days(const ScenarioData& data, const Request& request) {
  return {std::max(request.need.first, data.horizon.first), std::min(request.need.last, data.horizon.last())};
}

// What was promised to a line for a day: commitments assigned to it, and who was announced to be and can still leave.
int promised_on(const Evidence& evidence, const Ledger& ledger, RequestIndex line, Day day) {
  const ScenarioData& data = evidence.data();
  int promised = on(ledger.requests[line.value()].assigned, day).committed;
  for (const Announcement& announcement : data.announcements) {
    const bool is_there = std::ranges::any_of(announcement.stays, [&](const AnnouncedStay& stay) {
      return stay.request == line && stay.first <= day && day < stay.last;
    });
    if (is_there && announcement.depart >= data.horizon.first)
      promised += announcement.quantity * measured(data.requests[line], data.units[announcement.unit]);
  }
  return promised;
}

// (6) package: whether something was promised to every line that is still wanted.
bool is_promised(const Evidence& evidence, const Ledger& ledger, const std::vector<RequestIndex>& lines) {
  return std::ranges::all_of(lines, [&](RequestIndex line) {
    const DayInterval days = wanted_days(evidence.data(), evidence.data().requests[line]);
    bool any = days.empty();
    for (Day day = days.first; day < days.last && !any; day += Days{1})
      any = promised_on(evidence, ledger, line, day) > 0;
    return any;
  });
}

// (6) package: over the need within the horizon every line of a package that is filled at all has what it needs, or
// what was promised of that.
void judge_line_of_package(const Evidence& evidence, const Ledger& ledger, RequestIndex line, bool only_promised,
                           Verdict& verdict) {
  const Request& request = evidence.data().requests[line];
  const DayInterval days = wanted_days(evidence.data(), request);
  std::map<Day, int> missing;
  for (Day day = days.first; day < days.last; day += Days{1}) {
    const int least =
        only_promised ? std::min(request.quantity, promised_on(evidence, ledger, line, day)) : request.quantity;
    missing[day] = least - on(ledger.requests[line.value()].assigned, day).all;
  }
  for (const Run& run : runs_of(missing))
    verdict.report(
        over_run({.code = "plan.package", .subject = request.id, .args = {{"package", request.package}}}, run));
}

void judge_packages(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  std::map<std::string, std::vector<RequestIndex>> packages;
  for (const RequestIndex index : evidence.data().requests.indices())
    if (const std::string& package = evidence.data().requests[index].package; !package.empty())
      packages[package].push_back(index);
  for (const auto& [package, lines] : packages) {
    if (std::ranges::none_of(lines, [&](RequestIndex line) { return has_new_assignment(evidence, line); }))
      continue;
    const bool only_promised = is_promised(evidence, ledger, lines);
    for (const RequestIndex line : lines)
      judge_line_of_package(evidence, ledger, line, only_promised, verdict);
  }
}

// (6) capacity_persons of an incident.
void judge_capacity(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  for (const IncidentIndex index : evidence.data().incidents.indices()) {
    const Incident& incident = evidence.data().incidents[index];
    if (!incident.capacity_persons)
      continue;
    const int capacity = *incident.capacity_persons;
    report_excess(excess_over(ledger.incident_persons[index.value()], [&](Day) { return capacity; }),
                  {.code = "plan.capacity", .subject = incident.id, .args = {{"limit", std::to_string(capacity)}}},
                  evidence.data().as_of, verdict);
  }
}

bool is_meant_by(const Decision& pin, const Timeline& timeline) {
  return !timeline.is_escort() && (pin.unit || pin.agency) && (!pin.unit || *pin.unit == timeline.assignment->unit) &&
         (!pin.agency || *pin.agency == timeline.unit->agency) &&
         std::ranges::any_of(timeline.assignment->stints,
                             [&](const Stint& stint) { return stint.request == pin.request; });
}

std::string subject_of(const ScenarioData& data, const Decision& pin) {
  if (pin.unit && knows(data.units, *pin.unit))
    return data.units[*pin.unit].id;
  return pin.agency && knows(data.agencies, *pin.agency) ? data.agencies[*pin.agency].id : "?";
}

// (6) pin: at least so many units of the row serve the request.
void judge_pins(const Evidence& evidence, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  for (const Decision& pin : data.decisions) {
    if (pin.action != Decision::Action::Pin || !pin.request || !knows(data.requests, *pin.request))
      continue;
    std::set<std::pair<UnitIndex, int>> serving;
    for (const Timeline& timeline : evidence.timelines)
      if (is_meant_by(pin, timeline))
        serving.emplace(timeline.assignment->unit, timeline.assignment->ordinal);
    const int missing = pin.quantity - static_cast<int>(serving.size());
    if (missing > 0)
      verdict.report({.code = "plan.pin",
                      .subject = subject_of(data, pin),
                      .amount = static_cast<double>(missing),
                      .args = {{"request", data.requests[*pin.request].id}, {"limit", std::to_string(pin.quantity)}}});
  }
}

}  // namespace

void judge_requests(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  for (const RequestIndex index : evidence.data().requests.indices()) {
    const Request& request = evidence.data().requests[index];
    judge_coverage(evidence.data(), request, ledger.requests[index.value()], verdict);
    judge_min_fill(request, ledger.requests[index.value()], verdict);
  }
  judge_packages(evidence, ledger, verdict);
  judge_capacity(evidence, ledger, verdict);
  judge_pins(evidence, verdict);
}

}  // namespace relevo::planner::checking
