// SPDX-License-Identifier: MIT
#pragma once

#include "planner/record/comparison.hpp"

#include <vector>

namespace relevo::planner::detail {

/// By departure, release, lender and all else a group is; ids of assignments last.
bool in_order(const TravelGroup& a, const TravelGroup& b);

/// Each group of the one plan beside the one of the other that stands for it, as compare_plans() says; in an order that
/// does not depend on which plan comes first.
std::vector<GroupChange> match_groups(const std::vector<TravelGroup>& before, const std::vector<TravelGroup>& after);

}  // namespace relevo::planner::detail
