// SPDX-License-Identifier: MIT
#include "geo/layer/raster_source.hpp"

#include "geo/layer/danger_variable.hpp"
#include "geo/layer/gdal_session.hpp"
#include "geo/layer/raster_choice.hpp"
#include "geo/layer/raster_file.hpp"
#include "geo/layer/raster_variable.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/to_wgs84.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relevo::geo {

namespace {

constexpr GIntBig kCacheBytes = GIntBig{64} * 1024 * 1024;
constexpr double kChunkCells = 1 << 20;
constexpr float kLargestMeant = 1e30F;  // larger values stand for no data, whatever the file declares

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

std::string wkt_of(const OGRSpatialReference& reference, const LayerRequest& request) {
  const char* const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
  char* wkt = nullptr;
  const OGRErr error = reference.exportToWkt(&wkt, options);
  std::string text = wkt == nullptr ? std::string() : std::string(wkt);
  CPLFree(wkt);
  if (error != OGRERR_NONE || text.empty())
    refuse_layer(request, "crs_unusable", {{"crs", shown_name_of(reference)}});
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
  const int round = static_cast<int>(std::lround(std::min(360.0 / cell, 2.0 * kMostRasterSide)));
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
  RasterDataset dataset;
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

void fill_identity(Prepared& prepared, const RasterSlice& slice, const std::vector<RasterOffer>& offers,
                   const RasterOffer& offer, const LayerRequest& request) {
  const std::string wanted = wanted_variable(request);
  RasterHeader& header = prepared.header;
  header.variable = !wanted.empty() ? wanted : !slice.variable.empty() ? slice.variable : slice.label;
  header.time = slice.time ? slice.time : request.as_of;
  LayerIdentity& identity = prepared.identity;
  identity.theme = theme_of_raster(request, header.variable);
  identity.format = prepared.dataset->GetDriverName();
  identity.layer = slice.label;
  identity.raster = true;
  for (const RasterOffer& each : offers)
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
  refuse_pixels_elsewhere(request);
  const std::string whole_name = whole_name_of(request);
  RasterDataset whole = open_raster(whole_name, request, session);
  const std::vector<RasterOffer> offers = offers_of(*whole, whole_name, request, session);
  const RasterOffer offer = choose_offer(offers, request);
  const RasterSlice slice = choose_time(offer, request);
  const bool is_whole = slice.dataset == whole_name;
  prepared.dataset = is_whole ? std::move(whole) : open_raster(slice.dataset, request, session);
  prepared.band = slice.band;
  GDALDataset& dataset = *prepared.dataset;
  refuse_large_raster(dataset, *dataset.GetRasterBand(slice.band), request);
  fill_identity(prepared, slice, offers, offer, request);

  RasterHeader& header = prepared.header;
  header.transform = transform_of(dataset, request);
  const OGRSpatialReference reference = reference_of(dataset, header.transform, request, prepared.identity);
  prepared.identity.crs = shown_name_of(reference);
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

}  // namespace

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
