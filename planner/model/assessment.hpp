// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/lon_lat.hpp"
#include "geo/shape.hpp"
#include "planner/model/day.hpp"
#include "planner/model/index.hpp"
#include "planner/model/layer_data.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the layers say about incidents and lenders. docs/assessment.md has every formula; planner/assess computes it;
/// reports and plan.json show it.
namespace relevo::planner {

/// One record of a layer that belongs to an incident, and by which rule.
struct IncidentLink {
  std::size_t import = 0;  ///< in Assessment::imports
  std::string key;         ///< of the record
  std::string rule;        ///< "list", "key", "perimeter", "distance", "cluster": docs/incidents.md
  double distance_km = 0.0;
};

/// A set of detections that belong together.
struct DetectionCluster {
  std::string id;  ///< "H-1", by first detection, then position
  geo::LonLat centre;
  geo::Instant first;
  geo::Instant last;
  std::uint64_t detections = 0;
  double frp_mw = 0.0;                    ///< sum over detections with a known power
  geo::Polygons footprint;                ///< hull of the detections, grown by half a pixel
  std::optional<IncidentIndex> incident;  ///< none: unreported
  std::string rule;                       ///< how it was matched: "perimeter", "distance", "nearest" (of several)
  double distance_km = 0.0;               ///< to the incident or to the nearest one
  std::string nearest_place;
};

struct NearPlace {
  std::string name;
  std::int64_t population = 0;
  double distance_km = 0.0;  ///< from the perimeter (0 inside), or from the point where there is none
  double bearing_deg = 0.0;  ///< from the incident's point
};

/// Statistics of a danger raster at the perimeter, or at the point and 10 km around it.
struct DangerSample {
  std::size_t import = 0;
  std::string variable;
  double min = 0.0;
  double mean = 0.0;
  double max = 0.0;
  std::uint64_t pixels = 0;
};

struct HazardOverlap {
  std::size_t import = 0;
  geo::LayerTheme theme = geo::LayerTheme::Custom;
  std::string name;
  std::string detail;
  double distance_km = 0.0;  ///< 0: it overlaps
};

/// One part of the priority formula: value in natural units, its score 0..1, its weight, and points = weight x score.
struct PriorityPart {
  std::string part;  ///< "people", "growth", "danger", "size", "control", "access", ...: keys of the catalogue
  double value = 0.0;
  double score = 0.0;
  double weight = 0.0;
  bool known = false;  ///< false: no data, and the neutral score of docs/assessment.md stands in
};

struct IncidentAssessment {
  IncidentIndex incident{0U};
  std::vector<IncidentLink> links;
  bool from_layer = false;  ///< the incident is not in the scenario's table: a layer brought it
  double area_ha = 0.0;
  std::string area_source;
  double growth_ha_per_day = 0.0;               ///< between the last two dated areas; 0 where there is one
  std::vector<NearPlace> places;                ///< the nearest five, nearest first
  std::array<std::int64_t, 3> people_within{};  ///< 10, 25, 50 km
  std::string people_source;
  std::vector<DangerSample> danger;
  std::vector<HazardOverlap> overlaps;
  std::string airport;      ///< ICAO code of the nearest airport for passengers
  double airport_km = 0.0;  ///< by road: geodesic x detour factor
  std::vector<PriorityPart> parts;
  double score = 0.0;  ///< 0..100
  int priority = 3;    ///< 1 highest ... 5
};

/// The five inputs of the preparedness matrix, each 1..5; 0: no data.
struct AgencyRisk {
  AgencyIndex agency{0U};
  Day day;
  int danger = 0;
  int fire_load = 0;
  int anticipated_load = 0;
  int resource_level = 0;
  int ability_to_respond = 0;
  double danger_value = 0.0;     ///< 90th percentile of the danger raster over the territory
  double fire_load_value = 0.0;  ///< uncontrolled fires, weighted by size
  int hazard_floor = 1;          ///< level that other hazards in the territory set at least; 1: none
  int level = 0;                 ///< what the matrix gives; 0: nothing is known of danger, loads or hazards
  bool given = false;            ///< the scenario's own level stands; `level` is only shown beside it
};

/// A layer for the map: what the report draws and plan.gpkg stores.
struct MapFeature {
  geo::Shape shape;
  std::string label;
  std::string detail;
  double strength = 0.0;
  std::optional<geo::Instant> from;
  std::optional<geo::Instant> to;
};

struct MapLayer {
  geo::LayerTheme theme = geo::LayerTheme::Custom;
  std::string name;
  std::string source;
  std::string as_of;
  std::uint64_t total = 0;           ///< features of the layer
  std::vector<MapFeature> features;  ///< those near incidents, thinned to what a map can show
};

struct Assessment {
  std::vector<LayerImport> imports;
  std::vector<IncidentAssessment> incidents;  ///< one for each incident of the scenario, in its order
  std::vector<DetectionCluster> clusters;
  std::vector<AgencyRisk> risks;
  std::vector<MapLayer> map_layers;
  bool empty() const noexcept { return imports.empty() && incidents.empty(); }
};

}  // namespace relevo::planner
