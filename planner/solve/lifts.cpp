// SPDX-License-Identifier: MIT
#include "planner/solve/lifts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace relevo::planner {

namespace {

constexpr double kHoursOfDay = 24.0;
constexpr double kNoWay = std::numeric_limits<double>::infinity();

/// The route that the leg takes in that direction; routes.size(): none of them.
std::size_t route_of(const std::vector<LiftRoute>& routes, const geo::Leg& leg, Direction direction) {
  if (leg.mode != geo::LegMode::Flight)
    return routes.size();
  const LiftRoute taken = direction == Direction::Out ? LiftRoute{leg.from_airport, leg.to_airport}
                                                      : LiftRoute{leg.to_airport, leg.from_airport};
  return static_cast<std::size_t>(std::find(routes.begin(), routes.end(), taken) - routes.begin());
}

/// Least costs of seating 0, 1, .. passengers, and how many uses of each lift that takes.
struct SeatCosts {
  std::vector<double> least;
  std::vector<std::vector<int>> uses;  // by lift, by passengers
};

SeatCosts seat_costs(const ScenarioData& data, const std::vector<std::size_t>& lifts, int passengers) {
  const auto size = static_cast<std::size_t>(passengers) + 1;
  SeatCosts costs{std::vector<double>(size, kNoWay), {}};
  costs.least[0] = 0.0;
  for (const std::size_t f : lifts) {
    const Lift& lift = data.lifts[f];
    std::vector<double> next(size, kNoWay);
    std::vector<int> uses(size, 0);
    for (std::size_t p = 0; p < size; ++p) {
      for (int n = 0; n <= lift.max_uses; ++n) {
        const auto seats = static_cast<std::size_t>(n) * static_cast<std::size_t>(lift.seats);
        const double cost = n * lift.cost.value() + costs.least[p > seats ? p - seats : 0];
        if (cost < next[p]) {
          next[p] = cost;
          uses[p] = n;
        }
        if (seats >= p)
          break;
      }
    }
    costs.least = std::move(next);
    costs.uses.push_back(std::move(uses));
  }
  return costs;
}

}  // namespace

std::vector<LiftRoute> lift_routes(const ScenarioData& data) {
  std::vector<LiftRoute> routes;
  for (const auto& lift : data.lifts) {
    const LiftRoute route{lift.from, lift.to};
    if (std::find(routes.begin(), routes.end(), route) == routes.end())
      routes.push_back(route);
  }
  return routes;
}

std::vector<LiftFlight> lift_flights(const std::vector<LiftRoute>& routes, const geo::Itinerary& journey,
                                     Direction direction) {
  std::vector<LiftFlight> flights;
  if (journey.days == 0)
    return flights;
  for (const auto& leg : journey.legs) {
    const std::size_t route = route_of(routes, leg, direction);
    if (route == routes.size())
      continue;
    const int day = static_cast<int>(std::floor(leg.depart_hour / kHoursOfDay));
    flights.push_back({route, direction == Direction::Out ? day : journey.days - 1 - day});
  }
  return flights;
}

geo::Distance flown_on_lifts(const std::vector<LiftRoute>& routes, const geo::Itinerary& journey, Direction direction) {
  double kilometres = 0.0;
  for (const auto& leg : journey.legs)
    if (route_of(routes, leg, direction) < routes.size())
      kilometres += leg.distance.kilometres();
  return geo::Distance::from_kilometres(std::min(kilometres, journey.air.kilometres()));
}

std::vector<std::size_t> lifts_on(const ScenarioData& data, const LiftRoute& route, Day day) {
  std::vector<std::size_t> lifts;
  for (std::size_t f = 0; f < data.lifts.size(); ++f)
    if (data.lifts[f].from == route.from && data.lifts[f].to == route.to && data.lifts[f].when.contains(day))
      lifts.push_back(f);
  return lifts;
}

std::optional<std::vector<int>> cheapest_uses(const ScenarioData& data, const std::vector<std::size_t>& lifts,
                                              int passengers) {
  const SeatCosts costs = seat_costs(data, lifts, passengers);
  if (costs.least.back() == kNoWay)
    return std::nullopt;
  std::vector<int> uses(lifts.size(), 0);
  int left = passengers;
  for (std::size_t i = lifts.size(); i-- > 0;) {
    uses[i] = costs.uses[i][static_cast<std::size_t>(left)];
    left = std::max(0, left - uses[i] * data.lifts[lifts[i]].seats);
  }
  return uses;
}

std::vector<double> least_seat_costs(const ScenarioData& data, const std::vector<std::size_t>& lifts, int most) {
  return seat_costs(data, lifts, most).least;
}

}  // namespace relevo::planner
