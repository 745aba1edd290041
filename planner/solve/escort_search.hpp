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

struct EscortSearchOptions {
  std::uint64_t seed = 0;
  int threads = 1;       ///< never changes the plan
  int passes = 1;        ///< over all lenders of the part
  int first_rounds = 8;  ///< of pricing, beside the escorts of the plan
  /// Those made anew: the classes of a lender with escorts, another one with each seed, and of those near it, so many
  /// at most unless that lender alone has more.
  std::size_t classes = static_cast<std::size_t>(-1);
  std::function<bool()> stop;  ///< looked at between linear programmes
  /// The same; true ends the search for places, and a plan is made with those found so far.
  std::function<bool()> is_late;
};

/// Sends escorts elsewhere. Where a lender's representatives are decides where its people can be, and to move one pays
/// only when many others move: more than a search sees that makes small parts of a plan anew. Here a place for escorts
/// is worth what the linear programme over everybody else's rosters comes to beside them. Lender by lender the escorts
/// are taken back, the programme says where they would be of use, they are made whole again, and stay there where the
/// programme comes to less.
class EscortSearch {
 public:
  /// All must outlive it.
  EscortSearch(const PlanModel& model, const CouplingIndex& index, const RosterOracle& oracle,
               const LocalSearch& local);

  /// Whether any unit of the season accompanies others.
  bool has_escorts() const noexcept { return !with_escorts_.empty(); }

  /// The plan with escorts elsewhere: who can no longer be where he was follows a roster of the programme, or the best
  /// that is left. Breaks no rule, as `plan` breaks none, and may be worse than it. `known`: rosters to begin with, by
  /// class.
  PlanState improve(const PlanState& plan, const std::vector<std::vector<RecordPtr>>& known,
                    const EscortSearchOptions& options) const;

 private:
  class Desk;
  class Run;
  std::vector<std::size_t> part(std::uint64_t seed, std::size_t most) const;

  const PlanModel& model_;
  const RosterOracle& oracle_;
  const LocalSearch& local_;
  const CouplingIndex& index_;
  std::vector<std::vector<std::size_t>> classes_of_lender_;
  std::vector<std::size_t> with_escorts_;  // positions in it
};

}  // namespace relevo::planner
