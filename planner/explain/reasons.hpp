// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <vector>

namespace relevo::planner {

/// Units of one roster row.
struct UnitsOfRow {
  UnitIndex unit{0U};
  int count = 0;
};

/// Says for every line that is not filled why: each roster unit of its kind falls under one reason - the pair rule that
/// blocks it, the row that one more deployment would break, or what else it does. `reason` is the one nearest to being
/// lifted, `further` holds the others in the same order. Codes: those of PairRule, and nobody, early, in_use, reserve,
/// offer, pool, capacity, escort, lift, movement, min_stay, min_fill, package, not_worth.
void explain_lines(const Scenario& scenario, Plan& plan);

/// A reason and who falls under it, in roster order.
struct ListedReason {
  Reason reason;
  std::vector<UnitsOfRow> units;
};

/// The same reasons with their units, by line: all units of the line's kind, each under its first blocking rule. Empty
/// for lines that are filled.
std::vector<std::vector<ListedReason>> list_reasons(const Scenario& scenario, const Plan& plan);

}  // namespace relevo::planner
