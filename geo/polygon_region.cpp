// SPDX-License-Identifier: MIT
#include "geo/polygon_region.hpp"

#include "geo/ogr_polygons.hpp"

#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>

namespace relevo::geo {

namespace {

std::unique_ptr<OGRPolygon> window(int number) {
  const double west = -180.0 + 360.0 * number;
  return ogr_polygon({{west, -90.0}, {west + 360.0, -90.0}, {west + 360.0, 90.0}, {west, 90.0}}, {});
}

/// What the ring winds around, within -180..180.
GeometryPtr region_across(const Vertices& ring) {
  const Vertices line = unwound(ring);
  const auto [west, east] =
      std::minmax_element(line.begin(), line.end(), [](const LonLat& a, const LonLat& b) { return a.lon < b.lon; });
  const GeometryPtr whole = make_valid(*ogr_polygon(line, {}));
  const int first = static_cast<int>(std::floor((west->lon + 180.0) / 360.0));
  const int last = static_cast<int>(std::ceil((east->lon + 180.0) / 360.0));
  Polygons pieces;
  for (int number = first; whole && number < last; ++number) {
    const GeometryPtr piece(whole->Intersection(window(number).get()));
    if (piece)
      append_polygons_of(pieces, *piece, -360.0 * number);
  }
  return make_valid(*ogr_polygons(pieces));
}

GeometryPtr region_of(const Vertices& ring) {
  return is_wide(ring) ? region_across(ring) : make_valid(*ogr_polygon(ring, {}));
}

void split_wide_edges(Ring& ring) {
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const LonLat from = ring[i];
    const LonLat to = ring[i + 1];
    if (std::abs(to.lon - from.lon) > 180.0) {
      const LonLat middle = {(from.lon + to.lon) / 2.0, (from.lat + to.lat) / 2.0};
      ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(i) + 1, middle);
    }
  }
}

}  // namespace

Vertices unwound(const Vertices& ring) {
  Vertices made;
  made.reserve(ring.size() + 2);
  double latitudes = 0.0;
  for (const LonLat& v : ring) {
    const double before = made.empty() ? v.lon : made.back().lon;
    made.push_back({v.lon + 360.0 * std::round((before - v.lon) / 360.0), v.lat});
    latitudes += v.lat;
  }
  const double turns = std::round((made.back().lon - made.front().lon) / 360.0);
  if (turns != 0.0) {
    const LonLat first = made.front();
    const double pole = std::copysign(90.0, latitudes);
    made.push_back({first.lon + 360.0 * turns, first.lat});
    made.push_back({first.lon + 360.0 * turns, pole});
    made.push_back({first.lon, pole});
  }
  return made;
}

void append_region(Polygons& polygons, const RawPolygon& raw) {
  GeometryPtr covered = region_of(raw.outer);
  if (!covered)
    return;
  const GeometryPtr shell(covered->clone());
  for (const Vertices& hole : raw.holes) {
    const GeometryPtr gap = region_of(hole);
    if (!gap)
      continue;
    if (shell->IsEmpty() || (shell->Intersects(gap.get()) != FALSE && shell->Touches(gap.get()) == FALSE)) {
      if (GeometryPtr rest(covered->Difference(gap.get())); rest)
        covered = std::move(rest);
    } else {
      append_polygons_of(polygons, *gap, 0.0);
    }
  }
  append_polygons_of(polygons, *covered, 0.0);
}

void split_wide_edges(Polygons& polygons) {
  for (Polygon& polygon : polygons) {
    split_wide_edges(polygon.outer);
    for (Ring& hole : polygon.holes)
      split_wide_edges(hole);
  }
}

}  // namespace relevo::geo
