// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

/// Plain geometry on the map, longitude and latitude as x and y, for judging what the product made.
namespace relevo::geo::oracle {

/// Positive for a counter-clockwise ring.
double signed_area(const Ring& ring);
double area(const Polygons& polygons);

/// How often the closed ring goes round the place, counter-clockwise.
int winding(const Ring& ring, const LonLat& place);
bool contains(const Polygons& polygons, const LonLat& place);
double distance_to_edges(const Polygons& polygons, const LonLat& place);

/// How many parts contain the place: at most one where the parts do not overlap.
int times_covered(const Polygons& polygons, const LonLat& place);

/// True when two edges cross inside both, by more than rounding. Every pair is tried.
bool has_crossing(const Polygons& polygons);

}  // namespace relevo::geo::oracle
