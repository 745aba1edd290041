// SPDX-License-Identifier: MIT
#include "planner/assess/geojson.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace relevo::planner {

namespace {

using Json = nlohmann::json;

std::optional<geo::Ring> ring_of(const Json& positions) {
  geo::Ring ring;
  if (!positions.is_array())
    return std::nullopt;
  for (const auto& position : positions) {
    if (!position.is_array() || position.size() < 2 || !position[0].is_number() || !position[1].is_number())
      return std::nullopt;
    const geo::LonLat vertex{position[0].get<double>(), position[1].get<double>()};
    if (!geo::is_valid(vertex))
      return std::nullopt;
    ring.push_back(vertex);
  }
  if (!ring.empty() && !(ring.front() == ring.back()))
    ring.push_back(ring.front());
  return ring;
}

bool add_polygon(const Json& rings, geo::Polygons& polygons) {
  if (!rings.is_array())
    return false;
  geo::Polygon polygon;
  for (const auto& positions : rings) {
    auto ring = ring_of(positions);
    if (!ring)
      return false;
    if (ring->size() < 4)
      continue;
    if (polygon.outer.empty())
      polygon.outer = std::move(*ring);
    else
      polygon.holes.push_back(std::move(*ring));
  }
  if (!polygon.outer.empty())
    polygons.push_back(std::move(polygon));
  return true;
}

}  // namespace

geo::Polygons polygons_of_geojson(const std::string& geometry) {
  geo::Polygons polygons;
  const Json json = Json::parse(geometry, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("coordinates"))
    return polygons;
  const auto& coordinates = json["coordinates"];
  const auto type = json.value("type", Json());
  bool good = type == "Polygon" && add_polygon(coordinates, polygons);
  if (type == "MultiPolygon" && coordinates.is_array()) {
    good = true;
    for (const auto& rings : coordinates)
      good = good && add_polygon(rings, polygons);
  }
  return good ? polygons : geo::Polygons{};
}

}  // namespace relevo::planner
