// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/mip.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace relevo::planner {

/// A search that tells its progress through the first function it is given, and asks the second whether to stop.
using ChildSearch = std::function<MipResult(const std::function<void(const Progress&)>& on_progress,
                                            const std::function<bool()>& is_stopped)>;

struct ChildTask {
  ChildSearch search;
  std::function<void(const Progress&)> on_progress;  ///< may be empty, as may be the next
  std::function<bool()> stop;                        ///< asked ten times a second
};

/// Runs each search in a forked child process, so many of them at a time, and relays progress and results; none where
/// a child died before it had one. Debian's Clp is built with its assertions, and now and then one ends the program:
/// here it ends the child. `stop` is asked here and not in the child, which knows no signals that came since; the child
/// is told.
/// Throws std::logic_error while threads of side_by_side() are at work: searches run beside one another in children of
/// one thread, never each in a child of a thread of its own. Throws std::system_error where there is no child to be
/// had.
std::vector<std::optional<MipResult>> search_in_children(const std::vector<ChildTask>& tasks, int at_once);

}  // namespace relevo::planner
