// SPDX-License-Identifier: MIT
#include "geo/polygon_area.hpp"

#include <geodesic.h>

#include <cstddef>

namespace relevo::geo {

namespace {

/// Square metres to the left of the closed ring, or to its right.
double area_beside(const geod_geodesic& ellipsoid, const Ring& ring, bool left) {
  geod_polygon polygon;
  geod_polygon_init(&polygon, 0);
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    geod_polygon_addpoint(&ellipsoid, &polygon, ring[i].lat, ring[i].lon);
  double area = 0.0;
  geod_polygon_compute(&ellipsoid, &polygon, left ? 0 : 1, 0, &area, nullptr);
  return area;
}

}  // namespace

Area area_of(const Polygons& polygons) {
  geod_geodesic wgs84;
  geod_init(&wgs84, 6378137.0, 1.0 / 298.257223563);
  double square_metres = 0.0;
  for (const Polygon& polygon : polygons) {
    square_metres += area_beside(wgs84, polygon.outer, true);
    for (const Ring& hole : polygon.holes)
      square_metres -= area_beside(wgs84, hole, false);
  }
  return Area::from_hectares(square_metres / 10000.0);
}

}  // namespace relevo::geo
