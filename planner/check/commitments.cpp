// SPDX-License-Identifier: MIT
// Rule (0) of section 3: commitments are part of the plan, unchanged. A commitment says when a unit leaves, works
// first, is released and is home; which of the days in between are line days and which days off follows from its
// agreement.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <array>

namespace relevo::planner::checking {

namespace {

// An escort serves no line, whatever the commitment names.
bool has_request_of(const Commitment& commitment, const Timeline& timeline) {
  if (!commitment.stints.empty())
    return std::ranges::equal(timeline.assignment->stints, commitment.stints, {}, &Stint::request, &Stint::request);
  return std::ranges::all_of(timeline.assignment->stints, [&](const Stint& stint) {
    return stint.request == commitment.request || (timeline.is_escort() && !stint.request);
  });
}

bool has_escort_role_of(const Commitment& commitment, const Timeline& timeline) {
  const auto& terms = timeline.agreement->escorts;
  const bool may_escort =
      std::ranges::any_of(terms, [&](const EscortTerms& term) { return term.kind == timeline.kind->id; });
  if (timeline.is_escort())
    return std::ranges::any_of(terms, [&](const EscortTerms& term) {
      return term.kind == timeline.kind->id && term.role == *timeline.assignment->escort;
    });
  return !may_escort || commitment.request.has_value();
}

// The duties of the days from the first line day to `last`: after every L line days O days off while another tour is
// allowed; the last tour runs on.
std::vector<DutyDay> duties_until(const Commitment& commitment, bool has_tours, const TourTerms& terms, Day last) {
  std::vector<DutyDay> duties;
  int tour = 1;
  int worked = 0;
  int off = 0;
  for (Day day = commitment.first_line_day; day <= last; day += Days{1}) {
    if (has_tours && worked >= terms.max_line_days.value && tour < terms.max_tours.value) {
      ++tour;
      worked = 0;
      off = terms.days_off_in_place.value;
    }
    const bool is_off = off > 0;
    duties.push_back({.day = day, .duty = is_off ? Duty::Off : Duty::Line});
    is_off ? --off : ++worked;
  }
  return duties;
}

bool has_days_of(const Commitment& commitment, const Timeline& timeline) {
  if (!commitment.stints.empty())
    return timeline.assignment->stints == commitment.stints;
  const auto is_laid_out_until = [&](Day last) {
    return std::ranges::equal(timeline.duties,
                              duties_until(commitment, timeline.has_tours(), timeline.agreement->tour, last),
                              [](const DutyDay& a, const DutyDay& b) { return a.day == b.day && a.duty == b.duty; });
  };
  if (is_laid_out_until(commitment.release - Days{1}))
    return true;
  // A journey of 0 days may be written with release == home == the last day present (D3).
  const bool same_day_journey = timeline.homeward != nullptr && timeline.homeward->days == 0;
  return same_day_journey && commitment.release == commitment.home && is_laid_out_until(commitment.release);
}

// The first thing in which the assignment differs from the commitment, as a key of the catalogue; empty: nothing.
std::string difference(const Commitment& commitment, const Timeline& timeline) {
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
  if (!has_days_of(commitment, timeline))
    return "violation.field.line_days";
  return has_escort_role_of(commitment, timeline) ? "" : "violation.field.escort";
}

bool is_candidate(const Commitment& commitment, int ordinal, const Timeline& timeline) {
  const Assignment& a = *timeline.assignment;
  return a.commitment && !timeline.committed && a.unit == commitment.unit && a.ordinal == ordinal;
}

// How well the assignment stands for the commitment: 2 exactly, 1 with the same departure, 0 otherwise.
int likeness(const Commitment& commitment, const Timeline& timeline) {
  if (difference(commitment, timeline).empty())
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
    if (!is_candidate(commitment, promise.ordinal, timeline) || likeness(commitment, timeline) != wanted)
      continue;
    timeline.committed = true;
    if (const std::string field = difference(commitment, timeline); !field.empty())
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

Assignment assignment_of(const ScenarioData& data, const Commitment& commitment, int ordinal) {
  const Unit& unit = data.units[commitment.unit];
  const Kind& kind = data.kinds.kinds[unit.kind];
  const Agreement& agreement = data.agreements[commitment.agreement];
  Assignment a{.unit = commitment.unit, .ordinal = ordinal, .class_id = -1};
  a.borrower = commitment.borrower;
  a.agreement = commitment.agreement;
  a.commitment = true;
  a.depart = commitment.depart;
  a.release = commitment.release;
  a.home = commitment.home;
  const auto term = std::ranges::find(agreement.escorts, kind.id, &EscortTerms::kind);
  if (!commitment.request && term != agreement.escorts.end())
    a.escort = term->role;
  a.stints = commitment.stints;
  if (!a.stints.empty())
    return a;
  Stint stint{.request = commitment.request, .incident = commitment.incident};
  if (stint.request)
    stint.incident = data.requests[*stint.request].incident;
  const bool has_tours = kind.crewed && !kind.relieved;
  for (const DutyDay& duty : duties_until(commitment, has_tours, agreement.tour, commitment.release - Days{1}))
    (duty.duty == Duty::Off ? stint.days_off : stint.line_days).push_back(duty.day);
  a.stints = {stint};
  return a;
}

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
