// SPDX-License-Identifier: MIT
#pragma once

#include "cli/gpkg/layer_style.hpp"
#include "cli/report/geometry.hpp"
#include "geo/shape.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace relevo::cli {

/// A value of a column; std::monostate is NULL.
using GeoPackageValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct GeoPackageColumn {
  std::string name;  ///< letters, digits and underscores
  std::string type;  ///< "TEXT", "INTEGER", "REAL", "BOOLEAN", "DATE", "DATETIME"
};

/// A layer with shapes, or a table without where `geometry` is empty.
struct GeoPackageLayer {
  std::string table;        ///< letters, digits and underscores; what QGIS calls the layer
  std::string description;  ///< for people
  std::string geometry;     ///< "POINT", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRY" or empty
  std::vector<GeoPackageColumn> columns;
};

/// Writes an OGC GeoPackage 1.3 in memory: WGS 84 (EPSG:4326), spatial index by R-tree, default styles in the table
/// layer_styles as QGIS reads them. The same calls give the same bytes: every time in it is the one given.
/// Errors of SQLite are std::runtime_error: they mean too little memory, or a name that breaks the rules above.
class GeoPackage {
 public:
  /// \param written "2016-06-01T00:00:00.000Z", for last_change and update_time
  explicit GeoPackage(std::string written);

  void add_layer(const GeoPackageLayer& layer);
  /// Into the layer added last. \pre one value for each of its columns, in their order
  void add_row(const geo::Shape& shape, std::initializer_list<GeoPackageValue> values);
  void set_style(const LayerStyle& style);
  /// The file.
  std::string finish();

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };

  Statement prepare(const std::string& sql) const;
  void run(const std::string& sql) const;
  void run(const std::string& sql, std::initializer_list<GeoPackageValue> values) const;
  void step(sqlite3_stmt* statement) const;
  void end_layer();

  std::string written_;
  std::unique_ptr<sqlite3, Close> database_;
  GeoPackageLayer layer_;
  Box extent_;
  Statement insert_;
  Statement insert_index_;
};

}  // namespace relevo::cli
