// SPDX-License-Identifier: MIT
// Rule (10) of section 3: what an earlier plan announced and this one keeps or changes.
#include "planner/check/announced.hpp"

#include <map>
#include <tuple>

namespace relevo::planner::checking {

namespace {

// Who, under which agreement, for which line or borrower, when, and whether home.
using Key = std::tuple<UnitIndex, AgreementIndex, std::optional<RequestIndex>, AgencyIndex, Day, bool>;

Key departure_of(const Assignment& a) {
  return {a.unit, a.agreement, a.stints.front().request, a.borrower, a.depart, false};
}

Key return_of(const ScenarioData& data, const Assignment& a) {
  return {a.unit, a.agreement, a.stints.back().request, borrower_of(data, a, a.stints.back()), a.home, true};
}

bool is_new(const Timeline& timeline) {
  return !timeline.assignment->commitment && !timeline.assignment->stints.empty();
}

struct Told {
  int units = 0;
  bool firm = false;
};

std::map<Key, Told> all_told(const ScenarioData& data) {
  std::map<Key, Told> told;
  const auto tell = [&](const Key& key, const Announcement& announcement) {
    if (std::get<Day>(key) < data.horizon.first)
      return;
    Told& entry = told[key];
    entry.units += announcement.quantity;
    entry.firm = entry.firm || announcement.firm;
  };
  for (const Announcement& a : data.announcements) {
    tell({a.unit, a.agreement, a.request, a.borrower, a.depart, false}, a);
    tell({a.unit, a.agreement, a.last_request, a.last_borrower, a.home, true}, a);
  }
  return told;
}

}  // namespace

std::vector<AnnouncedEvent> announced_events(const Evidence& evidence) {
  const ScenarioData& data = evidence.data();
  std::map<Key, int> kept;
  for (const Timeline& timeline : evidence.timelines) {
    if (!is_new(timeline))
      continue;
    ++kept[departure_of(*timeline.assignment)];
    ++kept[return_of(data, *timeline.assignment)];
  }
  std::vector<AnnouncedEvent> events;
  for (const auto& [key, told] : all_told(data)) {
    const auto& [unit, agreement, request, borrower, day, is_return] = key;
    const auto found = kept.find(key);
    events.push_back({.unit = unit,
                      .agreement = agreement,
                      .request = request,
                      .borrower = borrower,
                      .day = day,
                      .is_return = is_return,
                      .firm = told.firm,
                      .announced = told.units,
                      .kept = found == kept.end() ? 0 : found->second});
  }
  return events;
}

double points_of_changes(const Evidence& evidence) {
  const Policy& policy = evidence.data().policy;
  double points = 0.0;
  for (const AnnouncedEvent& event : announced_events(evidence)) {
    if (!event.request)
      continue;  // escorts follow those whom they accompany
    const double departure = event.firm ? policy.changed_firm_points.value : policy.changed_outlook_points.value;
    points += (event.is_return ? policy.changed_return_points.value : departure) * event.changed();
  }
  return points;
}

void mark_told(Evidence& evidence) {
  if (evidence.data().announcements.empty())
    return;
  std::map<Key, Told> told = all_told(evidence.data());
  for (Timeline& timeline : evidence.timelines) {
    if (!is_new(timeline) || timeline.assignment->depart < evidence.data().as_of)
      continue;
    const auto found = told.find(departure_of(*timeline.assignment));
    if (found == told.end() || found->second.units == 0)
      continue;
    --found->second.units;
    timeline.told = true;
  }
}

void remark_changes(const Evidence& evidence, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  for (const AnnouncedEvent& event : announced_events(evidence)) {
    if (event.changed() == 0 || !event.request)
      continue;
    const std::string& place = data.requests[*event.request].id;
    verdict.remark({.code = event.is_return ? "announced.return" : "announced.departure",
                    .subject = data.units[event.unit].id,
                    .day = event.day,
                    .amount = static_cast<double>(event.changed()),
                    .args = {{"announced", std::to_string(event.announced)},
                             {"place", place},
                             {"agreement", data.agreements[event.agreement].id}}});
  }
}

}  // namespace relevo::planner::checking
