// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/local_search.hpp"
#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "planner/solve/roster_programme.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace relevo::planner {

struct KindSearchOptions {
  std::uint64_t seed = 0;
  int threads = 1;             ///< never changes the plan
  std::size_t classes = 400;   ///< of one part, at most
  int rounds = 2;              ///< of pricing, before rosters are fixed
  std::function<bool()> stop;  ///< looked at between linear programmes
  std::function<void(double objective)> on_better;
};

/// Makes a plan anew kind by kind, where a season is too large for one linear programme: the units of a kind - of a
/// stretch of the map where a kind has many - go, and the programme over what they could do beside all others is
/// solved. Rosters are fixed batch by batch, those first that most of a unit follows, and the programme is solved again
/// after each. Who is left follows best responses.
class KindSearch {
 public:
  /// All must outlive it.
  KindSearch(const PlanModel& model, const CouplingIndex& index, const RosterOracle& oracle, const LocalSearch& local);

  /// Each part once. Never worse than `start`, which breaks no rule. `known`: rosters to begin with, by class.
  PlanState improve(PlanState start, const std::vector<std::vector<RecordPtr>>& known,
                    const KindSearchOptions& options) const;

 private:
  class Part;
  std::vector<std::vector<std::size_t>> parts(std::uint64_t seed, std::size_t most) const;
  const PlanModel& model_;
  const RosterOracle& oracle_;
  const LocalSearch& local_;
  const CouplingIndex& index_;
  std::vector<std::vector<std::size_t>> classes_of_kind_;  // of each kind that is more than escorts
};

}  // namespace relevo::planner
