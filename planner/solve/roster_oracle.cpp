// SPDX-License-Identifier: MIT
#include "planner/solve/roster_oracle.hpp"

#include "planner/solve/day_pricing.hpp"
#include "planner/solve/side_by_side.hpp"

#include <algorithm>

namespace relevo::planner {

RosterOracle::RosterOracle(const PlanModel& model, int threads) : model_(model), threads_(std::max(1, threads)) {
  const std::size_t classes = model.problem().classes.size();
  pricings_.reserve(classes);
  for (std::size_t c = 0; c < classes; ++c)
    pricings_.emplace_back(model.problem(), model.rows(), c);
}

std::vector<RosterOracle::Answer> RosterOracle::ask(const std::vector<double>& price_of_row,
                                                    const std::vector<double>& below, std::size_t most,
                                                    const std::vector<std::size_t>& only, std::size_t of_day) const {
  struct Desk {
    RosterPrices prices;
    RosterPricing::Workspace workspace;
  };
  std::vector<Answer> answers(model_.problem().classes.size());
  const std::size_t count = only.empty() ? answers.size() : only.size();
  std::vector<Desk> desks(workers_for(count, threads_));
  // Threads take classes as they come; each answer has its own place.
  side_by_side(count, threads_, [&](std::size_t i, std::size_t worker) {
    const std::size_t c = only.empty() ? i : only[i];
    if (model_.problem().classes[c].duties.empty())
      return;
    Desk& desk = desks[worker];
    DayPricing(model_, c).fill(price_of_row, desk.prices, of_day);
    Answer& answer = answers[c];
    answer.rosters = pricings_[c].cheapest(desk.prices, most, 0.0, desk.workspace);
    answer.least = answer.rosters.empty() ? 0.0 : std::min(0.0, answer.rosters.front().price);
    std::erase_if(answer.rosters, [&](const PricedRoster& roster) { return !(roster.price < below[c]); });
  });
  return answers;
}

}  // namespace relevo::planner
