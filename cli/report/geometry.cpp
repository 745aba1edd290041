// SPDX-License-Identifier: MIT
#include "cli/report/geometry.hpp"

#include "geo/geojson.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace relevo::cli {

namespace {

using geo::LonLat;

constexpr double kDegree = std::numbers::pi / 180.0;
// A segment of a drawn great circle spans at most this angle.
constexpr double kStepDegrees = 2.0;

struct Vector {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

Vector direction_of(const LonLat& point) {
  const double lon = point.lon * kDegree;
  const double lat = point.lat * kDegree;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

// Distance of a point from a segment, longitudes shrunk as at that latitude.
double distance_to_segment(const LonLat& point, const LonLat& a, const LonLat& b) {
  const double shrink = std::cos(point.lat * kDegree);
  const double bx = (b.lon - a.lon) * shrink;
  const double by = b.lat - a.lat;
  const double px = (point.lon - a.lon) * shrink;
  const double py = point.lat - a.lat;
  const double length = bx * bx + by * by;
  const double along = length > 0.0 ? std::clamp((px * bx + py * by) / length, 0.0, 1.0) : 0.0;
  return std::hypot(px - along * bx, py - along * by);
}

}  // namespace

void Box::add(const LonLat& point) {
  west = std::min(west, point.lon);
  east = std::max(east, point.lon);
  south = std::min(south, point.lat);
  north = std::max(north, point.lat);
}

void Box::add(const Box& other) {
  if (!other.empty()) {
    add(LonLat{other.west, other.south});
    add(LonLat{other.east, other.north});
  }
}

bool Box::intersects(const Box& other) const {
  return west <= other.east && other.west <= east && south <= other.north && other.south <= north;
}

Box Box::grown(double degrees, double aspect) const {
  Box out{west - degrees, south - degrees, east + degrees, north + degrees};
  const double shrink = std::max(0.2, std::cos(centre().lat * kDegree));
  const double width = (out.east - out.west) * shrink;
  const double height = out.north - out.south;
  if (width < height * aspect) {
    const double more = (height * aspect - width) / shrink / 2.0;
    out.west -= more;
    out.east += more;
  } else {
    const double more = (width / aspect - height) / 2.0;
    out.south -= more;
    out.north += more;
  }
  return {std::max(out.west, -180.0), std::max(out.south, -89.0), std::min(out.east, 180.0), std::min(out.north, 89.0)};
}

Box box_of(const Ring& ring) {
  Box box;
  for (const auto& point : ring) {
    box.add(point);
  }
  return box;
}

Ring simplified(const Ring& ring, double tolerance) {
  if (ring.size() < 3) {
    return ring;
  }
  std::vector<bool> kept(ring.size(), false);
  kept.front() = true;
  kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, ring.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double farthest = tolerance;
    std::size_t at = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double distance = distance_to_segment(ring[i], ring[first], ring[last]);
      if (distance > farthest) {
        farthest = distance;
        at = i;
      }
    }
    if (at != first) {
      kept[at] = true;
      open.emplace_back(first, at);
      open.emplace_back(at, last);
    }
  }
  Ring out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (kept[i]) {
      out.push_back(ring[i]);
    }
  }
  return out;
}

Ring great_circle(const LonLat& from, const LonLat& to) {
  const Vector a = direction_of(from);
  const Vector b = direction_of(to);
  const double angle = std::acos(std::clamp(a.x * b.x + a.y * b.y + a.z * b.z, -1.0, 1.0));
  // Opposite points have no one great circle; what is drawn then is a straight line on the map.
  if (angle < 1e-9 || angle > std::numbers::pi - 1e-6) {
    return {from, to};
  }
  const int steps = std::max(1, static_cast<int>(std::ceil(angle / (kStepDegrees * kDegree))));
  Ring line;
  for (int step = 0; step <= steps; ++step) {
    const double share = static_cast<double>(step) / steps;
    const double wa = std::sin((1.0 - share) * angle) / std::sin(angle);
    const double wb = std::sin(share * angle) / std::sin(angle);
    const Vector v{wa * a.x + wb * b.x, wa * a.y + wb * b.y, wa * a.z + wb * b.z};
    LonLat point{std::atan2(v.y, v.x) / kDegree, std::atan2(v.z, std::hypot(v.x, v.y)) / kDegree};
    if (!line.empty()) {
      point.lon += 360.0 * std::round((line.back().lon - point.lon) / 360.0);
    }
    line.push_back(point);
  }
  return line;
}

std::vector<Ring> rings_of(const geo::Polygons& polygons) {
  std::vector<Ring> rings;
  for (const auto& polygon : polygons) {
    rings.push_back(polygon.outer);
    rings.insert(rings.end(), polygon.holes.begin(), polygon.holes.end());
  }
  return rings;
}

std::vector<Ring> rings_of_geojson(const std::string& geometry) {
  return rings_of(geo::polygons_of_geojson(geometry));
}

EqualArea::EqualArea(const LonLat& centre)
    : centre_lon_(centre.lon * kDegree),
      sin_lat_(std::sin(centre.lat * kDegree)),
      cos_lat_(std::cos(centre.lat * kDegree)) {}

EqualArea::Point EqualArea::project(const LonLat& point) const {
  const double lon = point.lon * kDegree - centre_lon_;
  const double sin_lat = std::sin(point.lat * kDegree);
  const double cos_lat = std::cos(point.lat * kDegree);
  const double toward = 1.0 + sin_lat_ * sin_lat + cos_lat_ * cos_lat * std::cos(lon);
  const double scale = std::sqrt(2.0 / std::max(toward, 1e-9));
  return {scale * cos_lat * std::sin(lon), scale * (cos_lat_ * sin_lat - sin_lat_ * cos_lat * std::cos(lon))};
}

}  // namespace relevo::cli
