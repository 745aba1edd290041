// SPDX-License-Identifier: MIT
#include "cli/report/hazard_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace relevo::cli {

std::string_view theme_id(geo::LayerTheme theme) {
  switch (theme) {
    case geo::LayerTheme::Hotspots:
      return "hotspots";
    case geo::LayerTheme::Perimeters:
      return "perimeters";
    case geo::LayerTheme::ActiveFires:
      return "active-fires";
    case geo::LayerTheme::Danger:
      return "danger";
    case geo::LayerTheme::Smoke:
      return "smoke";
    case geo::LayerTheme::Earthquakes:
      return "earthquakes";
    case geo::LayerTheme::Cyclones:
      return "cyclones";
    case geo::LayerTheme::Flood:
      return "flood";
    case geo::LayerTheme::Alerts:
      return "alerts";
    case geo::LayerTheme::Places:
      return "places";
    case geo::LayerTheme::Population:
      return "population";
    case geo::LayerTheme::Custom:
      return "custom";
  }
  return "custom";
}

std::string hazard_word(text::Lang lang, std::string_view group, std::string_view code) {
  static const auto known = [] {
    std::set<std::string_view> keys;
    for (const auto& entry : text::catalogue()) {
      keys.insert(entry.key);
    }
    return keys;
  }();
  // Reasons of records have their words where layers are read.
  const std::string key = fmt::format("{}.{}.{}", group == "reason" ? "layer" : "hazard", group, code);
  return known.contains(key) ? text::render(key, lang) : std::string(code);
}

planner::Day day_of(geo::Instant instant) {
  return std::chrono::floor<std::chrono::days>(instant);
}

std::string format_instant(geo::Instant instant) {
  const auto day = day_of(instant);
  const auto seconds = (instant - day).count();
  return fmt::format("{}T{:02}:{:02}:{:02}Z", planner::format_day(day), seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

int wind_of(double bearing_deg) {
  const auto wind = static_cast<int>(std::lround(bearing_deg / 45.0)) % 8;
  return wind < 0 ? wind + 8 : wind;
}

}  // namespace relevo::cli
