// SPDX-License-Identifier: MIT
#pragma once

#include "planner/explain/change.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// How far a statement about changes is proved (docs/explain.md, section 3).
enum class ChangeProof {
  Exact,      ///< over all plans of the scenario
  WithinPart  ///< over the plans that differ from the present one in a part of it
};

/// A line of lower priority that has more unmet need than in the present plan.
struct Displaced {
  RequestIndex request{0U};
  int more = 0;  ///< in its measure
};

/// A plan that gives the line more than the present one does.
struct LineFilling {
  int unmet = 0;                     ///< of the line, in its measure, over the planning days
  std::vector<Displaced> displaced;  ///< in the order of the lines
  double need = 0.0;                 ///< points of need less the present plan's
  double cost = 0.0;                 ///< and money, in the scenario's currency
};

/// A change that fills the line: with it, and not with one step less.
struct OfferedChange {
  Change change;
  LineFilling filling;
};

struct LineChanges {
  RequestIndex line{0U};
  int unmet = 0;        ///< in the present plan
  int least_unmet = 0;  ///< in any plan without a change in which no line of equal or higher priority loses
  /// A plan with the least unmet need; none where the present one has it.
  std::optional<LineFilling> reassigned;
  std::vector<OfferedChange> offers;  ///< in the order of the catalogue
  std::vector<Change> undecided;      ///< with as many steps as were tried: a limit hit
  std::size_t tried = 0;              ///< changes of the catalogue
  std::size_t catalogue = 0;          ///< all changes there are
  /// Of them, those that are proved not to fill the line; within a part only looked for where nothing is offered.
  std::size_t ruled_out = 0;
  /// Of `unmet`, what is open in every plan of the scenario, whatever becomes of other lines (LeastOpen): nobody could
  /// be there. What is left others could do who do something else.
  int unavoidable = 0;
  bool is_complete = true;  ///< false: no more were tried once there were enough offers
  ChangeProof proof = ChangeProof::Exact;
};

struct ChangeOptions {
  std::size_t most_offers = static_cast<std::size_t>(-1);  ///< no more are looked for
  int nodes = 5'000;                                       ///< of branch and bound, for one change
  bool in_child = true;                                    ///< search in child processes (planner/solve/mip.hpp)
  /// Exact: by the compact model. WithinPart: one deployment more beside the present plan, for the changes that lift a
  /// reason. None: exact where the problem is small enough for it (answers_exactly()).
  std::optional<ChangeProof> proof;
  /// What is open of the line in every plan, where that is known; none: it is found.
  std::optional<int> unavoidable;
  std::function<bool()> stop;  ///< true ends the search with what was found
};

/// How changes are proved for a scenario, where the options do not say.
ChangeProof change_proof_for(const Scenario& scenario);

/// The smallest changes that fill a line of the present plan, each verified by solving anew (docs/explain.md).
/// `present` is a plan of the scenario that breaks no rule.
LineChanges changes_for(const Scenario& scenario, const Plan& present, RequestIndex line, const ChangeOptions& options);
/// The same where the reasons why the line is open are known.
LineChanges changes_for(const Scenario& scenario, const Plan& present, RequestIndex line,
                        const std::vector<ListedReason>& reasons, const ChangeOptions& options);

}  // namespace relevo::planner
