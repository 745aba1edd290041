// SPDX-License-Identifier: MIT
#pragma once

#include "geo/table.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/model/table_schema.hpp"

namespace relevo::cli {

/// The columns of a plan made by hand (docs/check.md, "Plans from elsewhere").
const planner::TableSpec& plan_table();

/// A plan from a table: one row per stay, rows of one unit, ordinal and departure are one deployment that moves from
/// request to request. What a row leaves open is taken from the scenario, commitments are added, and every figure is
/// worked out. \throws planner::InputError with every fault of the rows.
planner::Plan read_plan_table(const geo::Table& table, const planner::Scenario& scenario);

}  // namespace relevo::cli
