// SPDX-License-Identifier: MIT
#include "geo/layer/raster_file.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/gdal_session.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/track_source.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace relevo::geo {

namespace {

// None of them reads pixels from a file that the head names: ENVI and SAGA take the one beside the head, Erdas Imagine
// is looked through before (refuse_pixels_elsewhere).
constexpr std::array<const char*, 13> kRasterDrivers = {
    "GTiff", "netCDF", "GRIB", "HDF5", "HDF5Image", "AAIGrid", "PNG", "JPEG", "GPKG", "HFA", "ENVI", "SAGA", nullptr};
constexpr std::array<const char*, 2> kPackageDriver = {"GPKG", nullptr};
constexpr std::size_t kRasterHeadBytes = 4096;
constexpr double kMostCells = 4e9;
constexpr double kMostBlockBytes = 256e6;

RasterDataset open_quietly(const std::string& name) {
  return RasterDataset(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                         kRasterDrivers.data(), nullptr, nullptr));
}

bool has_hdf_head(const std::string& head) {
  return head.starts_with("\x89HDF");
}

/// GDAL takes any file for GRIB that has these letters near its beginning.
bool has_grib_head(const std::string& head) {
  const std::size_t at = head.find("GRIB");
  return at != std::string::npos && at + 7 < head.size() && (head[at + 7] == '\1' || head[at + 7] == '\2');
}

/// Their pixels have no mark of their own: only a file that is large enough is what the head beside it describes.
bool has_all_pixels(const LayerRequest& request) {
  const RasterDataset dataset = open_quietly(request.file.string());
  if (!dataset || dataset->GetRasterCount() == 0)
    return false;
  std::error_code error;
  const auto bytes = static_cast<double>(std::filesystem::file_size(request.file, error));
  return bytes >= 1.0 * dataset->GetRasterXSize() * dataset->GetRasterYSize() * dataset->GetRasterCount() *
                      GDALGetDataTypeSizeBytes(dataset->GetRasterBand(1)->GetRasterDataType());
}

}  // namespace

bool is_raster(const LayerRequest& request) {
  const std::string head = head_of_file(request, kRasterHeadBytes);
  const GdalSession session;
  if (has_hdf_head(head))
    return !is_track_file(request);
  GDALDriver* const driver = GDALDriver::FromHandle(
      GDALIdentifyDriverEx(request.file.c_str(), GDAL_OF_RASTER, kRasterDrivers.data(), nullptr));
  if (driver == nullptr)
    return false;
  const std::string_view name = driver->GetDescription();
  if (name == "GRIB")
    return has_grib_head(head);
  if (name == "ENVI" || name == "SAGA")
    return has_all_pixels(request);
  return name != "netCDF" || !is_track_file(request);
}

bool is_tile_package(const LayerRequest& request) {
  const GdalSession session;
  const auto open_as = [&](unsigned what) {
    return RasterDataset(
        GDALDataset::Open(request.file.c_str(), what | GDAL_OF_READONLY, kPackageDriver.data(), nullptr, nullptr));
  };
  const RasterDataset vectors = open_as(GDAL_OF_VECTOR);
  const auto is_read_instead = [&](OGRLayer* layer) {
    return request.layer.empty() ? layer->GetFeatureCount() > 0 : request.layer == layer->GetName();
  };
  if (vectors) {
    for (OGRLayer* layer : vectors->GetLayers()) {
      if (is_read_instead(layer))
        return false;
    }
  }
  return open_as(GDAL_OF_RASTER) != nullptr;
}

void refuse_pixels_elsewhere(const LayerRequest& request) {
  using namespace std::string_view_literals;
  // The pixels may be in a file of any name (.ige), which GDAL opens with the head. The node that says so has its type
  // in a field that ends with a zero; in the dictionary of types, which every file has, a comma follows.
  constexpr std::string_view kNode = "imgexternalraster\0"sv;
  constexpr std::size_t kStep = std::size_t{1} << 20U;
  if (!head_of_file(request, kRasterHeadBytes).starts_with("EHFA_HEADER_TAG"))
    return;
  std::ifstream file(request.file, std::ios::binary);
  std::string window;
  while (file) {
    window.erase(0, window.size() - std::min(window.size(), kNode.size() - 1));
    const std::size_t kept = window.size();
    window.resize(kept + kStep);
    file.read(window.data() + kept, kStep);
    window.resize(kept + static_cast<std::size_t>(file.gcount()));
    if (lower_ascii(window).find(kNode) != std::string::npos)
      refuse_layer(request, "raster_elsewhere");
  }
}

std::string whole_name_of(const LayerRequest& request) {
  if (has_hdf_head(head_of_file(request, 8))) {
    if (std::string name = netcdf_name_of(request.file.string()); open_quietly(name))
      return name;
  }
  return request.file.string();
}

RasterDataset open_raster(const std::string& name, const LayerRequest& request, const GdalSession& session) {
  RasterDataset dataset = open_quietly(name);
  if (!dataset)
    refuse_layer(request, "raster_broken", {{"detail", session.last_message()}});
  return dataset;
}

void refuse_large_raster(GDALDataset& dataset, GDALRasterBand& band, const LayerRequest& request) {
  const int width = dataset.GetRasterXSize();
  const int height = dataset.GetRasterYSize();
  int block_width = 0;
  int block_height = 0;
  band.GetBlockSize(&block_width, &block_height);
  const double block_bytes = 1.0 * block_width * block_height * GDALGetDataTypeSizeBytes(band.GetRasterDataType());
  if (width > kMostRasterSide || height > kMostRasterSide || 1.0 * width * height > kMostCells ||
      block_bytes > kMostBlockBytes) {
    refuse_layer(request, "raster_too_large",
                 {{"width", std::to_string(width)},
                  {"height", std::to_string(height)},
                  {"limit", std::to_string(kMostRasterSide)}});
  }
}

}  // namespace relevo::geo
