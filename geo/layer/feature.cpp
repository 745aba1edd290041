// SPDX-License-Identifier: MIT
#include "geo/layer/feature.hpp"

#include "geo/layer/theme_fields.hpp"

#include <algorithm>

namespace relevo::geo {

namespace {

constexpr std::array<std::pair<LayerTheme, std::string_view>, 12> kWords = {
    {{LayerTheme::Hotspots, "hotspots"},
     {LayerTheme::Perimeters, "perimeters"},
     {LayerTheme::ActiveFires, "active-fires"},
     {LayerTheme::Danger, "danger"},
     {LayerTheme::Smoke, "smoke"},
     {LayerTheme::Earthquakes, "earthquakes"},
     {LayerTheme::Cyclones, "cyclones"},
     {LayerTheme::Flood, "flood"},
     {LayerTheme::Alerts, "alerts"},
     {LayerTheme::Places, "places"},
     {LayerTheme::Population, "population"},
     {LayerTheme::Custom, "custom"}}};

using Type = ThemeField::Type;

constexpr std::array<ThemeField, 7> kHotspots = {{{"frp_mw", Type::Number, "MW"},
                                                  {"confidence", Type::Number, "0..100"},
                                                  {"satellite", Type::Text, ""},
                                                  {"instrument", Type::Text, ""},
                                                  {"day_night", Type::Text, "D, N"},
                                                  {"fwi", Type::Number, ""},
                                                  {"hfi", Type::Number, "kW/m"}}};
constexpr std::array<ThemeField, 3> kPerimeters = {
    {{"area_ha", Type::Number, "ha"}, {"percent_contained", Type::Number, "0..100"}, {"agency", Type::Text, ""}}};
constexpr std::array<ThemeField, 8> kActiveFires = {{{"agency", Type::Text, ""},
                                                     {"area_ha", Type::Number, "ha"},
                                                     {"percent_contained", Type::Number, "0..100"},
                                                     {"stage_of_control", Type::Text, "OC, BH, UC, OUT"},
                                                     {"response_type", Type::Text, "FUL, MOD, MON"},
                                                     {"discovered", Type::Moment, "UTC"},
                                                     {"cause", Type::Text, "N, H, U"},
                                                     {"prescribed", Type::Number, "0, 1"}}};
constexpr std::array<ThemeField, 5> kEarthquakes = {{{"magnitude", Type::Number, ""},
                                                     {"depth_km", Type::Number, "km"},
                                                     {"alert", Type::Text, "green, yellow, orange, red"},
                                                     {"mmi", Type::Number, "1..12"},
                                                     {"tsunami", Type::Number, "0, 1"}}};
constexpr std::array<ThemeField, 4> kCyclones = {{{"storm", Type::Text, ""},
                                                  {"basin", Type::Text, "NA, EP, WP, NI, SI, SP, SA"},
                                                  {"wind_kt", Type::Number, "kt"},
                                                  {"pressure_hpa", Type::Number, "hPa"}}};
constexpr std::array<ThemeField, 2> kFlood = {{{"class", Type::Text, ""}, {"depth_m", Type::Number, "m"}}};
constexpr std::array<ThemeField, 1> kSmoke = {{{"density", Type::Number, "1 light, 2 medium, 3 heavy"}}};
constexpr std::array<ThemeField, 7> kAlerts = {{{"event", Type::Text, ""},
                                                {"severity", Type::Text, ""},
                                                {"urgency", Type::Text, ""},
                                                {"certainty", Type::Text, ""},
                                                {"msg_type", Type::Text, ""},
                                                {"references", Type::Text, ""},
                                                {"area", Type::Text, ""}}};
constexpr std::array<ThemeField, 3> kPlaces = {
    {{"population", Type::Number, "people"}, {"country", Type::Text, ""}, {"admin1", Type::Text, ""}}};

}  // namespace

std::string_view word_of(LayerTheme theme) noexcept {
  const auto* it = std::find_if(kWords.begin(), kWords.end(), [&](const auto& entry) { return entry.first == theme; });
  return it == kWords.end() ? std::string_view() : it->second;
}

std::optional<LayerTheme> theme_of(std::string_view word) noexcept {
  const auto* it = std::find_if(kWords.begin(), kWords.end(), [&](const auto& entry) { return entry.second == word; });
  return it == kWords.end() ? std::nullopt : std::optional(it->first);
}

std::span<const ThemeField> fields_of(LayerTheme theme) noexcept {
  switch (theme) {
    case LayerTheme::Hotspots:
      return kHotspots;
    case LayerTheme::Perimeters:
      return kPerimeters;
    case LayerTheme::ActiveFires:
      return kActiveFires;
    case LayerTheme::Smoke:
      return kSmoke;
    case LayerTheme::Earthquakes:
      return kEarthquakes;
    case LayerTheme::Cyclones:
      return kCyclones;
    case LayerTheme::Flood:
      return kFlood;
    case LayerTheme::Alerts:
      return kAlerts;
    case LayerTheme::Places:
      return kPlaces;
    case LayerTheme::Danger:
    case LayerTheme::Population:
    case LayerTheme::Custom:
      break;
  }
  return {};
}

}  // namespace relevo::geo
