// SPDX-License-Identifier: MIT
#include "geo/layer/track_source.hpp"

#include "geo/layer/gdal_session.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/time_text.hpp"

#include <cpl_conv.h>
#include <gdal_priv.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

namespace relevo::geo {

namespace {

using ArrayPtr = std::shared_ptr<GDALMDArray>;
using GroupPtr = std::shared_ptr<GDALGroup>;

constexpr std::uint64_t kMostStorms = 1000000;
constexpr std::uint64_t kMostPointsOfStorm = 200000;
constexpr std::uint64_t kValuesAtOnce = 1 << 18;
constexpr std::size_t kMostLetters = 256;

bool has_netcdf_head(const std::string& head) {
  return head.starts_with("CDF") || head.starts_with("\x89HDF");
}

GDALDatasetUniquePtr open_file(const LayerRequest& request) {
  constexpr std::array<const char*, 2> kTrackDrivers = {"netCDF", nullptr};
  return GDALDatasetUniquePtr(GDALDataset::Open(netcdf_name_of(request.file.string()).c_str(),
                                                GDAL_OF_MULTIDIM_RASTER | GDAL_OF_READONLY, kTrackDrivers.data(),
                                                nullptr, nullptr));
}

ArrayPtr first_array(const GDALGroup& group, std::initializer_list<const char*> names) {
  const std::vector<std::string> known = group.GetMDArrayNames();
  for (const char* const name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) {
      if (ArrayPtr array = group.OpenMDArray(name))
        return array;
    }
  }
  return nullptr;
}

bool has_same_dimensions(const GDALMDArray& a, const GDALMDArray& b) {
  const auto& of_a = a.GetDimensions();
  const auto& of_b = b.GetDimensions();
  return std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), [](const auto& x, const auto& y) {
    return x->GetFullName() == y->GetFullName() && x->GetSize() == y->GetSize();
  });
}

bool is_number(const GDALMDArray& array) {
  return array.GetDataType().GetClass() == GEDTC_NUMERIC;
}

std::string attribute_of(const GDALGroup& group, const std::string& name) {
  const std::shared_ptr<GDALAttribute> attribute = group.GetAttribute(name);
  const char* const text = attribute ? attribute->ReadAsString() : nullptr;
  return text == nullptr ? std::string() : std::string(text);
}

// ---------------------------------------------------------------------------------------------------------------------
// Columns

/// Which storms and points of them a read is about; files of one storm have no dimension of storms.
struct Window {
  std::uint64_t first_storm = 0;
  std::size_t storms = 1;
  std::size_t points = 0;
};

/// Numbers along the track; NaN: not known.
class NumberColumn {
 public:
  NumberColumn() = default;
  explicit NumberColumn(ArrayPtr array, double factor = 1.0) : array_(std::move(array)), factor_(factor) {}

  bool exists() const noexcept { return array_ != nullptr; }
  std::string name() const { return array_->GetName(); }

  bool read(const Window& window) {
    values_.assign(window.storms * window.points, std::numeric_limits<double>::quiet_NaN());
    const bool has_storms = array_->GetDimensionCount() == 2;
    const std::array<GUInt64, 2> start = {has_storms ? window.first_storm : 0, 0};
    const std::array<std::size_t, 2> count = {has_storms ? window.storms : window.points, window.points};
    if (!array_->Read(start.data(), count.data(), nullptr, nullptr, GDALExtendedDataType::Create(GDT_Float64),
                      values_.data()))
      return false;
    settle();
    return true;
  }
  double operator[](std::size_t index) const { return values_[index]; }

 private:
  void settle() {
    bool has_no_data = false;
    const double no_data = array_->GetNoDataValueAsDouble(&has_no_data);
    const double scale = array_->GetScale();
    const double offset = array_->GetOffset();
    for (double& value : values_) {
      const bool is_known = std::isfinite(value) && !(has_no_data && value == no_data);
      value = is_known ? (value * scale + offset) * factor_ : std::numeric_limits<double>::quiet_NaN();
    }
  }

  ArrayPtr array_;
  double factor_ = 1.0;
  std::vector<double> values_;
};

/// Texts per storm or per point.
class TextColumn {
 public:
  TextColumn() = default;
  /// `letters`: length of a last dimension along which one letter each lies; 0: there is none.
  TextColumn(ArrayPtr array, bool is_per_point, std::size_t letters)
      : array_(std::move(array)), is_per_point_(is_per_point), letters_(letters) {}

  bool exists() const noexcept { return array_ != nullptr; }
  std::string name() const { return array_->GetName(); }

  bool read(const Window& window) {
    points_ = window.points;
    std::vector<GUInt64> start = {window.first_storm};
    std::vector<std::size_t> count = {window.storms};
    for (const std::size_t length : {is_per_point_ ? window.points : 0, letters_}) {
      if (length > 0) {
        start.push_back(0);
        count.push_back(length);
      }
    }
    const std::size_t texts = window.storms * (is_per_point_ ? window.points : 1);
    std::vector<char*> raw(texts * std::max<std::size_t>(1, letters_), nullptr);
    const bool is_read =
        array_->Read(start.data(), count.data(), nullptr, nullptr, GDALExtendedDataType::CreateString(), raw.data());
    take(raw, texts);
    return is_read;
  }
  const std::string& at(std::size_t storm, std::size_t point) const {
    return values_[is_per_point_ ? storm * points_ + point : storm];
  }

 private:
  /// Puts the letters of each text together; `raw` is freed.
  void take(const std::vector<char*>& raw, std::size_t texts) {
    values_.assign(texts, {});
    const std::size_t pieces = raw.size() / std::max<std::size_t>(1, texts);
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] != nullptr)
        values_[i / pieces] += raw[i];
      CPLFree(raw[i]);
    }
    for (std::string& text : values_)
      text.erase(text.find_last_not_of(' ') + 1);
  }

  ArrayPtr array_;
  bool is_per_point_ = false;
  std::size_t letters_ = 0;
  std::size_t points_ = 0;
  std::vector<std::string> values_;
};

/// Numbers from the first of several columns that knows one.
struct Quantity {
  const char* field;  ///< null: kept among the attributes only
  std::vector<NumberColumn> columns;
};

double factor_to_knots(const std::string& unit) {
  if (unit == "m/s" || unit == "m s-1" || unit == "m s**-1" || unit == "mps")
    return 3600.0 / 1852.0;
  return unit == "km/h" || unit == "km h-1" || unit == "kph" ? 1.0 / 1.852 : 1.0;
}

double factor_to_hectopascals(const std::string& unit) {
  return unit == "Pa" ? 0.01 : unit == "kPa" ? 10.0 : 1.0;
}

// ---------------------------------------------------------------------------------------------------------------------
// The file

struct Tracks {
  GDALDatasetUniquePtr dataset;
  GroupPtr group;
  ArrayPtr lat_array;
  NumberColumn lat;
  NumberColumn lon;
  NumberColumn time;
  std::string time_units;
  std::string time_calendar;
  std::vector<Quantity> quantities;
  TextColumn identifier;
  TextColumn name;
  TextColumn basin;
  TextColumn nature;
  std::uint64_t storms = 1;
  std::uint64_t points = 0;
};

/// A text column of an archive, of its storms or of their points. GDAL gives the letters of a text per point a
/// dimension of their own.
TextColumn text_column(const Tracks& tracks, std::initializer_list<const char*> names) {
  ArrayPtr array = first_array(*tracks.group, names);
  const auto& wanted = tracks.lat_array->GetDimensions();
  if (!array || wanted.size() != 2 || array->GetDataType().GetClass() != GEDTC_STRING)
    return {};
  const auto& dimensions = array->GetDimensions();
  const auto is_along = [&](std::size_t i) {
    return i < dimensions.size() && dimensions[i]->GetFullName() == wanted[i]->GetFullName();
  };
  if (!is_along(0))
    return {};
  const bool is_per_point = is_along(1);
  const std::size_t described = is_per_point ? 2 : 1;
  if (dimensions.size() > described + 1)
    return {};
  const auto letters = dimensions.size() > described ? static_cast<std::size_t>(dimensions.back()->GetSize()) : 0;
  return letters > kMostLetters ? TextColumn() : TextColumn(std::move(array), is_per_point, letters);
}

Quantity quantity(const Tracks& tracks, const char* field, std::initializer_list<const char*> names,
                  double (*factor)(const std::string&)) {
  Quantity made{field, {}};
  for (const char* const name : names) {
    ArrayPtr array = first_array(*tracks.group, {name});
    if (!array || !is_number(*array) || !has_same_dimensions(*array, *tracks.lat_array))
      continue;
    std::string unit = array->GetUnit();
    if (unit.empty())
      unit = attribute_of(*tracks.group, array->GetName() + "_unit");
    made.columns.emplace_back(std::move(array), factor(unit));
  }
  return made;
}

double unchanged(const std::string& /*unit*/) {
  return 1.0;
}

/// Nothing if the file holds no tracks.
std::optional<Tracks> tracks_of(const LayerRequest& request) {
  Tracks tracks;
  tracks.dataset = open_file(request);
  tracks.group = tracks.dataset ? tracks.dataset->GetRootGroup() : nullptr;
  if (!tracks.group)
    return {};
  tracks.lat_array = first_array(*tracks.group, {"lat", "latitude"});
  ArrayPtr lon = first_array(*tracks.group, {"lon", "longitude"});
  ArrayPtr time = first_array(*tracks.group, {"time"});
  const auto fits = [&](const ArrayPtr& array) {
    return array && is_number(*array) && has_same_dimensions(*array, *tracks.lat_array);
  };
  if (!fits(tracks.lat_array) || !fits(lon) || !fits(time))
    return {};
  const auto& dimensions = tracks.lat_array->GetDimensions();
  if (dimensions.empty() || dimensions.size() > 2 || dimensions.back()->GetName() == tracks.lat_array->GetName())
    return {};
  tracks.storms = dimensions.size() == 2 ? dimensions.front()->GetSize() : 1;
  tracks.points = dimensions.back()->GetSize();
  tracks.time_units = time->GetUnit();
  if (const auto calendar = time->GetAttribute("calendar"); calendar && calendar->ReadAsString() != nullptr)
    tracks.time_calendar = calendar->ReadAsString();
  tracks.lat = NumberColumn(tracks.lat_array);
  tracks.lon = NumberColumn(std::move(lon));
  tracks.time = NumberColumn(std::move(time));
  tracks.quantities = {
      quantity(tracks, "wind_kt", {"wmo_wind", "usa_wind", "max_sustained_wind", "wind", "vmax"}, factor_to_knots),
      quantity(tracks, "pressure_hpa", {"wmo_pres", "usa_pres", "central_pressure", "pressure", "mslp"},
               factor_to_hectopascals),
      quantity(tracks, nullptr, {"usa_sshs", "sshs"}, unchanged)};
  tracks.identifier = text_column(tracks, {"sid", "storm_id", "id"});
  tracks.name = text_column(tracks, {"name", "storm_name"});
  tracks.basin = text_column(tracks, {"basin"});
  tracks.nature = text_column(tracks, {"nature"});
  return tracks;
}

Tracks require_tracks(const LayerRequest& request, const GdalSession& session) {
  std::optional<Tracks> tracks = tracks_of(request);
  if (!tracks)
    throw LayerError(shown_name_of(request), 0, "tracks_broken", {{"detail", session.last_message()}});
  if (tracks->storms > kMostStorms || tracks->points > kMostPointsOfStorm) {
    throw LayerError(shown_name_of(request), 0, "tracks_too_large",
                     {{"storms", std::to_string(tracks->storms)}, {"points", std::to_string(tracks->points)}});
  }
  return std::move(*tracks);
}

LayerIdentity identity_of(const Tracks& tracks, const LayerRequest& request) {
  LayerIdentity identity;
  identity.theme = request.theme.value_or(LayerTheme::Cyclones);
  identity.profile = "tracks-netcdf";
  identity.format = "netCDF";
  identity.layer = "tracks";
  identity.crs = "EPSG:4326";
  identity.columns = tracks.group->GetMDArrayNames();
  identity.field_of["time"] = tracks.time.name();
  identity.field_of["latitude"] = tracks.lat.name();
  identity.field_of["longitude"] = tracks.lon.name();
  for (const Quantity& each : tracks.quantities) {
    if (each.field != nullptr && !each.columns.empty())
      identity.field_of[each.field] = each.columns.front().name();
  }
  const auto add = [&](const char* field, const TextColumn& column) {
    if (column.exists())
      identity.field_of[field] = column.name();
  };
  add("storm", tracks.identifier);
  add("name", tracks.name);
  add("basin", tracks.basin);
  return identity;
}

// ---------------------------------------------------------------------------------------------------------------------
// Points

class TrackReader {
 public:
  TrackReader(Tracks tracks, const LayerRequest& request, LayerSink& sink)
      : tracks_(std::move(tracks)), request_(request), sink_(sink) {}

  void read() {
    Window window;
    window.points = static_cast<std::size_t>(tracks_.points);
    const std::uint64_t at_once =
        std::max<std::uint64_t>(1, kValuesAtOnce / std::max<std::uint64_t>(1, tracks_.points));
    for (std::uint64_t storm = 0; storm < tracks_.storms && tracks_.points > 0; storm += window.storms) {
      window.first_storm = storm;
      window.storms = static_cast<std::size_t>(std::min(at_once, tracks_.storms - storm));
      read_columns(window);
      for (std::size_t i = 0; i < window.storms; ++i)
        read_storm(window, i);
    }
  }
  const LayerCounts& counts() const noexcept { return tally_.counts(); }

 private:
  void read_columns(const Window& window) {
    bool is_read = tracks_.lat.read(window) && tracks_.lon.read(window) && tracks_.time.read(window);
    for (Quantity& each : tracks_.quantities) {
      for (NumberColumn& column : each.columns)
        is_read = column.read(window) && is_read;
    }
    for (TextColumn* column : {&tracks_.identifier, &tracks_.name, &tracks_.basin, &tracks_.nature})
      is_read = (!column->exists() || column->read(window)) && is_read;
    if (!is_read)
      throw LayerError(shown_name_of(request_), record_, "tracks_broken", {});
  }

  void read_storm(const Window& window, std::size_t storm) {
    for (std::size_t point = 0; point < window.points; ++point) {
      const std::size_t index = storm * window.points + point;
      const bool is_padding = std::isnan(tracks_.time[index]) && std::isnan(tracks_.lat[index]);
      if (is_padding && tracks_.storms > 1)
        continue;
      ++record_;
      read_point(index, storm, point);
    }
  }

  void read_point(std::size_t index, std::size_t storm, std::size_t point) {
    LonLat position = {tracks_.lon[index], tracks_.lat[index]};
    if (std::isnan(position.lon) || std::isnan(position.lat)) {
      tally_.refuse(record_, "coordinates_missing");
      return;
    }
    if (std::abs(position.lat) > 90.0 || std::abs(position.lon) > 540.0) {
      tally_.refuse(record_, "out_of_range");
      return;
    }
    if (std::abs(position.lon) > 180.0) {
      position.lon -= std::copysign(360.0, position.lon);
      tally_.note(record_, "wrapped_longitude");
    }
    LayerFeature feature;
    feature.record = record_;
    feature.shape = Points{position};
    feature.time = instant_of_cf(tracks_.time[index], tracks_.time_units, tracks_.time_calendar);
    if (!feature.time)
      tally_.note(record_, "time_missing");
    describe(feature, index, storm, point);
    tally_.keep(false);
    sink_.feature(std::move(feature));
  }

  /// The column's text, else the attribute of the file that has a column's name.
  std::string text_of(const TextColumn& column, const char* attribute, std::size_t storm, std::size_t point) const {
    return column.exists() ? column.at(storm, point) : attribute_of(*tracks_.group, attribute);
  }

  void describe(LayerFeature& feature, std::size_t index, std::size_t storm, std::size_t point) const {
    nlohmann::ordered_json attributes = nlohmann::ordered_json::object();
    const auto add_text = [&](const char* field, const char* source, std::string text) {
      if (text.empty())
        return;
      attributes[source] = text;
      feature.fields.emplace_back(field, std::move(text));
    };
    const std::string identifier = text_of(tracks_.identifier, "sid", storm, point);
    feature.name = text_of(tracks_.name, "name", storm, point);
    if (!feature.name.empty())
      attributes["name"] = feature.name;
    if (!identifier.empty() && feature.time)
      feature.key = identifier + "/" + iso_text(*feature.time);
    add_text("storm", "sid", identifier);
    add_text("basin", "basin", text_of(tracks_.basin, "basin", storm, point));
    if (const std::string nature = text_of(tracks_.nature, "nature", storm, point); !nature.empty())
      attributes["nature"] = nature;
    for (const Quantity& each : tracks_.quantities)
      add_number(feature, attributes, each, index);
    attributes["lat"] = tracks_.lat[index];
    attributes["lon"] = tracks_.lon[index];
    feature.attributes = attributes.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  }

  static void add_number(LayerFeature& feature, nlohmann::ordered_json& attributes, const Quantity& quantity,
                         std::size_t index) {
    const bool may_be_negative = quantity.field == nullptr;
    for (const NumberColumn& column : quantity.columns) {
      const double value = column[index];
      if (std::isnan(value) || (value <= 0.0 && !may_be_negative))
        continue;
      if (quantity.field != nullptr)
        feature.fields.emplace_back(quantity.field, value);
      attributes[column.name()] = value;
      return;
    }
  }

  Tracks tracks_;
  const LayerRequest& request_;
  LayerSink& sink_;
  LayerTally tally_;
  std::uint64_t record_ = 0;
};

}  // namespace

bool is_track_file(const LayerRequest& request) {
  if (!has_netcdf_head(head_of_file(request, 8)))
    return false;
  const GdalSession session;
  return tracks_of(request).has_value();
}

LayerIdentity identify_tracks(const LayerRequest& request) {
  head_of_file(request, 1);
  const GdalSession session;
  return identity_of(require_tracks(request, session), request);
}

void read_tracks(const LayerRequest& request, LayerSink& sink) {
  head_of_file(request, 1);
  const GdalSession session;
  Tracks tracks = require_tracks(request, session);
  sink.begin(identity_of(tracks, request));
  TrackReader reader(std::move(tracks), request, sink);
  reader.read();
  sink.end(reader.counts());
}

}  // namespace relevo::geo
