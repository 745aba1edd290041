// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/linear_model.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// Where a solve stands.
struct Progress {
  double seconds = 0.0;
  int nodes = 0;
  std::optional<double> incumbent;  ///< best objective so far
  double bound = 0.0;
  int rounds = 0;           ///< of pricing, where rosters are looked for
  std::size_t columns = 0;  ///< rosters found so far
};

struct MipOptions {
  int nodes = 200000;             ///< branch-and-bound nodes, the deterministic limit
  double gap = 0.0;               ///< relative gap at which to stop
  std::optional<double> seconds;  ///< wall clock
  std::function<bool()> stop;     ///< asked now and then; true ends the search
  std::function<void(const Progress&)> on_progress;
  /// A feasible solution by column, or empty: only better ones are looked for, and it is the result where none is.
  std::vector<double> start;
  bool start_is_good = false;  ///< within a percent or so of the best: no time is spent on looking for others
  bool without_cuts = false;   ///< the bound without branching is as good: some nodes take less time than cuts
  bool in_child = false;       ///< search in a child process, which may die without harm
};

/// A legitimate outcome, never an exception.
struct MipResult {
  enum class End { Optimal, Infeasible, GapLimit, NodeLimit, TimeLimit, Stopped };
  End end = End::Optimal;
  std::vector<double> values;  ///< by column, empty: no solution was found
  double objective = 0.0;
  double bound = -kInfinity;
  int nodes = 0;
};

/// Solves with CBC, quietly and on one thread, which makes it repeatable; not to be called twice at the same time in
/// one process.
MipResult solve_mip(const LinearModel& model, const MipOptions& options);

/// What is to be solved, and how; it stands elsewhere.
struct MipTask {
  const LinearModel* model = nullptr;
  const MipOptions* options = nullptr;
};

/// Solves each in a child process, whatever its options say, so many at a time, with the results of one after the
/// other. Not to be called while threads of side_by_side() are at work: throws std::logic_error then.
std::vector<MipResult> solve_mips(const std::vector<MipTask>& tasks, int at_once);

}  // namespace relevo::planner
