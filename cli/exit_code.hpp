// SPDX-License-Identifier: MIT
#pragma once

namespace relevo::cli {

/// What the program tells a script (README, "Exit codes").
enum class ExitCode {
  Done = 0,           ///< unfilled requests included
  Internal = 1,       ///< a bug of ours
  BadInput = 2,       ///< usage or input
  Contradiction = 3,  ///< commitments or decisions contradict each other: no plan can exist
  LimitReached = 4    ///< a limit was reached before any plan was found
};

}  // namespace relevo::cli
