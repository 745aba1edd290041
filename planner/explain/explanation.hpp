// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/offers.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/explain/runner_up.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// Of which lines and units to say why. Without any of them: of all open lines.
struct ExplainSelection {
  std::optional<RequestIndex> request;  ///< the line and who comes to it
  std::optional<UnitIndex> unit;        ///< a roster row: where it goes, or why it does not
  std::optional<AgencyIndex> agency;    ///< lines it borrows for, and its units
  bool is_whole() const noexcept { return !request && !unit && !agency; }
};

struct ExplainedLine {
  RequestIndex line{0U};
  std::vector<ListedReason> reasons;   ///< empty: the line is filled
  std::optional<LineChanges> changes;  ///< of open lines
};

struct ExplainedUnit {
  std::size_t assignment = 0;        ///< position in Plan::assignments
  std::vector<RunnerUp> runner_ups;  ///< one for each line; none for escorts and commitments
};

/// Why, why not, and what would help (docs/explain.md).
struct Explanation {
  std::vector<ExplainedLine> lines;  ///< by priority, then as listed
  std::vector<ExplainedUnit> units;  ///< in the order of the plan
};

struct ExplainOptions {
  ChangeOptions changes;
  RunnerUpOptions runner_up;
  int threads = 1;  ///< never changes what is said; one is used where changes are searched by the compact model
};

/// \pre `plan` is a plan of the scenario that breaks no rule
Explanation explain(const Scenario& scenario, const Plan& plan, const ExplainSelection& selection,
                    const ExplainOptions& options);

}  // namespace relevo::planner
