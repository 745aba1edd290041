// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

/// One variable of a raster that is_raster() or is_tile_package() takes (raster_file.hpp), through GDAL.
namespace relevo::geo {

/// \throws LayerError
LayerIdentity identify_raster(const LayerRequest& request);

/// Streams one variable in float32, each of its rows once; memory does not grow with the file.
///
/// The variable: `layer` if given (its label, the number of its band or our word), else fields["variable"], else the
/// only one; of several, people for the theme population, depth for flood, else the FWI, else the only one with a
/// meaning for us; else the error `raster_ambiguous`, which lists them. Of several times the last at or before `as_of`
/// is read, without `as_of` the last. What a variable is, is read from its description, GRIB element or netCDF names;
/// fields["variable"] says it for one that tells nothing (remark `variable_unknown`; the file's name is a hint,
/// `file_name_suggests`).
///
/// NaN becomes whatever is declared as no data or masked, everything infinite or beyond 1e30, anything negative in a
/// variable of known meaning (-1 of the FWI), and 255 in bytes that declare nothing that fits a byte. Scale and offset
/// are applied. Counts: read are all cells, refused those without data (`no_data`).
///
/// Rows come north first: south-up and mirrored rasters are turned. A geographic raster in 0..360 degrees is shifted,
/// and one round the whole world has its columns rotated to begin at 180 west (`longitudes_shifted`); any other that
/// straddles 180 keeps longitudes beyond it (remark `crosses_antimeridian` with its western edge). Rotated poles stay
/// as they are. Without a reference system `crs` of the request is taken, or EPSG:4326 where the edges are degrees
/// (`crs_assumed`).
///
/// \throws LayerError "raster_too_large" before memory is taken for more than 100,000 columns or rows, 4e9 cells or
/// blocks of 256 MB; "raster_elsewhere" for Erdas Imagine with its pixels in another file; "raster_broken",
/// "raster_read_failed", "raster_not_georeferenced", "crs_missing", "crs_unusable", "layer_missing", "layer_empty"; and
/// whatever the sink throws.
void read_raster(const LayerRequest& request, LayerSink& sink);

}  // namespace relevo::geo
