// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace relevo::geo {

/// Our word for what a raster's description says it holds: "fwi", "ffmc", "dmc", "dc", "isi", "bui", "dsr", "depth_m",
/// "people", "precipitation"; empty for anything else. Short names count as whole words only, so that "dc" is found in
/// "DC_noon" and not in "feedcode".
std::string variable_of(std::string_view description);

/// The Fire Weather Index or one of its parts.
bool is_fire_weather(std::string_view variable) noexcept;

}  // namespace relevo::geo
