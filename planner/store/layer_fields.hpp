// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"

#include <optional>
#include <string_view>

namespace relevo::planner {

/// Our field of a feature as text or number; empty or nothing where it is not known or of the other sort.
inline std::string_view field_text(const geo::LayerFeature& feature, std::string_view name) noexcept {
  for (const auto& [field, value] : feature.fields)
    if (field == name)
      if (const auto* text = std::get_if<std::string>(&value))
        return *text;
  return {};
}

inline std::optional<double> field_number(const geo::LayerFeature& feature, std::string_view name) noexcept {
  for (const auto& [field, value] : feature.fields)
    if (field == name)
      if (const auto* number = std::get_if<double>(&value))
        return *number;
  return std::nullopt;
}

}  // namespace relevo::planner
