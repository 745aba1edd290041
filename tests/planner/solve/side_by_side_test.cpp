// SPDX-License-Identifier: MIT
#include "planner/solve/side_by_side.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace relevo::planner {
namespace {

TEST(SideBySide, EachNumberOnceWithAnyNumberOfThreads) {
  for (const int threads : {0, 1, 2, 7, 40}) {
    std::vector<int> calls(20, 0);
    side_by_side(calls.size(), threads, [&](std::size_t i, std::size_t) { ++calls[i]; });
    EXPECT_EQ(calls, std::vector<int>(20, 1)) << threads;
  }
  side_by_side(0, 3, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(SideBySide, RangesMakeUpAllNumbers) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{5000}, std::size_t{100'001}})
    for (const int threads : {0, 1, 2, 7}) {
      std::vector<int> calls(count, 0);
      ranges_side_by_side(count, threads, [&](std::size_t first, std::size_t last) {
        ASSERT_LT(first, last);
        for (std::size_t i = first; i < last; ++i)
          ++calls.at(i);
      });
      EXPECT_EQ(calls, std::vector<int>(count, 1)) << count << " on " << threads;
    }
}

TEST(SideBySide, NobodyElseIsAtAWorkersDesk) {
  constexpr int kThreads = 4;
  std::vector<std::atomic<int>> at_desk(workers_for(2000, kThreads));
  std::atomic<int> met{0};
  side_by_side(2000, kThreads, [&](std::size_t, std::size_t worker) {
    met += at_desk.at(worker)++ == 0 ? 0 : 1;
    --at_desk.at(worker);
  });
  EXPECT_EQ(met, 0);
}

TEST(SideBySide, ThrowsWhatTheWorkThrows) {
  const auto work = [](std::size_t i, std::size_t) {
    if (i == 3)
      throw std::runtime_error("three");
  };
  EXPECT_THROW(side_by_side(8, 2, work), std::runtime_error);
}

}  // namespace
}  // namespace relevo::planner
