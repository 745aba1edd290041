// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/layer/feature.hpp"
#include "geo/lon_lat.hpp"
#include "geo/shape.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Layers as the assessment reads them: typed, in WGS 84, with where each came from. The workspace fills these from its
/// tables (planner/store); tests build them directly. Units are in the names.
namespace relevo::planner {

/// One import: a layer of a file that was read as a whole.
struct LayerImport {
  std::int64_t id = 0;
  std::string name;  ///< of the layer, for people
  std::string file;  ///< as shown
  std::string sha256;
  std::string source;  ///< URL or citation, as given
  std::string as_of;   ///< as given or found, ISO 8601
  geo::LayerTheme theme = geo::LayerTheme::Custom;
  std::string profile;
  std::string format;
  std::string crs;
  geo::LayerCounts counts;
};

struct Detection {
  geo::LonLat point;
  geo::Instant time;
  float frp_mw = -1.0F;         ///< fire radiative power; negative: not known
  std::int8_t confidence = -1;  ///< 0..100; letters become 20 (low), 50 (nominal), 90 (high); -1: not known
  std::int32_t import = 0;      ///< position in LayerData::imports
};

/// A dated extent of a fire, from any source.
struct PerimeterRecord {
  std::size_t import = 0;
  std::string key;
  std::string name;
  std::string agency;  ///< as the source says
  std::optional<geo::Instant> time;
  std::optional<double> area_ha;  ///< as reported
  std::optional<double> percent_contained;
  geo::Polygons polygons;
};

/// A fire of an agency's list.
struct FireRecord {
  std::size_t import = 0;
  std::string key;
  std::string name;
  std::string agency;  ///< as the source says: "bc", "conus", "CA-BC"
  geo::LonLat point;
  std::optional<geo::Instant> time;  ///< of the report
  std::optional<geo::Instant> discovered;
  std::optional<double> area_ha;
  std::optional<double> percent_contained;
  std::string stage_of_control;  ///< OC, BH, UC, OUT where the source's words are known, else as it says
  std::string response_type;
};

/// Smoke, earthquakes, cyclone track points, flood extents, alerts, custom shapes.
struct HazardRecord {
  std::size_t import = 0;
  geo::LayerTheme theme = geo::LayerTheme::Custom;
  std::string key;
  std::string name;
  std::optional<geo::Instant> from;
  std::optional<geo::Instant> to;
  /// One figure by which records of a theme compare: magnitude, wind in knots, smoke density 1-3, CAP severity 0-4.
  std::optional<double> strength;
  std::string detail;  ///< a few words of the source: "Severe", "M 5.4", "Heavy"
  geo::Shape shape;
};

struct PlaceRecord {
  std::string name;
  std::string country;
  std::string admin1;
  geo::LonLat point;
  std::int64_t population = 0;
};

/// A raster in the workspace, read by windows.
struct RasterRecord {
  std::size_t import = 0;
  geo::LayerTheme theme = geo::LayerTheme::Danger;
  geo::RasterHeader header;
  /// Pixels of the window, row by row, NaN for no data. \pre the window lies within the raster.
  std::function<std::vector<float>(int column, int row, int columns, int rows)> read;
};

struct LayerData {
  std::vector<LayerImport> imports;
  std::vector<Detection> detections;
  std::vector<PerimeterRecord> perimeters;
  std::vector<FireRecord> fires;
  std::vector<HazardRecord> hazards;
  std::vector<PlaceRecord> places;  ///< of layers; empty: the reference places serve
  std::vector<RasterRecord> rasters;
};

}  // namespace relevo::planner
