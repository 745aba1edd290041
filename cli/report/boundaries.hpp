// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/geometry.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace relevo::cli {

/// Countries (level 0) and their first-level areas (level 1), for the background of the map.
struct Boundary {
  int level = 0;
  std::string code;
  std::string name;
  std::vector<Ring> rings;
};

using Boundaries = std::vector<Boundary>;

/// All of `data_dir`/reference/boundaries.geojson; none when there is no such file, since a map without a background is
/// better than no report. \throws geo::TableError when the file is there and is not what it should be.
Boundaries load_boundaries(const std::filesystem::path& data_dir);

/// What lies in `box`, simplified: within `detail` so that a drawing of it some thousand pixels high looks the same,
/// coarser elsewhere.
Boundaries boundaries_within(const Boundaries& boundaries, const Box& box, const Box& detail);

}  // namespace relevo::cli
