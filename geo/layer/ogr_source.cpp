// SPDX-License-Identifier: MIT
#include "geo/layer/ogr_source.hpp"

#include "geo/gdal_session.hpp"
#include "geo/layer/csv_source.hpp"
#include "geo/ogr_text.hpp"
#include "geo/text_encoding.hpp"

#include <cpl_string.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <optional>

namespace relevo::geo {

namespace {

constexpr std::array<const char*, 18> kVectorDrivers = {
    "ESRI Shapefile", "GPKG",        "GeoJSON",      "GeoJSONSeq", "ESRIJSON", "TopoJSON",
    "FlatGeobuf",     "LIBKML",      "KML",          "GPX",        "SQLite",   "GML",
    "GeoRSS",         "OpenFileGDB", "MapInfo File", "XLSX",       "ODS",      nullptr};

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
    const int nested = layer_->GetLayerDefn()->GetFieldIndex("properties");
    if (nested >= 0 && layer_->GetLayerDefn()->GetFieldDefn(nested)->GetSubType() == OFSTJSON)
      open({"FLATTEN_NESTED_ATTRIBUTES=YES"});
    describe();
  }

  const SourceHead& head() const override { return head_; }

  bool next(SourceRecord& record) override {
    errors_.forget();
    feature_.reset(layer_->GetNextFeature());
    if (!feature_) {
      if (errors_.has_failure())
        throw LayerError(request_.shown_name, number_, "read_failed", {{"detail", errors_.last()}});
      return false;
    }
    record.number = ++number_;
    record.correction = {};
    record.refusal = {};
    record.geometry = feature_->GetGeometryRef();
    record.cells.resize(head_.columns.size());
    for (std::size_t i = 0; i < fields_; ++i)
      record.cells[i] = cell(i, record);
    record.cells[fields_] = height(record.geometry);
    return true;
  }

  void rewind() override {
    layer_->ResetReading();
    number_ = 0;
  }

  void use_geometry_column(std::size_t /*column*/) override {}

 private:
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
    layer_ = &choose_layer();
    errors_.forget();
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
    head_.remarks.clear();
    int filled = 0;
    for (OGRLayer* layer : dataset_->GetLayers()) {
      const std::string name = layer->GetName();
      names += (names.empty() ? "" : ", ") + name;
      if (!request_.layer.empty() && request_.layer == name)
        chosen = layer;
      const bool is_filled = request_.layer.empty() && layer->GetFeatureCount(FALSE) != 0;
      filled += is_filled ? 1 : 0;
      if (is_filled && chosen == nullptr)
        chosen = layer;
    }
    if (chosen == nullptr && dataset_->GetLayerCount() > 0 &&
        (request_.layer.empty() || file_.path.starts_with("/vsi")))
      chosen = dataset_->GetLayer(0);
    if (chosen == nullptr && names.empty())
      throw LayerError(request_.shown_name, 0, "no_layers");
    if (chosen == nullptr)
      throw LayerError(request_.shown_name, 0, "layer_missing", {{"layer", request_.layer}, {"layers", names}});
    if (filled > 1)
      head_.remarks.emplace_back("other_layers", names);
    return *chosen;
  }

  void describe() {
    const OGRFeatureDefn& definition = *layer_->GetLayerDefn();
    head_.format = dataset_->GetDriverName();
    head_.layer =
        file_.parts && file_.kind == FileKind::Shapefile ? request_.file.stem().string() : in_utf8(layer_->GetName());
    fields_ = static_cast<std::size_t>(definition.GetFieldCount());
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
      const OGRFieldDefn& field = *definition.GetFieldDefn(i);
      head_.columns.push_back({in_utf8(field.GetNameRef()), cell_kind_of(field)});
    }
    for (const auto& name : make_unique(head_.columns))
      head_.remarks.emplace_back("column_duplicate", name);
    head_.columns.push_back({"@z", CellKind::Number});
    texts_.resize(fields_);
    head_.geometry = kind_of(definition.GetGeomType());
    head_.has_short_names = head_.format == "ESRI Shapefile";
    head_.crs = layer_->GetSpatialRef();
    const char* crs_name = head_.crs == nullptr ? nullptr : head_.crs->GetName();
    // What a GeoPackage says of a layer whose reference system nobody gave.
    if (crs_name != nullptr && std::string_view(crs_name).starts_with("Undefined"))
      head_.crs = nullptr;
    head_.crs_is_default =
        head_.format.find("JSON") != std::string::npos && head_.crs != nullptr && head_.crs->IsGeographic() != 0;
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
  OGRLayer* layer_ = nullptr;
  OGRFeatureUniquePtr feature_;
  SourceHead head_;
  std::size_t fields_ = 0;
  std::uint64_t number_ = 0;
  std::vector<std::string> texts_;
  std::string height_;
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
