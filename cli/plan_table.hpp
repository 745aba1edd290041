// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/model/table_schema.hpp"

#include <string>
#include <string_view>

namespace relevo::cli {

/// The columns of a plan made by hand (docs/check.md, "Plans from elsewhere").
const planner::TableSpec& plan_table();

/// A plan from the bytes of a CSV table: one row per stay, rows of one unit, ordinal and departure are one deployment
/// that moves from request to request. What a row leaves open is taken from the scenario, commitments are added, and
/// every figure is worked out. `file` is what errors call the table. \throws planner::InputError with every fault of
/// the rows, geo::TableError where the bytes are no table.
planner::Plan read_plan_table(std::string_view bytes, const planner::Scenario& scenario, const std::string& file);

}  // namespace relevo::cli
