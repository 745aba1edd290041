// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "geo/place_index.hpp"
#include "planner/assess/incident_shape.hpp"
#include "planner/model/assessment.hpp"
#include "planner/model/layer_data.hpp"
#include "planner/model/policy.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

/// Who lives near an incident and how it is reached (docs/assessment.md, sections 1 and 3).
namespace relevo::planner {

inline constexpr std::array<geo::Distance, 3> kExposureRings{
    geo::Distance::from_kilometres(10), geo::Distance::from_kilometres(25), geo::Distance::from_kilometres(50)};
inline constexpr std::size_t kNearestPlaces = 5;
/// A place table says nothing of people where it has no place this near.
inline constexpr geo::Distance kPlaceCoverage = geo::Distance::from_kilometres(300);

/// Places by where they are. Keeps a reference to the records.
class PlaceExposure {
 public:
  PlaceExposure(const std::vector<PlaceRecord>& places, std::string source);

  /// Fills places, people_within and people_source. Where no place lies within kPlaceCoverage, people_source stays
  /// empty: nothing is known.
  void add_to(IncidentAssessment& assessment, const IncidentExtent& extent) const;

  /// "Name, AB" of the nearest one; empty: none within kPlaceCoverage.
  std::string nearest_to(const geo::LonLat& point) const;

 private:
  const std::vector<PlaceRecord>& places_;
  std::string source_;
  geo::PlaceIndex index_;
};

/// Fills airport and airport_km: the nearest one with a runway for passengers, by road.
void add_access(IncidentAssessment& assessment, const IncidentExtent& extent, const geo::AirportIndex& airports,
                const Policy& policy);

}  // namespace relevo::planner
