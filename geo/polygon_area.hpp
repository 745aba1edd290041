// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "geo/units.hpp"

namespace relevo::geo {

/// Area on the ellipsoid, holes taken off, to a relative 1e-9 (PROJ's geodesic polygons: the edges are geodesics).
Area area_of(const Polygons& polygons);

}  // namespace relevo::geo
