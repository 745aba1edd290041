// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

namespace relevo::geo {

/// A point on the WGS 84 ellipsoid, in degrees, longitude first (the traditional GIS order).
/// Longitudes lie in [-180, 180], latitudes in [-90, 90]; the loaders refuse anything else.
struct LonLat {
  double lon = 0.0;
  double lat = 0.0;

  friend bool operator==(const LonLat&, const LonLat&) = default;
};

/// True when both coordinates are finite and inside their ranges.
inline bool is_valid(const LonLat& point) noexcept {
  return std::isfinite(point.lon) && std::isfinite(point.lat) && std::abs(point.lon) <= 180.0 &&
         std::abs(point.lat) <= 90.0;
}

}  // namespace relevo::geo
