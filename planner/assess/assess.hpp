// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "geo/shape.hpp"
#include "planner/model/layer_data.hpp"
#include "planner/model/scenario_loader.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace relevo::planner {

/// What the assessment knows of the world without any layer, from data/reference.
struct ReferenceGeography {
  std::vector<PlaceRecord> places;
  std::map<std::string, geo::Polygons> territories;  ///< agency_id -> its area, simplified as in boundaries.geojson
  const geo::AirportIndex& airports;
};

/// \throws geo::TableError, InputError
ReferenceGeography load_reference_geography(const std::filesystem::path& data_dir, const geo::AirportIndex& airports);

/// Layers become incidents, exposure, priorities and donor risk, as docs/assessment.md says: fuses the incidents of the
/// layers into draft.data.incidents, sets the priority of every line that left it to the assessment, gives agencies
/// without a level the one of the matrix, and fills draft.data.assessment. Without layers only exposure and priorities
/// are computed, from the tables and the reference places. Remarks go to draft.diagnostics.
void assess(ScenarioDraft& draft, const LayerData& layers, const ReferenceGeography& reference);

}  // namespace relevo::planner
