// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::geo {

/// A point of the WGS 84 ellipsoid as metres from the centre of the Earth (x through longitude 0, z through the north
/// pole). Straight lines between such points bound geodesics to millimetres over the distances of exposure, and know
/// neither poles nor an antimeridian.
struct EarthPoint {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

/// Throws std::invalid_argument on a point that is not is_valid().
EarthPoint earth_point(const LonLat& point);

inline double squared_straight_line(const EarthPoint& a, const EarthPoint& b) noexcept {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  const double dz = a.z - b.z;
  return dx * dx + dy * dy + dz * dz;
}

/// Bounds of the geodesic between two points that are `metres` apart in a straight line. The curvature of any geodesic
/// of WGS 84 lies between 1 / 6,399,594 m (over a pole) and 1 / 6,335,439 m (along a meridian at the equator); by
/// Schwarz's theorem an arc of curvature at most k is no longer than the circle's arc over the same chord. The lower
/// bound takes geodesics as plane curves and a millionth off for their torsion; 0.25 m apart at 50 km.
double geodesic_at_least(double metres) noexcept;
double geodesic_at_most(double metres) noexcept;

/// The inverse of geodesic_at_least: points with a geodesic of at most `metres` are no farther apart in a straight
/// line.
double straight_line_at_most(double metres) noexcept;

/// A box whose sides follow the axes, in metres.
struct EarthBox {
  EarthPoint least{HUGE_VAL, HUGE_VAL, HUGE_VAL};
  EarthPoint most{-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};

  void add(const EarthPoint& point, double margin = 0.0) noexcept {
    least = {std::min(least.x, point.x - margin), std::min(least.y, point.y - margin),
             std::min(least.z, point.z - margin)};
    most = {std::max(most.x, point.x + margin), std::max(most.y, point.y + margin), std::max(most.z, point.z + margin)};
  }
  void add(const EarthBox& box) noexcept {
    add(box.least);
    add(box.most);
  }
};

/// Squared distance from a point, or from another box, to the nearest point of a box; 0 inside.
inline double squared_straight_line(const EarthPoint& p, const EarthBox& box) noexcept {
  const double dx = std::max({box.least.x - p.x, p.x - box.most.x, 0.0});
  const double dy = std::max({box.least.y - p.y, p.y - box.most.y, 0.0});
  const double dz = std::max({box.least.z - p.z, p.z - box.most.z, 0.0});
  return dx * dx + dy * dy + dz * dz;
}

inline double squared_straight_line(const EarthBox& a, const EarthBox& b) noexcept {
  const double dx = std::max({a.least.x - b.most.x, b.least.x - a.most.x, 0.0});
  const double dy = std::max({a.least.y - b.most.y, b.least.y - a.most.y, 0.0});
  const double dz = std::max({a.least.z - b.most.z, b.least.z - a.most.z, 0.0});
  return dx * dx + dy * dy + dz * dz;
}

}  // namespace relevo::geo
