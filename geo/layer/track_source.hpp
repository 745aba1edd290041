// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

/// Tracks of storms in netCDF: the archive IBTrACS (storms x times, padded) and files of one storm (times only). Their
/// arrays have a latitude and a longitude per point instead of axes, so they are no rasters.
namespace relevo::geo {

/// True for a netCDF file with arrays `lat` and `lon` (or `latitude`, `longitude`) along a dimension of time that is
/// none of theirs alone. Looks at the content, never at the name.
bool is_track_file(const LayerRequest& request);

/// \throws LayerError
LayerIdentity identify_tracks(const LayerRequest& request);

/// One feature per point of a track, with its time and the storm's name. Fields, where known: "storm" (identifier),
/// "basin", "wind_kt", "pressure_hpa"; "nature" and the Saffir-Simpson category are among the attributes. Key:
/// identifier and time, "2018079S09162/2018-03-23T12:00:00Z". Padding is skipped; a point without a position is refused
/// (`coordinates_missing`, `out_of_range`); longitudes of 180..360 are wrapped (`wrapped_longitude`); a point whose
/// time cannot be told is kept without (`time_missing`). Winds and pressures of 0 or less and fill values are not
/// known. \throws LayerError
void read_tracks(const LayerRequest& request, LayerSink& sink);

}  // namespace relevo::geo
