// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "geo/itinerary.hpp"
#include "geo/lon_lat.hpp"
#include "geo/travel.hpp"
#include "geo/units.hpp"

#include <string>
#include <vector>

/// The second half of plan_journey: movements in a row become legs with hours. Used by travel.cpp only.
namespace relevo::geo::detail {

inline constexpr double kHoursPerDay = 24.0;

/// One end of a leg.
struct Stop {
  const Place* place = nullptr;  ///< exactly one of the two is set
  const Airport* airport = nullptr;
  const LonLat& point() const { return place != nullptr ? place->point : airport->point; }
  std::string name() const { return place != nullptr ? place->name : airport->ident + " " + airport->name; }
};

/// One movement as intended, before the clock says when it happens.
struct Step {
  LegMode mode = LegMode::Ground;
  Stop from;
  Stop to;
  Distance geodesic;
  double kmh = 0.0;
  double wait_before_hours = 0.0;
  double wait_after_hours = 0.0;
};

/// True for what obeys the rules of the road.
inline bool is_on_road(const Step& step) noexcept {
  return step.mode == LegMode::Ground || step.mode == LegMode::Freight;
}

/// Hours of the day that are closed to travel.
double closed_hours(const TravelRules& rules);

/// The hour at which the last of `steps` is over, waits included.
double arrival_hour(const std::vector<Step>& steps, const TravelRules& rules);

/// `steps` as legs, cut at rests and pauses, with the sums and the days of this direction.
Itinerary schedule(const std::vector<Step>& steps, const TravelRules& rules);

}  // namespace relevo::geo::detail
