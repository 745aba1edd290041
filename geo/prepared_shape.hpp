// SPDX-License-Identifier: MIT
#pragma once

#include "geo/degree_box.hpp"
#include "geo/earth_point.hpp"
#include "geo/lon_lat.hpp"
#include "geo/shape.hpp"
#include "geo/units.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relevo::geo {

DegreeBox degree_box_of(const Polygons& polygons);

/// Between these two lies a distance.
struct DistanceBounds {
  double least_metres = 0.0;
  double most_metres = 0.0;
};

/// A shape made ready for many questions about distances on the ellipsoid.
///
/// Edges are straight in longitude and latitude, as in GeoJSON, GDAL and GEOS, and distances are the shortest geodesics
/// to them: exact to 1 mm, 0 on and inside a surface. Poles and the antimeridian need no care.
///
/// How: edges are cut until none departs more than 0.5 m from its chord through the Earth, and kept in a tree of boxes
/// along the rings. Chords bound the distance (geo/earth_point.hpp), the pieces the bounds leave over are minimised
/// with Karney's geodesics: the derivative of the distance along an edge is -cos of the angle between the two.
///
/// Immutable; may be read from several threads.
class PreparedShape {
 public:
  /// \throws std::invalid_argument on a vertex that is not is_valid().
  explicit PreparedShape(const Shape& shape);

  /// No vertex at all: every distance is infinite.
  bool empty() const noexcept { return pieces_.empty(); }

  /// Inside a surface by the even-odd rule; always false for points and lines.
  bool contains(const LonLat& point) const noexcept;

  /// To 1 mm.
  Distance distance_to(const LonLat& point) const;

  /// Quick bounds, usually a metre apart, where the distance is at most `limit`; beyond it only `least_metres` is
  /// meant, and it is above the limit. `place` is earth_point(point).
  DistanceBounds bounds_to(const LonLat& point, const EarthPoint& place, Distance limit) const;

  /// True when the two have a point in common.
  bool intersects(const PreparedShape& other) const;

  /// To 1 mm; 0 where they intersect. Between the nearest vertex of one and the nearest edge of the other.
  Distance distance_to(const PreparedShape& other) const;

  const EarthBox& box() const noexcept { return box_; }

 private:
  /// A part of an edge, or a point.
  struct Piece {
    EarthPoint from;
    EarthPoint to;
    LonLat start;
    LonLat end;
    double deviation = 0.0;  ///< most metres between the edge and its chord
  };
  /// Pieces [first, last) and their box; an inner node is followed by its first child.
  struct Node {
    EarthBox box;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t second_child = 0;  ///< 0: a leaf
  };
  /// Edges of surfaces by latitude, so that a point meets only those of its own band.
  struct Bands {
    double south = 0.0;
    double per_degree = 0.0;
    std::vector<std::uint32_t> start;
    std::vector<std::uint32_t> edges;
  };
  struct Edge {
    LonLat from;
    LonLat to;
  };
  struct Bounds;
  struct Nearest;

  void add_vertex(const LonLat& point);
  void add_line(const std::vector<LonLat>& line);
  void add_edge(const LonLat& from, const LonLat& to);
  std::uint32_t build(std::uint32_t first, std::uint32_t last);
  void sort_into_bands();
  void bound(std::uint32_t node, Bounds& bounds) const;
  void nearest(std::uint32_t node, Nearest& nearest) const;
  bool crosses(std::uint32_t node, const PreparedShape& other, std::uint32_t other_node) const;
  void nearest_pair(std::uint32_t node, const PreparedShape& other, std::uint32_t other_node, double& best) const;
  static double distance_to_piece(const Piece& piece, const LonLat& point);

  std::vector<Piece> pieces_;
  std::vector<Node> nodes_;
  EarthBox box_;
  DegreeBox degrees_;            ///< of the surfaces
  std::vector<Edge> edges_;      ///< of the surfaces, uncut
  std::vector<LonLat> corners_;  ///< one vertex of each ring, line or point
  Bands bands_;
};

}  // namespace relevo::geo
