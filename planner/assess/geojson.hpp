// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <string>

namespace relevo::planner {

/// The surfaces of a GeoJSON Polygon or MultiPolygon, as Incident::geometry keeps them: rings are closed, those of
/// fewer than three corners left out. Anything else, or a vertex off the globe, gives nothing.
geo::Polygons polygons_of_geojson(const std::string& geometry);

}  // namespace relevo::planner
