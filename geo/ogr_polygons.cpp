// SPDX-License-Identifier: MIT
#include "geo/ogr_polygons.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace relevo::geo {

namespace {

constexpr double kLongitudeTolerance = 1e-9;
constexpr double kSmallestSquareDegrees = 1e-14;

std::unique_ptr<OGRLinearRing> ogr_ring(const Vertices& vertices) {
  auto ring = std::make_unique<OGRLinearRing>();
  ring->setNumPoints(static_cast<int>(vertices.size()), FALSE);
  for (std::size_t i = 0; i < vertices.size(); ++i)
    ring->setPoint(static_cast<int>(i), vertices[i].lon, vertices[i].lat);
  ring->closeRings();
  return ring;
}

/// An open ring of a result of GEOS without what rounding left in it; nothing if no area is left.
std::optional<Ring> settled_ring(Vertices vertices, bool counter_clockwise) {
  std::transform(vertices.begin(), vertices.end(), vertices.begin(), snapped);
  drop_repeated(vertices, true);
  if (vertices.size() < 3)
    return {};
  Ring ring = closed_ring(std::move(vertices), counter_clockwise);
  if (std::abs(signed_area(ring)) < kSmallestSquareDegrees)
    return {};
  return ring;
}

}  // namespace

std::unique_ptr<OGRPolygon> ogr_polygon(const Vertices& outer, const std::vector<Vertices>& holes) {
  auto polygon = std::make_unique<OGRPolygon>();
  polygon->addRingDirectly(ogr_ring(outer).release());
  for (const Vertices& hole : holes)
    polygon->addRingDirectly(ogr_ring(hole).release());
  return polygon;
}

std::unique_ptr<OGRMultiPolygon> ogr_polygons(const Polygons& polygons) {
  auto made = std::make_unique<OGRMultiPolygon>();
  for (const Polygon& polygon : polygons)
    made->addGeometryDirectly(ogr_polygon(polygon.outer, polygon.holes).release());
  return made;
}

GeometryPtr ogr_of(const Polygons& polygons) {
  if (polygons.size() == 1)
    return ogr_polygon(polygons.front().outer, polygons.front().holes);
  return ogr_polygons(polygons);
}

Vertices vertices_of(const OGRSimpleCurve& curve) {
  Vertices vertices;
  const int n = curve.getNumPoints();
  vertices.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i)
    vertices.push_back({curve.getX(i), curve.getY(i)});
  return vertices;
}

LonLat snapped(LonLat v) {
  if (std::abs(std::abs(v.lon) - 180.0) < kLongitudeTolerance)
    v.lon = std::copysign(180.0, v.lon);
  if (std::abs(std::abs(v.lat) - 90.0) < kLongitudeTolerance)
    v.lat = std::copysign(90.0, v.lat);
  return v;
}

Ring closed_ring(Vertices vertices, bool counter_clockwise) {
  vertices.push_back(vertices.front());
  if ((signed_area(vertices) > 0.0) != counter_clockwise)
    std::reverse(vertices.begin(), vertices.end());
  return vertices;
}

void append_polygons_of(Polygons& polygons, const OGRGeometry& geometry, double shift) {
  if (OGR_GT_IsSubClassOf(geometry.getGeometryType(), wkbGeometryCollection) != FALSE) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection())
      append_polygons_of(polygons, *part, shift);
    return;
  }
  if (wkbFlatten(geometry.getGeometryType()) != wkbPolygon || geometry.IsEmpty())
    return;
  const auto shifted = [shift](const OGRLinearRing& ring) {
    Vertices vertices = vertices_of(ring);
    for (LonLat& v : vertices)
      v.lon += shift;
    return vertices;
  };
  const OGRPolygon& polygon = *geometry.toPolygon();
  std::optional<Ring> outer = settled_ring(shifted(*polygon.getExteriorRing()), true);
  if (!outer)
    return;
  polygons.push_back({std::move(*outer), {}});
  for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
    if (std::optional<Ring> hole = settled_ring(shifted(*polygon.getInteriorRing(i)), false))
      polygons.back().holes.push_back(std::move(*hole));
  }
}

GeometryPtr make_valid(const OGRGeometry& geometry) {
  const char* const options[] = {"METHOD=STRUCTURE", "KEEP_COLLAPSED=NO", nullptr};
  return GeometryPtr(geometry.MakeValid(options));
}

}  // namespace relevo::geo
