// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// A scenario and a plan over it, both open to be broken by a test.
struct World {
  ScenarioData data;
  Plan plan;

  Assignment& at(const std::string& assignment_id);
  Contingent& contingent(const std::string& id);
  RequestFill& fill(RequestIndex request);
  /// Takes the assignment out of the plan.
  void drop(const std::string& assignment_id);
};

inline Stint& stint_of(World& world, const std::string& assignment_id, std::size_t position = 0) {
  return world.at(assignment_id).stints[position];
}

/// Day n of the small world; D(0) is the planning date, 1 June 2026.
Day D(int n);
/// The days a..b, both included.
std::vector<Day> days(int first, int last);
DayInterval interval(int first, int last);
/// One figure per day of the horizon; each step gives the value from a column on.
std::vector<int> steps(const std::vector<std::pair<int, int>>& changes);

inline constexpr int kHorizonDays = 40;

inline constexpr AgencyIndex kAlberta{0U};
inline constexpr AgencyIndex kMexico{1U};
inline constexpr AgencyIndex kBritishColumbia{2U};

inline constexpr KindIndex kCrew{0U};
inline constexpr KindIndex kPump{1U};
inline constexpr KindIndex kRepresentative{2U};
inline constexpr KindIndex kLead{3U};

inline constexpr UnitIndex kMxCrew{0U};
inline constexpr UnitIndex kMxRepresentative{1U};
inline constexpr UnitIndex kMxLead{2U};
inline constexpr UnitIndex kBcCrew{3U};
inline constexpr UnitIndex kBcPump{4U};
inline constexpr UnitIndex kAbCrew{5U};

inline constexpr IncidentIndex kFireOne{0U};
inline constexpr IncidentIndex kFireTwo{1U};

inline constexpr RequestIndex kCrews{0U};     ///< R-1: 3 crews at fire one, D5-D35
inline constexpr RequestIndex kPeople{1U};    ///< R-2: 40 people at fire two, D3-D12
inline constexpr RequestIndex kPumps{2U};     ///< R-3: 2 pumps at fire one, D2-D20, package "kit"
inline constexpr RequestIndex kNamed{3U};     ///< R-4: the Alberta crew at fire two, D1-D10, package "kit"
inline constexpr RequestIndex kUnderWay{4U};  ///< R-5: 1 crew at fire one, D-4 to D5: the commitment's
inline constexpr RequestIndex kOpen{5U};      ///< R-6: 1 crew at no incident, D30-D33: nobody comes

inline constexpr AgreementIndex kFromMexico{0U};
inline constexpr AgreementIndex kFromBc{1U};
inline constexpr AgreementIndex kOwnForces{2U};

/// The small world with a valid plan in it, which reaches every limit exactly:
///
///            D0        D5        D10       D15       D20       D25       D30       D35
///   A-1,2    ..tto#############  ###...   two crews from Mexico: 14 line days, 3 off, 14 line days, home on D37
///   A-3,4    the same            their representative and their lead
///   A-5,6    ..t##########t      two crews from British Columbia, 10 line days of 10
///   A-7      C  ......t##########t  a third one, committed until D6, rested on D9
///   A-8       ##########         the Alberta crew, which drives to work
///   A-9,10   .t###################t  two pumps
World base_world();

inline TourTerms& tour_of_bc(World& world) {
  return world.data.agreements[kFromBc].tour;
}

}  // namespace relevo::planner
