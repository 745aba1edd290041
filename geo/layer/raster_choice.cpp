// SPDX-License-Identifier: MIT
#include "geo/layer/raster_choice.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/gdal_session.hpp"
#include "geo/layer/raster_file.hpp"
#include "geo/layer/raster_variable.hpp"
#include "geo/layer/source_file.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

namespace relevo::geo {

namespace {

constexpr std::size_t kMostSubdatasets = 64;

std::string text_or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

std::string item_of(GDALMajorObject& object, const char* key) {
  return text_or_empty(object.GetMetadataItem(key));
}

std::string label_of(GDALRasterBand& band, const std::string& subdataset) {
  for (const char* const key : {"GRIB_ELEMENT", "NETCDF_VARNAME"}) {
    if (std::string label = item_of(band, key); !label.empty())
      return label;
  }
  // A table of tiles says more than the quantity that GeoPackage has for all of them ("Height").
  const bool is_package = !subdataset.empty() && EQUAL(band.GetDataset()->GetDriverName(), "GPKG") &&
                          band.GetDataset()->GetRasterCount() == 1;
  if (std::string label = text_or_empty(band.GetDescription()); !label.empty() && !is_package)
    return label;
  return subdataset;
}

/// From the first of the texts that means something to us.
std::string variable_in(GDALDataset& dataset, GDALRasterBand& band, const std::string& label) {
  std::vector<std::string> texts = {label};
  for (const char* const key : {"GRIB_COMMENT", "long_name", "standard_name", "variable", "description"})
    texts.push_back(item_of(band, key));
  if (dataset.GetRasterCount() == 1) {
    for (const char* const key : {"TIFFTAG_IMAGEDESCRIPTION", "long_name", "variable", "description", "title"})
      texts.push_back(item_of(dataset, key));
  }
  for (const std::string& text : texts) {
    if (std::string variable = variable_of(text); !variable.empty())
      return variable;
  }
  return {};
}

std::optional<double> leading_number(const std::string& text) {
  double value = 0.0;
  const std::size_t first = std::min(text.size(), text.find_first_not_of(' '));
  const auto [end, error] = std::from_chars(text.data() + first, text.data() + text.size(), value);
  return error == std::errc() ? std::optional<double>(value) : std::nullopt;
}

std::optional<Instant> time_of(GDALDataset& dataset, GDALRasterBand& band) {
  if (const auto seconds = leading_number(item_of(band, "GRIB_VALID_TIME"));
      seconds && *seconds != 0.0 && std::abs(*seconds) < 1e11)
    return Instant(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
  for (const char* const name : {"time", "valid_time", "Time", "TIME"}) {
    const std::string units = item_of(dataset, (std::string(name) + "#units").c_str());
    const auto value = leading_number(item_of(band, ("NETCDF_DIM_" + std::string(name)).c_str()));
    if (value && !units.empty())
      return instant_of_cf(*value, units, item_of(dataset, (std::string(name) + "#calendar").c_str()));
  }
  for (GDALMajorObject* object : {static_cast<GDALMajorObject*>(&band), static_cast<GDALMajorObject*>(&dataset)}) {
    for (const char* const key : {"valid_time", "time", "date", "DATE", "ACQUISITION_DATE"}) {
      if (const std::optional<Instant> time = instant_of_iso(item_of(*object, key)))
        return time;
    }
  }
  return {};
}

void append_slices(std::vector<RasterSlice>& slices, GDALDataset& dataset, const std::string& name,
                   const std::string& subdataset) {
  for (int number = 1; number <= dataset.GetRasterCount(); ++number) {
    GDALRasterBand& band = *dataset.GetRasterBand(number);
    if (band.GetColorInterpretation() == GCI_AlphaBand)
      continue;
    RasterSlice slice;
    slice.dataset = name;
    slice.band = number;
    slice.label = label_of(band, subdataset);
    slice.variable = variable_in(dataset, band, slice.label);
    slice.time = time_of(dataset, band);
    if (slice.label.empty())
      slice.label = fmt::format("band {}", number);
    slices.push_back(std::move(slice));
  }
}

std::vector<RasterSlice> slices_of(GDALDataset& dataset, const std::string& whole_name, const LayerRequest& request,
                                   const GdalSession& session) {
  std::vector<RasterSlice> slices;
  char** const list = dataset.GetMetadata("SUBDATASETS");
  if (dataset.GetRasterCount() > 0 || list == nullptr) {
    append_slices(slices, dataset, whole_name, item_of(dataset, "IDENTIFIER"));
    return slices;
  }
  for (std::size_t i = 1; i <= kMostSubdatasets; ++i) {
    const char* const name = CSLFetchNameValue(list, fmt::format("SUBDATASET_{}_NAME", i).c_str());
    if (name == nullptr)
      break;
    const RasterDataset part = open_raster(name, request, session);
    const std::string_view whole(name);
    append_slices(slices, *part, name, std::string(whole.substr(whole.rfind(':') + 1)));
  }
  return slices;
}

std::vector<RasterOffer> by_label(std::vector<RasterSlice> slices) {
  std::vector<RasterOffer> offers;
  for (RasterSlice& slice : slices) {
    auto offer =
        std::find_if(offers.begin(), offers.end(), [&](const RasterOffer& o) { return o.label == slice.label; });
    if (offer == offers.end())
      offer = offers.insert(offer, RasterOffer{slice.label, slice.variable, {}});
    offer->slices.push_back(std::move(slice));
  }
  return offers;
}

std::string labels_of(const std::vector<RasterOffer>& offers) {
  std::string labels;
  for (const RasterOffer& offer : offers)
    labels += (labels.empty() ? "" : ", ") + offer.label;
  return labels;
}

/// By its label, our word, or the number of its band.
std::optional<RasterOffer> offer_named(const std::vector<RasterOffer>& offers, const std::string& name) {
  for (const RasterOffer& offer : offers) {
    if (lower_ascii(offer.label) == lower_ascii(name))
      return offer;
  }
  for (const RasterOffer& offer : offers) {
    for (const RasterSlice& slice : offer.slices) {
      if (std::to_string(slice.band) == name)
        return RasterOffer{offer.label, offer.variable, {slice}};
    }
  }
  for (const RasterOffer& offer : offers) {
    if (offer.variable == name)
      return offer;
  }
  return {};
}

std::optional<RasterOffer> only_offer(const std::vector<RasterOffer>& offers, const LayerRequest& request) {
  if (offers.size() == 1)
    return offers.front();
  if (request.theme == LayerTheme::Population)
    return offer_named(offers, "people");
  if (request.theme == LayerTheme::Flood)
    return offer_named(offers, "depth_m");
  if (std::optional<RasterOffer> fwi = offer_named(offers, "fwi"))
    return fwi;
  std::vector<RasterOffer> known;
  std::copy_if(offers.begin(), offers.end(), std::back_inserter(known),
               [](const RasterOffer& o) { return !o.variable.empty(); });
  return known.size() == 1 ? std::optional<RasterOffer>(known.front()) : std::nullopt;
}

}  // namespace

std::vector<RasterOffer> offers_of(GDALDataset& whole, const std::string& whole_name, const LayerRequest& request,
                                   const GdalSession& session) {
  return by_label(slices_of(whole, whole_name, request, session));
}

std::string wanted_variable(const LayerRequest& request) {
  const auto wanted = request.fields.find("variable");
  return wanted == request.fields.end() ? std::string() : lower_ascii(wanted->second);
}

RasterOffer choose_offer(const std::vector<RasterOffer>& offers, const LayerRequest& request) {
  if (offers.empty())
    refuse_layer(request, "layer_empty");
  const std::string wanted = wanted_variable(request);
  if (!request.layer.empty() || (!wanted.empty() && offers.size() > 1)) {
    const std::string& name = request.layer.empty() ? wanted : request.layer;
    const std::optional<RasterOffer> named = offer_named(offers, name);
    if (!named)
      refuse_layer(request, "layer_missing", {{"layer", name}, {"layers", labels_of(offers)}});
    return *named;
  }
  const std::optional<RasterOffer> only = only_offer(offers, request);
  if (!only)
    refuse_layer(request, "raster_ambiguous", {{"layers", labels_of(offers)}});
  return *only;
}

RasterSlice choose_time(const RasterOffer& offer, const LayerRequest& request) {
  std::vector<RasterSlice> slices = offer.slices;
  std::stable_sort(slices.begin(), slices.end(),
                   [](const RasterSlice& a, const RasterSlice& b) { return a.time < b.time; });
  if (!request.as_of)
    return slices.back();
  const auto after = std::find_if(slices.begin(), slices.end(),
                                  [&](const RasterSlice& slice) { return slice.time && *slice.time > *request.as_of; });
  return after == slices.begin() ? slices.front() : *std::prev(after);
}

}  // namespace relevo::geo
