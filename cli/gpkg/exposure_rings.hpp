// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"
#include "geo/shape.hpp"
#include "planner/model/scenario.hpp"

#include <vector>

namespace relevo::cli {

/// What lies within `km` of a point: a geodesic circle of 72 vertices, each exact, cut at the antimeridian. The chords
/// lie at most 0.1 % of the radius inside the circle.
geo::Polygons ring_around(const geo::LonLat& point, double km);

/// What lies within `km` of the surfaces, themselves included. The buffer is made in an azimuthal equidistant
/// projection around `centre`: within 0.1 % of `km` for surfaces that reach no more than 300 km from it. Cut at the
/// antimeridian.
geo::Polygons ring_around(const geo::Polygons& surfaces, const geo::LonLat& centre, double km);

/// 10, 25 and 50 km around every assessed incident: around its perimeter, or its point where it has none. Empty where
/// nothing was assessed.
std::vector<ExposureRing> exposure_rings(const planner::ScenarioData& data);

}  // namespace relevo::cli
