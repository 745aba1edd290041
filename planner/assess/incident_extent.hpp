// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/shape.hpp"
#include "planner/model/day.hpp"

#include <span>
#include <string>
#include <vector>

/// Plane geometry of the fusion of incidents: small figures near points, exact enough to tell 100 m.
namespace relevo::planner::detail {

/// Polygons with a box around each, for quick answers. Longitudes are not wrapped: polygons are cut at the
/// antimeridian.
class Extent {
 public:
  Extent() = default;
  explicit Extent(geo::Polygons polygons);

  bool empty() const noexcept { return polygons_.empty(); }
  const geo::Polygons& polygons() const noexcept { return polygons_; }
  bool contains(const geo::LonLat& point) const;
  /// Geodesic distance from the point to the nearest edge, 0 inside; kFar beyond `limit_km`.
  double distance_km(const geo::LonLat& point, double limit_km) const;
  /// How many of at most 400 vertices of each lie within the other.
  std::size_t shared_vertices(const Extent& other) const;
  /// Mean direction of the vertices of the largest ring.
  geo::LonLat centre() const;

  static constexpr double kFar = 1e9;

 private:
  struct Box {
    double west, south, east, north;
    bool holds(const geo::LonLat& p) const noexcept {
      return west <= p.lon && p.lon <= east && south <= p.lat && p.lat <= north;
    }
    bool meets(const Box& o) const noexcept {
      return west <= o.east && o.west <= east && south <= o.north && o.south <= north;
    }
  };
  std::size_t vertices_within(const Extent& other) const;

  geo::Polygons polygons_;
  std::vector<Box> boxes_;
};

/// A GeoJSON Polygon or MultiPolygon; geo::polygons_of_geojson is the way back.
std::string geojson_of(const geo::Polygons& polygons);

/// Convex hull of points in the equal-area projection (Lambert, sphere) about their middle, grown by `grow_metres`.
/// Valid, counter-clockwise, cut at the antimeridian; a hull around a pole reaches to it. \pre at least one point, all
/// within a quarter of the globe
geo::Polygons grown_hull(std::span<const geo::LonLat> points, double grow_metres);

/// Mean direction; the first point where there is none.
geo::LonLat middle_of(std::span<const geo::LonLat> points);

/// The day at the place, by the sun in whole hours: within two hours of any civil zone but the oddest.
Day day_at(geo::Instant instant, const geo::LonLat& place);

}  // namespace relevo::planner::detail
