// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/change.hpp"
#include "planner/model/scenario.hpp"

namespace relevo::planner {

/// Adds a roster row of `change.size` units of `change.unit_kind` at `change.base` that meets what the line asks of
/// people: its type, languages, qualifications, and all documents; always available. Where the table of travel has no
/// journey of the kind from there, that of another kind that travels alike stands in.
void add_new_units(ScenarioData& data, const Change& change);

}  // namespace relevo::planner
