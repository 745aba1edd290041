// SPDX-License-Identifier: MIT
#include "geo/earth_point.hpp"

#include "geo/wgs84.hpp"

#include <fmt/format.h>

#include <numbers>
#include <stdexcept>

namespace relevo::geo {

namespace {

constexpr double kRadiusAtPoles = wgs84::kSemiMajorAxisMetres / (1.0 - wgs84::kFlattening);
constexpr double kRadiusAtEquator = wgs84::kSemiMajorAxisMetres * (1.0 - wgs84::kEccentricitySquared);
constexpr double kTorsion = 1e-6;
/// Half of a meridian, the longest geodesic there is.
constexpr double kHalfMeridian = 20003931.459;

double arc_over(double chord, double radius) noexcept {
  const double half = chord / (2.0 * radius);
  return half >= 1.0 ? kHalfMeridian : 2.0 * radius * std::asin(half);
}

}  // namespace

EarthPoint earth_point(const LonLat& point) {
  if (!is_valid(point)) {
    throw std::invalid_argument(
        fmt::format("({}, {}) is not a longitude in [-180, 180] and a latitude in [-90, 90]", point.lon, point.lat));
  }
  constexpr double kRadiansPerDegree = std::numbers::pi / 180.0;
  const double lon = point.lon * kRadiansPerDegree;
  const double lat = point.lat * kRadiansPerDegree;
  const double sine = std::sin(lat);
  const double normal = wgs84::kSemiMajorAxisMetres / std::sqrt(1.0 - wgs84::kEccentricitySquared * sine * sine);
  const double from_axis = normal * std::cos(lat);
  return {from_axis * std::cos(lon), from_axis * std::sin(lon), normal * (1.0 - wgs84::kEccentricitySquared) * sine};
}

double geodesic_at_least(double metres) noexcept {
  return std::max(metres, arc_over(metres, kRadiusAtPoles) * (1.0 - kTorsion));
}

double geodesic_at_most(double metres) noexcept {
  return std::min(kHalfMeridian, arc_over(metres, kRadiusAtEquator));
}

double straight_line_at_most(double metres) noexcept {
  const double half_angle = metres / (1.0 - kTorsion) / (2.0 * kRadiusAtPoles);
  if (half_angle >= std::numbers::pi / 2.0)
    return 2.0 * kRadiusAtPoles;
  return std::min(metres, 2.0 * kRadiusAtPoles * std::sin(half_angle));
}

}  // namespace relevo::geo
