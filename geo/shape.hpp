// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"

#include <variant>
#include <vector>

namespace relevo::geo {

/// A closed ring: the last vertex repeats the first. Outer rings run counter-clockwise, holes clockwise (RFC 7946).
using Ring = std::vector<LonLat>;

/// A surface with its holes.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
  friend bool operator==(const Polygon&, const Polygon&) = default;
};

using Points = std::vector<LonLat>;
using Lines = std::vector<std::vector<LonLat>>;
using Polygons = std::vector<Polygon>;

/// A geometry in WGS 84 as layers leave the reader: two-dimensional, of one dimension (no mixed collections), every
/// vertex is_valid(), polygons valid by the rules of OGC Simple Features and cut at the antimeridian (no edge spans
/// more than 180 degrees of longitude). std::monostate: the record has no geometry.
using Shape = std::variant<std::monostate, Points, Lines, Polygons>;

}  // namespace relevo::geo
