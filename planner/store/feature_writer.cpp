// SPDX-License-Identifier: MIT
#include "planner/store/feature_writer.hpp"

#include "planner/store/geometry_blob.hpp"
#include "planner/store/hazard_strength.hpp"
#include "planner/store/instant_text.hpp"
#include "planner/store/layer_fields.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cmath>

namespace relevo::planner {

namespace {

using geo::LayerFeature;
using geo::LayerTheme;

/// 64-bit FNV-1a with a final mix (the one of SplitMix64): two detections that differ share it by chance once in 1e19
/// pairs, so that among ten million the odds of taking one for another are 3 in a million.
class Fingerprint {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes)
      add_byte(static_cast<unsigned char>(c));
    add_byte(0xff);  // no byte of UTF-8
  }
  std::int64_t value() const {
    std::uint64_t h = hash_;
    h = (h ^ (h >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    h = (h ^ (h >> 27U)) * 0x94d049bb133111ebULL;
    return static_cast<std::int64_t>(h ^ (h >> 31U));
  }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

std::int64_t fingerprint(std::string_view key, std::string_view time, std::string_view satellite,
                         std::string_view geometry) {
  Fingerprint print;
  print.add(key);
  print.add(time);
  if (key.empty()) {
    print.add(satellite);
    print.add(geometry);
  }
  return print.value();
}

std::string_view bytes_of(sqlite3_value* value) {
  const void* start = sqlite3_value_blob(value);
  if (start == nullptr)
    return {};
  return {static_cast<const char*>(start), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// SQL function relevo_fingerprint(source_key, time, satellite, geom).
void fingerprint_function(sqlite3_context* context, int, sqlite3_value** values) {
  sqlite3_result_int64(context,
                       fingerprint(bytes_of(values[0]), bytes_of(values[1]), bytes_of(values[2]), bytes_of(values[3])));
}

/// SQL function relevo_alert_key(source_key): without the number of the area behind the last "#".
void alert_key_function(sqlite3_context* context, int, sqlite3_value** values) {
  const auto key = bytes_of(values[0]);
  const auto length = std::min(key.size(), key.rfind('#'));
  sqlite3_result_text64(context, key.data(), length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void add_function(const Connection& connection, const char* name, int arguments,
                  void (*function)(sqlite3_context*, int, sqlite3_value**)) {
  sqlite3_create_function_v2(connection.handle(), name, arguments,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, function, nullptr,
                             nullptr, nullptr);
}

std::optional<double> between(std::optional<double> value, double least, double most) {
  return value && *value >= least && *value <= most ? value : std::nullopt;
}

std::optional<double> not_negative(std::optional<double> value) {
  return value && std::isfinite(*value) && *value >= 0.0 ? value : std::nullopt;
}

std::string_view attributes_of(const LayerFeature& feature) {
  return feature.attributes.empty() ? std::string_view{"{}"} : std::string_view{feature.attributes};
}

void bind_time(Statement& insert, int parameter, const std::optional<geo::Instant>& instant, std::string& text) {
  text.clear();
  if (instant)
    text = instant_text(*instant);
  insert.bind_text_or_null(parameter, text);
}

}  // namespace

struct FeatureWriter::Table {
  Table(const Connection& connection, const char* name, const std::string& sql)
      : bulk(connection, name),
        insert(connection.prepare(sql)),
        find(connection.prepare(fmt::format("SELECT fid FROM {} WHERE import_id = ? AND source_key = ? AND time IS ? "
                                            "AND (source_key <> '' OR geom IS ?)",
                                            name))) {}
  BulkTable bulk;
  Statement insert;
  Statement find;
};

FeatureWriter::FeatureWriter(const Connection& connection, std::int64_t import_id, LayerTheme theme, bool append)
    : connection_(connection), import_id_(import_id), theme_(theme), append_(append) {
  add_function(connection_, "relevo_fingerprint", 4, fingerprint_function);
  add_function(connection_, "relevo_alert_key", 1, alert_key_function);
}

FeatureWriter::~FeatureWriter() = default;

const char* FeatureWriter::name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::Detections:
      return "detections";
    case Kind::Perimeters:
      return "perimeters";
    case Kind::Fires:
      return "fires";
    case Kind::Places:
      return "places";
    case Kind::HazardPoints:
      return "hazard_points";
    case Kind::HazardLines:
      return "hazard_lines";
    case Kind::HazardAreas:
      break;
  }
  return "hazard_areas";
}

std::string FeatureWriter::insert_of(Kind kind) {
  std::string_view columns;
  switch (kind) {
    case Kind::Detections:
      columns = "satellite, frp_mw, confidence";
      break;
    case Kind::Perimeters:
      columns = "name, agency, area_ha, percent_contained, repaired";
      break;
    case Kind::Fires:
      columns = "name, agency, discovered, area_ha, percent_contained, stage_of_control, response_type";
      break;
    case Kind::Places:
      columns = "name, country, admin1, population";
      break;
    case Kind::HazardPoints:
    case Kind::HazardLines:
    case Kind::HazardAreas:
      columns = "name, theme, until, strength, detail, repaired";
      break;
  }
  std::string marks;
  for (const char c : columns)
    if (c == ',')
      marks += ", ?";
  return fmt::format(
      "INSERT INTO {} (import_id, record, source_key, time, attributes, geom, {}) VALUES (?, ?, ?, ?, ?, ?, ?{})",
      name_of(kind), columns, marks);
}

FeatureWriter::Table& FeatureWriter::table(Kind kind) {
  auto& table = tables_[kind];
  if (!table)
    table = std::make_unique<Table>(connection_, name_of(kind), insert_of(kind));
  return *table;
}

/// Points of fires are fires and extents are perimeters, whichever of the two the layer was said to hold.
FeatureWriter::Kind FeatureWriter::kind_of(const geo::Shape& shape) const noexcept {
  const bool is_point = std::holds_alternative<geo::Points>(shape);
  const bool is_area = std::holds_alternative<geo::Polygons>(shape);
  const bool is_fire = theme_ == LayerTheme::Perimeters || theme_ == LayerTheme::ActiveFires;
  if (theme_ == LayerTheme::Hotspots && is_point)
    return Kind::Detections;
  if (is_fire && is_area)
    return Kind::Perimeters;
  if (is_fire && is_point)
    return Kind::Fires;
  if (theme_ == LayerTheme::Places && is_point)
    return Kind::Places;
  if (is_point)
    return Kind::HazardPoints;
  return std::holds_alternative<geo::Lines>(shape) ? Kind::HazardLines : Kind::HazardAreas;
}

void FeatureWriter::remove_old(LayerTheme was) {
  for (const auto kind : {Kind::Detections, Kind::Perimeters, Kind::Fires, Kind::Places, Kind::HazardPoints,
                          Kind::HazardLines, Kind::HazardAreas}) {
    // Only detections have no index by import, and only hotspots are detections.
    if (kind == Kind::Detections && was != LayerTheme::Hotspots)
      continue;
    auto any = connection_.prepare(fmt::format("SELECT 1 FROM {} WHERE import_id = ? LIMIT 1", name_of(kind)));
    any.bind(1, import_id_);
    const bool has_rows = any.step();
    any.reset();
    if (has_rows)
      table(kind).bulk.remove_import(import_id_);
  }
  connection_.prepare("DELETE FROM alert_references WHERE import_id = ?").bind(1, import_id_).run();
}

Written FeatureWriter::write(const LayerFeature& feature) {
  const bool has_place = !std::holds_alternative<std::monostate>(feature.shape);
  const bool needs_place = theme_ != LayerTheme::Alerts;
  if (!has_place && needs_place)
    return Written::WithoutPlace;
  if (theme_ == LayerTheme::Alerts)
    note_references(feature);
  const Kind kind = kind_of(feature.shape);
  auto& into = table(kind);
  bool is_new = true;
  if (kind == Kind::Detections || kind == Kind::Fires || kind == Kind::Places) {
    const auto& points = std::get<geo::Points>(feature.shape);
    if (points.empty())
      return Written::WithoutPlace;
    for (const auto& point : points)
      is_new = write_point(into, kind, feature, point) && is_new;
    return is_new ? Written::New : Written::Known;
  }
  write_geometry(feature.shape, geometry_);
  bind_time(into.insert, 4, feature.time, time_);
  is_new = !remove_same(into, feature);
  if (kind == Kind::Perimeters)
    bind_perimeter(into.insert, feature);
  else
    bind_hazard(into.insert, feature);
  insert(into, feature);
  return is_new ? Written::New : Written::Known;
}

bool FeatureWriter::write_point(Table& into, Kind kind, const LayerFeature& feature, const geo::LonLat& point) {
  write_geometry(point, geometry_);
  bind_time(into.insert, 4, feature.time, time_);
  if (kind == Kind::Detections) {
    const auto satellite = field_text(feature, "satellite");
    if (is_known_detection(feature, satellite))
      return false;
    bind_detection(into.insert, feature, satellite);
    return insert(into, feature);
  }
  const bool is_new = !remove_same(into, feature);
  if (kind == Kind::Fires)
    bind_fire(into.insert, feature);
  else
    bind_place(into.insert, feature);
  insert(into, feature);
  return is_new;
}

bool FeatureWriter::insert(Table& into, const LayerFeature& feature) {
  into.insert.bind(1, import_id_)
      .bind(2, static_cast<std::int64_t>(feature.record))
      .bind(3, feature.key)
      .bind(5, attributes_of(feature));
  if (geometry_.empty())
    into.insert.bind_null(6);
  else
    into.insert.bind_blob(6, geometry_);
  into.insert.run();
  into.bulk.inserted(connection_.last_insert_id());
  return true;
}

bool FeatureWriter::is_known_detection(const LayerFeature& feature, std::string_view satellite) {
  if (!append_)
    return false;
  if (!known_detections_) {
    connection_.execute(
        "PRAGMA temp.cache_size = -32768; CREATE TEMP TABLE IF NOT EXISTS known_detections (print INTEGER PRIMARY "
        "KEY); DELETE FROM temp.known_detections");
    connection_
        .prepare(
            "INSERT OR IGNORE INTO temp.known_detections SELECT relevo_fingerprint(source_key, time, satellite, geom) "
            "FROM detections WHERE import_id = ? ORDER BY 1")
        .bind(1, import_id_)
        .run();
    known_detections_ = connection_.prepare("INSERT OR IGNORE INTO temp.known_detections VALUES (?)");
  }
  known_detections_->bind(1, fingerprint(feature.key, time_, satellite, geometry_)).run();
  return connection_.changes() == 0;
}

bool FeatureWriter::remove_same(Table& into, const LayerFeature& feature) {
  if (!append_)
    return false;
  into.find.bind(1, import_id_).bind(2, feature.key).bind_text_or_null(3, time_);
  if (geometry_.empty())
    into.find.bind_null(4);
  else
    into.find.bind_blob(4, geometry_);
  std::vector<std::int64_t> same;
  while (into.find.step())
    same.push_back(into.find.integer(0));
  into.find.reset();
  for (const auto fid : same)
    into.bulk.remove(fid);
  return !same.empty();
}

void FeatureWriter::bind_detection(Statement& insert, const LayerFeature& feature, std::string_view satellite) {
  insert.bind(7, satellite)
      .bind(8, not_negative(field_number(feature, "frp_mw")))
      .bind(9, between(field_number(feature, "confidence"), 0, 100));
}

void FeatureWriter::bind_perimeter(Statement& insert, const LayerFeature& feature) {
  insert.bind(7, feature.name)
      .bind(8, field_text(feature, "agency"))
      .bind(9, not_negative(field_number(feature, "area_ha")))
      .bind(10, between(field_number(feature, "percent_contained"), 0, 100))
      .bind(11, feature.repaired ? 1 : 0);
}

void FeatureWriter::bind_fire(Statement& insert, const LayerFeature& feature) {
  discovered_ = std::string(field_text(feature, "discovered"));
  insert.bind(7, feature.name)
      .bind(8, field_text(feature, "agency"))
      .bind_text_or_null(9, discovered_)
      .bind(10, not_negative(field_number(feature, "area_ha")))
      .bind(11, between(field_number(feature, "percent_contained"), 0, 100))
      .bind(12, field_text(feature, "stage_of_control"))
      .bind(13, field_text(feature, "response_type"));
}

void FeatureWriter::bind_place(Statement& insert, const LayerFeature& feature) {
  insert.bind(7, feature.name).bind(8, field_text(feature, "country")).bind(9, field_text(feature, "admin1"));
  const auto population = between(field_number(feature, "population"), 0, 1e15);
  if (population)
    insert.bind(10, static_cast<std::int64_t>(*population));
  else
    insert.bind_null(10);
}

void FeatureWriter::bind_hazard(Statement& insert, const LayerFeature& feature) {
  detail_ = hazard_detail(theme_, feature);
  insert.bind(7, feature.name).bind(8, geo::word_of(theme_));
  bind_time(insert, 9, feature.until, until_);
  insert.bind(10, hazard_strength(theme_, feature)).bind(11, detail_).bind(12, feature.repaired ? 1 : 0);
}

/// Update and Cancel name the alerts that they end; a Cancel is over by itself.
void FeatureWriter::note_references(const LayerFeature& feature) {
  const auto type = field_text(feature, "msg_type");
  if (type != "Update" && type != "Cancel")
    return;
  const std::string own = feature.key.substr(0, feature.key.rfind('#'));
  auto add =
      connection_.prepare("INSERT OR IGNORE INTO alert_references (reference, retired_by, import_id) VALUES (?, ?, ?)");
  const auto add_one = [&](std::string_view reference) {
    add.bind(1, reference).bind(2, own).bind(3, import_id_).run();
  };
  if (type == "Cancel")
    add_one(own);
  auto rest = field_text(feature, "references");
  while (!rest.empty()) {
    const auto length = std::min(rest.size(), rest.find_first_of(" \t\r\n"));
    if (length > 0)
      add_one(rest.substr(0, length));
    rest.remove_prefix(std::min(rest.size(), length + 1));
  }
}

void FeatureWriter::retire_alerts() {
  for (const char* name : {"hazard_points", "hazard_lines", "hazard_areas"})
    connection_.execute(
        fmt::format("UPDATE {} SET retired_by = (SELECT min(retired_by) FROM alert_references WHERE reference = "
                    "relevo_alert_key(source_key)) WHERE theme = 'alerts'",
                    name));
}

void FeatureWriter::finish() {
  for (auto& [kind, table] : tables_)
    table->bulk.finish();
  retire_alerts();
}

}  // namespace relevo::planner
