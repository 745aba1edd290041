// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "geo/lon_lat.hpp"

#include <optional>
#include <vector>

namespace relevo::geo {

/// The stops of a flight for fuel. Chosen so that the distance flown plus `stop_km` for each stop is least; `stop_km`
/// is what a stop costs, as the distance flown in the same time. Stops are airports that `filter` accepts; no hop is
/// longer than `range_km` on the ellipsoid (the choice among feasible stops uses spherical distances, see
/// kSphereError). Empty: within range without a stop. None: there is no such path. Same input, same stops. \pre
/// range_km > 0, stop_km >= 0
std::optional<std::vector<const Airport*>> find_fuel_stops(const LonLat& from, const LonLat& to, double range_km,
                                                           double stop_km, const AirportFilter& filter,
                                                           const AirportIndex& airports);

}  // namespace relevo::geo
