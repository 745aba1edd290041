// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "planner/assess/incident_shape.hpp"
#include "planner/assess/rasters.hpp"
#include "planner/model/assessment.hpp"
#include "planner/model/layer_data.hpp"

#include <cstddef>
#include <vector>

/// What the map shows of the layers (docs/assessment.md, section 6).
namespace relevo::planner {

inline constexpr geo::Distance kMapReach = geo::Distance::from_kilometres(150);
inline constexpr std::size_t kMostMapFeatures = 2000;
/// Lines and rings depart from the layer's by at most this.
inline constexpr double kMapToleranceDegrees = 0.002;

/// Vertices that a line can lose without departing from itself by more than `tolerance` degrees (Douglas and Peucker).
/// Ends stay, and so a ring stays closed; a ring keeps at least four vertices.
std::vector<geo::LonLat> simplified(const std::vector<geo::LonLat>& line, double tolerance);

/// One layer for each import with records: those within kMapReach of an incident, of which every n-th is kept where
/// there are more than kMostMapFeatures.
std::vector<MapLayer> map_layers_of(const LayerData& layers, const std::vector<IncidentExtent>& incidents);

}  // namespace relevo::planner
