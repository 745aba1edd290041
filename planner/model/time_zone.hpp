// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace relevo::planner {

/// True for a name of the machine's time zone database (IANA), such as "America/Edmonton". The database is looked for
/// where $TZDIR says, else under /usr/share/zoneinfo.
bool is_time_zone(const std::string& name);

/// The names worth suggesting for a misspelt one.
std::vector<std::string> time_zone_names();

}  // namespace relevo::planner
