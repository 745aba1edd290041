// SPDX-License-Identifier: MIT
#include "geo/flight_path.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace relevo::geo {

namespace {

/// Paths whose lengths differ by less are equally long: a few micrometres.
constexpr double kSameKm = 1e-9;
/// Far more than what rounding can make of a distance.
constexpr double kSlackKm = 1e-3;

}  // namespace

/// A* over the airports and the two ends, guided by the distance still to go and the fewest stops on it: that never
/// overestimates, and falls by no more than a hop costs, so that the first arrival is the best one. A path found by
/// always going on where least seems left bounds what is worth looking at. No hop of h km can leave less than the
/// distance here less h, so that of hops in the order of their length only the first need be looked at.
class FuelStops::Search {
 public:
  Search(FuelStops& stops, const LonLat& from, const LonLat& to, double stop_km)
      : stops_(stops),
        from_(from),
        to_(to),
        from_direction_(unit_vector(from)),
        to_direction_(unit_vector(to)),
        stop_km_(stop_km),
        to_go_(stops.to_go(to, to_direction_, stop_km)),
        start_(stops.nodes_.size()),
        goal_(start_ + 1),
        first_hops_(stops.first_hops(from, from_direction_)),
        states_(stops.nodes_.size() + 2) {}

  std::optional<std::vector<const Airport*>> run() {
    bound_km_ = greedy_km() + kSameKm;
    reach(start_, 0.0, start_);
    while (!open_.empty()) {
      const std::size_t node = open_.top().second;
      open_.pop();
      if (states_[node].is_closed)
        continue;
      if (node == goal_)
        return stops_on_the_way();
      states_[node].is_closed = true;
      expand(node);
    }
    return std::nullopt;
  }

 private:
  struct State {
    double cost_km = std::numeric_limits<double>::infinity();  ///< from the start, stops included
    std::size_t previous = 0;
    bool is_closed = false;
  };

  const std::vector<Hop>& hops_from(std::size_t node) {
    if (node == start_)
      return first_hops_;
    auto& hops = stops_.nodes_[node].hops;
    if (!hops)
      hops = stops_.hops_from(stops_.nodes_[node].direction, stops_.nodes_[node].airport->point);
    return *hops;
  }

  std::optional<double> last_hop_km(std::size_t node) const {
    if (node == start_)
      return stops_.hop_km(from_direction_, from_, to_direction_, to_);
    return stops_.hop_km(stops_.nodes_[node].direction, stops_.nodes_[node].airport->point, to_direction_, to_);
  }

  /// On the sphere.
  double km_to_go(std::size_t node) const {
    return node == start_ ? sphere_km(from_direction_, to_direction_) : to_go_[node].km;
  }

  /// Of one path; infinite where going on where least seems left leads into a dead end.
  double greedy_km() {
    constexpr int kMostHops = 200;
    double cost_km = 0.0;
    std::size_t here = start_;
    for (int i = 0; i < kMostHops; ++i) {
      if (const auto last = last_hop_km(here))
        return cost_km + *last;
      const auto next = seemingly_best_hop(here);
      if (!next || next->to == here)
        break;
      here = next->to;
      cost_km += next->km + stop_km_;
    }
    return std::numeric_limits<double>::infinity();
  }

  std::optional<Hop> seemingly_best_hop(std::size_t here) {
    const double km = km_to_go(here);
    std::optional<Hop> best;
    double best_km = std::numeric_limits<double>::infinity();
    for (const Hop& hop : hops_from(here)) {
      if (km - kSameKm + stops_.with_stops(km - hop.km, stop_km_) - (km - hop.km) > best_km)
        break;
      if (hop.km + to_go_[hop.to].least < best_km) {
        best_km = hop.km + to_go_[hop.to].least;
        best = hop;
      }
    }
    return best;
  }

  void expand(std::size_t here) {
    const double cost_here = states_[here].cost_km + (here == start_ ? 0.0 : stop_km_);
    const double shortest_km = shortest_hop_km(bound_km_ - cost_here, km_to_go(here));
    for (const Hop& hop : hops_from(here)) {
      if (hop.km < shortest_km)
        break;
      if (cost_here + hop.km + to_go_[hop.to].least <= bound_km_)
        offer(hop.to, cost_here + hop.km, here);
    }
    if (const auto last = last_hop_km(here))
      offer(goal_, cost_here + *last, here);
  }

  /// Of the hops after which `km_left` can still suffice for `km` and the stops on it.
  double shortest_hop_km(double km_left, double km) const {
    if (stop_km_ <= 0.0 || km_left == std::numeric_limits<double>::infinity())
      return 0.0;
    const double most_stops = std::floor((km_left - km) / stop_km_ + kSameKm);
    return km - most_stops * stops_.longest_hop_km() - kSlackKm;
  }

  void offer(std::size_t node, double cost_km, std::size_t from) {
    if (!states_[node].is_closed && cost_km < states_[node].cost_km)
      reach(node, cost_km, from);
  }

  void reach(std::size_t node, double cost_km, std::size_t from) {
    states_[node].cost_km = cost_km;
    states_[node].previous = from;
    open_.emplace(cost_km + (node < start_ ? to_go_[node].least : 0.0), node);
  }

  std::vector<const Airport*> stops_on_the_way() const {
    std::vector<const Airport*> found;
    for (std::size_t node = states_[goal_].previous; node != start_; node = states_[node].previous)
      found.push_back(stops_.nodes_[node].airport);
    std::reverse(found.begin(), found.end());
    return found;
  }

  FuelStops& stops_;
  const LonLat& from_;
  const LonLat& to_;
  UnitVector from_direction_;
  UnitVector to_direction_;
  double stop_km_;
  const std::vector<ToGo>& to_go_;
  std::size_t start_;
  std::size_t goal_;
  const std::vector<Hop>& first_hops_;
  std::vector<State> states_;  ///< airports in their order, start, goal
  double bound_km_ = 0.0;
  using Open = std::pair<double, std::size_t>;  ///< (cost with what is still to go, node): ties end in the ident
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open_;
};

FuelStops::FuelStops(const AirportIndex& airports, double range_km, const AirportFilter& filter)
    : range_km_(range_km), farthest_(squared_chord_of(range_km / (1.0 - kSphereError))) {
  assert(range_km > 0.0);
  for (std::size_t i = 0; i < airports.all().size(); ++i)
    if (filter.accepts(airports.all()[i]))
      nodes_.push_back({airports.directions()[i], &airports.all()[i], std::nullopt});
}

std::optional<std::vector<const Airport*>> FuelStops::find(const LonLat& from, const LonLat& to, double stop_km) {
  assert(stop_km >= 0.0);
  if (hop_km(unit_vector(from), from, unit_vector(to), to))
    return std::vector<const Airport*>{};
  return Search(*this, from, to, stop_km).run();
}

double FuelStops::longest_hop_km() const noexcept {
  return range_km_ / (1.0 - kSphereError);
}

/// The distance, a stop where it begins, and one more after each hop but the last.
double FuelStops::with_stops(double km, double stop_km) const noexcept {
  return km + stop_km * std::max(0.0, std::ceil(km / longest_hop_km() - kSameKm));
}

const std::vector<FuelStops::ToGo>& FuelStops::to_go(const LonLat& goal, const UnitVector& direction, double stop_km) {
  const auto [known, is_new] = to_go_.try_emplace({goal.lon, goal.lat, stop_km});
  if (!is_new)
    return known->second;
  known->second.reserve(nodes_.size());
  for (const Node& node : nodes_) {
    const double km = sphere_km(node.direction, direction);
    known->second.push_back({km, with_stops(km, stop_km)});
  }
  return known->second;
}

const std::vector<FuelStops::Hop>& FuelStops::first_hops(const LonLat& from, const UnitVector& direction) {
  const auto [known, is_new] = first_hops_.try_emplace({from.lon, from.lat});
  if (is_new)
    known->second = hops_from(direction, from);
  return known->second;
}

std::vector<FuelStops::Hop> FuelStops::hops_from(const UnitVector& direction, const LonLat& point) const {
  std::vector<Hop> hops;
  for (std::size_t next = 0; next < nodes_.size(); ++next)
    if (const auto km = hop_km(direction, point, nodes_[next].direction, nodes_[next].airport->point))
      hops.push_back({static_cast<std::uint32_t>(next), *km});
  std::sort(hops.begin(), hops.end(),
            [](const Hop& a, const Hop& b) { return std::tie(b.km, a.to) < std::tie(a.km, b.to); });
  return hops;
}

/// The spherical distance decides where its error leaves no doubt.
std::optional<double> FuelStops::hop_km(const UnitVector& a, const LonLat& a_point, const UnitVector& b,
                                        const LonLat& b_point) const {
  if (squared_chord(a, b) > farthest_)
    return std::nullopt;
  const double km = sphere_km(a, b);
  if (km * (1.0 + kSphereError) <= range_km_ || distance_between(a_point, b_point).kilometres() <= range_km_)
    return km;
  return std::nullopt;
}

std::optional<std::vector<const Airport*>> find_fuel_stops(const LonLat& from, const LonLat& to, double range_km,
                                                           double stop_km, const AirportFilter& filter,
                                                           const AirportIndex& airports) {
  return FuelStops(airports, range_km, filter).find(from, to, stop_km);
}

}  // namespace relevo::geo
