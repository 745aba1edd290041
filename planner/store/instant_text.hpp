// SPDX-License-Identifier: MIT
#pragma once

#include "geo/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relevo::planner {

/// "2016-05-28T06:00:00Z"; years 0000 to 9999.
std::string instant_text(geo::Instant instant);
/// The reverse; nothing for any other text.
std::optional<geo::Instant> read_instant(std::string_view text);

}  // namespace relevo::planner
