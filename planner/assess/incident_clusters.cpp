// SPDX-License-Identifier: MIT
#include "planner/assess/incident_clusters.hpp"

#include "geo/detection_clusters.hpp"
#include "geo/geodesic.hpp"
#include "geo/geojson.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <tuple>

namespace relevo::planner::detail {

namespace {

/// Half the side of a pixel at nadir, by the sensor that the profile names.
constexpr double kHalfViirsPixelMetres = 187.5;
constexpr double kHalfModisPixelMetres = 500.0;
/// Detections of a cluster that are compared with perimeters; of larger clusters every n-th is taken.
constexpr std::size_t kMostCompared = 500;
/// Smoke is seen from space before anybody calls: a fire may be this much younger than its cluster.
constexpr Days kDiscoveryMargin{1};

double half_pixel_metres(const LayerImport& import) {
  for (const auto* text : {&import.profile, &import.name})
    for (const auto* word : {"modis", "MODIS", "Modis"})
      if (text->find(word) != std::string::npos)
        return kHalfModisPixelMetres;
  return kHalfViirsPixelMetres;
}

struct Target {
  IncidentIndex incident{0U};
  geo::LonLat point;
  Extent extent;
  double radius_km = 0.0;  ///< without an extent: of a circle of its area
  std::optional<Day> discovered;
};

/// Of a circle with the latest area known on the day.
double radius_km(const Incident& incident, Day as_of) {
  double hectares = 0.0;
  for (const auto& report : incident.areas)
    if (report.day <= as_of)
      hectares = report.area.hectares();
  constexpr double kHectaresPerSquareKm = 100.0;
  return std::sqrt(hectares / kHectaresPerSquareKm / std::numbers::pi);
}

struct Candidate {
  std::size_t target = 0;
  std::size_t inside = 0;  ///< detections within the perimeter
  double km = 0.0;
};

class Matcher {
 public:
  Matcher(const ScenarioData& data, const LayerData& layers, const std::vector<PlaceRecord>& places)
      : data_(data), layers_(layers), places_(places) {
    for (const auto i : data.incidents.indices()) {
      const auto& incident = data.incidents[i];
      if (incident.hazard != "wildfire")
        continue;
      Target target{i, incident.point, Extent(geo::polygons_of_geojson(incident.geometry)), 0.0, incident.discovered};
      if (target.extent.empty())
        target.radius_km = radius_km(incident, data.as_of);
      targets_.push_back(std::move(target));
    }
    for (const auto& place : places)
      place_directions_.push_back(geo::unit_vector(place.point));
  }

  ClusteredDetections run() {
    take_detections();
    const auto& policy = data_.policy.assessment;
    constexpr double kSecondsPerHour = 3600.0;
    const auto labels = geo::cluster_detections(
        points_, {.metres = policy.cluster_metres.value,
                  .seconds = static_cast<std::int64_t>(policy.cluster_hours.value * kSecondsPerHour),
                  .min_points = policy.cluster_detections.value});
    std::vector<std::vector<std::uint32_t>> members;
    for (std::uint32_t i = 0; i < labels.size(); ++i) {
      if (labels[i] == geo::kNoise)
        continue;
      const auto label = static_cast<std::size_t>(labels[i]);
      if (label >= members.size())
        members.resize(label + 1);
      members[label].push_back(i);
    }
    for (const auto& cluster : members)
      add_cluster(cluster);
    return std::move(found_);
  }

 private:
  void take_detections() {
    for (const auto& detection : layers_.detections) {
      if (day_at(detection.time, detection.point) > data_.as_of) {
        ++found_.after_planning_date;
        continue;
      }
      points_.push_back({detection.point, detection.time});
      detections_.push_back(&detection);
    }
  }

  void add_cluster(const std::vector<std::uint32_t>& members) {
    DetectionCluster cluster;
    cluster.id = fmt::format("H-{}", found_.clusters.size() + 1);
    cluster.detections = members.size();
    std::vector<geo::LonLat> places;
    std::map<std::int32_t, std::size_t> of_import;
    cluster.first = cluster.last = points_[members.front()].time;
    for (const auto i : members) {
      const auto& detection = *detections_[i];
      places.push_back(detection.point);
      cluster.first = std::min(cluster.first, detection.time);
      cluster.last = std::max(cluster.last, detection.time);
      if (detection.frp_mw > 0.0F)
        cluster.frp_mw += static_cast<double>(detection.frp_mw);
      ++of_import[detection.import];
    }
    double grow = 0.0;
    for (const auto& [import, count] : of_import)
      grow = std::max(grow, half_pixel_metres(layers_.imports[static_cast<std::size_t>(import)]));
    cluster.centre = middle_of(places);
    cluster.footprint = grown_hull(places, grow);
    match(cluster, places);
    const auto most = std::ranges::max_element(of_import, {}, [](const auto& entry) { return entry.second; });
    found_.import_of.push_back(static_cast<std::size_t>(most->first));
    found_.clusters.push_back(std::move(cluster));
  }

  void match(DetectionCluster& cluster, const std::vector<geo::LonLat>& places) const {
    const auto candidates = candidates_of(cluster, places);
    const double limit = data_.policy.assessment.match_km.value;
    if (!candidates.empty() && (candidates.front().inside > 0 || candidates.front().km <= limit)) {
      const auto& best = candidates.front();
      cluster.incident = targets_[best.target].incident;
      cluster.distance_km = best.km;
      const bool doubtful =
          candidates.size() > 1 && best.inside == 0 && candidates[1].km <= limit && candidates[1].km < 2.0 * best.km;
      cluster.rule = best.inside > 0 ? "perimeter" : (doubtful ? "nearest" : "distance");
      return;
    }
    cluster.distance_km = nearest_incident_km(cluster.centre);
    cluster.nearest_place = nearest_place(cluster.centre);
  }

  /// Incidents that the cluster may be of: most detections within the perimeter first, then the nearest.
  std::vector<Candidate> candidates_of(const DetectionCluster& cluster, const std::vector<geo::LonLat>& places) const {
    const double limit = data_.policy.assessment.match_km.value;
    const std::size_t step = 1 + places.size() / kMostCompared;
    const auto middle = geo::unit_vector(cluster.centre);
    double radius = 0.0;
    for (const auto& place : places)
      radius = std::max(radius, geo::sphere_km(middle, geo::unit_vector(place)));
    std::vector<Candidate> candidates;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const auto& target = targets_[t];
      if (target.discovered && day_at(cluster.last, cluster.centre) < *target.discovered - kDiscoveryMargin)
        continue;
      const double reach = (radius + limit) * 1.02;
      const double to_point = geo::sphere_km(middle, geo::unit_vector(target.point));
      if (to_point > reach + target.radius_km * 1.02 && target.extent.distance_km(cluster.centre, reach) > reach)
        continue;
      Candidate candidate{t, 0, Extent::kFar};
      for (std::size_t i = 0; i < places.size(); i += step) {
        const double km = distance_km(target, places[i], limit);
        candidate.inside += km == 0.0 && !target.extent.empty() ? 1U : 0U;
        candidate.km = std::min(candidate.km, km);
      }
      if (candidate.km <= limit)
        candidates.push_back(candidate);
    }
    std::ranges::stable_sort(
        candidates, {}, [](const Candidate& c) { return std::tuple(-static_cast<double>(c.inside), c.km, c.target); });
    return candidates;
  }

  static double distance_km(const Target& target, const geo::LonLat& place, double limit) {
    const double to_extent = target.extent.distance_km(place, limit);
    if (to_extent == 0.0)
      return 0.0;
    const double to_point = geo::distance_between(place, target.point).kilometres();
    return std::min(to_extent, std::max(0.0, to_point - target.radius_km));
  }

  double nearest_incident_km(const geo::LonLat& point) const {
    double nearest = 0.0;
    bool any = false;
    for (const auto& target : targets_) {
      const double km = geo::distance_between(point, target.point).kilometres();
      nearest = any ? std::min(nearest, km) : km;
      any = true;
    }
    return nearest;
  }

  std::string nearest_place(const geo::LonLat& point) const {
    const auto at = geo::unit_vector(point);
    const auto nearest = std::ranges::min_element(
        place_directions_, {}, [&](const geo::UnitVector& place) { return geo::squared_chord(at, place); });
    if (nearest == place_directions_.end())
      return {};
    return places_[static_cast<std::size_t>(nearest - place_directions_.begin())].name;
  }

  const ScenarioData& data_;
  const LayerData& layers_;
  const std::vector<PlaceRecord>& places_;
  std::vector<Target> targets_;
  std::vector<geo::UnitVector> place_directions_;
  std::vector<geo::DetectionPoint> points_;
  std::vector<const Detection*> detections_;
  ClusteredDetections found_;
};

}  // namespace

ClusteredDetections cluster_and_match(const ScenarioData& data, const LayerData& layers,
                                      const std::vector<PlaceRecord>& places) {
  return Matcher(data, layers, places).run();
}

}  // namespace relevo::planner::detail
