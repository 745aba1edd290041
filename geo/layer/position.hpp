// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/profile.hpp"
#include "geo/lon_lat.hpp"

#include <optional>
#include <string_view>
#include <vector>

class OGRGeometry;

/// What is wrong with other people's coordinates, and put right where it can be: signs, axes, 0..360, (0,0).
namespace relevo::geo {

/// A point, or the code of why there is none; with the codes of what was corrected on the way.
struct Position {
  std::optional<LonLat> point;
  std::string_view refusal;  ///< "coordinates_missing", "degrees_unreadable", ...
  std::vector<std::string_view> corrections;
};

/// Two texts as they stand in columns. `region` settles missing hemispheres.
Position position_of_texts(std::string_view lon, std::string_view lat, const std::optional<Region>& region);

/// Puts a point into the ranges and, if it can be, into the region. `is_zero_plausible`: things of this theme do happen
/// at (0,0), which is sea.
Position settle(LonLat raw, const std::optional<Region>& region, bool is_zero_plausible);

/// The same for a whole geometry, judged by the middle of its extent; changes it in place. Returns the code of the
/// correction, empty for none.
std::string_view settle(OGRGeometry& geometry, const std::optional<Region>& region);

}  // namespace relevo::geo
