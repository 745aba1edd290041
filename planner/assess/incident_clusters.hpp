// SPDX-License-Identifier: MIT
#pragma once

#include "planner/assess/incident_extent.hpp"
#include "planner/model/assessment.hpp"
#include "planner/model/scenario.hpp"

#include <vector>

/// Detections that belong together, and the incident they are of. docs/incidents.md, section 4.
namespace relevo::planner::detail {

struct ClusteredDetections {
  std::vector<DetectionCluster> clusters;  ///< by first detection
  std::vector<std::size_t> import_of;      ///< of each: that of most of its detections
  std::size_t after_planning_date = 0;     ///< detections not used for being later than the planning date
};

/// Clusters of the detections up to the planning date, each with its incident of data.incidents where one is near.
/// `places` name what is near those without an incident.
ClusteredDetections cluster_and_match(const ScenarioData& data, const LayerData& layers,
                                      const std::vector<PlaceRecord>& places);

}  // namespace relevo::planner::detail
