// SPDX-License-Identifier: MIT
#include "geo/geodesic.hpp"

#include "geo/wgs84.hpp"

#include <fmt/format.h>
#include <geodesic.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>

namespace relevo::geo {

namespace {

constexpr double kMeanRadiusKm = 6371.0088;
constexpr std::size_t kMostSteps = 9999;

const geod_geodesic& ellipsoid() {
  static const geod_geodesic kWgs84 = [] {
    geod_geodesic made;
    geod_init(&made, wgs84::kSemiMajorAxisMetres, wgs84::kFlattening);
    return made;
  }();
  return kWgs84;
}

void require_valid(const LonLat& point) {
  if (!is_valid(point)) {
    throw std::invalid_argument(
        fmt::format("({}, {}) is not a longitude in [-180, 180] and a latitude in [-90, 90]", point.lon, point.lat));
  }
}

double compass_degrees(double azimuth) {
  return azimuth < 0.0 ? azimuth + 360.0 : azimuth;
}

geod_geodesicline line_between(const LonLat& from, const LonLat& to) {
  require_valid(from);
  require_valid(to);
  geod_geodesicline line;
  geod_inverseline(&line, &ellipsoid(), from.lat, from.lon, to.lat, to.lon,
                   GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
  return line;
}

LonLat position_on(const geod_geodesicline& line, double metres) {
  LonLat point;
  geod_position(&line, metres, &point.lat, &point.lon, nullptr);
  return point;
}

void append_unless_repeated(std::vector<LonLat>& piece, const LonLat& point) {
  if (piece.empty() || !(piece.back() == point))
    piece.push_back(point);
}

/// Latitude at which the segment reaches the antimeridian, on the plate carrée map.
double crossing_latitude(const LonLat& from, const LonLat& to) {
  const double to_edge = 180.0 - std::abs(from.lon);
  const double beyond_edge = 180.0 - std::abs(to.lon);
  const double span = to_edge + beyond_edge;
  return span == 0.0 ? from.lat : from.lat + (to.lat - from.lat) * to_edge / span;
}

}  // namespace

Geodesic measure_geodesic(const LonLat& from, const LonLat& to) {
  require_valid(from);
  require_valid(to);
  double metres = 0.0;
  double azimuth = 0.0;
  double arrival_azimuth = 0.0;
  geod_inverse(&ellipsoid(), from.lat, from.lon, to.lat, to.lon, &metres, &azimuth, &arrival_azimuth);
  return {Distance::from_metres(metres), compass_degrees(azimuth), compass_degrees(arrival_azimuth)};
}

Distance distance_between(const LonLat& from, const LonLat& to) {
  return measure_geodesic(from, to).length;
}

LonLat point_along(const LonLat& from, const LonLat& to, double fraction) {
  const geod_geodesicline line = line_between(from, to);
  return position_on(line, line.s13 * fraction);
}

LonLat point_at(const LonLat& from, double azimuth_deg, Distance distance) {
  require_valid(from);
  LonLat point;
  geod_direct(&ellipsoid(), from.lat, from.lon, azimuth_deg, distance.metres(), &point.lat, &point.lon, nullptr);
  return point;
}

std::vector<LonLat> geodesic_polyline(const LonLat& from, const LonLat& to, Distance step) {
  assert(step.metres() > 0.0);
  const geod_geodesicline line = line_between(from, to);
  const double wanted_steps = std::max(1.0, std::ceil(line.s13 / step.metres()));
  const std::size_t steps =
      wanted_steps < static_cast<double>(kMostSteps) ? static_cast<std::size_t>(wanted_steps) : kMostSteps;
  std::vector<LonLat> vertices = {from};
  vertices.reserve(steps + 1);
  for (std::size_t i = 1; i < steps; ++i)
    vertices.push_back(position_on(line, line.s13 * static_cast<double>(i) / static_cast<double>(steps)));
  vertices.push_back(to);
  return vertices;
}

std::vector<std::vector<LonLat>> split_at_antimeridian(const std::vector<LonLat>& line) {
  std::vector<std::vector<LonLat>> pieces;
  std::vector<LonLat> piece;
  const auto close_piece = [&] {
    if (piece.size() > 1)
      pieces.push_back(piece);
    piece.clear();
  };
  for (const LonLat& point : line) {
    require_valid(point);
    if (!piece.empty() && std::abs(point.lon - piece.back().lon) > 180.0) {
      const double latitude = crossing_latitude(piece.back(), point);
      const double edge = std::copysign(180.0, piece.back().lon);
      append_unless_repeated(piece, {edge, latitude});
      close_piece();
      piece.push_back({-edge, latitude});
    }
    append_unless_repeated(piece, point);
  }
  close_piece();
  return pieces;
}

UnitVector unit_vector(const LonLat& point) {
  require_valid(point);
  constexpr double kRadiansPerDegree = std::numbers::pi / 180.0;
  const double lon = point.lon * kRadiansPerDegree;
  const double lat = point.lat * kRadiansPerDegree;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

double sphere_km(const UnitVector& a, const UnitVector& b) noexcept {
  const double half_chord = std::min(1.0, std::sqrt(squared_chord(a, b)) / 2.0);
  return 2.0 * kMeanRadiusKm * std::asin(half_chord);
}

double squared_chord_of(double km) noexcept {
  const double half_angle = std::min(km / (2.0 * kMeanRadiusKm), std::numbers::pi / 2.0);
  const double chord = 2.0 * std::sin(half_angle);
  return chord * chord;
}

}  // namespace relevo::geo
