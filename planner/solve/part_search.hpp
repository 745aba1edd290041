// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "planner/solve/roster_programme.hpp"
#include "planner/solve/search_index.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

struct PartSearchOptions {
  std::uint64_t seed = 0;
  int threads = 1;                ///< never changes the plan
  int parts = 100;                ///< the deterministic limit
  std::optional<double> seconds;  ///< wall clock
  std::size_t seats = 50;         ///< of a part about a line; others have twice as many
  int rounds = 3;                 ///< of pricing in one part
  int nodes = 30;                 ///< of branch and bound in one part
  std::function<bool()> stop;
  std::function<void(double objective)> on_better;
};

/// Improves a plan part by part: the units about some lines, of a lender, or those that a lender has with one borrower
/// and their escorts, are taken out, and the programme over rosters they could follow beside all others is solved, by
/// pricing and then by branch and bound. The parts are drawn as the local search draws its own, and are some times as
/// large: units that must change places all at once are seen, which best responses one after the other do not see.
class PartSearch {
 public:
  /// All must outlive it.
  PartSearch(const PlanModel& model, const CouplingIndex& index, const RosterOracle& oracle);

  /// Never worse than `start`, which breaks no rule. `known`: rosters to begin with, by class.
  PlanState improve(PlanState start, const std::vector<std::vector<RecordPtr>>& known,
                    const PartSearchOptions& options) const;

 private:
  class Part;
  const PlanModel& model_;
  const CouplingIndex& index_;
  const RosterOracle& oracle_;
  SearchIndex search_index_;
};

}  // namespace relevo::planner
