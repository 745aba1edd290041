// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"
#include "geo/shape.hpp"

#include <vector>

namespace relevo::geo {

/// Of a line, or of a ring, which is open then: its first vertex is not repeated.
using Vertices = std::vector<LonLat>;

bool is_finite(const LonLat& v);

/// Within -180..180. \pre |lon| <= 540
double wrapped(double lon);

/// Drops vertices at exactly (0, 0) where that is far from the others (repair_shape, stray_vertex). False: none is.
bool drop_origin(Vertices& vertices);
/// Drops these and, of a ring, vertices far from all others. False: there are none.
bool drop_strays(Vertices& vertices, bool is_ring);
/// Leaves one of each run of the same vertex.
void drop_repeated(Vertices& vertices, bool is_ring);

/// Gives edges along a parallel that go round the world two vertices more.
void split_world_edges(Vertices& ring);

/// True when an edge of the ring spans more than 180 degrees of longitude.
bool is_wide(const Vertices& ring);

/// Square degrees; more than zero where the ring runs counterclockwise.
double signed_area(const Ring& closed);

}  // namespace relevo::geo
