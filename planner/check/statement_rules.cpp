// SPDX-License-Identifier: MIT
// What an assignment says about itself, without which the rules cannot be applied to it.
#include "planner/check/rules.hpp"
#include "planner/check/tours.hpp"

namespace relevo::planner::checking {

namespace {

bool is_empty(const Stint& stint) noexcept {
  return stint.move_days.empty() && stint.line_days.empty() && stint.shadow_days.empty() && stint.days_off.empty();
}

// An escort serves the contingent and no line; whoever is newly assigned and no escort serves one.
void judge_request(const Timeline& timeline, const Stint& stint, Verdict& verdict) {
  const bool is_wrong = timeline.is_escort() ? stint.request.has_value() : !stint.request && !timeline.committed;
  if (is_wrong)
    verdict.report({.code = "stint.request", .subject = timeline.subject()}, blame(timeline.committed));
}

// The place is the request's incident, or the borrower's own place.
void judge_incident(const ScenarioData& data, const Timeline& timeline, const Stint& stint, Verdict& verdict) {
  if (!stint.request && timeline.committed)
    return;
  const auto expected = stint.request ? data.requests[*stint.request].incident : std::nullopt;
  if (stint.incident != expected)
    verdict.report({.code = "stint.incident", .subject = timeline.subject()}, blame(timeline.committed));
}

void judge_stints(const ScenarioData& data, const Timeline& timeline, Verdict& verdict) {
  const Blame whose = blame(timeline.committed);
  if (timeline.duties.empty() && !timeline.committed)
    verdict.report({.code = "stint.none", .subject = timeline.subject(), .day = timeline.away_first()}, whose);
  for (const Stint& stint : timeline.assignment->stints) {
    if (is_empty(stint) && !timeline.duties.empty())
      verdict.report({.code = "stint.empty", .subject = timeline.subject()}, whose);
    judge_request(timeline, stint, verdict);
    judge_incident(data, timeline, stint, verdict);
  }
}

void judge_persons(const Timeline& timeline, Verdict& verdict) {
  const int said = timeline.assignment->persons;
  const int are = timeline.unit->persons;
  if (said != are)
    verdict.report({.code = "assignment.persons",
                    .subject = timeline.subject(),
                    .amount = static_cast<double>(said) - are,
                    .args = {{"said", std::to_string(said)}, {"real", std::to_string(are)}}});
}

// (D2) and (D7), whose prices are those of new assignments: the figures of commitments are not judged.
void judge_counts(const ScenarioData& data, const Timeline& timeline, Verdict& verdict) {
  if (timeline.committed)
    return;
  const auto judge = [&](std::string_view code, int said, int real) {
    if (said != real)
      verdict.report({.code = code,
                      .subject = timeline.subject(),
                      .amount = static_cast<double>(said) - real,
                      .args = {{"said", std::to_string(said)}, {"real", std::to_string(real)}}});
  };
  judge("assignment.extension_days", timeline.assignment->extension_days, extension_days(tours_of(data, timeline)));
  judge("assignment.reliefs", timeline.assignment->reliefs, reliefs_of(timeline));
}

// Section 4: a departure within `firm_hours` of the planning date is firm. What is committed is settled either way.
void judge_phase(const ScenarioData& data, const Timeline& timeline, Verdict& verdict) {
  if (timeline.committed)
    return;
  const long hours = 24L * days_between(data.as_of, timeline.away_first());
  const Phase expected = hours <= data.policy.firm_hours.value ? Phase::Firm : Phase::Outlook;
  if (timeline.assignment->phase != expected)
    verdict.report({.code = "assignment.phase", .subject = timeline.subject(), .day = timeline.away_first()});
}

}  // namespace

void judge_statements(const Evidence& evidence, Verdict& verdict) {
  for (const Timeline& timeline : evidence.timelines) {
    judge_stints(evidence.data(), timeline, verdict);
    judge_persons(timeline, verdict);
    judge_counts(evidence.data(), timeline, verdict);
    judge_phase(evidence.data(), timeline, verdict);
  }
}

}  // namespace relevo::planner::checking
