// SPDX-License-Identifier: MIT
#pragma once

namespace relevo::cli {

/// From here on the first Ctrl-C (or SIGTERM) only asks to stop: the solver returns the best plan so far, which is then
/// written whole. The second one, unless it comes within the same half second, ends the program at once; since outputs
/// are renamed into place, nothing half-written remains under their name. Call it before any other thread is started.
void catch_interrupts();

/// True after the first Ctrl-C.
bool interrupted() noexcept;

}  // namespace relevo::cli
