// SPDX-License-Identifier: MIT
#include "geo/geojson.hpp"

#include "geo/table_error.hpp"

#include <nlohmann/json.hpp>

#include <exception>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <utility>

namespace relevo::geo {

namespace {

using Json = nlohmann::json;

std::optional<Ring> ring_of_positions(const Json& positions) {
  Ring ring;
  if (!positions.is_array())
    return std::nullopt;
  for (const auto& position : positions) {
    if (!position.is_array() || position.size() < 2 || !position[0].is_number() || !position[1].is_number())
      return std::nullopt;
    const LonLat vertex{position[0].get<double>(), position[1].get<double>()};
    if (!is_valid(vertex))
      return std::nullopt;
    ring.push_back(vertex);
  }
  if (!ring.empty() && !(ring.front() == ring.back()))
    ring.push_back(ring.front());
  return ring;
}

bool add_polygon_of_rings(const Json& rings, Polygons& polygons) {
  if (!rings.is_array())
    return false;
  Polygon polygon;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    auto ring = ring_of_positions(rings[i]);
    if (!ring)
      return false;
    const bool has_surface = ring->size() >= 4;
    if (i == 0 && has_surface)
      polygon.outer = std::move(*ring);
    else if (has_surface)
      polygon.holes.push_back(std::move(*ring));
  }
  if (!polygon.outer.empty())  // holes in nothing are nothing
    polygons.push_back(std::move(polygon));
  return true;
}

Polygons polygons_of_json(const Json& geometry) {
  Polygons polygons;
  if (!geometry.is_object() || !geometry.contains("coordinates"))
    return polygons;
  const auto& coordinates = geometry["coordinates"];
  const auto type = geometry.value("type", Json());
  bool good = type == "Polygon" && add_polygon_of_rings(coordinates, polygons);
  if (type == "MultiPolygon" && coordinates.is_array()) {
    good = true;
    for (const auto& rings : coordinates)
      good = good && add_polygon_of_rings(rings, polygons);
  }
  return good ? polygons : Polygons{};
}

NamedArea area_of(const Json& feature) {
  const auto& properties = feature.at("properties");
  NamedArea area{properties.at("level").get<int>(), properties.at("code").get<std::string>(),
                 properties.at("name").get<std::string>(), polygons_of_json(feature.at("geometry"))};
  if (area.polygons.empty())
    throw std::runtime_error(area.code + " has no surface");
  return area;
}

}  // namespace

Polygons polygons_of_geojson(const std::string& geometry) {
  return polygons_of_json(Json::parse(geometry, nullptr, false));
}

std::vector<NamedArea> read_areas(const std::filesystem::path& file, const std::string& shown) {
  std::vector<NamedArea> areas;
  try {
    std::ifstream stream(file, std::ios::binary);
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    const Json collection = Json::parse(stream);
    for (const auto& feature : collection.at("features"))
      areas.push_back(area_of(feature));
  } catch (const std::exception& error) {
    throw TableError({shown, 0, "table.geometry", "",
                      std::string("not a GeoJSON collection of areas with level, code and name (") + error.what() + ")",
                      "Restore the file as it was shipped."});
  }
  return areas;
}

std::map<std::string, Polygons> read_areas_by_code(const std::filesystem::path& file, const std::string& shown) {
  std::map<std::string, Polygons> by_code;
  for (auto& area : read_areas(file, shown))
    by_code[area.code] = std::move(area.polygons);
  return by_code;
}

}  // namespace relevo::geo
