// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "geo/itinerary.hpp"
#include "geo/lon_lat.hpp"

#include <memory>
#include <optional>
#include <string>

/// Door-to-door journeys. docs/travel.md has the mathematics, the assumptions and a worked example.
///
///   road_km      = geodesic_km x ground_detour
///   ground hours = road_km / ground_kmh, at most max_driving_hours_per_day between two rests
///   flight hours = geodesic_km / kmh + flight_overhead_hours
///
/// Hours count from 00:00 of the departure day in the planning time zone; local clocks are not followed on the way.
/// A rest lasts until the first departure_hour that is at least min_rest_hours away. Within the hours without travel
/// nothing drives and nothing takes off; a flight in the air goes on, and check-in, border and refuelling may fall into
/// them. Legs are cut where a rest or such a pause interrupts them. A wait at the end (a border) belongs to the last
/// leg's arrival. Geography knows no coast: a road is assumed to exist up to max_road_km.
namespace relevo::geo {

/// What a journey obeys. Those marked (policy) have no default here: they come from the coordinator's policy.
struct TravelRules {
  double ground_kmh = 0.0;                 ///< (policy) mean speed on the road
  double ground_detour = 0.0;              ///< (policy) road distance over geodesic distance, at least 1
  double max_driving_hours_per_day = 0.0;  ///< (policy)
  double airliner_kmh = 0.0;               ///< (policy) cruise
  double flight_overhead_hours = 0.0;      ///< (policy) taxi, climb and approach, per flight of any aircraft
  double check_in_hours = 0.0;             ///< (policy) before each flight of passengers or freight
  double border_hours = 0.0;               ///< (policy) once, where the two countries differ
  double ground_only_km = 0.0;             ///< (policy) passengers drive when road_km is not above this
  int passenger_runway_m = 0;              ///< (policy) shortest runway of an airliner
  double departure_hour = 0.0;             ///< (policy) of the first day and after each rest; [0, 24)
  double same_day_shift_hours = 0.0;       ///< (policy) a journey not longer than this takes 0 days

  std::optional<double> no_travel_from_hour;   ///< hours of the day in [0, 24]; both or neither
  std::optional<double> no_travel_until_hour;  ///< may be less than `from`: 22 to 5 passes midnight

  // Assumed; no policy names them yet.
  double min_rest_hours = 8.0;
  double rest_per_travel_hour = 0.5;          ///< hours off after each hour on the way, before the first shift
  double airliner_range_km = 11000.0;         ///< a twin-aisle charter with full cabin
  double refuel_hours = 1.0;                  ///< on the ground at a stop for fuel
  double max_own_flight_hours_per_day = 8.0;  ///< for aircraft that fly themselves; a single hop may be longer
  double max_road_km = 7000.0;                ///< a longer road is taken to cross an ocean: no way
};

/// How somebody or something travels.
///   Passengers  drive, or ride to an airport, fly and ride on
///   Drives      on its own wheels
///   Flies       by itself: straight from `from` to `to` where it needs no runway, otherwise from the nearest airport
///   that
///               has one to the nearest one at the other end, where it then works from
///   Freight     by lorry up to 3 x ground_only_km of road, beyond that by air like passengers
enum class TravelMode { Passengers, Drives, Flies, Freight };

struct Traveller {
  TravelMode mode = TravelMode::Passengers;
  double cruise_kmh = 0.0;  ///< Flies only, > 0
  double range_km = 0.0;    ///< Flies only, > 0
  int runway_m = 0;         ///< Flies only; 0: needs none
};

/// Where a journey starts or ends.
struct Place {
  std::string name;
  std::string country;  ///< ISO 3166 alpha-2
  LonLat point;
  std::string airport;  ///< ident of the airport it uses, taken as suitable; empty: found
};

/// The best journey: earliest arrival, then shortest, then by the idents on the way. Airports are sought in the country
/// of the place, the four nearest at each end within one day at the wheel: of medium or large size with the runway of
/// an airliner; large ones for a flight that crosses a border, which is cleared on landing in the country of `to`. A
/// nearer field of any size may be used by a connecting flight, which is checked in for again. Where there are none the
/// next smaller size serves, then any country. A whole journey by road competes with those by air.
///
/// `days` is the larger one of the two directions, so that it holds for both: those until the arrival, and one more
/// where people would begin their first shift with too little rest (freight needs none); 0 only where both take no
/// longer than same_day_shift_hours. An aircraft whose two airports are the same one has no legs.
///
/// None: there is no way (beyond range, beyond max_road_km and no airport). Throws std::invalid_argument on rules or a
/// traveller out of range, invalid coordinates, and an airport ident that is not in `airports`.
std::optional<Itinerary> plan_journey(const Place& from, const Place& to, const Traveller& traveller,
                                      const TravelRules& rules, const AirportIndex& airports);

/// Plans many journeys over the same airports, each as plan_journey would: what they have in common (the airports about
/// a place, the hops of an aircraft) is found once. Not for several threads at once.
class JourneyMaker {
 public:
  explicit JourneyMaker(const AirportIndex& airports);  ///< \pre `airports` outlives this
  ~JourneyMaker();
  JourneyMaker(JourneyMaker&&) noexcept;
  JourneyMaker& operator=(JourneyMaker&&) noexcept;

  std::optional<Itinerary> plan(const Place& from, const Place& to, const Traveller& traveller,
                                const TravelRules& rules);

  struct Memory;  ///< an implementation's

 private:
  std::unique_ptr<Memory> memory_;
};

}  // namespace relevo::geo
