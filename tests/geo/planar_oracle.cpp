// SPDX-License-Identifier: MIT
#include "tests/geo/planar_oracle.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace relevo::geo::oracle {

namespace {

double cross(const LonLat& a, const LonLat& b, const LonLat& c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (c.lon - a.lon) * (b.lat - a.lat);
}

double distance_to_edge(const LonLat& a, const LonLat& b, const LonLat& place) {
  const double x = b.lon - a.lon;
  const double y = b.lat - a.lat;
  const double squared = x * x + y * y;
  const double along = squared == 0.0 ? 0.0 : ((place.lon - a.lon) * x + (place.lat - a.lat) * y) / squared;
  const double part = std::clamp(along, 0.0, 1.0);
  return std::hypot(place.lon - a.lon - part * x, place.lat - a.lat - part * y);
}

double distance_to_edges(const Ring& ring, const LonLat& place) {
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    nearest = std::min(nearest, distance_to_edge(ring[i], ring[i + 1], place));
  return nearest;
}

struct Edge {
  LonLat from;
  LonLat to;
};

void append_edges(std::vector<Edge>& edges, const Ring& ring) {
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    edges.push_back({ring[i], ring[i + 1]});
}

/// True when the line through `line` separates the ends of `edge`, both being further from it than rounding.
bool is_between(const Edge& line, const Edge& edge) {
  const double length = std::hypot(line.to.lon - line.from.lon, line.to.lat - line.from.lat);
  const double one = cross(line.from, line.to, edge.from) / length;
  const double other = cross(line.from, line.to, edge.to) / length;
  return std::min(one, other) < -1e-9 && std::max(one, other) > 1e-9;
}

}  // namespace

double signed_area(const Ring& ring) {
  double twice = 0.0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    twice += cross(ring.front(), ring[i], ring[i + 1]);
  return twice / 2.0;
}

double area(const Polygons& polygons) {
  double sum = 0.0;
  for (const Polygon& polygon : polygons) {
    sum += std::abs(signed_area(polygon.outer));
    for (const Ring& hole : polygon.holes)
      sum -= std::abs(signed_area(hole));
  }
  return sum;
}

int winding(const Ring& ring, const LonLat& place) {
  int turns = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const bool is_upward = ring[i].lat <= place.lat && ring[i + 1].lat > place.lat;
    const bool is_downward = ring[i].lat > place.lat && ring[i + 1].lat <= place.lat;
    const double side = cross(ring[i], ring[i + 1], place);
    turns += is_upward && side > 0.0 ? 1 : is_downward && side < 0.0 ? -1 : 0;
  }
  return turns;
}

int times_covered(const Polygons& polygons, const LonLat& place) {
  return static_cast<int>(std::count_if(polygons.begin(), polygons.end(), [&](const Polygon& polygon) {
    return winding(polygon.outer, place) != 0 &&
           std::none_of(polygon.holes.begin(), polygon.holes.end(),
                        [&](const Ring& hole) { return winding(hole, place) != 0; });
  }));
}

bool contains(const Polygons& polygons, const LonLat& place) {
  return times_covered(polygons, place) > 0;
}

double distance_to_edges(const Polygons& polygons, const LonLat& place) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const Polygon& polygon : polygons) {
    nearest = std::min(nearest, distance_to_edges(polygon.outer, place));
    for (const Ring& hole : polygon.holes)
      nearest = std::min(nearest, distance_to_edges(hole, place));
  }
  return nearest;
}

bool has_crossing(const Polygons& polygons) {
  std::vector<Edge> edges;
  for (const Polygon& polygon : polygons) {
    append_edges(edges, polygon.outer);
    for (const Ring& hole : polygon.holes)
      append_edges(edges, hole);
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (is_between(edges[i], edges[j]) && is_between(edges[j], edges[i]))
        return true;
    }
  }
  return false;
}

}  // namespace relevo::geo::oracle
