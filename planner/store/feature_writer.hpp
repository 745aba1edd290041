// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "planner/store/spatial_index.hpp"
#include "planner/store/sqlite.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::planner {

/// What became of a record.
enum class Written {
  New,
  Known,         ///< it was there before: see LayerImportOptions::append
  WithoutPlace,  ///< refused: its table needs a geometry and it has none
};

/// Writes the features of one import into the table of their theme and dimension. \pre within a transaction, until
/// finish() has returned.
class FeatureWriter {
 public:
  FeatureWriter(const Connection& connection, std::int64_t import_id, geo::LayerTheme theme, bool append);
  ~FeatureWriter();
  FeatureWriter(const FeatureWriter&) = delete;
  FeatureWriter& operator=(const FeatureWriter&) = delete;

  /// Removes what earlier imports of the same layer, then of the theme `was`, had written.
  void remove_old(geo::LayerTheme was);
  Written write(const geo::LayerFeature& feature);
  /// Brings the spatial indexes up to date and retires alerts that others cancel or update.
  void finish();

 private:
  struct Table;
  enum class Kind { Detections, Perimeters, Fires, Places, HazardPoints, HazardLines, HazardAreas };

  static const char* name_of(Kind kind) noexcept;
  static std::string insert_of(Kind kind);
  Kind kind_of(const geo::Shape& shape) const noexcept;
  Table& table(Kind kind);
  bool write_point(Table& into, Kind kind, const geo::LayerFeature& feature, const geo::LonLat& point);
  bool insert(Table& into, const geo::LayerFeature& feature);
  bool is_known_detection(const geo::LayerFeature& feature, std::string_view satellite);
  bool remove_same(Table& into, const geo::LayerFeature& feature);
  void bind_detection(Statement& insert, const geo::LayerFeature& feature, std::string_view satellite);
  void bind_perimeter(Statement& insert, const geo::LayerFeature& feature);
  void bind_fire(Statement& insert, const geo::LayerFeature& feature);
  void bind_place(Statement& insert, const geo::LayerFeature& feature);
  void bind_hazard(Statement& insert, const geo::LayerFeature& feature);
  void note_references(const geo::LayerFeature& feature);
  void retire_alerts();

  const Connection& connection_;
  std::int64_t import_id_;
  geo::LayerTheme theme_;
  bool append_;
  std::map<Kind, std::unique_ptr<Table>> tables_;
  std::optional<Statement> known_detections_;
  // Texts that are bound must live until the statement has run; their memory is used again for the next record.
  std::string geometry_;
  std::string time_;
  std::string until_;
  std::string discovered_;
  std::string detail_;
};

}  // namespace relevo::planner
