// SPDX-License-Identifier: MIT
#include "planner/store/layer_importer.hpp"

#include "planner/store/feature_writer.hpp"
#include "planner/store/instant_text.hpp"
#include "planner/store/json_text.hpp"
#include "planner/store/raster_store.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <optional>

namespace relevo::planner {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kExamples = 5;

geo::LayerReason& reason_of(geo::LayerCounts& counts, const std::string& code) {
  const auto it = std::ranges::find(counts.reasons, code, &geo::LayerReason::code);
  return it != counts.reasons.end() ? *it : counts.reasons.emplace_back(geo::LayerReason{.code = code});
}

/// The row of `imports` for the layer.
struct ImportRow {
  std::int64_t id = 0;
  geo::LayerTheme theme = geo::LayerTheme::Custom;
  bool is_raster = false;
};

std::optional<ImportRow> find_import(const Connection& connection, const std::string& name) {
  auto found = connection.prepare("SELECT id, theme, is_raster FROM imports WHERE name = ?");
  found.bind(1, name);
  if (!found.step())
    return std::nullopt;
  return ImportRow{found.integer(0), geo::theme_of(found.text(1)).value_or(geo::LayerTheme::Custom),
                   found.integer(2) != 0};
}

}  // namespace

/// What lives from begin() to end(): the transaction goes last, and takes everything back unless it was committed.
class LayerImporter::Writer {
 public:
  Writer(const Workspace& workspace, const LayerImportOptions& options, const geo::LayerIdentity& identity)
      : connection_(workspace.connection()), options_(options), identity_(identity), transaction_(connection_) {
    const auto old = find_import(connection_, options.name);
    if (old && options.append && (old->theme != identity.theme || old->is_raster != identity.raster))
      throw WorkspaceError("append_theme", {{"file", workspace.shown_name()},
                                            {"layer", options.name},
                                            {"is", std::string(geo::word_of(old->theme))},
                                            {"new", std::string(geo::word_of(identity.theme))}});
    import_id_ = old ? old->id : insert_import();
    features_.emplace(connection_, import_id_, identity.theme, options.append && old);
    if (old && !options.append)
      replace(*old);
  }

  Written write(const geo::LayerFeature& feature) { return features_->write(feature); }

  void start_raster(const geo::RasterHeader& header) {
    finish_raster();
    remove_same_raster(header);
    raster_.emplace(connection_, import_id_, identity_.theme, header);
  }
  void write(const geo::RasterRows& rows) { raster_->write(rows); }

  std::int64_t finish(const geo::LayerCounts& counts, std::uint64_t known) {
    finish_raster();
    features_->finish();
    insert_file(counts, known);
    features_.reset();
    transaction_.commit();
    return import_id_;
  }

 private:
  std::int64_t insert_import() {
    connection_.prepare("INSERT INTO imports (name, theme, profile, is_raster) VALUES (?, ?, ?, ?)")
        .bind(1, options_.name)
        .bind(2, geo::word_of(identity_.theme))
        .bind(3, identity_.profile)
        .bind(4, identity_.raster ? 1 : 0)
        .run();
    return connection_.last_insert_id();
  }

  void replace(const ImportRow& old) {
    features_->remove_old(old.theme);
    connection_.prepare("DELETE FROM rasters WHERE import_id = ?").bind(1, import_id_).run();
    connection_.prepare("DELETE FROM import_files WHERE import_id = ?").bind(1, import_id_).run();
    connection_.prepare("UPDATE imports SET theme = ?, profile = ?, is_raster = ? WHERE id = ?")
        .bind(1, geo::word_of(identity_.theme))
        .bind(2, identity_.profile)
        .bind(3, identity_.raster ? 1 : 0)
        .bind(4, import_id_)
        .run();
  }

  /// The key of a raster within its layer: variable and time.
  void remove_same_raster(const geo::RasterHeader& header) {
    const auto time = header.time ? instant_text(*header.time) : std::string{};
    connection_.prepare("DELETE FROM rasters WHERE import_id = ? AND variable = ? AND time IS ?")
        .bind(1, import_id_)
        .bind(2, header.variable)
        .bind_text_or_null(3, time)
        .run();
  }

  void finish_raster() {
    if (raster_)
      raster_->finish();
    raster_.reset();
  }

  void insert_file(const geo::LayerCounts& counts, std::uint64_t known) {
    const auto sha256 = options_.sha256 ? options_.sha256() : std::string{};
    const auto columns = json_text(identity_.columns);
    const auto field_of = json_text(ordered_json(identity_.field_of));
    const auto remarks = json_text(ordered_json(identity_.remarks));
    auto insert = connection_.prepare(
        "INSERT INTO import_files (import_id, file, sha256, source, as_of, note, format, layer, crs, columns, "
        "field_of, "
        "remarks, records_read, records_kept, records_repaired, records_refused, records_known) VALUES (?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, import_id_)
        .bind(2, options_.file)
        .bind(3, sha256)
        .bind(4, options_.source)
        .bind(5, options_.as_of)
        .bind(6, options_.note)
        .bind(7, identity_.format)
        .bind(8, identity_.layer)
        .bind(9, identity_.crs)
        .bind(10, columns)
        .bind(11, field_of)
        .bind(12, remarks);
    int parameter = 13;
    for (const auto count : {counts.read, counts.kept, counts.repaired, counts.refused, known})
      insert.bind(parameter++, static_cast<std::int64_t>(count));
    insert.run();
    insert_reasons(counts, connection_.last_insert_id());
  }

  void insert_reasons(const geo::LayerCounts& counts, std::int64_t file_id) {
    auto insert =
        connection_.prepare("INSERT INTO import_reasons (file_id, code, records, examples) VALUES (?, ?, ?, ?)");
    for (const auto& reason : counts.reasons) {
      const auto examples = json_text(reason.examples);
      insert.bind(1, file_id)
          .bind(2, reason.code)
          .bind(3, static_cast<std::int64_t>(reason.count))
          .bind(4, examples)
          .run();
    }
  }

  const Connection& connection_;
  const LayerImportOptions& options_;
  geo::LayerIdentity identity_;
  Transaction transaction_;
  std::int64_t import_id_ = 0;
  std::optional<FeatureWriter> features_;
  std::optional<RasterWriter> raster_;
};

LayerImporter::LayerImporter(const Workspace& workspace, LayerImportOptions options)
    : workspace_(workspace), options_(std::move(options)) {}

LayerImporter::~LayerImporter() = default;

template <class Work>
void LayerImporter::guarded(Work work) {
  try {
    work();
  } catch (const SqliteError& e) {
    writer_.reset();
    workspace_.rethrow(e);
  }
}

void LayerImporter::begin(const geo::LayerIdentity& identity) {
  assert(!writer_);
  result_ = {.identity = identity};
  guarded([&] { writer_ = std::make_unique<Writer>(workspace_, options_, identity); });
}

void LayerImporter::feature(geo::LayerFeature&& feature) {
  assert(writer_);
  guarded([&] {
    const auto written = writer_->write(feature);
    if (written == Written::Known)
      ++result_.known;
    if (written != Written::WithoutPlace)
      return;
    ++result_.counts.refused;
    if (feature.repaired)
      ++result_.counts.repaired;
    auto& reason = reason_of(result_.counts, "no_geometry");
    ++reason.count;
    if (reason.examples.size() < kExamples)
      reason.examples.push_back(feature.record);
  });
}

void LayerImporter::raster(const geo::RasterHeader& header) {
  assert(writer_);
  guarded([&] { writer_->start_raster(header); });
}

void LayerImporter::rows(geo::RasterRows&& rows) {
  assert(writer_);
  guarded([&] { writer_->write(rows); });
}

void LayerImporter::end(const geo::LayerCounts& counts) {
  assert(writer_);
  // What the reader kept and we could not: see Written::WithoutPlace.
  const geo::LayerCounts ours = std::move(result_.counts);
  result_.counts = counts;
  result_.counts.kept -= ours.refused;
  result_.counts.refused += ours.refused;
  result_.counts.repaired -= ours.repaired;
  for (const auto& reason : ours.reasons) {
    auto& into = reason_of(result_.counts, reason.code);
    into.count = std::max(into.count, reason.count);
    if (into.examples.empty())
      into.examples = reason.examples;
  }
  guarded([&] { result_.import_id = writer_->finish(result_.counts, result_.known); });
  writer_.reset();
}

}  // namespace relevo::planner
