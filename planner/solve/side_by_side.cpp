// SPDX-License-Identifier: MIT
#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace relevo::planner {

namespace {

constexpr std::size_t kOfRange = 4096;       // numbers
constexpr std::size_t kForThreads = 20'000;  // fewer are done in less time than a thread takes to begin

std::atomic<int> helped{0};  // calls that have threads of their own now

/// Counts one.
class Helped {
 public:
  explicit Helped(std::size_t workers) : count_(workers > 1 ? 1 : 0) { helped += count_; }
  ~Helped() { helped -= count_; }
  Helped(const Helped&) = delete;
  Helped& operator=(const Helped&) = delete;

 private:
  int count_;
};

}  // namespace

std::size_t workers_for(std::size_t count, int threads) {
  return std::clamp<std::size_t>(count, 1, static_cast<std::size_t>(std::max(1, threads)));
}

void side_by_side(std::size_t count, int threads, const std::function<void(std::size_t i, std::size_t worker)>& work) {
  const std::size_t workers = workers_for(count, threads);
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> failures(workers);
  const auto take = [&](std::size_t worker) {
    try {
      for (std::size_t i = next++; i < count; i = next++)
        work(i, worker);
    } catch (...) {
      failures[worker] = std::current_exception();
      next = count;
    }
  };
  const Helped count_it(workers);
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < workers; ++i)
    helpers.emplace_back(take, i);
  take(0);
  for (auto& helper : helpers)
    helper.join();
  for (const auto& failure : failures)
    if (failure)
      std::rethrow_exception(failure);
}

bool is_side_by_side() noexcept {
  return helped > 0;
}

void ranges_side_by_side(std::size_t count, int threads,
                         const std::function<void(std::size_t first, std::size_t last)>& work) {
  side_by_side((count + kOfRange - 1) / kOfRange, count < kForThreads ? 1 : threads,
               [&](std::size_t i, std::size_t) { work(i * kOfRange, std::min(count, (i + 1) * kOfRange)); });
}

}  // namespace relevo::planner
