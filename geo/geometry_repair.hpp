// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "geo/units.hpp"

#include <string>

class OGRGeometry;

namespace relevo::geo {

/// What became of a geometry on its way to a Shape.
struct RepairedShape {
  Shape shape;  ///< std::monostate: nothing usable was left
  std::string
      reason;  ///< empty: it was valid; else the code of what was wrong: "self_intersection", "stray_vertex", ...
};

/// Brings a geometry that is already in WGS 84 (longitude first) into a valid Shape: flattens Z, M and curves, drops
/// stray vertices at (0,0) far from the rest, wraps longitudes of 180..360, closes rings, repairs self-intersections,
/// keeps the parts of the highest dimension, cuts at the antimeridian. Never throws for a bad geometry.
RepairedShape repair_shape(const OGRGeometry& geometry);

/// Area on the ellipsoid, holes taken off, to a relative 1e-9 (PROJ's geodesic polygons).
Area area_of(const Polygons& polygons);

}  // namespace relevo::geo
