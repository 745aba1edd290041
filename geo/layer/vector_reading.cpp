// SPDX-License-Identifier: MIT
#include "geo/layer/vector_reading.hpp"

#include "geo/ascii_text.hpp"
#include "geo/gdal_session.hpp"
#include "geo/geometry_repair.hpp"
#include "geo/layer/position.hpp"
#include "geo/layer/profile.hpp"
#include "geo/layer/reason_counter.hpp"
#include "geo/layer/record_mapper.hpp"
#include "geo/layer/time_text.hpp"
#include "geo/layer/to_wgs84.hpp"
#include "geo/layer/value_text.hpp"

#include <ogr_geometry.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace relevo::geo {

namespace {

constexpr std::size_t kSample = 50;
/// Beyond this no number is a longitude, not even one of 0..360.
constexpr double kBeyondDegrees = 361.0;

ProfileSet profiles_of(const LayerRequest& request) {
  try {
    return load_profiles(request.profiles);
  } catch (const ProfileError& error) {
    throw LayerError(request.shown_name, 0, "profile_broken", {{"detail", error.what()}});
  }
}

GeometryKind kind_of(const OGRGeometry& geometry) {
  switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint:
    case wkbMultiPoint:
      return GeometryKind::Point;
    case wkbLineString:
    case wkbMultiLineString:
      return GeometryKind::Line;
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbCurvePolygon:
    case wkbMultiSurface:
      return GeometryKind::Polygon;
    default:
      return GeometryKind::Any;
  }
}

/// What the first records show of their geometries.
struct GeometrySurvey {
  std::size_t count = 0;
  bool is_mixed = false;
  GeometryKind kind = GeometryKind::Any;
  double largest = 0.0;  ///< of all coordinates, without sign

  void add(const OGRGeometry* geometry) {
    if (geometry == nullptr || geometry->IsEmpty() != 0)
      return;
    const GeometryKind one = kind_of(*geometry);
    is_mixed = is_mixed || (count > 0 && one != kind);
    kind = one;
    ++count;
    OGREnvelope extent;
    geometry->getEnvelope(&extent);
    for (const double value : {extent.MinX, extent.MaxX, extent.MinY, extent.MaxY})
      largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  }
};

/// Names that say that a source is of North America.
bool names_north_america(const SourceShape& shape) {
  static const ColumnNames kHints = {"province", "prov",   "state",      "estado",   "municipio",
                                     "poostate", "agency", "src_agency", "provincia"};
  return ColumnFinder(shape, {}).find(kHints).has_value();
}

class VectorReading {
 public:
  VectorReading(const LayerRequest& request, RecordSource& source)
      : request_(request), source_(source), set_(profiles_of(request)) {
    sample();
    choose_geometry_column();
    choose_profile();
    mapper_ = std::make_unique<RecordMapper>(profile_, source_.head(), request_, reasons_);
    identity_ = first_identity();
    choose_reference_system();
    if (!has_geometry() && !mapper_->has_coordinates() && profile_.theme != LayerTheme::Alerts) {
      refuse_without_coordinates();
    }
    look_at_sample();
  }

  const LayerIdentity& identity() const noexcept { return identity_; }

  void read(LayerSink& sink) {
    const auto as_of = instant_of_versions();
    source_.rewind();
    reasons_ = ReasonCounter();
    sink.begin(identity_);
    SourceRecord record;
    bool is_first = true;
    while (source_.next(record)) {
      if (std::exchange(is_first, false) && mapper_->is_units_row(record)) {
        reasons_.count("units_row", record.number);
        continue;
      }
      ++counts_.read;
      take(record, as_of, sink);
    }
    counts_.refused = counts_.read - counts_.kept;
    counts_.reasons = reasons_.reasons();
    sink.end(counts_);
  }

 private:
  // ------------------------------------------------------------------------------------------------------------------
  // What the file is.

  void sample() {
    const SourceHead& head = source_.head();
    shape_.columns.clear();
    for (const auto& column : head.columns)
      shape_.columns.push_back(column.name);
    shape_.has_short_names = head.has_short_names;
    shape_.samples.clear();
    survey_ = {};
    SourceRecord record;
    while (shape_.samples.size() < kSample && source_.next(record)) {
      shape_.samples.emplace_back(record.cells.begin(), record.cells.end());
      survey_.add(record.geometry);
    }
    shape_.geometry = head.geometry;
    if (survey_.count > 0)
      shape_.geometry = survey_.is_mixed ? GeometryKind::Any : survey_.kind;
    else if (head.geometry == GeometryKind::Any && !shape_.samples.empty())
      shape_.geometry = GeometryKind::None;
    source_.rewind();
  }

  bool has_geometry() const { return source_.head().geometry != GeometryKind::None; }

  /// A table may carry its geometries as text.
  void choose_geometry_column() {
    if (has_geometry())
      return;
    const auto named = request_.fields.find("geometry");
    const ColumnFinder finder(shape_, {});
    const auto column =
        named != request_.fields.end() ? finder.find(plain_word(named->second)) : finder.find(set_.guesses.geometry);
    if (!column || !looks_like_geometry(*column))
      return;
    source_.use_geometry_column(*column);
    identity_geometry_column_ = shape_.columns[*column];
    sample();
  }

  bool looks_like_geometry(std::size_t column) const {
    constexpr std::array<std::string_view, 8> kStarts = {"point",    "linestring", "polygon", "multi",
                                                         "geometry", "{",          "srid=",   "010"};
    for (const auto& cells : shape_.samples) {
      const std::string text = column < cells.size() ? lower_ascii(trim(cells[column])) : std::string();
      if (text.empty())
        continue;
      return std::any_of(kStarts.begin(), kStarts.end(), [&](auto start) { return text.starts_with(start); });
    }
    return false;
  }

  void choose_profile() {
    const Profile* chosen = nullptr;
    if (request_.profile.empty()) {
      chosen = best_profile(set_, shape_, request_.theme);
    } else {
      const auto it = std::find_if(set_.profiles.begin(), set_.profiles.end(),
                                   [&](const Profile& profile) { return profile.id == request_.profile; });
      if (it == set_.profiles.end())
        throw LayerError(request_.shown_name, 0, "profile_unknown", {{"profile", request_.profile}});
      chosen = &*it;
    }
    profile_ = chosen != nullptr ? *chosen : guessed_profile(set_.guesses, request_.theme.value_or(LayerTheme::Custom));
    if (request_.theme)
      profile_.theme = *request_.theme;
  }

  LayerIdentity first_identity() const {
    const SourceHead& head = source_.head();
    LayerIdentity identity;
    identity.theme = profile_.theme;
    identity.profile = profile_.id;
    identity.format = head.format;
    identity.layer = head.layer;
    for (const auto& column : head.columns) {
      if (!column.name.starts_with('@'))
        identity.columns.push_back(column.name);
    }
    identity.field_of = mapper_->field_of();
    if (!identity_geometry_column_.empty())
      identity.field_of["geometry"] = identity_geometry_column_;
    identity.remarks = head.remarks;
    if (profile_.id.empty())
      identity.remarks.emplace_back("no_profile", "");
    else if (!profile_.is_stated)
      identity.remarks.emplace_back("profile_assumed", profile_.id);
    if (profile_.theme == LayerTheme::Custom && !request_.theme)
      identity.remarks.emplace_back("custom_unused", "");
    return identity;
  }

  [[noreturn]] void refuse_without_coordinates() const {
    for (const auto& [code, value] : source_.head().remarks) {
      if (code == "other_layers")
        throw LayerError(request_.shown_name, 0, "no_coordinates_here",
                         {{"layer", source_.head().layer}, {"columns", listed_columns()}, {"layers", value}});
    }
    throw LayerError(request_.shown_name, 0, "no_coordinates", {{"columns", listed_columns()}});
  }

  std::string listed_columns() const {
    constexpr std::size_t kLongest = 200;
    std::string list;
    for (const auto& name : identity_.columns) {
      if (list.size() + name.size() > kLongest)
        return list + ", ...";
      list += (list.empty() ? "" : ", ") + name;
    }
    return list;
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Where its coordinates are.

  void choose_reference_system() {
    const SourceHead& head = source_.head();
    const bool is_declared = head.crs != nullptr && !head.crs_is_default;
    if (is_declared) {
      use_system(*head.crs);
      return;
    }
    const double largest = has_geometry() && survey_.count > 0 ? survey_.largest : largest_in_columns();
    if (!request_.crs.empty()) {
      use_named_system(request_.crs);
    } else if (largest > kBeyondDegrees) {
      if (!profile_.coordinates.crs.empty()) {
        use_named_system(profile_.coordinates.crs);
        identity_.remarks.emplace_back("crs_assumed", profile_.coordinates.crs);
      } else if (!(has_geometry() && mapper_->has_coordinates())) {
        throw LayerError(request_.shown_name, 0, "crs_unknown", {{"value", std::to_string(largest)}});
      }
    } else if (head.crs != nullptr) {
      identity_.crs = shown_name_of(*head.crs);
    } else if (has_geometry() && survey_.count > 0) {
      identity_.remarks.emplace_back("crs_assumed", "EPSG:4326");
    }
  }

  void use_named_system(const std::string& text) {
    const CapturedErrors errors;
    const auto system = reference_system_of(text);
    if (!system)
      throw LayerError(request_.shown_name, 0, "crs_unreadable", {{"crs", text}});
    use_system(*system);
  }

  void use_system(const OGRSpatialReference& system) {
    const CapturedErrors errors;
    identity_.crs = shown_name_of(system);
    try {
      to_wgs84_ = std::make_unique<ToWgs84>(system);
    } catch (const std::invalid_argument&) {
      throw LayerError(request_.shown_name, 0, "crs_unusable", {{"crs", identity_.crs}});
    }
  }

  /// Of the coordinates in columns; placeholders such as -999 do not count, nor a single outlier.
  double largest_in_columns() const {
    std::vector<double> largest;
    for (const auto& cells : shape_.samples) {
      const Position position = position_of(cells);
      if (position.point)
        largest.push_back(std::max(std::abs(position.point->lon), std::abs(position.point->lat)));
    }
    if (largest.empty())
      return 0.0;
    const auto middle = largest.begin() + static_cast<std::ptrdiff_t>(largest.size() / 2);
    std::nth_element(largest.begin(), middle, largest.end());
    return *middle;
  }

  Position position_of(const std::vector<std::string>& cells) const {
    if (!mapper_->has_coordinates())
      return {};
    SourceRecord record;
    record.cells.assign(cells.begin(), cells.end());
    return mapper_->position(record);
  }

  // ------------------------------------------------------------------------------------------------------------------
  // What a person should know before importing it.

  void look_at_sample() {
    std::optional<Instant> first;
    std::optional<Instant> last;
    std::size_t positive = 0;
    std::size_t points = 0;
    for (const auto& cells : shape_.samples) {
      SourceRecord record;
      record.cells.assign(cells.begin(), cells.end());
      LayerFeature feature;
      mapper_->map(record, feature);
      if (feature.time) {
        first = first ? std::min(*first, *feature.time) : *feature.time;
        last = last ? std::max(*last, *feature.time) : *feature.time;
      }
      const Position position = position_of(cells);
      points += position.point ? 1U : 0U;
      positive += position.point && position.point->lon > 0.0 ? 1U : 0U;
    }
    if (first)
      identity_.remarks.emplace_back("first_times", iso_text(*first) + " .. " + iso_text(*last));
    const bool may_lack_sign = points > 0 && positive == points && !profile_.coordinates.region && !to_wgs84_;
    if (may_lack_sign && names_north_america(shape_))
      identity_.remarks.emplace_back("longitudes_positive", "");
  }

  /// "Now" of versioned rows: as asked, else the newest start in the file.
  std::optional<Instant> instant_of_versions() {
    if (!mapper_->has_versions())
      return std::nullopt;
    if (request_.as_of)
      return request_.as_of;
    source_.rewind();
    std::optional<Instant> newest;
    SourceRecord record;
    while (source_.next(record)) {
      const auto start = mapper_->version_start(record);
      if (start && (!newest || *start > *newest))
        newest = start;
    }
    return newest;
  }

  // ------------------------------------------------------------------------------------------------------------------
  // Record by record.

  void take(const SourceRecord& record, const std::optional<Instant>& as_of, LayerSink& sink) {
    std::string_view refusal = record.refusal;
    LayerFeature feature;
    if (refusal.empty() && as_of && !mapper_->is_valid_at(record, *as_of))
      refusal = "superseded";
    if (refusal.empty())
      refusal = place(record, feature);
    if (!refusal.empty()) {
      reasons_.count(refusal, record.number);
      return;
    }
    if (!record.correction.empty())
      reasons_.count(record.correction, record.number);
    mapper_->map(record, feature);
    ++counts_.kept;
    counts_.repaired += feature.repaired ? 1U : 0U;
    sink.feature(std::move(feature));
  }

  /// Gives the feature its shape; returns the code of a refusal, else nothing.
  std::string_view place(const SourceRecord& record, LayerFeature& feature) {
    const bool has_shape = record.geometry != nullptr && record.geometry->IsEmpty() == 0;
    if (mapper_->has_coordinates() && (!has_shape || profile_.coordinates.before_geometry)) {
      const std::string_view refusal = place_by_columns(record, feature, has_shape);
      if (refusal.empty() || !has_shape)
        return refusal;
    }
    if (!has_shape)
      return profile_.theme == LayerTheme::Alerts ? std::string_view() : "no_geometry";
    if (wkbFlatten(record.geometry->getGeometryType()) == wkbPoint) {
      const OGRPoint& point = *record.geometry->toPoint();
      return place_point({point.getX(), point.getY()}, record.number, to_wgs84_.get(), feature);
    }
    return place_shape(*record.geometry, record.number, feature);
  }

  std::string_view place_by_columns(const SourceRecord& record, LayerFeature& feature, bool has_shape) {
    const Position position = mapper_->position(record);
    if (!position.point)
      return position.refusal;
    count_all(position, record.number);
    if (has_geometry() && !has_shape)
      reasons_.count("coordinates_from_attributes", record.number);
    // Columns beside a geometry are in degrees; a table of its own may be in the system that the request names.
    const bool is_projected = !has_geometry() && to_wgs84_;
    return place_point(*position.point, record.number, is_projected ? to_wgs84_.get() : nullptr, feature);
  }

  std::string_view place_point(LonLat raw, std::uint64_t number, const ToWgs84* transform, LayerFeature& feature) {
    if (transform != nullptr) {
      const auto moved = transform->point(raw.lon, raw.lat);
      if (!moved)
        return "transform_failed";
      raw = *moved;
    }
    const bool is_at_sea = profile_.theme == LayerTheme::Earthquakes || profile_.theme == LayerTheme::Cyclones;
    const Position position = settle(raw, profile_.coordinates.region, is_at_sea);
    if (!position.point)
      return position.refusal;
    count_all(position, number);
    feature.shape = Points{*position.point};
    return {};
  }

  std::string_view place_shape(const OGRGeometry& source, std::uint64_t number, LayerFeature& feature) {
    const std::unique_ptr<OGRGeometry> geometry(source.clone());
    if (to_wgs84_ && !to_wgs84_->apply(*geometry))
      return "transform_failed";
    const std::string_view correction = settle(*geometry, profile_.coordinates.region);
    if (!correction.empty())
      reasons_.count(correction, number);
    RepairedShape repaired = repair_shape(*geometry);
    if (std::holds_alternative<std::monostate>(repaired.shape)) {
      last_refusal_ = repaired.reason.empty() ? "geometry_unusable" : repaired.reason;
      return last_refusal_;
    }
    feature.shape = std::move(repaired.shape);
    feature.repaired = !repaired.reason.empty();
    if (feature.repaired)
      reasons_.count(repaired.reason, number);
    return {};
  }

  void count_all(const Position& position, std::uint64_t number) {
    for (const std::string_view code : position.corrections)
      reasons_.count(code, number);
  }

  const LayerRequest& request_;
  RecordSource& source_;
  ProfileSet set_;
  SourceShape shape_;
  GeometrySurvey survey_;
  Profile profile_;
  ReasonCounter reasons_;
  std::unique_ptr<RecordMapper> mapper_;
  LayerIdentity identity_;
  std::string identity_geometry_column_;
  std::unique_ptr<ToWgs84> to_wgs84_;
  LayerCounts counts_;
  std::string last_refusal_;
};

}  // namespace

LayerIdentity identify_records(const LayerRequest& request, RecordSource& source) {
  return VectorReading(request, source).identity();
}

void read_records(const LayerRequest& request, RecordSource& source, LayerSink& sink) {
  VectorReading(request, source).read(sink);
}

}  // namespace relevo::geo
