// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/master.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <functional>

namespace relevo::planner {

struct EscortDiveOptions {
  int steps = 60;           ///< each fixes some escorts
  int rounds_per_step = 2;  ///< of pricing
  int last_rounds = 120;    ///< of pricing, when all escorts are fixed
  std::function<bool()> stop;
};

/// Decides the escorts of the roster before the units they accompany: fixes the rosters of escorts that the relaxation
/// is most certain of, prices anew, and so on, until all are whole; then prices until no roster betters the relaxation
/// of what is left. A third of a representative lets a third of a hundred people go in the relaxation; whole ones
/// decide who goes where, and are few. True when all escorts are fixed, and their columns bounded to that.
bool dive_on_escorts(const Problem& problem, const RowTable& rows, Master& master, const RosterOracle& oracle,
                     const EscortDiveOptions& options);

}  // namespace relevo::planner
