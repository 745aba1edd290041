// SPDX-License-Identifier: MIT
#include "geo/flight_path.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>
#include <span>
#include <utility>

namespace relevo::geo {

namespace {

constexpr double kUnreached = std::numeric_limits<double>::infinity();

/// A* over the airports and the two ends, guided by the distance still to go: it never overestimates, so that the first
/// arrival is the best one.
class StopSearch {
 public:
  StopSearch(const LonLat& from, const LonLat& to, double range_km, double stop_km, const AirportFilter& filter,
             const AirportIndex& airports)
      : airports_(airports.all()),
        directions_(airports.directions()),
        to_(to),
        to_direction_(unit_vector(to)),
        range_km_(range_km),
        stop_km_(stop_km),
        filter_(filter),
        start_(airports_.size()),
        goal_(airports_.size() + 1),
        cost_(airports_.size() + 2, kUnreached),
        previous_(airports_.size() + 2, start_),
        is_closed_(airports_.size() + 2, false),
        from_(from),
        from_direction_(unit_vector(from)) {}

  std::optional<std::vector<const Airport*>> run() {
    reach(start_, 0.0, start_);
    while (!open_.empty()) {
      const std::size_t node = open_.top().second;
      open_.pop();
      if (is_closed_[node])
        continue;
      if (node == goal_)
        return stops();
      is_closed_[node] = true;
      expand(node);
    }
    return std::nullopt;
  }

 private:
  const LonLat& point(std::size_t node) const {
    if (node == start_)
      return from_;
    return node == goal_ ? to_ : airports_[node].point;
  }
  const UnitVector& direction(std::size_t node) const {
    if (node == start_)
      return from_direction_;
    return node == goal_ ? to_direction_ : directions_[node];
  }

  void expand(std::size_t node) {
    const UnitVector here = direction(node);
    const double stop = node == start_ ? 0.0 : stop_km_;
    for (std::size_t next = 0; next <= goal_; ++next) {
      if (next == start_ || is_closed_[next])
        continue;
      if (next != goal_ && !filter_.accepts(airports_[next]))
        continue;
      const double hop_km = sphere_km(here, direction(next));
      const double cost = cost_[node] + stop + hop_km;
      if (cost < cost_[next] && is_within_range(node, next, hop_km))
        reach(next, cost, node);
    }
  }

  void reach(std::size_t node, double cost, std::size_t from) {
    cost_[node] = cost;
    previous_[node] = from;
    open_.emplace(cost + sphere_km(direction(node), to_direction_), node);
  }

  /// The spherical distance decides where its error leaves no doubt.
  bool is_within_range(std::size_t a, std::size_t b, double on_sphere_km) const {
    if (on_sphere_km * (1.0 + kSphereError) <= range_km_)
      return true;
    if (on_sphere_km * (1.0 - kSphereError) > range_km_)
      return false;
    return distance_between(point(a), point(b)).kilometres() <= range_km_;
  }

  std::vector<const Airport*> stops() const {
    std::vector<const Airport*> found;
    for (std::size_t node = previous_[goal_]; node != start_; node = previous_[node])
      found.push_back(&airports_[node]);
    std::reverse(found.begin(), found.end());
    return found;
  }

  std::span<const Airport> airports_;
  std::span<const UnitVector> directions_;
  LonLat to_;
  UnitVector to_direction_;
  double range_km_;
  double stop_km_;
  const AirportFilter& filter_;
  std::size_t start_;
  std::size_t goal_;
  std::vector<double> cost_;  ///< kilometres, stops included
  std::vector<std::size_t> previous_;
  std::vector<bool> is_closed_;
  LonLat from_;
  UnitVector from_direction_;
  using Open = std::pair<double, std::size_t>;  ///< (cost with what is still to go, node): ties end in the ident
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open_;
};

}  // namespace

std::optional<std::vector<const Airport*>> find_fuel_stops(const LonLat& from, const LonLat& to, double range_km,
                                                           double stop_km, const AirportFilter& filter,
                                                           const AirportIndex& airports) {
  assert(range_km > 0.0 && stop_km >= 0.0);
  if (distance_between(from, to).kilometres() <= range_km)
    return std::vector<const Airport*>{};
  return StopSearch(from, to, range_km, stop_km, filter, airports).run();
}

}  // namespace relevo::geo
