// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/layer/reader.hpp"

#include <optional>
#include <string>
#include <vector>

class GDALDataset;

/// Which variable and which time of a raster is meant.
namespace relevo::geo {

class GdalSession;

/// One band of the file, or of a subdataset.
struct RasterSlice {
  std::string dataset;  ///< what GDAL opens
  int band = 1;
  std::string label;     ///< as the source calls it
  std::string variable;  ///< our word; empty: not recognised
  std::optional<Instant> time;
};

/// A variable of the file, at one or more times: all slices with one label.
struct RasterOffer {
  std::string label;
  std::string variable;  ///< of its first slice
  std::vector<RasterSlice> slices;
};

/// The variables of a file or of its first 64 subdatasets, in their order. Bands of opacity are none. What a variable
/// is and when it holds, is read from its description, GRIB element or netCDF names. \throws LayerError "raster_broken"
/// for a subdataset that cannot be opened
std::vector<RasterOffer> offers_of(GDALDataset& whole, const std::string& whole_name, const LayerRequest& request,
                                   const GdalSession& session);

/// `variable` of the request names what is read, and what an unnamed one is; in small letters.
std::string wanted_variable(const LayerRequest& request);

/// As read_raster says. \throws LayerError "layer_empty", "layer_missing", "raster_ambiguous"
RasterOffer choose_offer(const std::vector<RasterOffer>& offers, const LayerRequest& request);

/// The last at or before `as_of`, else the first after it; without `as_of` the last. `offer` has a slice at least.
RasterSlice choose_time(const RasterOffer& offer, const LayerRequest& request);

}  // namespace relevo::geo
