// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "geo/vertices.hpp"

#include <ogr_geometry.h>

#include <memory>
#include <vector>

namespace relevo::geo {

using GeometryPtr = std::unique_ptr<OGRGeometry>;

/// Of open rings.
std::unique_ptr<OGRPolygon> ogr_polygon(const Vertices& outer, const std::vector<Vertices>& holes);
std::unique_ptr<OGRMultiPolygon> ogr_polygons(const Polygons& polygons);
/// A polygon where there is one, else a multipolygon.
GeometryPtr ogr_of(const Polygons& polygons);

Vertices vertices_of(const OGRSimpleCurve& curve);

/// Snaps to the antimeridian and the poles what rounding left within 1e-9 degrees of them.
LonLat snapped(LonLat v);

/// Of an open ring, running as asked.
Ring closed_ring(Vertices vertices, bool counter_clockwise);

/// The polygons in a result of GEOS, shifted by `shift` degrees of longitude, without rings of less than 1e-14 square
/// degrees, which rounding left.
void append_polygons_of(Polygons& polygons, const OGRGeometry& geometry, double shift);

/// What each ring winds around, united, holes taken off (GEOS, method "structure").
GeometryPtr make_valid(const OGRGeometry& geometry);

}  // namespace relevo::geo
