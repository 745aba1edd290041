// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/profile.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

class OGRGeometry;
class OGRSpatialReference;

/// Records as they stand in a file, before anything is understood: what a text table and an OGR layer have in common.
namespace relevo::geo {

/// How a cell goes into LayerFeature::attributes.
enum class CellKind { Text, Number, Json };

struct SourceColumn {
  std::string name;  ///< unique; "@z" is the height of a point
  CellKind kind = CellKind::Text;
};

struct SourceHead {
  std::string format;
  std::string layer;
  std::vector<SourceColumn> columns;
  GeometryKind geometry = GeometryKind::Any;
  bool has_short_names = false;
  bool comma_is_decimal = false;                       ///< a table whose separator is a semicolon
  const OGRSpatialReference* crs = nullptr;            ///< null: the source does not say
  bool crs_is_default = false;                         ///< the format's, not the file's
  std::vector<std::pair<std::string, std::string>> remarks;
};

struct SourceRecord {
  std::uint64_t number = 0;             ///< line or feature number
  std::vector<std::string_view> cells;  ///< by column; data() is null where the source has no value
  const OGRGeometry* geometry = nullptr;
  std::string_view correction;  ///< code of what had to be put right to read it: "mixed_encoding"
  std::string_view refusal;     ///< code of why it cannot be taken: "geometry_unreadable"
};

class RecordSource {
 public:
  RecordSource() = default;
  RecordSource(const RecordSource&) = delete;
  RecordSource& operator=(const RecordSource&) = delete;
  virtual ~RecordSource() = default;
  virtual const SourceHead& head() const = 0;
  /// The views and the geometry hold until the next call. \throws LayerError
  virtual bool next(SourceRecord& record) = 0;
  virtual void rewind() = 0;
  /// Takes the geometry of each record from a column of text: WKT, WKB in hexadecimal or GeoJSON.
  virtual void use_geometry_column(std::size_t column) = 0;
};

}  // namespace relevo::geo
