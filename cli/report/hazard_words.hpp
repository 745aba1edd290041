// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"
#include "geo/layer/feature.hpp"
#include "planner/model/day.hpp"
#include "planner/text/message.hpp"

#include <string>
#include <string_view>

namespace relevo::cli {

/// The word of a theme in files and styles: "hotspots", "active-fires", ...
std::string_view theme_id(geo::LayerTheme theme);

/// The entry "hazard.<group>.<code>" of the catalogue, or the code itself where there is none: codes of the assessment
/// may be newer than the words for them.
std::string hazard_word(text::Lang lang, std::string_view group, std::string_view code);

/// The day of an instant, in UTC as layers are dated.
planner::Day day_of(geo::Instant instant);
/// "2016-06-04T05:30:00Z"
std::string format_instant(geo::Instant instant);

/// One of the eight winds, for "hazard.compass.<wind>": 0 north, clockwise.
int wind_of(double bearing_deg);

}  // namespace relevo::cli
