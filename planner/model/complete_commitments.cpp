// SPDX-License-Identifier: MIT
#include "planner/model/recall.hpp"
#include "planner/model/scenario_loader.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

const geo::Itinerary* journey_of(const ScenarioData& data, const Commitment& commitment) {
  const auto& unit = data.units[commitment.unit];
  const auto to =
      commitment.incident ? Destination::incident(*commitment.incident) : Destination::agency(commitment.borrower);
  return data.travel.find({unit.base, to, unit.kind, commitment.agreement});
}

int orientation_days(const ScenarioData& data, const Commitment& commitment) {
  const bool crewed = data.kinds.kinds[data.units[commitment.unit].kind].crewed;
  return crewed ? data.agreements[commitment.agreement].tour.orientation_days.value : 0;
}

void complete_days(ScenarioDraft& draft, const OpenCommitment& open) {
  auto& commitment = draft.data.commitments[open.index];
  const auto* journey = journey_of(draft.data, commitment);
  if (journey == nullptr && open.home_open)
    draft.diagnostics.add(make_diagnostic(Severity::Warning, open.place, "", "commitment.home_unknown",
                                          {{"base", draft.data.bases[draft.data.units[commitment.unit].base].id}}));
  if (journey == nullptr)
    return;
  if (open.first_line_day_open) {
    const auto first = commitment.depart + Days{journey->days + orientation_days(draft.data, commitment)};
    commitment.first_line_day = std::min(first, commitment.release);
  }
  if (open.home_open)
    commitment.home = commitment.release + Days{std::max(journey->days - 1, 0)};
}

bool is_away(const ScenarioData& data, UnitIndex unit, int ordinal, Day depart, Day home) {
  return std::ranges::any_of(data.commitments, [&](const Commitment& other) {
    return other.unit == unit && other.depart <= home && depart <= other.home &&
           std::ranges::find(other.ordinals, ordinal) != other.ordinals.end();
  });
}

/// The first ordinals that are at home all the while; where there are too few, others fill up, and the Scenario says
/// that they are in two places.
std::vector<int> free_ordinals(const ScenarioData& data, const Commitment& commitment, int quantity) {
  std::vector<int> chosen;
  std::vector<int> away;
  for (int ordinal = 1; ordinal <= data.units[commitment.unit].count; ++ordinal) {
    if (static_cast<int>(chosen.size()) == quantity)
      break;
    auto& list = is_away(data, commitment.unit, ordinal, commitment.depart, commitment.home) ? away : chosen;
    list.push_back(ordinal);
  }
  for (const int ordinal : away)
    if (static_cast<int>(chosen.size()) < quantity)
      chosen.push_back(ordinal);
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace

namespace {

constexpr auto kStates = {&Stint::move_days, &Stint::line_days, &Stint::shadow_days, &Stint::days_off};

/// The last day on duty or off in place; nothing where the days are not laid out.
std::optional<Day> last_present(const Commitment& commitment) {
  std::optional<Day> last;
  for (const auto& stint : commitment.stints)
    for (const auto state : kStates)
      for (const Day day : stint.*state)
        last = std::max(last.value_or(day), day);
  return last;
}

/// The days from `from` on are taken away.
void shorten(Commitment& commitment, Day from) {
  for (auto& stint : commitment.stints)
    for (const auto state : kStates)
      std::erase_if(stint.*state, [&](Day day) { return day >= from; });
  std::erase_if(commitment.stints, [](const Stint& stint) {
    return std::ranges::all_of(kStates, [&](const auto state) { return (stint.*state).empty(); });
  });
}

}  // namespace

void apply_recalls(const ScenarioData& data, Commitment& commitment) {
  const auto lender = data.units[commitment.unit].agency;
  for (const auto& recall : data.recalls) {
    if (!is_recalled(recall, lender, data.agreements[commitment.agreement]))
      continue;
    // A journey of no days ends on the last day present: `release` is that day then, and else the next (D3).
    const Day present = last_present(commitment).value_or(commitment.release - Days{1});
    if (present < recall.effective)
      continue;
    const auto until = std::max(recall.effective, commitment.first_line_day);
    const auto release =
        recall.effective <= commitment.first_line_day ? until : until - Days{1} + (commitment.release - present);
    commitment.home = commitment.home - (commitment.release - release);
    commitment.release = release;
    commitment.recalled = true;
    shorten(commitment, recall.effective);
  }
}

void complete_commitments(ScenarioDraft& draft, TravelTable travel) {
  draft.data.travel = std::move(travel);
  for (const auto& open : draft.open_commitments)
    complete_days(draft, open);
  for (const auto& open : draft.open_commitments) {
    if (open.quantity == 0)
      continue;
    auto& commitment = draft.data.commitments[open.index];
    commitment.ordinals = free_ordinals(draft.data, commitment, open.quantity);
  }
  draft.open_commitments.clear();
  for (auto& commitment : draft.data.commitments)
    apply_recalls(draft.data, commitment);
}

}  // namespace relevo::planner
