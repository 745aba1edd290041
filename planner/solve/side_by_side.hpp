// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>

namespace relevo::planner {

/// How many threads side_by_side() takes: no more than there are numbers, and one at least.
std::size_t workers_for(std::size_t count, int threads);

/// Calls `work` once with each number below `count`, on so many threads, each taking the next one that nobody has.
/// `worker`, below workers_for(), says on which, for what each thread keeps to itself. What it throws first is thrown
/// when all have ended.
void side_by_side(std::size_t count, int threads, const std::function<void(std::size_t i, std::size_t worker)>& work);

/// The same with ranges [first, last) that make up the numbers below `count`, on one thread where they are few.
void ranges_side_by_side(std::size_t count, int threads,
                         const std::function<void(std::size_t first, std::size_t last)>& work);

/// Whether threads of side_by_side() are at work anywhere in the program. A process must not be forked then: a lock
/// that another thread holds at that moment, of the memory allocator say, is never released in the child.
bool is_side_by_side() noexcept;

}  // namespace relevo::planner
