// SPDX-License-Identifier: MIT
// Section 3, "Counting": commitments are part of the plan, unchanged. A commitment says when a unit leaves, works
// first, leaves the place and is home; every day from its first line day to the last day present is a line day, except
// where days off stand between two tours.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <array>

namespace relevo::planner::checking {

namespace {

// Last day at the place. A journey of 0 days has release == home == that day.
Day last_present_day(const Commitment& commitment, const Timeline& timeline) {
  const bool same_day_journey = timeline.homeward != nullptr && timeline.homeward->days == 0;
  return same_day_journey && commitment.release == commitment.home ? commitment.release : commitment.release - Days{1};
}

bool has_request_of(const Commitment& commitment, const Timeline& timeline) {
  return std::ranges::all_of(timeline.assignment->stints,
                             [&](const Stint& stint) { return stint.request == commitment.request; });
}

bool has_escort_role_of(const Commitment& commitment, const Timeline& timeline) {
  const bool is_escort_kind = std::ranges::any_of(timeline.agreement->escorts, [&](const EscortTerms& terms) {
    return terms.supply == EscortTerms::Supply::Roster && terms.kind == timeline.kind->id;
  });
  return timeline.is_escort() == (is_escort_kind && !commitment.request);
}

// A day off stands between two tours only: not longer than the agreement's, after a full tour, and with work behind it.
bool are_days_off_between_tours(const Timeline& timeline) {
  const TourRules& rules = timeline.rules;
  const int shortest_tour = std::max(1, rules.most_line_days - timeline.unit->days_worked);
  int worked = 0;
  int off = 0;
  for (const DutyDay& duty : timeline.duties) {
    if (duty.duty == Duty::Off) {
      ++off;
      if (worked < shortest_tour || off > rules.days_off || rules.most_tours < 2)
        return false;
      continue;
    }
    worked = off > 0 ? 1 : worked + 1;
    off = 0;
  }
  return off == 0;
}

bool has_days_of(const Commitment& commitment, const Timeline& timeline, const ScenarioData& data) {
  const Day last = last_present_day(commitment, timeline);
  const DayInterval need =
      commitment.request ? data.requests[*commitment.request].need : DayInterval{kFirstDay, kLastDay + Days{1}};
  auto duty = timeline.duties.begin();
  for (Day day = commitment.first_line_day; day <= last; day += Days{1}) {
    const bool is_listed = duty != timeline.duties.end() && duty->day == day;
    if (is_listed)
      ++duty;
    else if (need.contains(day))
      return false;
  }
  const bool no_shadow = std::ranges::none_of(timeline.duties, [](const DutyDay& d) { return d.duty == Duty::Shadow; });
  return duty == timeline.duties.end() && no_shadow && are_days_off_between_tours(timeline);
}

// The first thing in which the assignment differs from the commitment, as a key of the catalogue; empty: nothing.
std::string difference(const Commitment& commitment, const Timeline& timeline, const ScenarioData& data) {
  const Assignment& a = *timeline.assignment;
  if (a.agreement != commitment.agreement)
    return "violation.field.agreement";
  if (a.borrower != commitment.borrower)
    return "violation.field.borrower";
  if (!has_request_of(commitment, timeline))
    return "violation.field.request";
  if (a.depart != commitment.depart)
    return "violation.field.depart";
  if (a.release != commitment.release)
    return "violation.field.release";
  if (a.home != commitment.home)
    return "violation.field.home";
  if (!has_days_of(commitment, timeline, data))
    return "violation.field.line_days";
  return has_escort_role_of(commitment, timeline) ? "" : "violation.field.escort";
}

bool is_candidate(const Commitment& commitment, int ordinal, const Timeline& timeline) {
  const Assignment& a = *timeline.assignment;
  return a.commitment && !timeline.committed && a.unit == commitment.unit && a.ordinal == ordinal;
}

// How well the assignment stands for the commitment: 2 exactly, 1 with the same departure, 0 otherwise.
int likeness(const Commitment& commitment, const Timeline& timeline, const ScenarioData& data) {
  if (difference(commitment, timeline, data).empty())
    return 2;
  return timeline.assignment->depart == commitment.depart ? 1 : 0;
}

struct Promise {
  const Commitment* commitment;
  int ordinal;
};

std::string subject_of(const Promise& promise, const ScenarioData& data) {
  const Commitment& c = *promise.commitment;
  const std::string& unit = data.units[c.unit].id;
  return (c.id.empty() ? unit : c.id + " " + unit) + "#" + std::to_string(promise.ordinal);
}

// Takes the timelines that are as like the commitment as `wanted`; altered ones are reported. Returns whether one was
// found.
bool claim(const Promise& promise, int wanted, Evidence& evidence, Verdict& verdict) {
  const Commitment& commitment = *promise.commitment;
  for (Timeline& timeline : evidence.timelines) {
    if (!is_candidate(commitment, promise.ordinal, timeline) ||
        likeness(commitment, timeline, evidence.data()) != wanted)
      continue;
    timeline.committed = true;
    if (const std::string field = difference(commitment, timeline, evidence.data()); !field.empty())
      verdict.report({.code = "plan.commitment",
                      .subject = timeline.subject(),
                      .day = commitment.depart,
                      .args = {{"commitment", subject_of(promise, evidence.data())}, {"field", field}}});
    return true;
  }
  return false;
}

std::vector<Promise> promises_of(const ScenarioData& data) {
  std::vector<Promise> promises;
  for (const Commitment& commitment : data.commitments)
    for (const int ordinal : commitment.ordinals)
      promises.push_back({&commitment, ordinal});
  return promises;
}

void report_unknown(const Evidence& evidence, Verdict& verdict) {
  for (const Timeline& timeline : evidence.timelines)
    if (timeline.assignment->commitment && !timeline.committed)
      verdict.report(
          {.code = "plan.commitment_unknown", .subject = timeline.subject(), .day = timeline.assignment->depart});
}

}  // namespace

void match_commitments(Evidence& evidence, Verdict& verdict) {
  std::vector<Promise> open = promises_of(evidence.data());
  for (const int wanted : std::array{2, 1, 0})
    std::erase_if(open, [&](const Promise& promise) { return claim(promise, wanted, evidence, verdict); });
  for (const Promise& promise : open)
    verdict.report({.code = "plan.commitment_missing",
                    .subject = subject_of(promise, evidence.data()),
                    .day = promise.commitment->depart});
  report_unknown(evidence, verdict);
}

}  // namespace relevo::planner::checking
