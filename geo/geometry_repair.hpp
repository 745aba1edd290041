// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <string>

class OGRGeometry;

namespace relevo::geo {

/// What became of a geometry on its way to a Shape.
struct RepairedShape {
  Shape shape;         ///< std::monostate: nothing usable was left
  std::string reason;  ///< empty: it was valid; else the code of what was wrong, the first that fits of the list below
};

/// Brings a geometry that is already in WGS 84 (longitude first) into a valid Shape. Z, M and repeated vertices are
/// dropped, curves become chords, rings are oriented: none of that is a repair. These are, by code:
///
/// - `empty`: no vertex at all.
/// - `not_finite`: vertices that are NaN or infinite are dropped, where they are at most a tenth; else nothing is left.
/// - `out_of_range`: the same for latitudes beyond 90 and longitudes beyond 540 degrees.
/// - `stray_vertex`: dropped are a vertex at exactly (0, 0) that is further from the box around the other vertices of
/// its
///   ring or line than 5 degrees and than a quarter of the box's diagonal; and any vertex of a ring with at least 8
///   others that is further from their box than 5 degrees and than 10 diagonals.
/// - `self_intersection`: rings that cross or run back over themselves (spikes), parts that overlap.
/// - `nested_rings`: a part or hole inside another.
/// - `hole_outside`: a hole that is not inside its polygon.
/// - `unclosed_ring`: the first vertex is repeated at the end.
/// - `antimeridian`: edges spanning more than 180 degrees of longitude are taken to cross longitude 180, and cut there
///   (RFC 7946, section 3.1.9); a ring that goes round a pole is closed along that pole. Edges of 360 degrees on one
///   parallel go round the world, they get two more vertices (no repair).
/// - `wrapped_longitude`: longitudes beyond -180..180 are brought there.
/// - `mixed_collection`: only the parts of the highest dimension are kept.
/// - `zero_area`: polygons and holes of less than 1e-14 square degrees (1 square centimetre) are dropped.
/// - `zero_length`: lines of a single place are dropped.
///
/// Crossing rings are repaired by GEOS' "structure" method: every ring covers what it winds around, whichever way;
/// parts are united and holes taken off. So both halves of a figure of eight stay and what is covered twice counts
/// once: the area never grows beyond the sum of what the rings enclose. A hole that does not touch its polygon is a
/// part of its own. Vertices move by at most 1e-9 degrees (where a cut ends). Never throws for a bad geometry. A valid
/// polygon away from the antimeridian costs one validity test of GEOS.
RepairedShape repair_shape(const OGRGeometry& geometry);

}  // namespace relevo::geo
