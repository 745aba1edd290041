// SPDX-License-Identifier: MIT
#pragma once

#include "geo/prepared_shape.hpp"
#include "planner/assess/incident_shape.hpp"
#include "planner/model/assessment.hpp"
#include "planner/model/day.hpp"
#include "planner/model/layer_data.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Smoke, earthquakes, cyclones, floods, alerts and custom shapes at or near incidents (docs/assessment.md, section 2).
namespace relevo::planner {

inline constexpr std::size_t kMostOverlaps = 20;

/// Distance up to which an earthquake of a magnitude is felt as strong (intensity VI).
geo::Distance earthquake_reach(double magnitude);

/// True when the record bears on the planning day: not ended before it, not begun after it (forecasts of cyclones and
/// alerts count), and an event without an end no older than its theme is kept for.
bool is_current(const HazardRecord& record, Day day);

/// A record, or the track of a cyclone as one, ready for distances.
struct CurrentHazard {
  std::size_t import = 0;
  geo::LayerTheme theme = geo::LayerTheme::Custom;
  std::string name;
  std::string detail;
  double strength = 0.0;  ///< 0: not known
  geo::Distance reach;    ///< it bears on what is this near
  geo::PreparedShape shape;
};

/// The hazards that are current on a day.
class CurrentHazards {
 public:
  CurrentHazards(const LayerData& layers, Day day);

  /// Fills overlaps with those within reach: nearest first, then strongest, at most kMostOverlaps.
  void add_to(IncidentAssessment& assessment, const IncidentExtent& extent) const;

  /// 0 to 1 for an incident of another hazard than fire: the largest over the hazards of its kind within reach.
  /// Earthquake (magnitude - 4) / 4; cyclone wind / 137 kt, least wind of category 5; alerts severity / 4. Negative:
  /// nothing known.
  double severity_at(const IncidentExtent& extent, const std::string& hazard) const;

  const std::vector<CurrentHazard>& all() const noexcept { return hazards_; }

 private:
  std::vector<CurrentHazard> hazards_;
};

}  // namespace relevo::planner
