// SPDX-License-Identifier: MIT
#include "geo/area_file.hpp"

#include "geo/table_error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <fstream>

namespace relevo::geo {

namespace {

using Json = nlohmann::json;

Ring ring_of_positions(const Json& positions) {
  Ring ring;
  for (const auto& position : positions)
    ring.push_back({position.at(0).get<double>(), position.at(1).get<double>()});
  return ring;
}

void add_polygon_of_rings(const Json& rings, Polygons& polygons) {
  auto& polygon = polygons.emplace_back();
  for (const auto& positions : rings) {
    if (polygon.outer.empty())
      polygon.outer = ring_of_positions(positions);
    else
      polygon.holes.push_back(ring_of_positions(positions));
  }
}

}  // namespace

std::map<std::string, Polygons> read_areas(const std::filesystem::path& file, const std::string& shown) {
  std::map<std::string, Polygons> areas;
  try {
    std::ifstream stream(file, std::ios::binary);
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    const Json collection = Json::parse(stream);
    for (const auto& feature : collection.at("features")) {
      auto& polygons = areas[feature.at("properties").at("code").get<std::string>()];
      const auto& geometry = feature.at("geometry");
      if (geometry.at("type") == "Polygon")
        add_polygon_of_rings(geometry.at("coordinates"), polygons);
      else
        for (const auto& rings : geometry.at("coordinates"))
          add_polygon_of_rings(rings, polygons);
    }
  } catch (const std::exception& error) {
    throw TableError({shown, 0, "table.geometry", "",
                      fmt::format("not a GeoJSON collection of areas with a code ({})", error.what()),
                      "Restore the file as it was shipped."});
  }
  return areas;
}

}  // namespace relevo::geo
