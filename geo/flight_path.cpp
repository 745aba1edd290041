// SPDX-License-Identifier: MIT
#include "geo/flight_path.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace relevo::geo {

namespace {

/// A* over the airports that may be used and the two ends, guided by the distance still to go: it never overestimates,
/// so that the first arrival is the best one.
class StopSearch {
 public:
  StopSearch(const LonLat& from, const LonLat& to, double range_km, double stop_km, const AirportFilter& filter,
             const AirportIndex& airports)
      : range_km_(range_km), stop_km_(stop_km), farthest_(squared_chord_of(range_km / (1.0 - kSphereError))) {
    for (std::size_t i = 0; i < airports.all().size(); ++i) {
      if (filter.accepts(airports.all()[i]))
        nodes_.push_back({airports.directions()[i], airports.all()[i].point, &airports.all()[i]});
    }
    start_ = nodes_.size();
    goal_ = start_ + 1;
    nodes_.push_back({unit_vector(from), from, nullptr});
    nodes_.push_back({unit_vector(to), to, nullptr});
  }

  std::optional<std::vector<const Airport*>> run() {
    reach(start_, 0.0, start_);
    while (!open_.empty()) {
      const std::size_t node = open_.top().second;
      open_.pop();
      if (nodes_[node].is_closed)
        continue;
      if (node == goal_)
        return stops();
      nodes_[node].is_closed = true;
      expand(node);
    }
    return std::nullopt;
  }

 private:
  struct Node {
    UnitVector direction;
    LonLat point;
    const Airport* airport = nullptr;                          ///< null for the two ends
    double cost_km = std::numeric_limits<double>::infinity();  ///< from the start, stops included
    std::size_t previous = 0;
    bool is_closed = false;
  };

  void expand(std::size_t here) {
    const UnitVector direction = nodes_[here].direction;
    const double cost_here = nodes_[here].cost_km + (here == start_ ? 0.0 : stop_km_);
    for (std::size_t next = 0; next < nodes_.size(); ++next) {
      const Node& node = nodes_[next];
      if (node.is_closed || squared_chord(direction, node.direction) > farthest_)
        continue;
      const double hop_km = sphere_km(direction, node.direction);
      if (cost_here + hop_km < node.cost_km && is_within_range(nodes_[here].point, node.point, hop_km))
        reach(next, cost_here + hop_km, here);
    }
  }

  void reach(std::size_t node, double cost_km, std::size_t from) {
    nodes_[node].cost_km = cost_km;
    nodes_[node].previous = from;
    open_.emplace(cost_km + sphere_km(nodes_[node].direction, nodes_[goal_].direction), node);
  }

  /// The spherical distance decides where its error leaves no doubt.
  bool is_within_range(const LonLat& a, const LonLat& b, double on_sphere_km) const {
    if (on_sphere_km * (1.0 + kSphereError) <= range_km_)
      return true;
    return distance_between(a, b).kilometres() <= range_km_;
  }

  std::vector<const Airport*> stops() const {
    std::vector<const Airport*> found;
    for (std::size_t node = nodes_[goal_].previous; node != start_; node = nodes_[node].previous)
      found.push_back(nodes_[node].airport);
    std::reverse(found.begin(), found.end());
    return found;
  }

  double range_km_;
  double stop_km_;
  double farthest_;  ///< squared chord beyond which nothing is within range
  std::vector<Node> nodes_;
  std::size_t start_ = 0;
  std::size_t goal_ = 0;
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
