// SPDX-License-Identifier: MIT
// Rule (1) of section 3, with (D5) and (D6): the deployments of one ordinal, one after the other.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace relevo::planner::checking {

namespace {

using Ordinal = std::pair<UnitIndex, int>;
using Deployments = std::vector<const Timeline*>;

void judge_ordinal_number(const Timeline& timeline, Verdict& verdict) {
  const int ordinal = timeline.assignment->ordinal;
  if (1 <= ordinal && ordinal <= timeline.unit->count)
    return;
  verdict.report({.code = "unit.ordinal",
                  .subject = timeline.subject(),
                  .amount = ordinal < 1 ? 1.0 - ordinal : static_cast<double>(ordinal) - timeline.unit->count,
                  .args = {{"ordinal", std::to_string(ordinal)},
                           {"unit", timeline.unit->id},
                           {"limit", std::to_string(timeline.unit->count)}}});
}

MessageArgs names_of(const Timeline& earlier, const Timeline& later) {
  return {
      {"unit", later.unit->id}, {"ordinal", std::to_string(later.assignment->ordinal)}, {"other", earlier.subject()}};
}

// The earlier one departs first.
void judge_neighbours(const Timeline& earlier, const Timeline& later, Verdict& verdict) {
  const Blame whose = blame(earlier.committed && later.committed);
  const int overlap = days_between(later.away_first(), earlier.away_last()) + 1;
  const int rest_missing = days_between(later.away_first(), earlier.rested());
  const auto report = [&](std::string_view code, int amount) {
    verdict.report({.code = code,
                    .subject = later.subject(),
                    .day = later.away_first(),
                    .amount = static_cast<double>(amount),
                    .args = names_of(earlier, later)},
                   whose);
  };
  if (overlap > 0)
    report("unit.double_booked", overlap);
  else if (rest_missing > 0)
    report("unit.rest", rest_missing);
}

// (D6): a unit with a commitment departs anew only once it has rested from it, so not before it either.
void judge_before_commitment(const Timeline& fresh, const Timeline& commitment, Verdict& verdict) {
  if (fresh.committed || !commitment.committed || fresh.away_last() >= commitment.away_first())
    return;
  verdict.report({.code = "unit.committed",
                  .subject = fresh.subject(),
                  .day = fresh.away_first(),
                  .amount = static_cast<double>(days_between(fresh.away_first(), commitment.rested())),
                  .args = names_of(commitment, fresh)});
}

void judge_deployments_of_ordinal(Deployments& deployments, Verdict& verdict) {
  std::ranges::stable_sort(deployments, {}, [](const Timeline* t) { return t->away_first(); });
  const Timeline* longest_away = nullptr;
  for (const Timeline* timeline : deployments) {
    if (longest_away != nullptr)
      judge_neighbours(*longest_away, *timeline, verdict);
    if (longest_away == nullptr || timeline->rested() > longest_away->rested())
      longest_away = timeline;
  }
  const auto last_commitment =
      std::find_if(deployments.rbegin(), deployments.rend(), [](const Timeline* t) { return t->committed; });
  for (auto it = last_commitment; it != deployments.rend(); ++it)
    judge_before_commitment(**it, **last_commitment, verdict);
}

}  // namespace

void judge_ordinals(const Evidence& evidence, Verdict& verdict) {
  std::map<Ordinal, Deployments> by_ordinal;
  for (const Timeline& timeline : evidence.timelines) {
    judge_ordinal_number(timeline, verdict);
    by_ordinal[{timeline.assignment->unit, timeline.assignment->ordinal}].push_back(&timeline);
  }
  for (auto& [ordinal, deployments] : by_ordinal)
    judge_deployments_of_ordinal(deployments, verdict);
}

}  // namespace relevo::planner::checking
