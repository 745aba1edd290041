// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace relevo::planner {

/// An assignment of the earlier plan that today's scenario cannot hold.
struct LostAssignment {
  std::string assignment;  ///< its id in the earlier plan
  std::string unit;
  std::string
      code;  ///< "unit", "agreement", "borrower", "request": no longer known; "ordinal": the row has fewer units now
  std::string what;  ///< the id that is missing
};

/// Today's scenario with what an earlier plan has begun or announced (docs/replan.md).
struct CarriedOver {
  ScenarioData data;
  std::size_t left = 0;       ///< assignments under way that became commitments
  std::size_t announced = 0;  ///< assignments announced and not begun
  std::size_t known = 0;      ///< assignments under way that today's table of commitments has itself
  std::vector<LostAssignment> lost;
};

/// What left before today's planning date stays as it is: it becomes a commitment with the days the plan laid out,
/// brought forward where its lender has recalled it, unless today's table of commitments has the unit away at that time
/// already. What has not left becomes an announcement. Assignments that are over and rested are dropped.
/// \param today complete, with its journeys, as complete_commitments() leaves it
/// \param previous its indices are those of `today`
CarriedOver carry_over(const ScenarioData& today, const Plan& previous);

}  // namespace relevo::planner
