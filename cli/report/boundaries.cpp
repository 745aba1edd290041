// SPDX-License-Identifier: MIT
#include "cli/report/boundaries.hpp"

#include "geo/geojson.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace relevo::cli {

Boundaries load_boundaries(const std::filesystem::path& data_dir) {
  const auto path = data_dir / "reference" / "boundaries.geojson";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return {};
  }
  Boundaries boundaries;
  for (auto& area : geo::read_areas(path, path.string())) {
    boundaries.push_back({area.level, std::move(area.code), std::move(area.name), rings_of(area.polygons)});
  }
  return boundaries;
}

Boundaries boundaries_within(const Boundaries& boundaries, const Box& box, const Box& detail) {
  // Less than a pixel of a map a thousand pixels high.
  const double fine = (detail.north - detail.south) / 1500.0;
  const double coarse = std::max(fine, (box.north - box.south) / 600.0);
  Boundaries out;
  for (const auto& boundary : boundaries) {
    Boundary near{boundary.level, boundary.code, boundary.name, {}};
    for (const auto& ring : boundary.rings) {
      const Box extent = box_of(ring);
      const double tolerance = extent.intersects(detail) ? fine : coarse;
      const bool visible = extent.north - extent.south > 2.0 * tolerance;
      if (!visible || !extent.intersects(box)) {
        continue;
      }
      Ring line = simplified(ring, tolerance);
      if (line.size() >= 4) {
        near.rings.push_back(std::move(line));
      }
    }
    if (!near.rings.empty()) {
      out.push_back(std::move(near));
    }
  }
  return out;
}

}  // namespace relevo::cli
