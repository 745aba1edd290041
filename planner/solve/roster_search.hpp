// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/mip.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/plan_state.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// What the search over rosters found; a legitimate outcome, never an exception.
struct RosterSearchResult {
  MipResult::End end = MipResult::End::NodeLimit;
  std::optional<PlanState> plan;  ///< the best one found, which breaks no rule; none: not one was
  double bound = -kInfinity;
  double constant = 0.0;  ///< points no plan can avoid
  int rounds = 0;
  int nodes = 0;
  std::size_t columns = 0;
  std::string proof;  ///< how the bound was proved
};

struct RosterSearchOptions {
  int nodes = 200000;             ///< of branch and bound, the deterministic limit
  double gap = 0.0;               ///< relative gap at which to stop
  std::optional<double> seconds;  ///< wall clock
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();  ///< from when they count
  std::function<bool()> stop;
  std::function<void(const Progress&)> on_progress;
  std::uint64_t seed = 0;
  long search_rounds = 2000;  ///< of the local search, without a limit in seconds
  int ascent_rounds = 60;     ///< pricing rounds before the first linear programme
  int rounds = 400;           ///< and with it
  int threads = 1;
  /// The bound and the prices of the ascent do, without linear programmes: what takes minutes otherwise.
  bool is_quick = false;
};

/// The best plan over rosters (docs/solver.md): plans by local search; the relaxation, whose Lagrangian bound is
/// proved, by ascent and column generation; the programme over the rosters found; and where few rosters are left within
/// the gap, the programme over all of those, which ends with a proof. `start`: plans at hand, the best of which it
/// never falls behind.
RosterSearchResult search_rosters(const PlanModel& model, std::vector<PlanState> start,
                                  const RosterSearchOptions& options);

}  // namespace relevo::planner
