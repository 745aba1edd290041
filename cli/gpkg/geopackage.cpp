// SPDX-License-Identifier: MIT
#include "cli/gpkg/geopackage.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <bit>
#include <cassert>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace relevo::cli {

namespace {

// Tables that OGC 12-128r17 (GeoPackage 1.3) requires, and layer_styles as QGIS makes it.
constexpr const char* kSchema = R"(
PRAGMA page_size = 4096;
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
   'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
)";

// The triggers of the extension gpkg_rtree_index, which keep the index true when somebody edits the file. {t}: table.
constexpr const char* kTriggers = R"(
CREATE TRIGGER "rtree_{t}_geom_insert" AFTER INSERT ON "{t}" WHEN (new."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"),
  ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END;
CREATE TRIGGER "rtree_{t}_geom_update1" AFTER UPDATE OF "geom" ON "{t}"
WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"),
  ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END;
CREATE TRIGGER "rtree_{t}_geom_update2" AFTER UPDATE OF "geom" ON "{t}"
WHEN OLD."fid" = NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; END;
CREATE TRIGGER "rtree_{t}_geom_update3" AFTER UPDATE ON "{t}"
WHEN OLD."fid" != NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid",
  ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END;
CREATE TRIGGER "rtree_{t}_geom_update4" AFTER UPDATE ON "{t}"
WHEN OLD."fid" != NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD."fid", NEW."fid"); END;
CREATE TRIGGER "rtree_{t}_geom_delete" AFTER DELETE ON "{t}" WHEN old."geom" NOT NULL
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; END;
)";

constexpr std::uint32_t kWkbPoint = 1;
constexpr std::uint32_t kWkbLine = 2;
constexpr std::uint32_t kWkbPolygon = 3;
constexpr std::uint32_t kWkbMultiPoint = 4;
constexpr std::uint32_t kWkbMultiLine = 5;
constexpr std::uint32_t kWkbMultiPolygon = 6;

/// Well-known binary, little-endian.
class WkbWriter {
 public:
  void byte(unsigned char value) { out_ += static_cast<char>(value); }
  void whole(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) {
      byte(static_cast<unsigned char>(value >> shift));
    }
  }
  void whole(std::size_t value) { whole(static_cast<std::uint32_t>(value)); }
  void real(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) {
      byte(static_cast<unsigned char>(bits >> shift));
    }
  }
  void head(std::uint32_t type) {
    byte(1);
    whole(type);
  }
  void point(const geo::LonLat& point) {
    real(point.lon);
    real(point.lat);
  }
  void line(const std::vector<geo::LonLat>& line) {
    whole(line.size());
    for (const auto& at : line) {
      point(at);
    }
  }
  void polygon(const geo::Polygon& polygon) {
    head(kWkbPolygon);
    whole(polygon.holes.size() + 1);
    line(polygon.outer);
    for (const auto& hole : polygon.holes) {
      line(hole);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

Box box_of_shape(const geo::Shape& shape) {
  Box box;
  if (const auto* points = std::get_if<geo::Points>(&shape)) {
    box = box_of(*points);
  } else if (const auto* lines = std::get_if<geo::Lines>(&shape)) {
    for (const auto& line : *lines) {
      box.add(box_of(line));
    }
  } else if (const auto* polygons = std::get_if<geo::Polygons>(&shape)) {
    for (const auto& polygon : *polygons) {
      box.add(box_of(polygon.outer));
    }
  }
  return box;
}

void write_points(WkbWriter& wkb, const geo::Points& points, bool single) {
  if (!single) {
    wkb.head(kWkbMultiPoint);
    wkb.whole(points.size());
  }
  for (const auto& point : points) {
    wkb.head(kWkbPoint);
    wkb.point(point);
  }
}

void write_shape(WkbWriter& wkb, const geo::Shape& shape, bool single_point) {
  if (const auto* points = std::get_if<geo::Points>(&shape)) {
    write_points(wkb, *points, single_point);
  } else if (const auto* lines = std::get_if<geo::Lines>(&shape)) {
    wkb.head(kWkbMultiLine);
    wkb.whole(lines->size());
    for (const auto& line : *lines) {
      wkb.head(kWkbLine);
      wkb.line(line);
    }
  } else if (const auto* polygons = std::get_if<geo::Polygons>(&shape)) {
    wkb.head(kWkbMultiPolygon);
    wkb.whole(polygons->size());
    for (const auto& polygon : *polygons) {
      wkb.polygon(polygon);
    }
  }
}

// "GP", version 0, flags (little-endian, and for all but single points an envelope), SRS, envelope, geometry.
std::string geometry_blob(const geo::Shape& shape, const Box& box, bool single_point) {
  WkbWriter out;
  out.byte('G');
  out.byte('P');
  out.byte(0);
  out.byte(single_point ? 0x01 : 0x03);
  out.whole(std::uint32_t{4326});
  if (!single_point) {
    out.real(box.west);
    out.real(box.east);
    out.real(box.south);
    out.real(box.north);
  }
  write_shape(out, shape, single_point);
  return out.take();
}

/// Bytes that are no text.
struct Blob {
  const std::string& bytes;
};

void bind(sqlite3_stmt* statement, int place, const GeoPackageValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(statement, place, *whole);
  } else if (const auto* real = std::get_if<double>(&value)) {
    sqlite3_bind_double(statement, place, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
  } else {
    sqlite3_bind_null(statement, place);
  }
}

void bind(sqlite3_stmt* statement, int place, const Blob& blob) {
  sqlite3_bind_blob(statement, place, blob.bytes.data(), static_cast<int>(blob.bytes.size()), SQLITE_TRANSIENT);
}

GeoPackageValue edge(const Box& box, double value) {
  return box.empty() ? GeoPackageValue() : GeoPackageValue(value);
}

}  // namespace

void GeoPackage::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

void GeoPackage::Close::operator()(sqlite3* database) const noexcept {
  sqlite3_close(database);
}

GeoPackage::GeoPackage(std::string written) : written_(std::move(written)) {
  sqlite3* database = nullptr;
  const int result = sqlite3_open(":memory:", &database);
  database_.reset(database);
  if (result != SQLITE_OK) {
    throw std::runtime_error("SQLite gives no database in memory");
  }
  run(kSchema);
  run("BEGIN");
  run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES "
      "('layer_styles', 'attributes', 'layer_styles', '', ?)",
      {written_});
}

GeoPackage::Statement GeoPackage::prepare(const std::string& sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    throw std::runtime_error(fmt::format("{}: {}", sqlite3_errmsg(database_.get()), sql));
  }
  return Statement(statement);
}

void GeoPackage::step(sqlite3_stmt* statement) const {
  if (sqlite3_step(statement) != SQLITE_DONE) {
    throw std::runtime_error(fmt::format("{}: {}", sqlite3_errmsg(database_.get()), sqlite3_sql(statement)));
  }
  sqlite3_reset(statement);
}

void GeoPackage::run(const std::string& sql) const {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(fmt::format("{}: {}", sqlite3_errmsg(database_.get()), sql));
  }
}

void GeoPackage::run(const std::string& sql, std::initializer_list<GeoPackageValue> values) const {
  const Statement statement = prepare(sql);
  int place = 0;
  for (const auto& value : values) {
    bind(statement.get(), ++place, value);
  }
  step(statement.get());
}

void GeoPackage::add_layer(const GeoPackageLayer& layer) {
  end_layer();
  layer_ = layer;
  extent_ = {};
  std::string columns = "\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL";
  std::string places = "NULL";
  if (!layer.geometry.empty()) {
    columns += fmt::format(", \"geom\" {}", layer.geometry);
    places += ", ?";
  }
  for (const auto& column : layer.columns) {
    columns += fmt::format(", \"{}\" {}", column.name, column.type);
    places += ", ?";
  }
  run(fmt::format("CREATE TABLE \"{}\" ({})", layer.table, columns));
  insert_ = prepare(fmt::format("INSERT INTO \"{}\" VALUES ({})", layer.table, places));
  if (!layer.geometry.empty()) {
    run(fmt::format("CREATE VIRTUAL TABLE \"rtree_{}_geom\" USING rtree(id, minx, maxx, miny, maxy)", layer.table));
    insert_index_ = prepare(fmt::format("INSERT INTO \"rtree_{}_geom\" VALUES (?, ?, ?, ?, ?)", layer.table));
  }
}

void GeoPackage::add_row(const geo::Shape& shape, std::initializer_list<GeoPackageValue> values) {
  assert(values.size() == layer_.columns.size());
  int place = 0;
  const Box box = box_of_shape(shape);
  if (!layer_.geometry.empty()) {
    ++place;
    if (box.empty()) {
      sqlite3_bind_null(insert_.get(), place);
    } else {
      bind(insert_.get(), place, Blob{geometry_blob(shape, box, layer_.geometry == "POINT")});
    }
  }
  for (const auto& value : values) {
    bind(insert_.get(), ++place, value);
  }
  step(insert_.get());
  if (layer_.geometry.empty() || box.empty()) {
    return;
  }
  extent_.add(box);
  sqlite3_bind_int64(insert_index_.get(), 1, sqlite3_last_insert_rowid(database_.get()));
  int corner = 1;
  for (const double value : {box.west, box.east, box.south, box.north}) {
    sqlite3_bind_double(insert_index_.get(), ++corner, value);
  }
  step(insert_index_.get());
}

void GeoPackage::end_layer() {
  insert_.reset();
  insert_index_.reset();
  if (layer_.table.empty()) {
    return;
  }
  const bool spatial = !layer_.geometry.empty();
  run("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {layer_.table, std::string(spatial ? "features" : "attributes"), layer_.table, layer_.description, written_,
       edge(extent_, extent_.west), edge(extent_, extent_.south), edge(extent_, extent_.east),
       edge(extent_, extent_.north), spatial ? GeoPackageValue(std::int64_t{4326}) : GeoPackageValue()});
  if (spatial) {
    run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", {layer_.table, layer_.geometry});
    run("INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', "
        "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        {layer_.table});
    run(fmt::format(fmt::runtime(kTriggers), fmt::arg("t", layer_.table)));
  }
  layer_ = {};
}

void GeoPackage::set_style(const LayerStyle& style) {
  run("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
      "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
      "VALUES ('', '', ?, 'geom', ?, ?, ?, 1, '', 'Relevo', ?)",
      {layer_.table, layer_.table, qml_of(style), sld_of(style, layer_.table), written_});
}

std::string GeoPackage::finish() {
  end_layer();
  run("COMMIT");
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, void (*)(void*)> bytes(sqlite3_serialize(database_.get(), "main", &size, 0),
                                                              sqlite3_free);
  if (!bytes) {
    throw std::runtime_error("there is not enough memory to write a GeoPackage");
  }
  std::string out(static_cast<std::size_t>(size), '\0');
  std::memcpy(out.data(), bytes.get(), out.size());
  return out;
}

}  // namespace relevo::cli
