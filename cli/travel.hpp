// SPDX-License-Identifier: MIT
#pragma once

#include "geo/airports.hpp"
#include "planner/model/scenario.hpp"

namespace relevo::cli {

/// Every journey the plan may need: from each base to each place that one of its units could serve, escort or is
/// committed to, under each agreement that joins the two agencies. Journeys that do not exist stay out of the table.
/// \throws planner::InputError naming bases whose airport nobody knows.
planner::TravelTable make_travel_table(const planner::ScenarioData& data, const geo::AirportIndex& airports);

}  // namespace relevo::cli
