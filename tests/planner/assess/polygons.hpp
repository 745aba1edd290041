// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

namespace relevo::test {

/// A square in degrees, of twice `half` from side to side.
inline geo::Polygons square(const geo::LonLat& centre, double half) {
  return {{{{centre.lon - half, centre.lat - half},
            {centre.lon + half, centre.lat - half},
            {centre.lon + half, centre.lat + half},
            {centre.lon - half, centre.lat + half},
            {centre.lon - half, centre.lat - half}},
           {}}};
}

}  // namespace relevo::test
