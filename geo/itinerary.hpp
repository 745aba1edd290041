// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"
#include "geo/units.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::geo {

/// How one leg of a journey is made.
enum class LegMode { Ground, Flight, OwnFlight, Freight };

/// One leg. Hours count from 00:00 of the departure day in the planning time zone, so 30.5 is 06:30 of the day after.
struct Leg {
  LegMode mode = LegMode::Ground;
  std::string from;  ///< name of the start: a base, an airport (ICAO code and name), an incident
  std::string to;
  LonLat from_point;
  LonLat to_point;
  Distance distance;  ///< ellipsoidal, times the detour factor on the ground
  double depart_hour = 0.0;
  double arrive_hour = 0.0;
  std::string from_airport;  ///< ICAO codes of a flight; empty: no airport
  std::string to_airport;

  friend bool operator==(const Leg&, const Leg&) = default;
};

/// A journey from door to door. `days` is the number of calendar days it occupies: 1 arrives on the day of departure,
/// 0 is a drive so short that the unit works a full shift on the same day. It holds for both directions.
struct Itinerary {
  std::vector<Leg> legs;
  int days = 1;
  Distance ground;
  Distance air;
  double hours = 0.0;  ///< from the first departure to the last arrival

  friend bool operator==(const Itinerary&, const Itinerary&) = default;
};

}  // namespace relevo::geo
