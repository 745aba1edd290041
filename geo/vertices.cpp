// SPDX-License-Identifier: MIT
#include "geo/vertices.hpp"

#include "geo/degree_box.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <utility>

namespace relevo::geo {

namespace {

constexpr double kStrayDegrees = 5.0;
constexpr double kStrayOriginDiagonals = 0.25;
constexpr double kStrayDiagonals = 10.0;
constexpr std::size_t kFewestOthersOfStray = 8;

double diagonal(const DegreeBox& box) {
  return std::hypot(box.east - box.west, box.north - box.south);
}

double distance_from(const DegreeBox& box, const LonLat& v) {
  return std::hypot(std::max({box.west - v.lon, v.lon - box.east, 0.0}),
                    std::max({box.south - v.lat, v.lat - box.north, 0.0}));
}

/// So small that nothing in it is far from the rest.
bool is_small(const DegreeBox& box) {
  return box.east - box.west <= kStrayDegrees && box.north - box.south <= kStrayDegrees;
}

template <class Keep>
DegreeBox box_where(const Vertices& vertices, Keep keep) {
  DegreeBox box;
  for (const LonLat& v : vertices) {
    if (keep(v))
      box.add(v);
  }
  return box;
}

DegreeBox box_of(const Vertices& vertices) {
  return box_where(vertices, [](const LonLat&) { return true; });
}

bool is_origin(const LonLat& v) {
  return v.lon == 0.0 && v.lat == 0.0;
}

double median(const Vertices& vertices, double LonLat::*coordinate) {
  std::vector<double> values;
  values.reserve(vertices.size());
  for (const LonLat& v : vertices)
    values.push_back(v.*coordinate);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The same vertices with longitudes as offsets from `reference`, so that those across the antimeridian are near.
Vertices around(const Vertices& vertices, double reference) {
  Vertices offsets = vertices;
  for (LonLat& v : offsets)
    v.lon = std::remainder(v.lon - reference, 360.0);
  return offsets;
}

bool drop_furthest(Vertices& vertices) {
  if (vertices.size() <= kFewestOthersOfStray)
    return false;
  const Vertices offsets = around(vertices, median(vertices, &LonLat::lon));
  const double middle = median(offsets, &LonLat::lat);
  const auto apartness = [middle](const LonLat& v) { return std::max(std::abs(v.lon), std::abs(v.lat - middle)); };
  const auto furthest = std::max_element(offsets.begin(), offsets.end(),
                                         [&](const LonLat& a, const LonLat& b) { return apartness(a) < apartness(b); });
  const DegreeBox box = box_where(offsets, [&](const LonLat& v) { return !(v == *furthest); });
  if (!(distance_from(box, *furthest) > std::max(kStrayDegrees, kStrayDiagonals * diagonal(box))))
    return false;
  vertices.erase(vertices.begin() + (furthest - offsets.begin()));
  return true;
}

bool goes_round_world(const LonLat& from, const LonLat& to) {
  return std::abs(to.lon - from.lon) == 360.0 && to.lat == from.lat;
}

}  // namespace

bool is_finite(const LonLat& v) {
  return std::isfinite(v.lon) && std::isfinite(v.lat);
}

double wrapped(double lon) {
  return lon > 180.0 ? lon - 360.0 : lon < -180.0 ? lon + 360.0 : lon;
}

bool drop_origin(Vertices& vertices) {
  const auto origins = static_cast<std::size_t>(std::count_if(vertices.begin(), vertices.end(), is_origin));
  if (origins == 0 || vertices.size() - origins < 2)
    return false;
  Vertices others;
  std::copy_if(vertices.begin(), vertices.end(), std::back_inserter(others),
               [](const LonLat& v) { return !is_origin(v); });
  const double reference = median(others, &LonLat::lon);
  const DegreeBox box = box_of(around(others, reference));
  const double distance = distance_from(box, {std::remainder(-reference, 360.0), 0.0});
  if (distance <= std::max(kStrayDegrees, kStrayOriginDiagonals * diagonal(box)))
    return false;
  vertices = std::move(others);
  return true;
}

bool drop_strays(Vertices& vertices, bool is_ring) {
  if (is_small(box_of(vertices)))
    return false;
  bool dropped = drop_origin(vertices);
  while (is_ring && drop_furthest(vertices))
    dropped = true;
  return dropped;
}

void drop_repeated(Vertices& vertices, bool is_ring) {
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  while (is_ring && vertices.size() > 1 && vertices.front() == vertices.back())
    vertices.pop_back();
}

void split_world_edges(Vertices& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const LonLat from = ring[i];
    const LonLat to = ring[(i + 1) % ring.size()];
    if (!goes_round_world(from, to))
      continue;
    const double third = (to.lon - from.lon) / 3.0;
    const auto next = ring.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    ring.insert(next, {{from.lon + third, from.lat}, {to.lon - third, from.lat}});
    i += 2;
  }
}

bool is_wide(const Vertices& ring) {
  double before = ring.back().lon;
  for (const LonLat& v : ring) {
    if (std::abs(v.lon - before) > 180.0)
      return true;
    before = v.lon;
  }
  return false;
}

double signed_area(const Ring& closed) {
  double twice = 0.0;
  const LonLat origin = closed.front();
  for (std::size_t i = 0; i + 1 < closed.size(); ++i) {
    twice += (closed[i].lon - origin.lon) * (closed[i + 1].lat - origin.lat) -
             (closed[i + 1].lon - origin.lon) * (closed[i].lat - origin.lat);
  }
  return twice / 2.0;
}

}  // namespace relevo::geo
