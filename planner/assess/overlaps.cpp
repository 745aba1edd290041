// SPDX-License-Identifier: MIT
#include "planner/assess/overlaps.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace relevo::planner {

namespace {

using geo::LayerTheme;

constexpr double kStrongIntensity = 6.0;
constexpr double kFarthestEarthquakeKm = 1000.0;
constexpr double kCategoryFiveKnots = 137.0;

/// MMI = 1.7 + 1.5 M - 1.1726 ln R - 0.00106 R: the global averages of climada's earthquake module.
double intensity_at(double magnitude, double km) {
  return 1.7 + 1.5 * magnitude - 1.1726 * std::log(km) - 0.00106 * km;
}

Days kept_for(LayerTheme theme) {
  switch (theme) {
    case LayerTheme::Smoke:
    case LayerTheme::Alerts:
    case LayerTheme::Cyclones:
      return Days{2};
    case LayerTheme::Earthquakes:
    case LayerTheme::Flood:
      return Days{14};
    default:
      return Days{36500};
  }
}

bool is_forecast(LayerTheme theme) {
  return theme == LayerTheme::Cyclones || theme == LayerTheme::Alerts;
}

geo::Distance reach_of(LayerTheme theme, double strength) {
  switch (theme) {
    case LayerTheme::Earthquakes:
      return earthquake_reach(strength);
    case LayerTheme::Cyclones:
      return geo::Distance::from_kilometres(300);
    case LayerTheme::Flood:
    case LayerTheme::Custom:
      return geo::Distance::from_kilometres(10);
    default:
      return {};
  }
}

bool is_empty(const geo::Shape& shape) {
  return std::visit(
      [](const auto& parts) {
        if constexpr (std::is_same_v<std::decay_t<decltype(parts)>, std::monostate>)
          return true;
        else
          return parts.empty();
      },
      shape);
}

/// Track points of one storm, in the order of time.
struct Track {
  std::vector<const HazardRecord*> points;
};

/// The points as a line, cut where it crosses the antimeridian; a single point stays one.
geo::Shape line_of(const Track& track) {
  geo::Lines lines(1);
  geo::Points points;
  for (const auto* record : track.points)
    for (const auto& point : std::get<geo::Points>(record->shape)) {
      if (!lines.back().empty() && std::abs(point.lon - lines.back().back().lon) > 180.0)
        lines.emplace_back();
      lines.back().push_back(point);
      points.push_back(point);
    }
  const bool has_line = std::ranges::any_of(lines, [](const auto& line) { return line.size() > 1; });
  return has_line ? geo::Shape(std::move(lines)) : geo::Shape(std::move(points));
}

CurrentHazard hazard_of(const HazardRecord& record, const geo::Shape& shape, double strength) {
  return {record.import,
          record.theme,
          record.name,
          record.detail,
          strength,
          reach_of(record.theme, strength),
          geo::PreparedShape(shape)};
}

CurrentHazard hazard_of(Track track) {
  std::ranges::stable_sort(track.points, {}, [](const auto* record) { return record->from.value_or(geo::Instant{}); });
  const auto* strongest =
      *std::ranges::max_element(track.points, {}, [](const auto* record) { return record->strength.value_or(0.0); });
  return hazard_of(*strongest, line_of(track), strongest->strength.value_or(0.0));
}

double distance_km(const CurrentHazard& hazard, const IncidentExtent& extent) {
  const double least = std::sqrt(geo::squared_straight_line(hazard.shape.box(), extent.shape.box()));
  return least > hazard.reach.metres() ? HUGE_VAL : hazard.shape.distance_to(extent.shape).kilometres();
}

double severity_of(const CurrentHazard& hazard, const std::string& kind) {
  if (hazard.strength <= 0.0)
    return -1.0;
  if (hazard.theme == LayerTheme::Alerts)
    return std::clamp(hazard.strength / 4.0, 0.0, 1.0);
  if (hazard.theme == LayerTheme::Earthquakes && (kind == "earthquake" || kind == "tsunami"))
    return std::clamp((hazard.strength - 4.0) / 4.0, 0.0, 1.0);
  if (hazard.theme == LayerTheme::Cyclones && (kind == "cyclone" || kind == "storm" || kind == "flood"))
    return std::clamp(hazard.strength / kCategoryFiveKnots, 0.0, 1.0);
  return -1.0;
}

}  // namespace

geo::Distance earthquake_reach(double magnitude) {
  double low = 1.0;
  double high = kFarthestEarthquakeKm;
  if (intensity_at(magnitude, low) < kStrongIntensity)
    return {};
  if (intensity_at(magnitude, high) >= kStrongIntensity)
    return geo::Distance::from_kilometres(high);
  while (high - low > 0.01) {
    const double middle = (low + high) / 2.0;
    (intensity_at(magnitude, middle) >= kStrongIntensity ? low : high) = middle;
  }
  return geo::Distance::from_kilometres(low);
}

bool is_current(const HazardRecord& record, Day day) {
  if (record.from && !is_forecast(record.theme) && *record.from >= day + Days{1})
    return false;
  if (record.to)
    return *record.to >= day;
  return !record.from || *record.from >= day - kept_for(record.theme);
}

CurrentHazards::CurrentHazards(const LayerData& layers, Day day) {
  std::map<std::pair<std::size_t, std::string>, Track> tracks;
  for (const auto& record : layers.hazards) {
    if (is_empty(record.shape) || !is_current(record, day))
      continue;
    const bool on_track = record.theme == LayerTheme::Cyclones && std::holds_alternative<geo::Points>(record.shape);
    if (on_track)
      tracks[{record.import, record.name.empty() ? record.key : record.name}].points.push_back(&record);
    else
      hazards_.push_back(hazard_of(record, record.shape, record.strength.value_or(0.0)));
  }
  for (auto& [storm, track] : tracks)
    hazards_.push_back(hazard_of(std::move(track)));
}

void CurrentHazards::add_to(IncidentAssessment& assessment, const IncidentExtent& extent) const {
  std::vector<std::tuple<double, double, std::size_t>> found;
  for (std::size_t i = 0; i < hazards_.size(); ++i) {
    const double km = distance_km(hazards_[i], extent);
    if (km <= hazards_[i].reach.kilometres())
      found.emplace_back(km, -hazards_[i].strength, i);
  }
  std::ranges::sort(found);
  if (found.size() > kMostOverlaps)
    found.resize(kMostOverlaps);
  for (const auto& [km, strength, i] : found)
    assessment.overlaps.push_back({hazards_[i].import, hazards_[i].theme, hazards_[i].name, hazards_[i].detail, km});
}

double CurrentHazards::severity_at(const IncidentExtent& extent, const std::string& hazard) const {
  double severity = -1.0;
  for (const auto& current : hazards_) {
    const double own = severity_of(current, hazard);
    if (own > severity && distance_km(current, extent) <= current.reach.kilometres())
      severity = own;
  }
  return severity;
}

}  // namespace relevo::planner
