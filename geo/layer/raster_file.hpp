// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"

#include <memory>
#include <string>

class GDALDataset;
class GDALRasterBand;
struct GDALDatasetUniquePtrDeleter;

/// Which files are rasters, and what of them GDAL may open: GeoTIFF, COG, netCDF, GRIB, HDF5, GeoPackage tiles, Erdas
/// Imagine, Arc/Info ASCII grid, ENVI and SAGA with their heads beside them, and PNG or JPEG with a world file. Formats
/// that open files which they name (VRT, Zarr, ...) are not asked.
namespace relevo::geo {

class GdalSession;

/// Columns or rows; a raster with more of either is refused.
inline constexpr int kMostRasterSide = 100000;

/// What GDAL's own GDALDatasetUniquePtr is.
using RasterDataset = std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter>;

/// True for a file that one of these drivers says is its own, even if it turns out to be broken. A netCDF or HDF5 file
/// without a grid is none. Looks at the content, never at the name.
bool is_raster(const LayerRequest& request);

/// A GeoPackage of tiles: the layer that is asked for is none of its vector layers, or none was asked for and these
/// have no records.
bool is_tile_package(const LayerRequest& request);

/// To be asked before the file is opened. \throws LayerError "raster_elsewhere" for Erdas Imagine with its pixels in
/// another file; as head_of_file.
void refuse_pixels_elsewhere(const LayerRequest& request);

/// What GDAL opens as the whole file: HDF5 files may be netCDF, and are described better as such. Needs a GdalSession.
std::string whole_name_of(const LayerRequest& request);

/// The whole file or a subdataset, by the name that GDAL has for it; never null. \throws LayerError "raster_broken"
/// with the message of the session
RasterDataset open_raster(const std::string& name, const LayerRequest& request, const GdalSession& session);

/// \throws LayerError "raster_too_large" for more than kMostRasterSide columns or rows, 4e9 cells or blocks of 256 MB
void refuse_large_raster(GDALDataset& dataset, GDALRasterBand& band, const LayerRequest& request);

}  // namespace relevo::geo
