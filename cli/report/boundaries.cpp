// SPDX-License-Identifier: MIT
#include "cli/report/boundaries.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace relevo::cli {

namespace {

Boundary boundary_of(const nlohmann::json& feature) {
  const auto& properties = feature.at("properties");
  return {properties.at("level").get<int>(), properties.at("code").get<std::string>(),
          properties.at("name").get<std::string>(), rings_of_geojson(feature.at("geometry").dump())};
}

}  // namespace

Boundaries load_boundaries(const std::filesystem::path& data_dir) {
  const auto path = data_dir / "reference" / "boundaries.geojson";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return {};
  }
  Boundaries boundaries;
  try {
    std::ifstream file(path, std::ios::binary);
    file.exceptions(std::ios::badbit | std::ios::failbit);
    const nlohmann::json collection = nlohmann::json::parse(file);
    for (const auto& feature : collection.at("features")) {
      boundaries.push_back(boundary_of(feature));
    }
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format(
        "{}: not a GeoJSON feature collection with level, code and name ({}). Restore the file as it was shipped.",
        path.string(), error.what()));
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
