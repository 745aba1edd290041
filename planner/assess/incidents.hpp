// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/layer_data.hpp"
#include "planner/model/scenario_loader.hpp"

#include <vector>

namespace relevo::planner {

/// One incident list out of the scenario's table, agencies' fire lists, perimeters and detections (docs/incidents.md):
/// merges records of one fire with the rule that did it, adds incidents that only a layer knows, dates
/// areas, replaces older or schematic perimeters, clusters the detections, and flags clusters that belong to no
/// incident. Afterwards draft.data.assessment.incidents has one entry for each incident, in order, with its links,
/// area and growth, and .clusters has the clusters.
void fuse_incidents(ScenarioDraft& draft, const LayerData& layers, const std::vector<PlaceRecord>& places);

}  // namespace relevo::planner
