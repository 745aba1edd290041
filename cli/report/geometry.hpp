// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"
#include "geo/shape.hpp"

#include <string>
#include <vector>

namespace relevo::cli {

// What drawing a map takes and no more: distances that are measured, and layers, are the business of geo/.

/// A rectangle of longitudes and latitudes, in degrees; empty until something is added. It does not cross 180 degrees.
struct Box {
  double west = 181.0;
  double south = 91.0;
  double east = -181.0;
  double north = -91.0;
  bool empty() const { return west > east; }
  void add(const geo::LonLat& point);
  void add(const Box& other);
  bool intersects(const Box& other) const;
  geo::LonLat centre() const { return {(west + east) / 2.0, (south + north) / 2.0}; }
  /// Larger by `degrees` on all sides, and then on two sides until width : height on the ground is `aspect`.
  Box grown(double degrees, double aspect) const;
};

using Ring = std::vector<geo::LonLat>;

Box box_of(const Ring& ring);

/// The ring without the points that lie within `tolerance` degrees (of latitude) of the line that remains
/// (Douglas-Peucker).
Ring simplified(const Ring& ring, double tolerance);

/// Points of the great circle on the sphere, both ends included. Longitudes run on past 180 degrees where the way
/// crosses it, so that it stays one line. A drawing differs from the ellipsoid by less than a pixel.
Ring great_circle(const geo::LonLat& from, const geo::LonLat& to);

/// Outer rings and holes alike.
std::vector<Ring> rings_of(const geo::Polygons& polygons);

/// Those of a GeoJSON Polygon or MultiPolygon, empty for anything else.
std::vector<Ring> rings_of_geojson(const std::string& geometry);

/// Lambert's azimuthal equal-area projection around a centre, on the unit sphere: areas compare truly, y points north.
class EqualArea {
 public:
  struct Point {
    double x = 0.0;
    double y = 0.0;
  };
  explicit EqualArea(const geo::LonLat& centre);
  Point project(const geo::LonLat& point) const;

 private:
  double centre_lon_;
  double sin_lat_;
  double cos_lat_;
};

}  // namespace relevo::cli
