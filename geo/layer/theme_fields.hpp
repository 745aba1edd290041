// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"

#include <span>
#include <string_view>

namespace relevo::geo {

/// One of our fields of a theme, as LayerFeature::fields carries it and docs/layers.md lists it.
struct ThemeField {
  enum class Type { Number, Text, Moment };
  std::string_view name;
  Type type;  ///< Moment: text "2016-06-04T13:30:00Z"
  std::string_view unit;
};

/// The fields that vector layers of a theme may have; none for danger, population and custom.
std::span<const ThemeField> fields_of(LayerTheme theme) noexcept;

}  // namespace relevo::geo
