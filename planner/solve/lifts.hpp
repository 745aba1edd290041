// SPDX-License-Identifier: MIT
#pragma once

#include "geo/itinerary.hpp"
#include "geo/units.hpp"
#include "planner/model/scenario.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// Out to the first request, or home from the last.
enum class Direction { Out, Home };

/// Two airports between which the table `lifts` has seats; without them nobody flies there (row family 5).
struct LiftRoute {
  std::string from;
  std::string to;
  friend bool operator==(const LiftRoute&, const LiftRoute&) = default;
};

/// The routes of the table, in the order in which it first names them.
std::vector<LiftRoute> lift_routes(const ScenarioData& data);

/// A flight of a journey on one of these routes.
struct LiftFlight {
  std::size_t route = 0;
  int day = 0;  ///< counted from the day of departure when out, from the release when home
};

/// The flights of a journey, made in that direction, that need seats.
std::vector<LiftFlight> lift_flights(const std::vector<LiftRoute>& routes, const geo::Itinerary& journey,
                                     Direction direction);

/// What of the journey's way through the air is paid for by lifts.
geo::Distance flown_on_lifts(const std::vector<LiftRoute>& routes, const geo::Itinerary& journey, Direction direction);

/// Lifts of the route that fly on the day, as positions in the table.
std::vector<std::size_t> lifts_on(const ScenarioData& data, const LiftRoute& route, Day day);

/// Uses of these lifts, in their order, that seat the passengers at the least cost; none: there are not enough seats.
std::optional<std::vector<int>> cheapest_uses(const ScenarioData& data, const std::vector<std::size_t>& lifts,
                                              int passengers);

/// The least cost of seating 0, 1, .. `most` passengers on these lifts; infinite where there are not enough seats.
std::vector<double> least_seat_costs(const ScenarioData& data, const std::vector<std::size_t>& lifts, int most);

}  // namespace relevo::planner
