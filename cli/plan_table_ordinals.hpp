// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <vector>

namespace relevo::cli {

/// The ordinal of an assignment whose table does not say which of the row's identical units goes.
inline constexpr int kOpenOrdinal = 0;

/// Chooses them, in the order of departures: the lowest ordinal that is at home and rested, and comes back in time for
/// whatever it does next; else the lowest that is only at home; else one more than the row has, so that check says how
/// many there are. Commitments bind a unit until it has rested from them (docs/model.md, (D6)).
void set_open_ordinals(const planner::ScenarioData& data, std::vector<planner::Assignment>& assignments);

}  // namespace relevo::cli
