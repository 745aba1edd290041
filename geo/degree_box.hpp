// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"

#include <algorithm>

namespace relevo::geo {

/// A box in degrees; never reaches over the antimeridian, for shapes are cut there.
struct DegreeBox {
  double west = 180.0;
  double south = 90.0;
  double east = -180.0;
  double north = -90.0;

  void add(const LonLat& point) noexcept {
    west = std::min(west, point.lon);
    east = std::max(east, point.lon);
    south = std::min(south, point.lat);
    north = std::max(north, point.lat);
  }
  bool contains(const LonLat& point) const noexcept {
    return point.lon >= west && point.lon <= east && point.lat >= south && point.lat <= north;
  }
  bool empty() const noexcept { return east < west; }
};

}  // namespace relevo::geo
