// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "geo/lon_lat.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace relevo::geo {

/// Finds where flights of one range stop for fuel. Stops are airports that the filter accepts; no hop is longer than
/// the range on the ellipsoid (the choice among feasible stops uses spherical distances, see kSphereError). What
/// searches have in common is kept: the hops from an airport or a start, and the distances to where flights end. Not
/// for several threads at once.
class FuelStops {
 public:
  /// \pre range_km > 0; `airports` outlives this
  FuelStops(const AirportIndex& airports, double range_km, const AirportFilter& filter);

  /// Chosen so that the distance flown plus `stop_km` for each stop is least; `stop_km` is what a stop costs, as the
  /// distance flown in the same time. Empty: within range without a stop. None: there is no such path. Same input, same
  /// stops, whatever was searched before. \pre stop_km >= 0
  std::optional<std::vector<const Airport*>> find(const LonLat& from, const LonLat& to, double stop_km);

 private:
  struct Hop {
    std::uint32_t to = 0;  ///< position in nodes_
    double km = 0.0;       ///< on the sphere
  };
  struct Node {
    UnitVector direction;
    const Airport* airport = nullptr;
    std::optional<std::vector<Hop>> hops;  ///< to other airports, longest first; none: not worked out yet
  };
  /// From an airport to the end of a flight.
  struct ToGo {
    double km = 0.0;     ///< on the sphere
    double least = 0.0;  ///< with the fewest stops on it
  };
  class Search;
  using Goal = std::tuple<double, double, double>;  ///< longitude, latitude, stop_km

  double longest_hop_km() const noexcept;
  double with_stops(double km, double stop_km) const noexcept;
  const std::vector<ToGo>& to_go(const LonLat& goal, const UnitVector& direction, double stop_km);
  std::vector<Hop> hops_from(const UnitVector& direction, const LonLat& point) const;
  const std::vector<Hop>& first_hops(const LonLat& from, const UnitVector& direction);
  /// The distance on the sphere, where it is within range.
  std::optional<double> hop_km(const UnitVector& a, const LonLat& a_point, const UnitVector& b,
                               const LonLat& b_point) const;

  double range_km_;
  double farthest_;  ///< squared chord beyond which nothing is within range
  std::vector<Node> nodes_;
  std::map<std::pair<double, double>, std::vector<Hop>> first_hops_;  ///< by longitude and latitude of a start
  std::map<Goal, std::vector<ToGo>> to_go_;
};

/// FuelStops for one flight.
std::optional<std::vector<const Airport*>> find_fuel_stops(const LonLat& from, const LonLat& to, double range_km,
                                                           double stop_km, const AirportFilter& filter,
                                                           const AirportIndex& airports);

}  // namespace relevo::geo
