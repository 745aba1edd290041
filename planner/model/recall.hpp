// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

namespace relevo::planner {

/// (D9) of docs/model.md: brings a commitment forward where its lender has recalled it. A recalled unit leaves on the
/// effective day at the latest; one that has not begun by then does not go to work.
void apply_recalls(const ScenarioData& data, Commitment& commitment);

}  // namespace relevo::planner
