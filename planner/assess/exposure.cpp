// SPDX-License-Identifier: MIT
#include "planner/assess/exposure.hpp"

#include "geo/geodesic.hpp"

#include <algorithm>
#include <utility>

namespace relevo::planner {

namespace {

std::vector<geo::LonLat> points_of(const std::vector<PlaceRecord>& places) {
  std::vector<geo::LonLat> points;
  points.reserve(places.size());
  for (const auto& place : places)
    points.push_back(place.point);
  return points;
}

}  // namespace

PlaceExposure::PlaceExposure(const std::vector<PlaceRecord>& places, std::string source)
    : places_(places), source_(std::move(source)), index_(points_of(places)) {}

void PlaceExposure::add_to(IncidentAssessment& assessment, const IncidentExtent& extent) const {
  const auto nearest = index_.nearest(extent.shape, kNearestPlaces, kPlaceCoverage);
  if (nearest.empty())
    return;
  for (const auto& near : nearest) {
    const auto& place = places_[near.point];
    assessment.places.push_back({place.name, place.population, near.distance.kilometres(),
                                 geo::measure_geodesic(extent.point, place.point).azimuth_deg});
  }
  for (const auto& hit : index_.within(extent.shape, kExposureRings))
    for (std::size_t ring = hit.ring; ring < kExposureRings.size(); ++ring)
      assessment.people_within[ring] += std::max<std::int64_t>(0, places_[hit.point].population);
  assessment.people_source = source_;
}

std::string PlaceExposure::nearest_to(const geo::LonLat& point) const {
  const auto nearest = index_.nearest(geo::PreparedShape(geo::Points{point}), 1, kPlaceCoverage);
  if (nearest.empty())
    return {};
  const auto& place = places_[nearest.front().point];
  return place.admin1.empty() ? place.name : place.name + ", " + place.admin1;
}

void add_access(IncidentAssessment& assessment, const IncidentExtent& extent, const geo::AirportIndex& airports,
                const Policy& policy) {
  const geo::AirportFilter filter{policy.travel.passenger_runway_m.value, geo::AirportSize::Medium, {}};
  const auto nearest = airports.nearest(extent.point, 1, filter);
  if (nearest.empty())
    return;
  assessment.airport = nearest.front().airport->ident;
  assessment.airport_km = nearest.front().distance.kilometres() * policy.travel.ground_detour.value;
}

}  // namespace relevo::planner
