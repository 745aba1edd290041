// SPDX-License-Identifier: MIT
#pragma once

#include "geo/lon_lat.hpp"
#include "geo/prepared_shape.hpp"
#include "geo/shape.hpp"

namespace relevo::planner {

struct Incident;

/// Where an incident is: its perimeter, observed or schematic, or its point where it has none.
struct IncidentExtent {
  geo::LonLat point;
  geo::Polygons perimeter;  ///< empty: none
  geo::DegreeBox box;
  geo::PreparedShape shape;
};

IncidentExtent extent_of(const Incident& incident);

}  // namespace relevo::planner
