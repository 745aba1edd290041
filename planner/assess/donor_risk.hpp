// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "planner/assess/overlaps.hpp"
#include "planner/assess/rasters.hpp"
#include "planner/model/scenario.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

/// What keeps a lender's units at home: the five inputs of the preparedness matrix of CIFFC for each agency and day,
/// and the level that follows (docs/assessment.md, section 5).
namespace relevo::planner {

/// Class 1..5 of a load: 1 below the first of ascending thresholds. `factor` scales them.
int load_class_of(double load, const std::array<Provision<double>, 4>& least, double factor = 1.0);

/// Class 1..5 of a share: 1 from the first of descending thresholds on.
int share_class_of(double share, const std::array<Provision<double>, 4>& least);

/// Weight of one fire in the load: by size 0.25 (below 10 ha), 0.5 (below 100 ha or not known), 1, 2 (from 1,000 ha),
/// 4 (from 10,000 ha); times 1 out of control or not known, 0.5 being held, 0.1 under control, 0 out.
double fire_weight(double area_ha, const std::string& stage);

/// The level of the matrix from its five inputs (0: no data) and the floor that other hazards set: the mean of what is
/// known, rounded up, no less than the heavier of the two loads less one, no less than the floor. 0: neither danger nor
/// a load is known, and no floor is set.
int matrix_level(const AgencyRisk& risk);

struct RiskSources {
  const LayerData& layers;
  const Rasters& rasters;
  const CurrentHazards& hazards;
  const std::map<std::string, geo::Polygons>& territories;
};

/// One row for each agency and day of the horizon, by agency, then day.
/// \pre data.assessment.incidents has one entry for each incident.
std::vector<AgencyRisk> assess_donor_risk(const ScenarioData& data, const RiskSources& sources);

/// Agencies without a level of their own get the one of the matrix where it gives one.
void apply_levels(ScenarioData& data);

}  // namespace relevo::planner
