// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "geo/vertices.hpp"

#include <vector>

namespace relevo::geo {

/// Open rings, cleaned, within -180..180.
struct RawPolygon {
  Vertices outer;
  std::vector<Vertices> holes;
  bool has_to_be_cut = false;  ///< an edge crosses the antimeridian
};

/// Longitudes without jumps, beginning within -180..180; a ring that goes round a pole is closed along it.
Vertices unwound(const Vertices& ring);

/// Appends what the polygon's rings wind around, cut at the antimeridian. A hole that lies outside the polygon is a
/// part of its own: so they come from programs that write the parts of a multipolygon as rings of one polygon.
void append_region(Polygons& polygons, const RawPolygon& raw);

/// Gives edges along a pole or the edge of the world that span more than a half of it a vertex in the middle.
void split_wide_edges(Polygons& polygons);

}  // namespace relevo::geo
