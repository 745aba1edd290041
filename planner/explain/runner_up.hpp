// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/reasons.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// What the best plan would be if a roster row were kept off a line on which it works (docs/explain.md, section 4).
struct RunnerUp {
  UnitIndex unit{0U};
  RequestIndex line{0U};
  bool is_possible = true;          ///< false: a pin asks for it, so that no plan is without
  bool is_proved = true;            ///< false: the figures are those of some plan, not of the best
  double objective = 0.0;           ///< points more than the present plan has
  double need = 0.0;                ///< of these, points of need
  double disturbance = 0.0;         ///< and of disturbance
  double cost = 0.0;                ///< money more
  int unmet = 0;                    ///< of the line, in its measure, more
  std::vector<UnitsOfRow> instead;  ///< who comes to the line, beyond those who are there now; in roster order
};

struct RunnerUpOptions {
  int nodes = 20'000;    ///< of branch and bound
  bool in_child = true;  ///< search in a child process (planner/solve/mip.hpp)
  /// false: only the units that come to the line are chosen anew, one after the other, as for scenarios too large for
  /// the compact model. None: as answers_exactly() says.
  std::optional<bool> is_exact;
  std::function<bool()> stop;
};

/// The runner-up for `unit` on `line`, by solving anew with the row forbidden there. \pre `present` is the best plan
RunnerUp runner_up_for(const Scenario& scenario, const Plan& present, UnitIndex unit, RequestIndex line,
                       const RunnerUpOptions& options);

/// Units of each row that have a line day at the line, in roster order; commitments left out.
std::vector<UnitsOfRow> units_at(const Plan& plan, RequestIndex line);

}  // namespace relevo::planner
