// SPDX-License-Identifier: MIT
#include "geo/ogr_table.hpp"

#include "geo/ascii_text.hpp"
#include "geo/gdal_session.hpp"
#include "geo/lon_lat.hpp"
#include "geo/ogr_text.hpp"
#include "geo/table_error.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

constexpr std::array<const char*, 5> kTableDrivers = {"XLSX", "ODS", "GPKG", "GeoJSON", nullptr};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Refuses everything but a plain file, before GDAL sees the path.
void check_path(const std::filesystem::path& path, const std::string& file, const OgrTableLimits& limits) {
  const std::string written = lower_ascii(path.string());
  const std::string normal = lower_ascii(path.lexically_normal().string());
  const auto names_virtual_system = [](std::string_view text) {
    return text.substr(std::min(text.find_first_not_of('/'), text.size())).starts_with("vsi") && text.starts_with('/');
  };
  if (names_virtual_system(written) || names_virtual_system(normal) || written.find("://") != std::string::npos) {
    refuse_table(file, 0, "table.path", "only files of this machine are read", "Copy the file here and give its path.");
  }
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    refuse_table(file, 0, "table.open", "there is no such file", "Check the name and the right to read it.");
  }
  if (std::filesystem::file_size(path, error) > limits.file_bytes) {
    refuse_table(file, 0, "table.limit", fmt::format("the file is larger than {} bytes", limits.file_bytes),
                 "Split it, or keep only the rows that matter.");
  }
}

GDALDatasetUniquePtr open_dataset(const std::filesystem::path& path, const std::string& file,
                                  const CapturedErrors& errors) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(
      path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, kTableDrivers.data(), nullptr, nullptr));
  if (!dataset) {
    refuse_table(file, 0, "table.driver", "this is no table in XLSX, ODS, GeoPackage or GeoJSON" + errors.suffix(),
                 "Save it in one of these formats, or as CSV.");
  }
  return dataset;
}

std::string list_layers(GDALDataset& dataset) {
  std::string names;
  for (OGRLayer* layer : dataset.GetLayers())
    names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
  return names;
}

OGRLayer& choose_layer(GDALDataset& dataset, const std::optional<std::string>& sheet, const std::string& file) {
  std::vector<OGRLayer*> fitting;
  for (OGRLayer* layer : dataset.GetLayers()) {
    const bool is_wanted = sheet ? *sheet == layer->GetName() : layer->GetFeatureCount() != 0;
    if (is_wanted)
      fitting.push_back(layer);
  }
  if (!sheet && fitting.empty() && dataset.GetLayerCount() > 0)
    fitting.push_back(dataset.GetLayer(0));
  if (fitting.size() == 1)
    return *fitting.front();
  if (sheet && fitting.empty()) {
    refuse_table(file, 0, "table.sheet", fmt::format("there is no sheet or layer '{}'", *sheet),
                 fmt::format("It has: {}.", list_layers(dataset)), *sheet);
  }
  if (fitting.empty())
    refuse_table(file, 0, "table.empty", "there is no table in it", "Add a sheet with a header row.");
  refuse_table(file, 0, "table.sheet", "there are several sheets or layers and none is named",
               fmt::format("Name one of: {}.", list_layers(dataset)));
}

/// "2016/06/04 13:30:00", as GDAL writes the dates of a spreadsheet, with the separators of ISO 8601 and without a time
/// of midnight. Any other text stays as it is.
std::string with_iso_date(std::string text) {
  constexpr std::string_view kDate = "0000/00/00";
  constexpr std::string_view kInstant = "0000/00/00 00:00:00";
  const auto fits = [&text](std::string_view shape) {
    return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
             return s == '0' ? c >= '0' && c <= '9' : c == s;
           });
  };
  if (!fits(kDate) && !fits(kInstant))
    return text;
  text[4] = text[7] = '-';
  if (text.size() == kDate.size())
    return text;
  if (text.ends_with(" 00:00:00"))
    return text.substr(0, kDate.size());
  text[kDate.size()] = 'T';
  return text;
}

/// GDAL writes every number into an ODS sheet with 16 decimals; what stands there is fewer. Any other text stays as it
/// is.
std::string without_written_zeros(std::string text) {
  constexpr std::size_t kDecimals = 16;
  const std::size_t point = text.find('.');
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  if (point == std::string::npos || point == first || text.size() != point + 1 + kDecimals)
    return text;
  for (std::size_t i = first; i < text.size(); ++i) {
    if (i != point && (text[i] < '0' || text[i] > '9'))
      return text;
  }
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.'))
    text.pop_back();
  return text;
}

std::string cell_text(const OGRFeature& feature, int field, bool is_spreadsheet) {
  std::string text = ogr_field_text(feature, field);
  const bool is_text = is_spreadsheet && feature.GetFieldDefnRef(field)->GetType() == OFTString;
  return is_text ? without_written_zeros(with_iso_date(std::move(text))) : text;
}

using Transform = std::unique_ptr<OGRCoordinateTransformation>;

/// From the layer's coordinate system to WGS 84, longitude first; null where nothing is to be done.
Transform transform_to_wgs84(OGRLayer& layer, const std::string& file, const CapturedErrors& errors) {
  const OGRSpatialReference* declared = layer.GetSpatialRef();
  if (declared == nullptr)
    return nullptr;
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  OGRSpatialReference source = *declared;
  source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (source.IsSame(&wgs84) != 0)
    return nullptr;
  Transform transform(OGRCreateCoordinateTransformation(&source, &wgs84));
  if (!transform) {
    const char* name = source.GetName();
    refuse_table(file, 0, "table.geometry",
                 fmt::format("its coordinate system '{}' cannot be brought to WGS 84{}", name == nullptr ? "" : name,
                             errors.suffix()),
                 "Reproject the layer to EPSG:4326.");
  }
  return transform;
}

class LayerReader {
 public:
  LayerReader(OGRLayer& layer, bool is_spreadsheet, bool has_feature_ids, std::string file,
              const CapturedErrors& errors)
      : layer_(layer), is_spreadsheet_(is_spreadsheet), has_feature_ids_(has_feature_ids), errors_(errors) {
    table_.file = std::move(file);
    table_.sheet = layer.GetName();
    table_.encoding = "UTF-8";
    read_columns();
  }

  Table read(const OgrTableLimits& limits) {
    std::size_t position = 0;
    for (const auto& feature : layer_) {
      ++position;
      TableRow row = make_row(*feature, position);
      if (is_empty(row))
        continue;
      if ((table_.rows.size() + 1) * (table_.columns.size() + surplus_) > limits.cells) {
        refuse_table(table_.file, row.line, "table.limit",
                     fmt::format("the table has more than {} cells", limits.cells),
                     "Split it, or keep only the rows and columns that matter.");
      }
      table_.rows.push_back(std::move(row));
    }
    if (errors_.has_failure()) {
      refuse_table(table_.file, 0, "table.open", "reading the table failed" + errors_.suffix(),
                   "Open it in the program it was made with and save it again.");
    }
    return std::move(table_);
  }

 private:
  void read_columns() {
    const OGRFeatureDefn& definition = *layer_.GetLayerDefn();
    const int fields = definition.GetFieldCount();
    named_ = fields;
    // GDAL calls a column without a header "Field7"; at the end of a sheet such columns are surplus cells.
    while (is_spreadsheet_ && named_ > 0 &&
           definition.GetFieldDefn(named_ - 1)->GetNameRef() == fmt::format("Field{}", named_)) {
      --named_;
    }
    surplus_ = static_cast<std::size_t>(fields - named_);
    for (int field = 0; field < named_; ++field)
      add_column(definition.GetFieldDefn(field)->GetNameRef());
    add_point_columns();
    if (table_.columns.empty()) {
      refuse_table(table_.file, 0, "table.empty", fmt::format("'{}' has no column names", table_.sheet),
                   "Begin it with a row that names its columns.");
    }
  }

  void add_column(std::string name) {
    const std::size_t first = name.find_first_not_of(" \t\r\n");
    const std::size_t last = name.find_last_not_of(" \t\r\n");
    name = first == std::string::npos ? fmt::format("column {}", table_.columns.size() + 1)
                                      : name.substr(first, last - first + 1);
    if (!seen_.insert(lower_ascii(name)).second) {
      refuse_table(table_.file, is_spreadsheet_ ? 1 : 0, "table.header",
                   fmt::format("two columns are called '{}'", name),
                   "Give every column a name of its own; capital letters make no difference.", name);
    }
    table_.columns.push_back(std::move(name));
  }

  void add_point_columns() {
    const OGRwkbGeometryType type = wkbFlatten(layer_.GetGeomType());
    if (type != wkbPoint && type != wkbUnknown)
      return;
    if (seen_.contains("lon") || seen_.contains("lat"))
      return;
    to_wgs84_ = transform_to_wgs84(layer_, table_.file, errors_);
    has_point_columns_ = true;
    add_column("lon");
    add_column("lat");
  }

  TableRow make_row(OGRFeature& feature, std::size_t position) const {
    TableRow row;
    row.line = has_feature_ids_ ? static_cast<std::size_t>(std::max<GIntBig>(feature.GetFID(), 0)) : position;
    row.cells.reserve(table_.columns.size());
    for (int field = 0; field < feature.GetFieldCount(); ++field) {
      std::string text = cell_text(feature, field, is_spreadsheet_);
      if (CPLIsUTF8(text.c_str(), -1) == 0) {
        refuse_table(table_.file, row.line, "table.encoding", "a text that is not UTF-8", "Save the file in UTF-8.");
      }
      (field < named_ ? row.cells : row.surplus).push_back(std::move(text));
    }
    while (!row.surplus.empty() && is_blank(row.surplus.back()))
      row.surplus.pop_back();
    if (has_point_columns_)
      append_point(row, feature.GetGeometryRef());
    return row;
  }

  void append_point(TableRow& row, const OGRGeometry* geometry) const {
    if (geometry == nullptr || geometry->IsEmpty() || wkbFlatten(geometry->getGeometryType()) != wkbPoint) {
      row.cells.insert(row.cells.end(), 2, std::string());
      return;
    }
    double x = geometry->toPoint()->getX();
    double y = geometry->toPoint()->getY();
    const bool is_transformed = !to_wgs84_ || to_wgs84_->Transform(1, &x, &y) != 0;
    if (!is_transformed || !is_valid(LonLat{x, y})) {
      refuse_table(table_.file, row.line, "table.geometry",
                   fmt::format("the point ({}, {}) has no longitude and latitude{}", geometry->toPoint()->getX(),
                               geometry->toPoint()->getY(), errors_.suffix()),
                   "Check the coordinate system of the layer, and the order of the axes.");
    }
    // Twelve digits are a tenth of a millimetre; more would be noise of the transformation.
    row.cells.push_back(fmt::format("{:.12g}", x));
    row.cells.push_back(fmt::format("{:.12g}", y));
  }

  static bool is_empty(const TableRow& row) {
    return row.surplus.empty() &&
           std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return is_blank(cell); });
  }

  OGRLayer& layer_;
  bool is_spreadsheet_;
  bool has_feature_ids_;
  const CapturedErrors& errors_;
  Table table_;
  std::set<std::string> seen_;  ///< column names in lower case
  int named_ = 0;               ///< fields that are columns; the others are surplus
  std::size_t surplus_ = 0;
  bool has_point_columns_ = false;
  Transform to_wgs84_;
};

}  // namespace

Table read_ogr_table(const std::filesystem::path& path, const std::string& shown_name,
                     const std::optional<std::string>& sheet, const OgrTableLimits& limits) {
  check_path(path, shown_name, limits);
  register_drivers();
  const CapturedErrors errors;
  // GDAL would guess whether a sheet of texts has a header, and would turn "007" or a Spanish decimal into something
  // else.
  const ThreadOption xlsx_headers("OGR_XLSX_HEADERS", "FORCE");
  const ThreadOption ods_headers("OGR_ODS_HEADERS", "FORCE");
  const ThreadOption xlsx_types("OGR_XLSX_FIELD_TYPES", "STRING");
  const ThreadOption ods_types("OGR_ODS_FIELD_TYPES", "STRING");
  const GDALDatasetUniquePtr dataset = open_dataset(path, shown_name, errors);
  const std::string driver = dataset->GetDriverName();
  const bool is_spreadsheet = driver == "XLSX" || driver == "ODS";
  OGRLayer& layer = choose_layer(*dataset, sheet, shown_name);
  return LayerReader(layer, is_spreadsheet, driver != "GeoJSON", shown_name, errors).read(limits);
}

}  // namespace relevo::geo
