// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"

#include <optional>
#include <string>

namespace relevo::planner {

/// The figure by which hazards of a theme compare (HazardRecord::strength): magnitude of an earthquake, wind of a
/// cyclone in knots, density of smoke 1..3, severity of an alert 0..4, depth of a flood in metres.
std::optional<double> hazard_strength(geo::LayerTheme theme, const geo::LayerFeature& feature);

/// The same in a few words of the source: "M 5.4", "65 kt", "Heavy", "Tornado Warning, Severe". May be empty.
std::string hazard_detail(geo::LayerTheme theme, const geo::LayerFeature& feature);

}  // namespace relevo::planner
