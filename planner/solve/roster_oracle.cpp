// SPDX-License-Identifier: MIT
#include "planner/solve/roster_oracle.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

namespace relevo::planner {

RosterOracle::RosterOracle(const Problem& problem, const RowTable& rows, int threads)
    : problem_(&problem), threads_(std::max(1, threads)) {
  days_.reserve(problem.classes.size());
  pricings_.reserve(problem.classes.size());
  for (std::size_t c = 0; c < problem.classes.size(); ++c) {
    days_.emplace_back(problem, rows, c);
    pricings_.emplace_back(problem, rows, c);
  }
}

std::vector<RosterOracle::Answer> RosterOracle::ask(const std::vector<double>& price_of_row,
                                                    const std::vector<double>& below, std::size_t most,
                                                    const std::vector<std::size_t>& only) const {
  std::vector<Answer> answers(problem_->classes.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> failures(static_cast<std::size_t>(threads_));
  // Threads take classes as they come; each answer has its own place.
  const auto work = [&](std::size_t thread) {
    try {
      RosterPrices prices;
      RosterPricing::Workspace workspace;
      const std::size_t count = only.empty() ? answers.size() : only.size();
      for (std::size_t i = next++; i < count; i = next++) {
        const std::size_t c = only.empty() ? i : only[i];
        if (problem_->classes[c].duties.empty())
          continue;
        days_[c].fill(price_of_row, prices);
        Answer& answer = answers[c];
        answer.rosters = pricings_[c].cheapest(prices, most, 0.0, workspace);
        answer.least = answer.rosters.empty() ? 0.0 : std::min(0.0, answer.rosters.front().price);
        std::erase_if(answer.rosters, [&](const PricedRoster& roster) { return !(roster.price < below[c]); });
      }
    } catch (...) {
      failures[thread] = std::current_exception();
      next = answers.size();
    }
  };
  std::vector<std::thread> helpers;
  for (int i = 1; i < threads_; ++i)
    helpers.emplace_back(work, static_cast<std::size_t>(i));
  work(0);
  for (auto& helper : helpers)
    helper.join();
  for (const auto& failure : failures)
    if (failure)
      std::rethrow_exception(failure);
  return answers;
}

}  // namespace relevo::planner
