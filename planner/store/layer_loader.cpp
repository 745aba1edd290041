// SPDX-License-Identifier: MIT
#include "planner/store/layer_loader.hpp"

#include "planner/store/geometry_blob.hpp"
#include "planner/store/instant_text.hpp"
#include "planner/store/raster_store.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <map>

namespace relevo::planner {

namespace {

using geo::LayerTheme;

std::optional<geo::Instant> instant(const Statement& row, int column) {
  const auto bytes = row.bytes(column);
  return bytes.empty() ? std::nullopt : read_instant(bytes);
}

geo::LonLat place_of(const Statement& row, int column) {
  if (const auto point = read_point(row.bytes(column)); point && geo::is_valid(*point))
    return *point;
  throw SqliteError(SQLITE_CORRUPT, "a point that is none");
}

/// NULL is no geometry.
geo::Shape shape_of(const Statement& row, int column) {
  if (row.is_null(column))
    return {};
  if (auto shape = read_geometry(row.bytes(column)))
    return std::move(*shape);
  throw SqliteError(SQLITE_CORRUPT, "a geometry that is none");
}

geo::Polygons polygons_of(const Statement& row, int column) {
  auto shape = shape_of(row, column);
  auto* polygons = std::get_if<geo::Polygons>(&shape);
  return polygons != nullptr ? std::move(*polygons) : geo::Polygons{};
}

class LayerLoader {
 public:
  explicit LayerLoader(const Workspace& workspace) : connection_(workspace.connection()) {}

  LayerData load() {
    load_imports();
    load_detections();
    load_perimeters();
    load_fires();
    load_hazards("hazard_points");
    load_hazards("hazard_lines");
    load_hazards("hazard_areas");
    std::ranges::stable_sort(data_.hazards, {}, &HazardRecord::import);
    load_places();
    load_rasters();
    return std::move(data_);
  }

  /// What files of one import said, put together: counts are summed, of the rest the last file's stands.
  void load_imports() {
    auto rows = connection_.prepare(
        "SELECT i.id, i.name, i.theme, i.profile, f.id, f.file, f.sha256, f.source, f.as_of, f.format, f.crs, "
        "f.records_read, f.records_kept, f.records_repaired, f.records_refused FROM imports i JOIN import_files f ON "
        "f.import_id = i.id ORDER BY i.id, f.id");
    while (rows.step()) {
      const auto id = rows.integer(0);
      if (data_.imports.empty() || data_.imports.back().id != id) {
        position_of_[id] = data_.imports.size();
        data_.imports.push_back({.id = id});
      }
      auto& import = data_.imports.back();
      import.name = rows.text(1);
      import.theme = geo::theme_of(rows.text(2)).value_or(LayerTheme::Custom);
      import.profile = rows.text(3);
      import.file = rows.text(5);
      import.sha256 = rows.text(6);
      import.source = rows.text(7);
      import.as_of = rows.text(8);
      import.format = rows.text(9);
      import.crs = rows.text(10);
      auto& counts = import.counts;
      counts.read += static_cast<std::uint64_t>(rows.integer(11));
      counts.kept += static_cast<std::uint64_t>(rows.integer(12));
      counts.repaired += static_cast<std::uint64_t>(rows.integer(13));
      counts.refused += static_cast<std::uint64_t>(rows.integer(14));
      load_reasons(rows.integer(4), counts);
    }
  }

  std::vector<LayerImport> take_imports() { return std::move(data_.imports); }

 private:
  void load_reasons(std::int64_t file_id, geo::LayerCounts& counts) {
    auto rows =
        connection_.prepare("SELECT code, records, examples FROM import_reasons WHERE file_id = ? ORDER BY code");
    rows.bind(1, file_id);
    while (rows.step()) {
      const auto code = rows.text(0);
      auto it = std::ranges::find(counts.reasons, code, &geo::LayerReason::code);
      if (it == counts.reasons.end())
        it = counts.reasons.insert(it, geo::LayerReason{.code = code});
      it->count += static_cast<std::uint64_t>(rows.integer(1));
      const auto examples = nlohmann::json::parse(rows.text(2), nullptr, false);
      if (it->examples.empty() && examples.is_array())
        for (const auto& example : examples)
          if (example.is_number_unsigned())
            it->examples.push_back(example.get<std::uint64_t>());
    }
  }

  std::size_t import_of(const Statement& row) const {
    const auto it = position_of_.find(row.integer(0));
    if (it == position_of_.end())
      throw SqliteError(SQLITE_CORRUPT, "a record without its import");
    return it->second;
  }

  void load_detections() {
    auto rows = connection_.prepare(
        "SELECT import_id, time, frp_mw, confidence, geom FROM detections WHERE time IS NOT NULL ORDER BY fid");
    while (rows.step()) {
      const auto time = instant(rows, 1);
      if (!time)
        continue;
      Detection detection{.point = place_of(rows, 4), .time = *time};
      if (!rows.is_null(2))
        detection.frp_mw = static_cast<float>(rows.real(2));
      if (!rows.is_null(3))
        detection.confidence = static_cast<std::int8_t>(rows.integer(3));
      detection.import = static_cast<std::int32_t>(import_of(rows));
      data_.detections.push_back(detection);
    }
    std::ranges::stable_sort(data_.detections, {}, &Detection::import);
  }

  void load_perimeters() {
    auto rows = connection_.prepare(
        "SELECT import_id, source_key, name, agency, time, area_ha, percent_contained, geom FROM perimeters ORDER BY "
        "import_id, fid");
    while (rows.step())
      data_.perimeters.push_back({.import = import_of(rows),
                                  .key = rows.text(1),
                                  .name = rows.text(2),
                                  .agency = rows.text(3),
                                  .time = instant(rows, 4),
                                  .area_ha = rows.optional_real(5),
                                  .percent_contained = rows.optional_real(6),
                                  .polygons = polygons_of(rows, 7)});
  }

  void load_fires() {
    auto rows = connection_.prepare(
        "SELECT import_id, source_key, name, agency, geom, time, discovered, area_ha, percent_contained, "
        "stage_of_control, response_type FROM fires ORDER BY import_id, fid");
    while (rows.step())
      data_.fires.push_back({.import = import_of(rows),
                             .key = rows.text(1),
                             .name = rows.text(2),
                             .agency = rows.text(3),
                             .point = place_of(rows, 4),
                             .time = instant(rows, 5),
                             .discovered = instant(rows, 6),
                             .area_ha = rows.optional_real(7),
                             .percent_contained = rows.optional_real(8),
                             .stage_of_control = rows.text(9),
                             .response_type = rows.text(10)});
  }

  void load_hazards(const char* table) {
    auto rows = connection_.prepare(
        fmt::format("SELECT import_id, theme, source_key, name, time, until, strength, detail, geom FROM {} WHERE "
                    "retired_by IS NULL ORDER BY import_id, fid",
                    table));
    while (rows.step())
      data_.hazards.push_back({.import = import_of(rows),
                               .theme = geo::theme_of(rows.text(1)).value_or(LayerTheme::Custom),
                               .key = rows.text(2),
                               .name = rows.text(3),
                               .from = instant(rows, 4),
                               .to = instant(rows, 5),
                               .strength = rows.optional_real(6),
                               .detail = rows.text(7),
                               .shape = shape_of(rows, 8)});
  }

  void load_places() {
    auto rows =
        connection_.prepare("SELECT name, country, admin1, geom, population FROM places ORDER BY import_id, fid");
    while (rows.step())
      data_.places.push_back({.name = rows.text(0),
                              .country = rows.text(1),
                              .admin1 = rows.text(2),
                              .point = place_of(rows, 3),
                              .population = rows.integer(4)});
  }

  void load_rasters() {
    auto rows = connection_.prepare(
        "SELECT import_id, fid, theme, variable, width, height, transform, crs, time FROM rasters ORDER BY import_id, "
        "fid");
    while (rows.step()) {
      RasterRecord raster{.import = import_of(rows), .theme = geo::theme_of(rows.text(2)).value_or(LayerTheme::Danger)};
      auto& header = raster.header;
      header.variable = rows.text(3);
      header.width = static_cast<int>(rows.integer(4));
      header.height = static_cast<int>(rows.integer(5));
      const auto transform = nlohmann::json::parse(rows.text(6), nullptr, false);
      if (!transform.is_array() || transform.size() != header.transform.size())
        throw SqliteError(SQLITE_CORRUPT, "a raster without its place");
      for (std::size_t i = 0; i < header.transform.size(); ++i)
        header.transform[i] = transform[i].is_number() ? transform[i].get<double>() : 0.0;
      header.crs = rows.text(7);
      header.time = instant(rows, 8);
      raster.read = [connection = connection_, id = rows.integer(1)](int column, int row, int columns, int height) {
        return read_raster_window(connection, id, column, row, columns, height);
      };
      data_.rasters.push_back(std::move(raster));
    }
  }

  const Connection& connection_;
  std::map<std::int64_t, std::size_t> position_of_;
  LayerData data_;
};

/// One moment of the file for all statements.
template <class Work>
auto in_one_snapshot(const Workspace& workspace, Work work) {
  try {
    workspace.connection().execute("BEGIN");
    auto result = work();
    workspace.connection().execute("COMMIT");
    return result;
  } catch (const SqliteError& e) {
    if (sqlite3_get_autocommit(workspace.connection().handle()) == 0)
      sqlite3_exec(workspace.connection().handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    workspace.rethrow(e);
  }
}

}  // namespace

LayerData load_layer_data(const Workspace& workspace) {
  return in_one_snapshot(workspace, [&] { return LayerLoader(workspace).load(); });
}

std::vector<LayerImport> load_imports(const Workspace& workspace) {
  return in_one_snapshot(workspace, [&] {
    LayerLoader loader(workspace);
    loader.load_imports();
    return loader.take_imports();
  });
}

}  // namespace relevo::planner
