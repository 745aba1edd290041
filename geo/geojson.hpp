// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// GeoJSON that Relevo wrote or checked itself: perimeters of incidents and the reference areas. Files of others go
/// through the layer reader.
namespace relevo::geo {

/// The surfaces of a GeoJSON Polygon or MultiPolygon: rings are closed, those of fewer than three corners left out.
/// Anything else, or a vertex off the globe, gives nothing.
Polygons polygons_of_geojson(const std::string& geometry);

/// A country (level 0; ISO 3166-1 alpha-2) or a first-level part of one (level 1; ISO 3166-2).
struct NamedArea {
  int level = 0;
  std::string code;
  std::string name;
  Polygons polygons;
};

/// The areas of a GeoJSON collection with the properties level, code and name, as boundaries.geojson of the reference
/// data has them. `shown`: the file's name in errors. \throws TableError
std::vector<NamedArea> read_areas(const std::filesystem::path& file, const std::string& shown);

/// The same by their code.
std::map<std::string, Polygons> read_areas_by_code(const std::filesystem::path& file, const std::string& shown);

}  // namespace relevo::geo
