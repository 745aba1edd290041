// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <functional>
#include <optional>

namespace relevo::planner {

/// The present plan and one deployment more: of a unit at home to one line, with the escorts it makes necessary. It is
/// the one that covers most of the line's open days, then the first by class, duty and departure; none where every one
/// breaks a rule. What of `present` is no deployment of the scenario is left out. For scenarios that are too large for
/// solve_capped(): takes milliseconds, and says nothing of plans that move others.
/// `is_meant`: only such units come, escorts apart; empty: all may.
std::optional<Plan> with_one_more(const Scenario& scenario, const Plan& present, RequestIndex line,
                                  const std::function<bool(const Unit&)>& is_meant = {});

/// What of `present` is a deployment of the scenario, as a plan of it; none where that breaks a rule.
std::optional<Plan> as_far_as_it_fits(const Scenario& scenario, const Plan& present);

}  // namespace relevo::planner
