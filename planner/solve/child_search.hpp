// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/mip.hpp"

#include <functional>
#include <optional>

namespace relevo::planner {

/// A search that tells its progress through the first function it is given, and asks the second whether to stop.
using ChildSearch = std::function<MipResult(const std::function<void(const Progress&)>& on_progress,
                                            const std::function<bool()>& is_stopped)>;

/// Runs a search in a forked child process and relays its progress and result; none where the child died before it had
/// one. Debian's Clp is built with its assertions, and now and then one ends the program: here it ends the child.
/// `stop` is asked ten times a second, here and not in the child, which knows no signals that came since; the child is
/// told.
std::optional<MipResult> search_in_child(const ChildSearch& search,
                                         const std::function<void(const Progress&)>& on_progress,
                                         const std::function<bool()>& stop);

}  // namespace relevo::planner
