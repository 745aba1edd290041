// SPDX-License-Identifier: MIT
#include "planner/store/hazard_strength.hpp"

#include "planner/store/layer_fields.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace relevo::planner {

namespace {

using geo::LayerFeature;
using geo::LayerTheme;

using Scale = std::pair<std::string_view, double>;

// CAP 1.2, 3.2.2 "severity"; an unknown one is none.
constexpr std::array<Scale, 5> kSeverities{
    {{"Unknown", 0.0}, {"Minor", 1.0}, {"Moderate", 2.0}, {"Severe", 3.0}, {"Extreme", 4.0}}};
// NOAA Hazard Mapping System: Light, Medium, Heavy.
constexpr std::array<Scale, 3> kDensities{{{"Light", 1.0}, {"Medium", 2.0}, {"Heavy", 3.0}}};

template <std::size_t N>
std::optional<double> on_scale(const std::array<Scale, N>& scale, std::string_view word) {
  for (const auto& [name, value] : scale)
    if (name == word)
      return value;
  return std::nullopt;
}

std::string_view field_of(LayerTheme theme) {
  switch (theme) {
    case LayerTheme::Earthquakes:
      return "magnitude";
    case LayerTheme::Cyclones:
      return "wind_kt";
    case LayerTheme::Smoke:
      return "density";
    case LayerTheme::Alerts:
      return "severity";
    case LayerTheme::Flood:
      return "depth_m";
    default:
      return "strength";
  }
}

std::string joined(std::string_view a, std::string_view b) {
  return fmt::format("{}{}{}", a, a.empty() || b.empty() ? "" : ", ", b);
}

}  // namespace

std::optional<double> hazard_strength(LayerTheme theme, const LayerFeature& feature) {
  const auto field = field_of(theme);
  if (const auto number = field_number(feature, field))
    return number;
  const auto word = field_text(feature, field);
  return theme == LayerTheme::Smoke ? on_scale(kDensities, word) : on_scale(kSeverities, word);
}

std::string hazard_detail(LayerTheme theme, const LayerFeature& feature) {
  const auto number = field_number(feature, field_of(theme));
  const auto word = field_text(feature, field_of(theme));
  switch (theme) {
    case LayerTheme::Earthquakes:
      return number ? fmt::format("M {:.1f}", *number) : std::string(word);
    case LayerTheme::Cyclones:
      return joined(number ? fmt::format("{:.0f} kt", *number) : std::string{}, field_text(feature, "nature"));
    case LayerTheme::Flood:
      return number ? fmt::format("{:.1f} m", *number) : std::string(word);
    case LayerTheme::Alerts:
      return joined(field_text(feature, "event"), word);
    case LayerTheme::Smoke:
      if (!word.empty() || !number)
        return std::string(word);
      for (const auto& [name, value] : kDensities)
        if (value == *number)
          return std::string(name);
      return fmt::format("{}", *number);
    default:
      return word.empty() ? std::string(field_text(feature, "detail")) : std::string(word);
  }
}

}  // namespace relevo::planner
