// SPDX-License-Identifier: MIT
#include "geo/layer/raster_source.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/danger_variable.hpp"
#include "geo/layer/gdal_session.hpp"
#include "geo/layer/raster_variable.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/track_source.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace relevo::geo {

namespace {

// None of them reads pixels from a file that the head names: ENVI and SAGA take the one beside the head, Erdas Imagine
// is looked through before (refuse_pixels_elsewhere).
constexpr std::array<const char*, 13> kRasterDrivers = {
    "GTiff", "netCDF", "GRIB", "HDF5", "HDF5Image", "AAIGrid", "PNG", "JPEG", "GPKG", "HFA", "ENVI", "SAGA", nullptr};
constexpr std::array<const char*, 2> kPackageDriver = {"GPKG", nullptr};
constexpr std::size_t kRasterHeadBytes = 4096;
constexpr int kMostSide = 100000;
constexpr double kMostCells = 4e9;
constexpr double kMostBlockBytes = 256e6;
constexpr GIntBig kCacheBytes = GIntBig{64} * 1024 * 1024;
constexpr double kChunkCells = 1 << 20;
constexpr std::size_t kMostSubdatasets = 64;
constexpr float kLargestMeant = 1e30F;  // larger values stand for no data, whatever the file declares

std::string text_or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

/// GDAL's cache of blocks belongs to the process; kept small while a raster streams through.
class SmallCache {
 public:
  SmallCache() : before_(GDALGetCacheMax64()) { GDALSetCacheMax64(std::min(before_, kCacheBytes)); }
  ~SmallCache() { GDALSetCacheMax64(before_); }
  SmallCache(const SmallCache&) = delete;
  SmallCache& operator=(const SmallCache&) = delete;

 private:
  GIntBig before_;
};

// ---------------------------------------------------------------------------------------------------------------------
// What a file offers

/// One band of the file, or of a subdataset.
struct Slice {
  std::string dataset;  ///< what GDAL opens
  int band = 1;
  std::string label;     ///< as the source calls it
  std::string variable;  ///< our word; empty: not recognised
  std::optional<Instant> time;
};

GDALDatasetUniquePtr open_quietly(const std::string& name) {
  return GDALDatasetUniquePtr(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                                kRasterDrivers.data(), nullptr, nullptr));
}

bool has_hdf_head(const std::string& head) {
  return head.starts_with("\x89HDF");
}

/// What GDAL opens as the whole file: HDF5 files may be netCDF, and are described better as such.
std::string whole_name_of(const LayerRequest& request) {
  if (has_hdf_head(head_of_file(request, 8))) {
    if (std::string name = netcdf_name_of(request.file.string()); open_quietly(name))
      return name;
  }
  return request.file.string();
}

/// Erdas Imagine may keep its pixels in a file of any name (.ige), which GDAL opens with the head. The node that says
/// so has its type in a field that ends with a zero; in the dictionary of types, which every file has, a comma follows.
void refuse_pixels_elsewhere(const LayerRequest& request) {
  using namespace std::string_view_literals;
  constexpr std::string_view kNode = "imgexternalraster\0"sv;
  constexpr std::size_t kStep = std::size_t{1} << 20U;
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

GDALDatasetUniquePtr open_dataset(const std::string& name, const LayerRequest& request, const GdalSession& session) {
  GDALDatasetUniquePtr dataset = open_quietly(name);
  if (!dataset)
    refuse_layer(request, "raster_broken", {{"detail", session.last_message()}});
  return dataset;
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

void append_slices(std::vector<Slice>& slices, GDALDataset& dataset, const std::string& name,
                   const std::string& subdataset) {
  for (int number = 1; number <= dataset.GetRasterCount(); ++number) {
    GDALRasterBand& band = *dataset.GetRasterBand(number);
    if (band.GetColorInterpretation() == GCI_AlphaBand)
      continue;
    Slice slice;
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

/// A variable of the file, at one or more times.
struct Offer {
  std::string label;
  std::string variable;
  std::vector<Slice> slices;
};

std::vector<Offer> offers_of(std::vector<Slice> slices) {
  std::vector<Offer> offers;
  for (Slice& slice : slices) {
    auto offer = std::find_if(offers.begin(), offers.end(), [&](const Offer& o) { return o.label == slice.label; });
    if (offer == offers.end())
      offer = offers.insert(offer, Offer{slice.label, slice.variable, {}});
    offer->slices.push_back(std::move(slice));
  }
  return offers;
}

std::vector<Slice> slices_of(GDALDataset& dataset, const std::string& whole_name, const LayerRequest& request,
                             const GdalSession& session) {
  std::vector<Slice> slices;
  char** const list = dataset.GetMetadata("SUBDATASETS");
  if (dataset.GetRasterCount() > 0 || list == nullptr) {
    append_slices(slices, dataset, whole_name, item_of(dataset, "IDENTIFIER"));
    return slices;
  }
  for (std::size_t i = 1; i <= kMostSubdatasets; ++i) {
    const char* const name = CSLFetchNameValue(list, fmt::format("SUBDATASET_{}_NAME", i).c_str());
    if (name == nullptr)
      break;
    const GDALDatasetUniquePtr part = open_dataset(name, request, session);
    const std::string_view whole(name);
    append_slices(slices, *part, name, std::string(whole.substr(whole.rfind(':') + 1)));
  }
  return slices;
}

// ---------------------------------------------------------------------------------------------------------------------
// Which of it is read

std::string labels_of(const std::vector<Offer>& offers) {
  std::string labels;
  for (const Offer& offer : offers)
    labels += (labels.empty() ? "" : ", ") + offer.label;
  return labels;
}

/// By its label, our word, or the number of its band.
std::optional<Offer> offer_named(const std::vector<Offer>& offers, const std::string& name) {
  for (const Offer& offer : offers) {
    if (lower_ascii(offer.label) == lower_ascii(name))
      return offer;
  }
  for (const Offer& offer : offers) {
    for (const Slice& slice : offer.slices) {
      if (std::to_string(slice.band) == name)
        return Offer{offer.label, offer.variable, {slice}};
    }
  }
  for (const Offer& offer : offers) {
    if (offer.variable == name)
      return offer;
  }
  return {};
}

std::optional<Offer> only_offer(const std::vector<Offer>& offers, const LayerRequest& request) {
  if (offers.size() == 1)
    return offers.front();
  if (request.theme == LayerTheme::Population)
    return offer_named(offers, "people");
  if (request.theme == LayerTheme::Flood)
    return offer_named(offers, "depth_m");
  if (std::optional<Offer> fwi = offer_named(offers, "fwi"))
    return fwi;
  std::vector<Offer> known;
  std::copy_if(offers.begin(), offers.end(), std::back_inserter(known),
               [](const Offer& o) { return !o.variable.empty(); });
  return known.size() == 1 ? std::optional<Offer>(known.front()) : std::nullopt;
}

/// `variable` of the request names what is read, and what an unnamed one is.
std::string wanted_variable(const LayerRequest& request) {
  const auto wanted = request.fields.find("variable");
  return wanted == request.fields.end() ? std::string() : lower_ascii(wanted->second);
}

Offer choose_offer(const std::vector<Offer>& offers, const LayerRequest& request) {
  if (offers.empty())
    refuse_layer(request, "layer_empty");
  const std::string wanted = wanted_variable(request);
  if (!request.layer.empty() || (!wanted.empty() && offers.size() > 1)) {
    const std::string& name = request.layer.empty() ? wanted : request.layer;
    const std::optional<Offer> named = offer_named(offers, name);
    if (!named)
      refuse_layer(request, "layer_missing", {{"layer", name}, {"layers", labels_of(offers)}});
    return *named;
  }
  const std::optional<Offer> only = only_offer(offers, request);
  if (!only)
    refuse_layer(request, "raster_ambiguous", {{"layers", labels_of(offers)}});
  return *only;
}

/// The last at or before `as_of`, else the first after it; without `as_of` the last.
Slice choose_time(const Offer& offer, const LayerRequest& request) {
  std::vector<Slice> slices = offer.slices;
  std::stable_sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) { return a.time < b.time; });
  if (!request.as_of)
    return slices.back();
  const auto after = std::find_if(slices.begin(), slices.end(),
                                  [&](const Slice& slice) { return slice.time && *slice.time > *request.as_of; });
  return after == slices.begin() ? slices.front() : *std::prev(after);
}

// ---------------------------------------------------------------------------------------------------------------------
// Where it lies

bool is_upright(const std::array<double, 6>& transform) {
  return transform[2] == 0.0 && transform[4] == 0.0;
}

std::array<double, 6> transform_of(GDALDataset& dataset, const LayerRequest& request) {
  std::array<double, 6> transform{};
  const bool has_transform = dataset.GetGeoTransform(transform.data()) == CE_None;
  const double determinant = transform[1] * transform[5] - transform[2] * transform[4];
  const bool is_finite =
      std::all_of(transform.begin(), transform.end(), [](double number) { return std::isfinite(number); });
  if (!has_transform || !is_finite || determinant == 0.0)
    refuse_layer(request, "raster_not_georeferenced");
  return transform;
}

bool looks_geographic(const std::array<double, 6>& t, int width, int height) {
  const double east = t[0] + width * t[1];
  const double south = t[3] + height * t[5];
  return is_upright(t) && std::min(t[0], east) >= -360.5 && std::max(t[0], east) <= 360.5 &&
         std::min(t[3], south) >= -90.5 && std::max(t[3], south) <= 90.5;
}

/// In the order of axes of the transform.
OGRSpatialReference reference_of(GDALDataset& dataset, const std::array<double, 6>& transform,
                                 const LayerRequest& request, LayerIdentity& identity) {
  OGRSpatialReference reference;
  if (const OGRSpatialReference* given = dataset.GetSpatialRef(); given != nullptr && !given->IsEmpty()) {
    reference = *given;
  } else if (!request.crs.empty()) {
    if (reference.SetFromUserInput(request.crs.c_str(), OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) !=
        OGRERR_NONE)
      refuse_layer(request, "crs_unusable", {{"crs", request.crs}});
    identity.remarks.emplace_back("crs_assumed", request.crs);
  } else if (looks_geographic(transform, dataset.GetRasterXSize(), dataset.GetRasterYSize())) {
    reference.importFromEPSG(4326);
    identity.remarks.emplace_back("crs_assumed", "EPSG:4326");
  } else {
    refuse_layer(request, "crs_missing");
  }
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

/// PROJ brings the middle of the raster to WGS 84.
bool is_usable(const OGRSpatialReference& reference, const std::array<double, 6>& t, int width, int height) {
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const std::unique_ptr<OGRCoordinateTransformation> to_wgs84(OGRCreateCoordinateTransformation(&reference, &wgs84));
  double x = t[0] + width / 2.0 * t[1] + height / 2.0 * t[2];
  double y = t[3] + width / 2.0 * t[4] + height / 2.0 * t[5];
  return to_wgs84 && to_wgs84->Transform(1, &x, &y) != FALSE && std::isfinite(x) && std::abs(y) <= 90.0;
}

std::string crs_for_people(const OGRSpatialReference& reference) {
  const char* const authority = reference.GetAuthorityName(nullptr);
  const char* const code = reference.GetAuthorityCode(nullptr);
  if (authority != nullptr && code != nullptr)
    return std::string(authority) + ":" + code;
  return text_or_empty(reference.GetName());
}

std::string wkt_of(const OGRSpatialReference& reference, const LayerRequest& request) {
  const char* const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
  char* wkt = nullptr;
  const OGRErr error = reference.exportToWkt(&wkt, options);
  std::string text = text_or_empty(wkt);
  CPLFree(wkt);
  if (error != OGRERR_NONE || text.empty())
    refuse_layer(request, "crs_unusable", {{"crs", crs_for_people(reference)}});
  return text;
}

/// How the rows of the source become those that are handed over.
struct Turning {
  bool flips_rows = false;
  bool flips_columns = false;
  int first_column = 0;  ///< of the source, the western one; those before it follow the last
  int width = 0;         ///< columns handed over
};

void turn_upright(std::array<double, 6>& t, int width, int height, Turning& turning) {
  if (!is_upright(t))
    return;
  if (t[5] > 0.0) {
    t[3] += height * t[5];
    t[5] = -t[5];
    turning.flips_rows = true;
  }
  if (t[1] < 0.0) {
    t[0] += width * t[1];
    t[1] = -t[1];
    turning.flips_columns = true;
  }
}

/// Brings longitudes to -180..180 where that is possible.
void settle_longitudes(std::array<double, 6>& t, Turning& turning, LayerIdentity& identity) {
  if (!is_upright(t))
    return;
  const double cell = t[1];
  const double middle = t[0] + turning.width * cell / 2.0;
  const double turns = std::ceil((std::abs(middle) - 180.0 - 1e-9) / 360.0);
  if (turns > 0.0) {
    t[0] -= std::copysign(360.0 * turns, middle);
    identity.remarks.emplace_back("longitudes_shifted", middle > 0.0 ? "-360" : "360");
  }
  const double beyond_east = t[0] + turning.width * cell - 180.0;
  const double beyond_west = -180.0 - t[0];
  if (std::max(beyond_east, beyond_west) <= cell)
    return;
  const int round = static_cast<int>(std::lround(std::min(360.0 / cell, 2.0 * kMostSide)));
  if (round > turning.width) {
    identity.remarks.emplace_back("crosses_antimeridian", fmt::format("{:g}", beyond_east > 0.0 ? t[0] : -t[0]));
    return;
  }
  turning.width = round;
  const double edge = beyond_east > 0.0 ? 180.0 : -180.0;
  const int columns = static_cast<int>(std::ceil((edge - t[0]) / cell - 0.5));  // those with their middle before it
  turning.first_column = columns % round;
  t[0] += columns * cell - (edge > 0.0 ? 360.0 : 0.0);
  identity.remarks.emplace_back("longitudes_shifted", "columns");
}

// ---------------------------------------------------------------------------------------------------------------------
// Pixels

/// What in a band stands for no data, and how its numbers become values.
struct Meaning {
  std::vector<float> no_data;
  bool is_never_negative = false;
  bool has_mask = false;
  double scale = 1.0;
  double offset = 0.0;
};

Meaning meaning_of(GDALRasterBand& band, const std::string& variable) {
  constexpr float kLastByte = 255.0F;
  Meaning meaning;
  int has_no_data = FALSE;
  const double declared = band.GetNoDataValue(&has_no_data);
  if (has_no_data != FALSE)
    meaning.no_data.push_back(static_cast<float>(declared));
  const bool is_byte = band.GetRasterDataType() == GDT_Byte;
  if (is_byte && (has_no_data == FALSE || declared < 0.0))
    meaning.no_data.push_back(kLastByte);
  meaning.is_never_negative = !variable_of(variable).empty() || variable == "depth_m";
  meaning.has_mask = (band.GetMaskFlags() & (GMF_PER_DATASET | GMF_ALPHA)) != 0;
  int is_given = FALSE;
  if (const double scale = band.GetScale(&is_given); is_given != FALSE && std::isfinite(scale) && scale != 0.0)
    meaning.scale = scale;
  if (const double offset = band.GetOffset(&is_given); is_given != FALSE && std::isfinite(offset))
    meaning.offset = offset;
  return meaning;
}

float value_of(float raw, const Meaning& meaning) {
  constexpr float kNoData = std::numeric_limits<float>::quiet_NaN();
  if (!(std::abs(raw) < kLargestMeant))
    return kNoData;
  for (const float no_data : meaning.no_data) {
    if (raw == no_data)
      return kNoData;
  }
  const auto value = static_cast<float>(raw * meaning.scale + meaning.offset);
  return meaning.is_never_negative && value < 0.0F ? kNoData : value;
}

class RowReader {
 public:
  RowReader(GDALRasterBand& band, Meaning meaning, Turning turning, const LayerRequest& request,
            const GdalSession& session)
      : band_(band), meaning_(std::move(meaning)), turning_(turning), request_(request), session_(session) {}

  void stream(LayerSink& sink) {
    int block_width = 0;
    int block_height = 0;
    band_.GetBlockSize(&block_width, &block_height);
    const int fitting = std::max(1, static_cast<int>(kChunkCells / band_.GetXSize()));
    // Whole blocks where they fit, so that none is decoded twice.
    const int step = fitting > block_height ? fitting - fitting % block_height : fitting;
    for (int row = 0; row < band_.GetYSize(); row += step)
      sink.rows(rows_from(row, std::min(step, band_.GetYSize() - row)));
  }

  std::uint64_t cells() const noexcept { return cells_; }
  std::uint64_t cells_without_data() const noexcept { return cells_without_data_; }

 private:
  RasterRows rows_from(int first, int count) {
    const int source_row = turning_.flips_rows ? band_.GetYSize() - first - count : first;
    read(band_, source_row, count, raw_);
    if (meaning_.has_mask)
      read(*band_.GetMaskBand(), source_row, count, mask_);
    RasterRows made;
    made.first_row = first;
    made.rows = count;
    made.values.reserve(static_cast<std::size_t>(count) * static_cast<std::size_t>(turning_.width));
    for (int i = 0; i < count; ++i)
      append_row(made.values, turning_.flips_rows ? count - 1 - i : i);
    return made;
  }

  void read(GDALRasterBand& band, int row, int count, std::vector<float>& into) {
    const int width = band_.GetXSize();
    into.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(count));
    if (band.RasterIO(GF_Read, 0, row, width, count, into.data(), width, count, GDT_Float32, 0, 0, nullptr) != CE_None)
      refuse_layer(request_, "raster_read_failed",
                   {{"row", std::to_string(row + 1)}, {"detail", session_.last_message()}});
  }

  void append_row(std::vector<float>& values, int row) {
    const auto width = static_cast<std::size_t>(band_.GetXSize());
    const std::size_t start = static_cast<std::size_t>(row) * width;
    for (std::size_t i = 0; i < static_cast<std::size_t>(turning_.width); ++i) {
      const std::size_t turned =
          (i + static_cast<std::size_t>(turning_.first_column)) % static_cast<std::size_t>(turning_.width);
      const std::size_t at = start + (turning_.flips_columns ? width - 1 - turned : turned);
      const bool is_masked = meaning_.has_mask && mask_[at] == 0.0F;
      values.push_back(is_masked ? std::numeric_limits<float>::quiet_NaN() : value_of(raw_[at], meaning_));
      ++cells_;
      cells_without_data_ += std::isnan(values.back()) ? 1 : 0;
    }
  }

  GDALRasterBand& band_;
  Meaning meaning_;
  Turning turning_;
  const LayerRequest& request_;
  const GdalSession& session_;
  std::vector<float> raw_;
  std::vector<float> mask_;
  std::uint64_t cells_ = 0;
  std::uint64_t cells_without_data_ = 0;
};

// ---------------------------------------------------------------------------------------------------------------------

void check_size(GDALDataset& dataset, GDALRasterBand& band, const LayerRequest& request) {
  const int width = dataset.GetRasterXSize();
  const int height = dataset.GetRasterYSize();
  int block_width = 0;
  int block_height = 0;
  band.GetBlockSize(&block_width, &block_height);
  const double block_bytes = 1.0 * block_width * block_height * GDALGetDataTypeSizeBytes(band.GetRasterDataType());
  if (width > kMostSide || height > kMostSide || 1.0 * width * height > kMostCells || block_bytes > kMostBlockBytes) {
    refuse_layer(
        request, "raster_too_large",
        {{"width", std::to_string(width)}, {"height", std::to_string(height)}, {"limit", std::to_string(kMostSide)}});
  }
}

LayerTheme theme_of_raster(const LayerRequest& request, const std::string& variable) {
  if (request.theme)
    return *request.theme;
  if (variable == "people")
    return LayerTheme::Population;
  if (variable == "depth_m")
    return LayerTheme::Flood;
  return is_danger_variable(variable) ? LayerTheme::Danger : LayerTheme::Custom;
}

/// Everything about the raster that will be read, but its pixels.
struct Prepared {
  GDALDatasetUniquePtr dataset;
  int band = 1;
  LayerIdentity identity;
  RasterHeader header;
  Turning turning;
};

/// Only a hint: what a file is, its content has to say.
void remark_on_name(const LayerRequest& request, LayerIdentity& identity) {
  identity.remarks.emplace_back("variable_unknown", identity.layer);
  if (const std::string hint = variable_of(request.file.stem().string()); !hint.empty())
    identity.remarks.emplace_back("file_name_suggests", hint);
}

void fill_identity(Prepared& prepared, const Slice& slice, const std::vector<Offer>& offers, const Offer& offer,
                   const LayerRequest& request) {
  const std::string wanted = wanted_variable(request);
  RasterHeader& header = prepared.header;
  header.variable = !wanted.empty() ? wanted : !slice.variable.empty() ? slice.variable : slice.label;
  header.time = slice.time ? slice.time : request.as_of;
  LayerIdentity& identity = prepared.identity;
  identity.theme = theme_of_raster(request, header.variable);
  identity.format = text_or_empty(prepared.dataset->GetDriverName());
  identity.layer = slice.label;
  identity.raster = true;
  for (const Offer& each : offers)
    identity.columns.push_back(each.label);
  identity.field_of["variable"] = slice.label;
  if (wanted.empty() && slice.variable.empty())
    remark_on_name(request, identity);
  if (identity.theme == LayerTheme::Custom)
    identity.remarks.emplace_back("raster_unused", header.variable);
  if (identity.theme == LayerTheme::Danger && !is_danger_variable(header.variable))
    identity.remarks.emplace_back("danger_not_judged", header.variable);
  if (offer.slices.size() > 1)
    identity.remarks.emplace_back("times", std::to_string(offer.slices.size()));
}

Prepared prepare(const LayerRequest& request, const GdalSession& session) {
  Prepared prepared;
  if (head_of_file(request, kRasterHeadBytes).starts_with("EHFA_HEADER_TAG"))
    refuse_pixels_elsewhere(request);
  const std::string whole_name = whole_name_of(request);
  GDALDatasetUniquePtr whole = open_dataset(whole_name, request, session);
  const std::vector<Offer> offers = offers_of(slices_of(*whole, whole_name, request, session));
  const Offer offer = choose_offer(offers, request);
  const Slice slice = choose_time(offer, request);
  const bool is_whole = slice.dataset == whole_name;
  prepared.dataset = is_whole ? std::move(whole) : open_dataset(slice.dataset, request, session);
  prepared.band = slice.band;
  GDALDataset& dataset = *prepared.dataset;
  check_size(dataset, *dataset.GetRasterBand(slice.band), request);
  fill_identity(prepared, slice, offers, offer, request);

  RasterHeader& header = prepared.header;
  header.transform = transform_of(dataset, request);
  const OGRSpatialReference reference = reference_of(dataset, header.transform, request, prepared.identity);
  prepared.identity.crs = crs_for_people(reference);
  if (!is_usable(reference, header.transform, dataset.GetRasterXSize(), dataset.GetRasterYSize()))
    refuse_layer(request, "crs_unusable", {{"crs", prepared.identity.crs}});
  header.crs = wkt_of(reference, request);
  prepared.turning.width = dataset.GetRasterXSize();
  turn_upright(header.transform, dataset.GetRasterXSize(), dataset.GetRasterYSize(), prepared.turning);
  if (reference.IsGeographic() != FALSE && reference.IsDerivedGeographic() == FALSE)
    settle_longitudes(header.transform, prepared.turning, prepared.identity);
  header.width = prepared.turning.width;
  header.height = dataset.GetRasterYSize();
  return prepared;
}

void set_options(GdalSession& session) {
  session.set_option("USE_IDX", "NO");            // no index file beside a GRIB file
  session.set_option("GDAL_PAM_ENABLED", "YES");  // world files have their reference system in .aux.xml
}

/// GDAL takes any file for GRIB that has these letters near its beginning.
bool has_grib_head(const std::string& head) {
  const std::size_t at = head.find("GRIB");
  return at != std::string::npos && at + 7 < head.size() && (head[at + 7] == '\1' || head[at + 7] == '\2');
}

/// Their pixels have no mark of their own: only a file that is large enough is what the head beside it describes.
bool has_all_pixels(const LayerRequest& request) {
  const GDALDatasetUniquePtr dataset = open_quietly(request.file.string());
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
    return GDALDatasetUniquePtr(
        GDALDataset::Open(request.file.c_str(), what | GDAL_OF_READONLY, kPackageDriver.data(), nullptr, nullptr));
  };
  const GDALDatasetUniquePtr vectors = open_as(GDAL_OF_VECTOR);
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

LayerIdentity identify_raster(const LayerRequest& request) {
  head_of_file(request, 1);
  GdalSession session;
  set_options(session);
  const SmallCache cache;
  return prepare(request, session).identity;
}

void read_raster(const LayerRequest& request, LayerSink& sink) {
  head_of_file(request, 1);
  GdalSession session;
  set_options(session);
  const SmallCache cache;
  const Prepared prepared = prepare(request, session);
  GDALRasterBand& band = *prepared.dataset->GetRasterBand(prepared.band);
  sink.begin(prepared.identity);
  sink.raster(prepared.header);
  RowReader reader(band, meaning_of(band, prepared.header.variable), prepared.turning, request, session);
  reader.stream(sink);
  LayerCounts counts;
  counts.read = reader.cells();
  counts.kept = reader.cells() - reader.cells_without_data();
  counts.refused = reader.cells_without_data();
  if (counts.refused > 0)
    counts.reasons.push_back({"no_data", counts.refused, {}});
  sink.end(counts);
}

}  // namespace relevo::geo
