// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

/// Rasters through GDAL: GeoTIFF, COG, netCDF, GRIB, HDF5, Arc/Info ASCII grid, and PNG or JPEG with a world file
/// beside them. Formats that open other files (VRT, Zarr, MBTiles, ...) are not asked.
namespace relevo::geo {

/// True for a file that one of these drivers says is its own, even if it turns out to be broken. A netCDF or HDF5 file
/// without a grid is none. Looks at the content, never at the name.
bool is_raster(const LayerRequest& request);

/// \throws LayerError
LayerIdentity identify_raster(const LayerRequest& request);

/// Streams one variable in float32, each of its rows once; memory does not grow with the file.
///
/// The variable: `layer` if given (its number, its description or the name of a subdataset, in any case), else
/// fields["variable"], else the only one, else the only one with a meaning for us ("fwi" before its parts), else the
/// error `raster_ambiguous`, which lists them. Where a variable has several times, the last at or before `as_of` is
/// read, without `as_of` the last. What a variable is, is read from its description, GRIB element or netCDF names.
/// Scale and offset are applied; no data, infinite values and -1 in FWI and its parts become NaN, 255 too where the
/// values are classes of one byte.
///
/// Rows come north first; south-up rasters are turned. A geographic raster in 0..360 degrees is shifted, and one that
/// straddles longitude 180 has its columns rotated when it covers the whole circle, else it keeps longitudes of more
/// than 180 (remark `crosses_antimeridian`). \throws LayerError before memory is taken for a raster larger than 100,000
/// columns or rows or 4e9 pixels, one without georeferencing, or in a reference system that PROJ cannot use.
void read_raster(const LayerRequest& request, LayerSink& sink);

}  // namespace relevo::geo
