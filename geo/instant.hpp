// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace relevo::geo {

/// A moment in UTC, to the second. Layers give instants; planning is in local days (planner/model/day.hpp).
using Instant = std::chrono::sys_seconds;

}  // namespace relevo::geo
