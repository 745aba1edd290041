// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/shape.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What a layer becomes on its way from a file to the workspace. docs/layers.md is the authority on themes, fields and
/// traps; no third party in this header.
namespace relevo::geo {

/// What a layer is about; the words of `as` in scenario.toml and of `relevo import --as`.
enum class LayerTheme {
  Hotspots,     ///< satellite detections: points with an instant
  Perimeters,   ///< extents of fires, dated
  ActiveFires,  ///< an agency's list of fires: one record per fire and report
  Danger,       ///< raster of fire weather (FWI and its parts, danger classes) or other danger
  Smoke,
  Earthquakes,
  Cyclones,    ///< track points of storms
  Flood,       ///< extents, or a raster of depth
  Alerts,      ///< CAP alerts
  Places,      ///< populated places: points with population
  Population,  ///< raster of people per cell
  Custom
};

/// "hotspots", "active-fires", ... and back; nothing for another word.
std::string_view word_of(LayerTheme theme) noexcept;
std::optional<LayerTheme> theme_of(std::string_view word) noexcept;

/// A typed value of one of our fields. Which fields a theme has, with units, is the table in docs/layers.md.
using FieldValue = std::variant<double, std::string>;

/// One record that was kept.
struct LayerFeature {
  std::uint64_t record = 0;      ///< where it is in the source: line of a text file, else feature number from 1
  std::string key;               ///< the source's own lasting identifier of the thing; empty: it has none
  std::string name;              ///< for people; may be empty
  std::optional<Instant> time;   ///< of the observation or report
  std::optional<Instant> until;  ///< end of validity, for smoke, alerts, ...
  Shape shape;
  bool repaired = false;                                   ///< the geometry was invalid and has been repaired
  std::vector<std::pair<std::string, FieldValue>> fields;  ///< our fields by name, only those that are known
  std::string attributes;  ///< every attribute as the source gives it: one JSON object, UTF-8
};

/// Head of a raster. Pixels are handed over after it, row by row from the north-west corner of the source.
struct RasterHeader {
  std::string variable;  ///< "fwi", "ffmc", "dmc", "dc", "isi", "bui", "dsr", "depth_m", "people", "precipitation", or
                         ///< the source's word
  int width = 0;
  int height = 0;
  /// GDAL's affine transform from (column, row) to the source's coordinates.
  std::array<double, 6> transform{};
  std::string crs;  ///< WKT2; longitudes of a geographic one are already brought to -180..180 by `transform`
  std::optional<Instant> time;
};

/// Pixels `values` = rows x header.width of rows first_row ...; no data is NaN.
struct RasterRows {
  int first_row = 0;
  int rows = 0;
  std::vector<float> values;
};

/// What a file was taken for.
struct LayerIdentity {
  LayerTheme theme = LayerTheme::Custom;
  std::string profile;  ///< id of the profile that recognised it; empty: by geometry and `as` alone
  std::string format;   ///< "CSV", "GeoJSON", "GTiff", "CAP", ...
  std::string layer;    ///< name of the layer within the source
  std::string crs;      ///< the source's, for people: "EPSG:3978"; empty: none given
  bool raster = false;
  std::vector<std::string> columns;                          ///< of the source, in its order
  std::map<std::string, std::string> field_of;               ///< our field -> the source's column
  std::vector<std::pair<std::string, std::string>> remarks;  ///< code and value: "crs_assumed", "axes_swapped", ...
};

/// Why a record was refused or repaired, or a trap that was met, with how often and a few examples.
struct LayerReason {
  std::string code;  ///< stable, docs/layers.md lists them: "coordinates_missing", "self_intersection", ...
  std::uint64_t count = 0;
  std::vector<std::uint64_t> examples;  ///< the first records, at most 5
};

/// The count that is printed and stored: read = kept + refused; repaired is a part of kept.
struct LayerCounts {
  std::uint64_t read = 0;
  std::uint64_t kept = 0;
  std::uint64_t repaired = 0;
  std::uint64_t refused = 0;
  std::vector<LayerReason> reasons;  ///< of refusals, repairs and corrections, by code
};

/// Takes a layer as it streams in: begin, then any number of features, or a raster and its rows, then end. A sink that
/// throws ends the reading.
class LayerSink {
 public:
  LayerSink() = default;
  LayerSink(const LayerSink&) = delete;
  LayerSink& operator=(const LayerSink&) = delete;
  virtual ~LayerSink() = default;
  virtual void begin(const LayerIdentity& identity) = 0;
  virtual void feature(LayerFeature&& feature) = 0;
  virtual void raster(const RasterHeader& header) = 0;
  virtual void rows(RasterRows&& rows) = 0;
  virtual void end(const LayerCounts& counts) = 0;
};

}  // namespace relevo::geo
