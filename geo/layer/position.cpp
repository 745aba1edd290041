// SPDX-License-Identifier: MIT
#include "geo/layer/position.hpp"

#include "geo/layer/value_text.hpp"

#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>

namespace relevo::geo {

namespace {

bool is_inside(const Region& region, double lon, double lat) noexcept {
  return lon >= region[0] && lon <= region[2] && lat >= region[1] && lat <= region[3];
}

bool is_western(const Region& region) noexcept {
  return region[2] <= 0.0;
}

bool is_southern(const Region& region) noexcept {
  return region[3] <= 0.0;
}

/// -999, -9999, 9999 and their like stand for "unknown" in every format.
bool is_placeholder(double value) noexcept {
  constexpr double kLeast = 900.0;
  return std::abs(value) >= kLeast && std::fmod(std::abs(value) + 1.0, 100.0) == 0.0;
}

bool is_not_finite_word(std::string_view text) {
  const std::string word = plain_word(text);
  return word == "inf" || word == "nan" || word == "infinity" || word == "infinito";
}

bool is_missing_word(std::string_view text) {
  const std::string word = plain_word(text);
  return word.empty() || word == "null" || word == "none" || word == "n_a" || word == "na" || word == "sin_dato";
}

/// How a pair of numbers must be read to lie in the region.
enum class Reading { AsIs, MirroredLon, Swapped, SwappedMirrored, None };

Reading reading_of(double lon, double lat, const Region& region) noexcept {
  if (is_inside(region, lon, lat))
    return Reading::AsIs;
  if (is_western(region) && lon > 0.0 && is_inside(region, -lon, lat))
    return Reading::MirroredLon;
  if (is_inside(region, lat, lon))
    return Reading::Swapped;
  if (is_western(region) && lat > 0.0 && is_inside(region, -lat, lon))
    return Reading::SwappedMirrored;
  return Reading::None;
}

/// A pair whose latitude can only be a longitude.
bool is_plainly_swapped(double lon, double lat) noexcept {
  return std::abs(lat) > 90.0 && std::abs(lat) <= 180.0 && std::abs(lon) <= 90.0;
}

std::string_view refusal_of_text(std::string_view text) {
  if (is_missing_word(text))
    return "coordinates_missing";
  return is_not_finite_word(text) ? "coordinates_not_finite" : "degrees_unreadable";
}

}  // namespace

Position position_of_texts(std::string_view lon_text, std::string_view lat_text, const std::optional<Region>& region) {
  Position position;
  const auto lon = parse_degrees(lon_text, Axis::Longitude);
  const auto lat = parse_degrees(lat_text, Axis::Latitude);
  if (!lon || !lat) {
    position.refusal = refusal_of_text(lat ? lon_text : lat_text);
    return position;
  }
  if (is_placeholder(lon->value) || is_placeholder(lat->value)) {
    position.refusal = "coordinates_missing";
    return position;
  }
  LonLat point{lon->value, lat->value};
  const bool lacks_east_west = lon->is_sexagesimal && !lon->has_hemisphere;
  const bool lacks_north_south = lat->is_sexagesimal && !lat->has_hemisphere;
  if ((lacks_east_west || lacks_north_south) && !region) {
    position.refusal = "hemisphere_unknown";
    return position;
  }
  if (lacks_east_west || lacks_north_south) {
    point.lon *= lacks_east_west && is_western(*region) ? -1.0 : 1.0;
    point.lat *= lacks_north_south && is_southern(*region) ? -1.0 : 1.0;
    position.corrections.emplace_back("hemisphere_assumed");
  }
  if (lon_text.find(',') != std::string_view::npos || lat_text.find(',') != std::string_view::npos)
    position.corrections.emplace_back("decimal_comma");
  position.point = point;
  return position;
}

Position settle(LonLat raw, const std::optional<Region>& region, bool is_zero_plausible) {
  Position position;
  if (!std::isfinite(raw.lon) || !std::isfinite(raw.lat)) {
    position.refusal = "coordinates_not_finite";
    return position;
  }
  if (raw.lon == 0.0 && raw.lat == 0.0 && !is_zero_plausible) {
    position.refusal = "null_island";
    return position;
  }
  const Reading reading = region ? reading_of(raw.lon, raw.lat, *region) : Reading::None;
  const bool is_swapped = reading == Reading::Swapped || reading == Reading::SwappedMirrored ||
                          (reading == Reading::None && is_plainly_swapped(raw.lon, raw.lat));
  if (is_swapped) {
    std::swap(raw.lon, raw.lat);
    position.corrections.emplace_back("axes_swapped");
  }
  if (reading == Reading::MirroredLon || reading == Reading::SwappedMirrored) {
    raw.lon = -raw.lon;
    position.corrections.emplace_back("longitude_sign");
  }
  if (raw.lon > 180.0 && raw.lon <= 360.0) {
    raw.lon -= 360.0;
    position.corrections.emplace_back("wrapped_longitude");
  }
  if (!is_valid(raw)) {
    position.refusal =
        is_placeholder(raw.lon) || is_placeholder(raw.lat) ? "coordinates_missing" : "coordinates_out_of_range";
    return position;
  }
  if (region && !is_inside(*region, raw.lon, raw.lat))
    position.corrections.emplace_back("outside_region");
  position.point = raw;
  return position;
}

std::string_view settle(OGRGeometry& geometry, const std::optional<Region>& region) {
  OGREnvelope extent;
  geometry.getEnvelope(&extent);
  const double lon = (extent.MinX + extent.MaxX) / 2.0;
  const double lat = (extent.MinY + extent.MaxY) / 2.0;
  const bool is_plain_swap = (extent.MaxY > 90.0 || extent.MinY < -90.0) && extent.MaxY <= 180.0 &&
                             extent.MinY >= -180.0 && extent.MinX >= -90.0 && extent.MaxX <= 90.0;
  const Reading reading = region ? reading_of(lon, lat, *region) : Reading::None;
  if (reading == Reading::Swapped || (reading != Reading::AsIs && is_plain_swap)) {
    geometry.swapXY();
    return "axes_swapped";
  }
  if (reading == Reading::MirroredLon && extent.MinX > 0.0) {
    class Mirror : public OGRDefaultGeometryVisitor {
     public:
      using OGRDefaultGeometryVisitor::visit;
      void visit(OGRPoint* point) override { point->setX(-point->getX()); }
    };
    Mirror mirror;
    geometry.accept(&mirror);
    return "longitude_sign";
  }
  return {};
}

}  // namespace relevo::geo
