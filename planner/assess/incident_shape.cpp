// SPDX-License-Identifier: MIT
#include "planner/assess/incident_shape.hpp"

#include "geo/geojson.hpp"
#include "planner/model/scenario.hpp"

#include <utility>

namespace relevo::planner {

IncidentExtent extent_of(const Incident& incident) {
  geo::Polygons perimeter = geo::polygons_of_geojson(incident.geometry);
  geo::DegreeBox box = geo::degree_box_of(perimeter);
  if (perimeter.empty()) {
    box.add(incident.point);
    return {incident.point, {}, box, geo::PreparedShape(geo::Points{incident.point})};
  }
  geo::PreparedShape shape(perimeter);
  return {incident.point, std::move(perimeter), box, std::move(shape)};
}

}  // namespace relevo::planner
