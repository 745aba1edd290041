// SPDX-License-Identifier: MIT
#pragma once

#include "geo/geodesic.hpp"
#include "geo/lon_lat.hpp"
#include "geo/shape.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace relevo::geo {

/// A star-shaped ring around a centre, counter-clockwise, no vertex beyond a pole or the antimeridian. `reach` in km.
inline Ring random_ring(const LonLat& centre, double reach_km, int corners, std::mt19937& random) {
  std::uniform_real_distribution<double> share(0.4, 1.0);
  Ring ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2.0 * 3.14159265358979 * i / corners;
    const double north_deg = reach_km * share(random) * std::sin(angle) / 111.0;
    const double wide = 111.0 * std::max(0.05, std::cos(centre.lat * 3.14159265358979 / 180.0));
    const double east_deg = reach_km * share(random) * std::cos(angle) / wide;
    ring.push_back({std::clamp(centre.lon + east_deg, -180.0, 180.0), std::clamp(centre.lat + north_deg, -90.0, 90.0)});
  }
  ring.push_back(ring.front());
  return ring;
}

/// The least distance to the vertices of `steps` equal parts (in degrees) of each edge: never less than the true one,
/// and more by at most half a part.
inline double sampled_metres(const LonLat& point, const std::vector<LonLat>& line, int steps) {
  double least = HUGE_VAL;
  for (std::size_t i = 1; i < line.size(); ++i)
    for (int s = 0; s <= steps; ++s) {
      const double f = static_cast<double>(s) / steps;
      const LonLat sample{line[i - 1].lon + (line[i].lon - line[i - 1].lon) * f,
                          line[i - 1].lat + (line[i].lat - line[i - 1].lat) * f};
      least = std::min(least, distance_between(point, sample).metres());
    }
  return least;
}

/// Inside by counting crossings of every edge.
inline bool is_inside_by_scan(const LonLat& point, const Polygons& polygons) {
  bool inside = false;
  const auto scan = [&](const Ring& ring) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      const auto& a = ring[i - 1];
      const auto& b = ring[i];
      if ((a.lat > point.lat) != (b.lat > point.lat) &&
          a.lon + (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat) > point.lon)
        inside = !inside;
    }
  };
  for (const auto& polygon : polygons) {
    scan(polygon.outer);
    for (const auto& hole : polygon.holes)
      scan(hole);
  }
  return inside;
}

}  // namespace relevo::geo
