// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>

namespace relevo::planner {

/// Calls `work` once with each number below `count`, on so many threads, each taking the next one that nobody has. What
/// it throws first is thrown when all have ended.
void side_by_side(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

}  // namespace relevo::planner
