// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

namespace relevo::planner::checking {

/// (P6): the agreement lets the one lend to the other, as written or, where it is reciprocal, with roles swapped.
bool may_lend(const ScenarioData& data, const Agreement& agreement, AgencyIndex lender, AgencyIndex borrower);

}  // namespace relevo::planner::checking
