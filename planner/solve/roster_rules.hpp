// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/deployment.hpp"
#include "planner/solve/duty.hpp"

namespace relevo::planner {

/// Whether a unit of the class may do this by (D1)-(D9) of docs/model.md and by the days of its pair rules, whatever
/// others do: for deployments that were not made here. Where it may not, the numbers of a deployment mean nothing.
bool obeys_terms(const UnitClass& unit_class, const Deployment& deployment);

}  // namespace relevo::planner
