// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/shape.hpp"

namespace relevo::planner {

/// The outline of a raster in WGS 84, for the map and the spatial index: its edge, sixteen points a side. One that
/// crosses the antimeridian or holds a pole becomes the band of its latitudes around the world. std::monostate where
/// PROJ knows no way from its reference system.
geo::Shape footprint_of(const geo::RasterHeader& header);

}  // namespace relevo::planner
