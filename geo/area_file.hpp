// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace relevo::geo {

/// The areas of a GeoJSON collection by their property `code`, as boundaries.geojson of the reference data has them:
/// countries (ISO 3166-1 alpha-2) and their first-level parts (ISO 3166-2). `shown`: the file's name in errors. \throws
/// TableError
std::map<std::string, Polygons> read_areas(const std::filesystem::path& file, const std::string& shown);

}  // namespace relevo::geo
