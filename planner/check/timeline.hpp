// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/verdict.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner::checking {

/// What a unit does on a day on duty or off.
enum class Duty { Line, Shadow, Move, Off };

struct DutyDay {
  Day day;
  Duty duty = Duty::Line;
  std::size_t stint = 0;  ///< position in Assignment::stints
};

/// The letters of docs/model.md, section 1, as they hold for one unit under one agreement: (D7) where the kind has no
/// crew or its crew is relieved, and for escorts without shadow days, moves and extensions.
struct TourRules {
  int most_duty_days = 0;      ///< L
  int extension = 0;           ///< X
  int days_off = 0;            ///< O
  int most_tours = 1;          ///< K
  int fewest_line_days = 1;    ///< m
  int shadow_days = 0;         ///< h
  int most_moves = 0;          ///< M
  int orientation = 0;         ///< o
  int rest = 0;                ///< R
  std::optional<int> longest;  ///< D
  bool travel_counts = true;
};

/// From the stint before to this one, where they are at different requests (D8).
struct MoveMade {
  std::size_t to = 0;                      ///< position in Assignment::stints, at least 1
  const TravelTable::Move* way = nullptr;  ///< nullptr: the table of moves has none
};

/// One deployment of a plan, rebuilt day by day from what the plan says, with the records of the scenario it is about.
struct Timeline {
  const Assignment* assignment = nullptr;
  const Unit* unit = nullptr;
  const Kind* kind = nullptr;
  const Agreement* agreement = nullptr;
  bool committed = false;  ///< it is a commitment of the scenario, not only called one
  bool told = false;       ///< it leaves on the day and for the line that an earlier plan announced (D6)
  TourRules rules;
  std::vector<DutyDay> duties;               ///< ascending, each day once
  const geo::Itinerary* outward = nullptr;   ///< to the first stint's place; nullptr: no way, or no stint
  const geo::Itinerary* homeward = nullptr;  ///< from the last stint's place
  bool reaches_all = true;                   ///< there is a way from the base to the place of every stint
  std::vector<MoveMade> moves;

  bool is_escort() const noexcept { return assignment->escort.has_value(); }
  /// Tours bind the people of the unit (D7).
  bool has_tours() const noexcept { return kind->crewed && !kind->relieved; }
  /// Lent units are what reserve and offers count (section 3): neither own forces nor escorts.
  bool is_lent() const noexcept { return !is_escort() && unit->agency != assignment->borrower; }
  Day away_first() const noexcept { return assignment->depart; }
  Day away_last() const noexcept { return assignment->home; }
  /// First day fit to go again, as (D5) gives it.
  Day rested() const noexcept { return assignment->home + Days{1 + rules.rest}; }
  const Stint& stint_of(const DutyDay& duty) const { return assignment->stints[duty.stint]; }
  /// How findings call it: its id, or unit and ordinal where it has none.
  std::string subject() const;
};

/// Everything the rule families look at.
struct Evidence {
  const Scenario* scenario = nullptr;
  const Plan* plan = nullptr;
  std::vector<Timeline> timelines;  ///< in the order of the plan; assignments that cannot be judged are missing

  const ScenarioData& data() const noexcept { return scenario->data(); }
};

/// Rebuilds the deployments and reports what keeps an assignment from being understood (plan.index, plan.day,
/// plan.order, stint.*, assignment.*).
Evidence gather(const Scenario& scenario, const Plan& plan, Verdict& verdict);

/// Lays one assignment out, whose indices and days are those of the scenario.
Timeline make_timeline(const ScenarioData& data, const Assignment& assignment, Verdict& verdict);

/// Where a stay is: the incident of its request, else its own, else the borrower's place.
Destination destination_of(const ScenarioData& data, const Assignment& assignment, const Stint& stint);

/// The clause id of a provision, or the agreement's id where it has none.
template <class T>
std::string clause_of(const Timeline& timeline, const Provision<T>& provision) {
  return provision.from.clause.empty() ? timeline.agreement->id : provision.from.clause;
}
std::string clause_of(const Timeline& timeline, const Provenance& from);

/// Who borrows the unit during the stint: the request's borrower; an escort's is the assignment's.
AgencyIndex borrower_of(const ScenarioData& data, const Assignment& assignment, const Stint& stint);
/// Whether all identical units of the row are down on the day.
bool is_down(const Unit& unit, Day day);
/// First day on which a recall of its lender lets the unit neither work nor rest in place (D9); none: no recall.
std::optional<Day> recalled_from(const ScenarioData& data, const Timeline& timeline);

/// True where the index lies in the table.
template <class IndexType, class T>
bool knows(const IndexedVector<IndexType, T>& table, IndexType index) noexcept {
  return index.value() < table.size();
}

}  // namespace relevo::planner::checking
