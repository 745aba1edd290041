// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// The variables of rasters by which fire danger is judged.
namespace relevo::geo {

/// Best first: the fire weather index and its parts, then a raster of classes 1 to 5 (docs/assessment.md, section 2).
inline constexpr std::array<std::string_view, 7> kDangerVariables{"fwi", "isi", "bui",         "ffmc",
                                                                  "dmc", "dc",  "danger_class"};

/// Place of a variable in kDangerVariables; its size for any other.
constexpr std::size_t danger_rank(std::string_view variable) noexcept {
  return static_cast<std::size_t>(std::find(kDangerVariables.begin(), kDangerVariables.end(), variable) -
                                  kDangerVariables.begin());
}

constexpr bool is_danger_variable(std::string_view variable) noexcept {
  return danger_rank(variable) < kDangerVariables.size();
}

}  // namespace relevo::geo
