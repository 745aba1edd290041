// SPDX-License-Identifier: MIT
#include "geo/layer/ogr_source.hpp"

#include "geo/gdal_session.hpp"
#include "geo/layer/csv_source.hpp"
#include "geo/layer/labelled_text.hpp"
#include "geo/layer/title_rows.hpp"
#include "geo/layer/value_text.hpp"
#include "geo/ogr_text.hpp"
#include "geo/text_encoding.hpp"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace relevo::geo {

namespace {

constexpr std::array<const char*, 18> kVectorDrivers = {
    "ESRI Shapefile", "GPKG",        "GeoJSON",      "GeoJSONSeq", "ESRIJSON", "TopoJSON",
    "FlatGeobuf",     "LIBKML",      "KML",          "GPX",        "SQLite",   "GML",
    "GeoRSS",         "OpenFileGDB", "MapInfo File", "XLSX",       "ODS",      nullptr};

constexpr std::size_t kSampledDescriptions = 50;
constexpr std::size_t kMostLabels = 200;

/// Columns that LIBKML gives every layer, at fixed places: no attributes of what is drawn.
bool says_how_to_draw(int column, std::string_view name) noexcept {
  constexpr std::array<std::string_view, 6> kDrawing = {"altitudeMode", "tessellate", "extrude",
                                                        "visibility",   "drawOrder",  "icon"};
  constexpr int kFirst = 5;
  return column >= kFirst && column < kFirst + 6 && kDrawing.at(static_cast<std::size_t>(column - kFirst)) == name;
}

GeometryKind kind_of(OGRwkbGeometryType type) {
  switch (OGR_GT_GetLinear(wkbFlatten(type))) {
    case wkbNone:
      return GeometryKind::None;
    case wkbPoint:
    case wkbMultiPoint:
      return GeometryKind::Point;
    case wkbLineString:
    case wkbMultiLineString:
      return GeometryKind::Line;
    case wkbPolygon:
    case wkbMultiPolygon:
      return GeometryKind::Polygon;
    default:
      return GeometryKind::Any;
  }
}

CellKind cell_kind_of(const OGRFieldDefn& field) {
  switch (field.GetType()) {
    case OFTInteger:
    case OFTInteger64:
      return field.GetSubType() == OFSTBoolean ? CellKind::Json : CellKind::Number;
    case OFTReal:
      return CellKind::Number;
    default:
      return field.GetSubType() == OFSTJSON ? CellKind::Json : CellKind::Text;
  }
}

class OgrSource : public RecordSource {
 public:
  OgrSource(const LayerRequest& request, LayerFile file)
      : request_(request),
        file_(std::move(file)),
        no_network_("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none"),
        xlsx_headers_("OGR_XLSX_HEADERS", "FORCE"),
        ods_headers_("OGR_ODS_HEADERS", "FORCE") {
    open({});
    // Some exports wrap each feature once more and have its properties one level below.
    const int nested = definition().GetFieldIndex("properties");
    if (nested >= 0 && definition().GetFieldDefn(nested)->GetSubType() == OFSTJSON)
      open({"FLATTEN_NESTED_ATTRIBUTES=YES"});
    if (file_.kind == FileKind::Spreadsheet && has_nameless_columns())
      look_for_header();
    describe();
  }

  const SourceHead& head() const override { return head_; }

  bool next(SourceRecord& record) override {
    if (!advance())
      return false;
    record.number = ++number_;
    record.correction = {};
    record.refusal = {};
    record.geometry = feature_->GetGeometryRef();
    record.cells.resize(head_.columns.size());
    for (std::size_t i = 0; i < fields_; ++i)
      record.cells[i] = cell(i, record);
    fill_extra_cells(record);
    record.cells.back() = height(record.geometry);
    return true;
  }

  void rewind() override {
    for (OGRLayer* layer : layers_)
      layer->ResetReading();
    current_ = 0;
    number_ = 0;
    for (; number_ < rows_above_; ++number_)
      advance();
  }

  void use_geometry_column(std::size_t /*column*/) override {}

 private:
  const OGRFeatureDefn& definition() const { return *layers_.front()->GetLayerDefn(); }

  /// The next feature of the layers that are read as one; false after the last.
  bool advance() {
    errors_.forget();
    for (; current_ < layers_.size(); ++current_) {
      feature_.reset(layers_[current_]->GetNextFeature());
      if (feature_)
        return true;
      if (errors_.has_failure())
        throw LayerError(request_.shown_name, number_, "read_failed", {{"detail", errors_.last()}});
    }
    return false;
  }

  void open(const std::vector<std::string>& more_options) {
    feature_.reset();
    dataset_.reset();
    CPLStringList options;
    for (const char* option : {"DATE_AS_STRING=YES", "ARRAY_AS_STRING=YES", "WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO"})
      options.AddString(option);
    for (const auto& option : more_options)
      options.AddString(option.c_str());
    dataset_.reset(GDALDataset::Open(file_.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                     kVectorDrivers.data(), options.List(), nullptr));
    if (!dataset_)
      throw LayerError(request_.shown_name, 0, refusal(), {{"detail", detail()}});
    layers_ = {&choose_layer()};
    if (is_kml() && request_.layer.empty())
      join_folders();
    note_other_layers();
    errors_.forget();
  }

  bool is_kml() const {
    const std::string_view driver = dataset_->GetDriverName();
    return driver == "KML" || driver == "LIBKML";
  }

  /// Where the first row names hardly a column, it is a title: then GDAL calls the others Field2, Field3, ...
  bool has_nameless_columns() const {
    int nameless = 0;
    for (int i = 0; i < definition().GetFieldCount(); ++i) {
      const std::string name = definition().GetFieldDefn(i)->GetNameRef();
      nameless += plain_word(name).empty() || name == "Field" + std::to_string(i + 1) ? 1 : 0;
    }
    return nameless >= 2 && nameless * 2 >= definition().GetFieldCount();
  }

  /// Opens the sheet without a header and takes the names of the columns from the row that has them.
  void look_for_header() {
    const ThreadOption xlsx("OGR_XLSX_HEADERS", "DISABLE");
    const ThreadOption ods("OGR_ODS_HEADERS", "DISABLE");
    open({});
    std::vector<std::vector<std::string>> rows;
    while (rows.size() < kMostTitleRows && advance()) {
      rows.emplace_back();
      for (int i = 0; i < definition().GetFieldCount(); ++i)
        rows.back().push_back(feature_->IsFieldSetAndNotNull(i) ? ogr_field_text(*feature_, i) : std::string());
    }
    const std::size_t header = header_row(rows);
    names_ = rows.empty() ? std::vector<std::string>() : rows[header];
    rows_above_ = rows.empty() ? 0 : header + 1;
    rewind();
  }

  /// What GDAL says, unless it says no more than that it does not know the file.
  std::string detail() const {
    const bool is_empty_phrase = errors_.last().find("not recognized as") != std::string::npos;
    return is_empty_phrase ? std::string() : errors_.last();
  }

  std::string refusal() const {
    if (file_.kind == FileKind::Json)
      return "json_unreadable";
    return file_.kind == FileKind::Xml ? "xml_unreadable" : "no_driver";
  }

  OGRLayer& choose_layer() {
    OGRLayer* chosen = nullptr;
    std::string names;
    for (OGRLayer* layer : dataset_->GetLayers()) {
      const std::string name = layer->GetName();
      names += (names.empty() ? "" : ", ") + name;
      if (!request_.layer.empty() && request_.layer == name)
        chosen = layer;
      const bool is_filled = request_.layer.empty() && layer->GetFeatureCount(FALSE) != 0;
      // A table of notes may come before the features.
      const bool is_better = chosen == nullptr || (chosen->GetGeomType() == wkbNone && layer->GetGeomType() != wkbNone);
      if (is_filled && is_better)
        chosen = layer;
    }
    if (chosen == nullptr && dataset_->GetLayerCount() > 0 &&
        (request_.layer.empty() || file_.path.starts_with("/vsi")))
      chosen = dataset_->GetLayer(0);
    if (chosen == nullptr && names.empty())
      throw LayerError(request_.shown_name, 0, "no_layers");
    if (chosen == nullptr)
      throw LayerError(request_.shown_name, 0, "layer_missing", {{"layer", request_.layer}, {"layers", names}});
    return *chosen;
  }

  /// Folders of KML divide things of one kind (smoke by density, fires by state): those that come after the chosen one
  /// with the same columns and the same kind of geometry are read with it.
  void join_folders() {
    const auto first_kind = [](OGRLayer& layer) {
      layer.ResetReading();
      const OGRFeatureUniquePtr feature(layer.GetNextFeature());
      layer.ResetReading();
      const OGRGeometry* geometry = feature ? feature->GetGeometryRef() : nullptr;
      return geometry == nullptr ? GeometryKind::None : kind_of(geometry->getGeometryType());
    };
    const GeometryKind kind = first_kind(*layers_.front());
    for (OGRLayer* layer : dataset_->GetLayers()) {
      const bool is_alike =
          layer != layers_.front() && has_same_columns(*layer->GetLayerDefn()) && first_kind(*layer) == kind;
      if (is_alike)
        layers_.push_back(layer);
    }
  }

  bool has_same_columns(const OGRFeatureDefn& other) const {
    if (other.GetFieldCount() != definition().GetFieldCount())
      return false;
    for (int i = 0; i < other.GetFieldCount(); ++i) {
      if (!EQUAL(other.GetFieldDefn(i)->GetNameRef(), definition().GetFieldDefn(i)->GetNameRef()))
        return false;
    }
    return true;
  }

  void note_other_layers() {
    head_.remarks.clear();
    if (!request_.layer.empty())
      return;
    std::string names;
    bool has_others = false;
    for (OGRLayer* layer : dataset_->GetLayers()) {
      names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
      const bool is_read = std::find(layers_.begin(), layers_.end(), layer) != layers_.end();
      has_others = has_others || (!is_read && layer->GetFeatureCount(FALSE) != 0);
    }
    if (has_others)
      head_.remarks.emplace_back("other_layers", names);
  }

  void describe() {
    head_.format = dataset_->GetDriverName();
    head_.layer = file_.parts && file_.kind == FileKind::Shapefile ? request_.file.stem().string() : layer_names();
    fields_ = static_cast<std::size_t>(definition().GetFieldCount());
    for (int i = 0; i < definition().GetFieldCount(); ++i) {
      const OGRFieldDefn& field = *definition().GetFieldDefn(i);
      const bool is_named = static_cast<std::size_t>(i) < names_.size();
      const std::string name = in_utf8(is_named ? names_[static_cast<std::size_t>(i)] : field.GetNameRef());
      head_.columns.push_back({is_kml() && says_how_to_draw(i, name) ? "@" + name : name, cell_kind_of(field)});
    }
    if (rows_above_ > 0)
      head_.remarks.emplace_back("title_rows", std::to_string(rows_above_));
    for (const auto& name : make_unique(head_.columns))
      head_.remarks.emplace_back("column_duplicate", name);
    texts_.resize(fields_);
    if (is_kml())
      describe_kml();
    head_.columns.push_back({"@z", CellKind::Number});
    head_.geometry = kind_of(definition().GetGeomType());
    head_.has_short_names = head_.format == "ESRI Shapefile";
    head_.crs = layers_.front()->GetSpatialRef();
    const char* crs_name = head_.crs == nullptr ? nullptr : head_.crs->GetName();
    // What a GeoPackage says of a layer whose reference system nobody gave.
    if (crs_name != nullptr && std::string_view(crs_name).starts_with("Undefined"))
      head_.crs = nullptr;
    head_.crs_is_default =
        head_.format.find("JSON") != std::string::npos && head_.crs != nullptr && head_.crs->IsGeographic() != 0;
  }

  std::string layer_names() const {
    std::string names;
    for (OGRLayer* layer : layers_)
      names += (names.empty() ? "" : ", ") + in_utf8(layer->GetName());
    return names;
  }

  /// The folder of each record, and what its description says in labelled lines: a label becomes the column of that
  /// name, a new one unless there is one. Labels of the first records count, if a quarter of these have them.
  void describe_kml() {
    if (layers_.size() > 1)
      folder_column_ = column_for("folder");
    const auto described = std::find_if(head_.columns.begin(), head_.columns.end(),
                                        [](const SourceColumn& column) { return column.name == "description"; });
    if (described == head_.columns.end())
      return;
    description_ = static_cast<std::size_t>(described - head_.columns.begin());
    std::vector<std::pair<std::string, std::size_t>> seen;  // in the order of the texts
    std::size_t texts = 0;
    SourceRecord record;
    for (; texts < kSampledDescriptions && advance(); ++texts) {
      for (const auto& [label, value] : labelled_values(cell(*description_, record))) {
        if (!value.empty())
          count_label(label, seen);
      }
    }
    rewind();
    for (const auto& [label, count] : seen) {
      const bool is_column = count * 4 >= texts && !plain_word(label).empty() && label_columns_.size() < kMostLabels;
      if (is_column)
        label_columns_.emplace(plain_word(label), column_for(label));
    }
  }

  static void count_label(const std::string& label, std::vector<std::pair<std::string, std::size_t>>& seen) {
    const auto it = std::find_if(seen.begin(), seen.end(), [&](const auto& one) { return one.first == label; });
    if (it != seen.end())
      ++it->second;
    else if (seen.size() < kMostLabels)
      seen.emplace_back(label, 1);
  }

  /// The column of that name in any spelling, else a new one.
  std::size_t column_for(const std::string& name) {
    for (std::size_t i = 0; i < head_.columns.size(); ++i) {
      if (plain_word(head_.columns[i].name) == plain_word(name))
        return i;
    }
    head_.columns.push_back({name, CellKind::Text});
    return head_.columns.size() - 1;
  }

  void fill_extra_cells(SourceRecord& record) {
    std::fill(record.cells.begin() + static_cast<std::ptrdiff_t>(fields_), record.cells.end(), std::string_view());
    if (folder_column_ && record.cells[*folder_column_].empty()) {
      folder_ = in_utf8(layers_[current_]->GetName());
      record.cells[*folder_column_] = folder_;
    }
    if (label_columns_.empty())
      return;
    described_ = labelled_values(record.cells[*description_]);
    for (const auto& [label, value] : described_) {
      const auto it = label_columns_.find(plain_word(label));
      if (it != label_columns_.end() && record.cells[it->second].empty())
        record.cells[it->second] = value;
    }
  }

  static std::string in_utf8(const std::string& text) { return is_utf8(text) ? text : utf8_of_windows_1252(text); }

  std::string_view cell(std::size_t i, SourceRecord& record) {
    const int field = static_cast<int>(i);
    if (!feature_->IsFieldSetAndNotNull(field))
      return {};
    texts_[i] = ogr_field_text(*feature_, field);
    if (!is_utf8(texts_[i])) {
      texts_[i] = utf8_of_windows_1252(texts_[i]);
      record.correction = "not_utf8";
    }
    return texts_[i];
  }

  std::string_view height(const OGRGeometry* geometry) {
    const bool has_height = geometry != nullptr && wkbFlatten(geometry->getGeometryType()) == wkbPoint &&
                            geometry->Is3D() != 0 && geometry->IsEmpty() == 0;
    if (!has_height)
      return {};
    height_ = std::to_string(geometry->toPoint()->getZ());
    return height_;
  }

  LayerRequest request_;
  LayerFile file_;
  CapturedErrors errors_;
  ThreadOption no_network_;
  ThreadOption xlsx_headers_;  // the first row names the columns, also where all cells are text
  ThreadOption ods_headers_;
  GDALDatasetUniquePtr dataset_;
  std::vector<OGRLayer*> layers_;  // one, or folders that are read as one
  std::size_t current_ = 0;        // of layers_
  OGRFeatureUniquePtr feature_;
  SourceHead head_;
  std::size_t fields_ = 0;
  std::uint64_t number_ = 0;
  std::vector<std::string> names_;  // of the columns of a sheet with a title
  std::uint64_t rows_above_ = 0;    // its title and its header
  std::vector<std::string> texts_;
  std::string height_;
  std::string folder_;
  std::optional<std::size_t> folder_column_;
  std::optional<std::size_t> description_;
  std::map<std::string, std::size_t> label_columns_;            // by plain_word of the label
  std::vector<std::pair<std::string, std::string>> described_;  // of the present record
};

}  // namespace

std::span<const char* const> vector_drivers() noexcept {
  return {kVectorDrivers.data(), kVectorDrivers.size() - 1};
}

std::unique_ptr<RecordSource> open_ogr_source(const LayerRequest& request, const LayerFile& file) {
  register_drivers();
  return std::make_unique<OgrSource>(request, file);
}

}  // namespace relevo::geo
