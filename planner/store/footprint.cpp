// SPDX-License-Identifier: MIT
#include "planner/store/footprint.hpp"

#include <proj.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace relevo::planner {

namespace {

struct DestroyContext {
  void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};
struct DestroyTransform {
  void operator()(PJ* transform) const noexcept { proj_destroy(transform); }
};
using Context = std::unique_ptr<PJ_CONTEXT, DestroyContext>;
using Transform = std::unique_ptr<PJ, DestroyTransform>;

constexpr int kPerSide = 16;

Transform to_wgs84(PJ_CONTEXT* context, const std::string& crs) {
  proj_log_level(context, PJ_LOG_NONE);
  proj_context_set_enable_network(context, 0);
  const Transform raw(proj_create_crs_to_crs(context, crs.c_str(), "OGC:CRS84", nullptr));
  // Longitude or easting first, whatever order the system's definition gives.
  return Transform(raw ? proj_normalize_for_visualization(context, raw.get()) : nullptr);
}

/// Points (column, row) along the edge, from the north-west corner and back to it.
std::vector<std::pair<double, double>> edge_of(double width, double height) {
  std::vector<std::pair<double, double>> edge;
  edge.reserve(std::size_t{4} * kPerSide + 1);
  for (int i = 0; i < kPerSide; ++i)
    edge.emplace_back(0.0, height * i / kPerSide);
  for (int i = 0; i < kPerSide; ++i)
    edge.emplace_back(width * i / kPerSide, height);
  for (int i = 0; i < kPerSide; ++i)
    edge.emplace_back(width, height * (kPerSide - i) / kPerSide);
  for (int i = 0; i <= kPerSide; ++i)
    edge.emplace_back(width * (kPerSide - i) / kPerSide, 0.0);
  return edge;
}

geo::Ring rectangle(double west, double south, double east, double north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

bool jumps(const geo::Ring& ring) {
  for (std::size_t i = 1; i < ring.size(); ++i)
    if (std::abs(ring[i].lon - ring[i - 1].lon) > 180.0)
      return true;
  return false;
}

geo::Ring around_the_world(const geo::Ring& ring) {
  const auto [low, high] = std::ranges::minmax_element(ring, {}, [](const geo::LonLat& point) { return point.lat; });
  return rectangle(-180.0, low->lat, 180.0, high->lat);
}

/// Twice the signed area: positive for counter-clockwise.
double turn_of(const geo::Ring& ring) {
  double sum = 0.0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    sum += ring[i - 1].lon * ring[i].lat - ring[i].lon * ring[i - 1].lat;
  return sum;
}

}  // namespace

geo::Shape footprint_of(const geo::RasterHeader& header) {
  const Context context(proj_context_create());
  const auto transform = to_wgs84(context.get(), header.crs);
  if (!transform)
    return {};
  geo::Ring ring;
  const auto& t = header.transform;
  for (const auto& [column, row] : edge_of(header.width, header.height)) {
    const PJ_COORD at = proj_coord(t[0] + column * t[1] + row * t[2], t[3] + column * t[4] + row * t[5], 0.0, 0.0);
    const PJ_COORD to = proj_trans(transform.get(), PJ_FWD, at);
    const geo::LonLat point{to.lp.lam, to.lp.phi};  // NOLINT(cppcoreguidelines-pro-type-union-access): PROJ's way
    // Beyond the projection: the edge of a picture of the whole globe.
    if (!std::isfinite(point.lon) || !std::isfinite(point.lat))
      return geo::Polygons{{rectangle(-180.0, -90.0, 180.0, 90.0), {}}};
    ring.push_back({std::clamp(point.lon, -180.0, 180.0), std::clamp(point.lat, -90.0, 90.0)});
  }
  ring.back() = ring.front();
  if (jumps(ring))
    ring = around_the_world(ring);
  if (turn_of(ring) < 0.0)
    std::ranges::reverse(ring);
  return geo::Polygons{{std::move(ring), {}}};
}

}  // namespace relevo::planner
