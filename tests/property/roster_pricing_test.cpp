// SPDX-License-Identifier: MIT
// The dynamic programme that prices rosters against the shortest path through the network of arcs, which is made and
// priced in another way: arc by arc, from the rows it uses.
#include "planner/solve/roster_pricing.hpp"

#include "planner/solve/day_pricing.hpp"
#include "planner/solve/day_recursion.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network.hpp"
#include "planner/solve/network_search.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <vector>

namespace relevo::test {
namespace {

using planner::kInfinity;
using planner::RowFamily;

constexpr int kCases = 2500;
constexpr double kTolerance = 1e-6;

/// Prices as a master problem could ask for: need that is met pays, all else costs; most rows ask for nothing.
std::vector<double> random_prices(Rng& rng, const planner::RowTable& rows) {
  std::vector<double> prices(rows.size(), 0.0);
  for (std::size_t row = 0; row < prices.size(); ++row) {
    const RowFamily family = rows.groups()[rows.group_of(static_cast<int>(row))].family;
    const double amount = rng.pick(0, 400);
    if (family == RowFamily::Coverage)
      prices[row] = -amount * (rng.pick(0, 9) == 0 ? -0.1 : 1.0);
    else if (family == RowFamily::Pin || family == RowFamily::EscortsPresent)
      prices[row] = rng.pick(0, 2) == 0 ? -amount : 0.0;
    else
      prices[row] = rng.pick(0, 2) == 0 ? amount / 10.0 : 0.0;
  }
  return prices;
}

double shortest_path(const planner::Problem& problem, const planner::DutyNetwork& network,
                     const std::vector<double>& prices) {
  const double per_money = problem.data().policy.points_per_money.value;
  std::vector<double> least(static_cast<std::size_t>(network.nodes), kInfinity);
  least[0] = 0.0;
  // As many sweeps as it takes: the arcs stand in no order.
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& arc : network.arcs) {
      double price = arc.points + per_money * arc.cost.value();
      for (const auto& entry : arc.uses)
        price += prices[static_cast<std::size_t>(entry.row)] * entry.amount;
      const double to = least[static_cast<std::size_t>(arc.from)] + price;
      if (to < least[static_cast<std::size_t>(arc.to)] - 1e-12) {
        least[static_cast<std::size_t>(arc.to)] = to;
        changed = true;
      }
    }
  }
  return least[static_cast<std::size_t>(network.sink)];
}

TEST(RosterPricing, AgreesWithTheShortestPathThroughTheNetwork) {
  const std::uint64_t first = first_seed(1);
  int rosters = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const planner::Scenario scenario(random_scenario(seed));
    const planner::Problem problem = planner::make_problem(scenario);
    const planner::RowTable rows(problem);
    const planner::PlanModel model(problem, rows);
    Rng rng(seed * 7 + 1);
    const auto prices = random_prices(rng, rows);
    const planner::RowPrice price = [&](int row, double amount) {
      return prices[static_cast<std::size_t>(row)] * amount;
    };
    for (std::size_t c = 0; c < problem.classes.size(); ++c) {
      if (problem.classes[c].duties.empty())
        continue;
      const planner::DutyNetwork network = make_network(problem, rows, c);
      const double expected = shortest_path(problem, network, prices);
      planner::RosterPrices days;
      planner::DayPricing(model, c).fill(prices, days);
      const planner::RosterPricing pricing(problem, rows, c);
      planner::RosterPricing::Workspace workspace;
      ASSERT_NEAR(pricing.least_price(days, workspace), std::min(expected, 0.0), kTolerance)
          << "seed " << seed << ", class " << c;
      const auto found = pricing.cheapest(days, 3, -kTolerance, workspace);
      ASSERT_EQ(found.empty(), expected >= -kTolerance) << "seed " << seed << ", class " << c;
      for (std::size_t k = 0; k < found.size(); ++k) {
        ++rosters;
        ASSERT_GE(found[k].price, expected - kTolerance);
        if (days.pins.empty()) {
          ASSERT_NEAR(found[k].price, price_of(problem.classes[c], days, found[k].roster), kTolerance)
              << "by days, seed " << seed << ", class " << c;
        }
        ASSERT_NEAR(found[k].price, price_of(problem, rows, found[k].roster, price), kTolerance)
            << "by rows, seed " << seed << ", class " << c << ", roster " << k;
      }
      if (!found.empty()) {
        ASSERT_NEAR(found.front().price, expected, kTolerance) << "seed " << seed << ", class " << c;
      }
    }
  }
  EXPECT_GT(rosters, number_of_cases(kCases));
  std::cout << rosters << " rosters priced alike\n";
}

/// The least price of a roster of the class at random prices of rows, by dynamic programming.
double least_by_days(const planner::Scenario& scenario, std::size_t unit_class, std::uint64_t seed) {
  const planner::Problem problem = planner::make_problem(scenario);
  const planner::RowTable rows(problem);
  const planner::PlanModel model(problem, rows);
  Rng rng(seed);
  planner::RosterPrices days;
  planner::RosterPricing::Workspace workspace;
  planner::DayPricing(model, unit_class).fill(random_prices(rng, rows), days);
  return planner::DayRecursion(problem, rows, unit_class).least_price(days, workspace.tables, workspace.home);
}

/// One tour with moves that (D4) can end before its last duty day, from one way out or several: the recursion knows how
/// long a deployment has lasted, and no network is made.
TEST(RosterPricing, KnowsHowLongOneTourWithMovesHasLasted) {
  constexpr int kWithMoves = 1200;
  const std::uint64_t first = first_seed(60001);
  int compared = 0;
  int bounded = 0;
  for (int i = 0; i < number_of_cases(kWithMoves); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    planner::ScenarioData data = random_scenario(seed);
    Rng rng(seed);
    for (auto& agreement : data.agreements) {
      agreement.tour.max_tours.value = 1;
      agreement.tour.max_moves.value = rng.pick(1, 2);
      agreement.tour.max_line_days.value = rng.pick(3, 6);
      agreement.tour.max_deployment_days.value = rng.pick(3, 8);
      agreement.tour.travel_counts.value = rng.chance(70);
    }
    planner::ScenarioData unbounded_data = data;
    for (auto& agreement : unbounded_data.agreements)
      agreement.tour.max_deployment_days.value.reset();
    const planner::Scenario scenario(std::move(data));
    const planner::Scenario unbounded(std::move(unbounded_data));
    const planner::Problem problem = planner::make_problem(scenario);
    const planner::RowTable rows(problem);
    Rng of_prices(seed * 7 + 1);
    const auto prices = random_prices(of_prices, rows);
    for (std::size_t c = 0; c < problem.classes.size(); ++c) {
      if (problem.classes[c].duties.empty() || !rows.pins_of(problem.classes[c]).empty())
        continue;
      if (!planner::DayRecursion(problem, rows, c).knows_lengths())
        continue;  // of many budgets
      const double expected = std::min(0.0, shortest_path(problem, make_network(problem, rows, c), prices));
      const double least = least_by_days(scenario, c, seed * 7 + 1);
      ASSERT_NEAR(least, expected, kTolerance) << "seed " << seed << ", class " << c;
      ++compared;
      const bool is_same_class = planner::make_problem(unbounded).classes.size() == problem.classes.size();
      bounded += is_same_class && least_by_days(unbounded, c, seed * 7 + 1) < least - kTolerance ? 1 : 0;
    }
  }
  std::cout << bounded << " of " << compared << " bounded by (D4)\n";
  if (kTriesAll && !seed_is_overridden()) {
    EXPECT_GT(bounded, compared / 20);
  }
}

/// Line days that are out of the question, as where a line is full: whole lines, and days among others. One workspace
/// serves all classes: what an earlier search left in it does not matter.
TEST(RosterPricing, AgreesWhereLineDaysAreClosed) {
  const std::uint64_t first = first_seed(30001);
  int rosters = 0;
  planner::RosterPricing::Workspace workspace;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const planner::Scenario scenario(random_scenario(seed));
    const planner::Problem problem = planner::make_problem(scenario);
    const planner::RowTable rows(problem);
    const planner::PlanModel model(problem, rows);
    Rng rng(seed * 7 + 1);
    const auto prices = random_prices(rng, rows);
    for (std::size_t c = 0; c < problem.classes.size(); ++c) {
      if (problem.classes[c].duties.empty())
        continue;
      planner::RosterPrices days;
      planner::DayPricing(model, c).fill(prices, days);
      for (auto& duty : days.duties) {
        const int closed = rng.chance(30) ? 100 : rng.pick(0, 40);
        for (double& line : duty.line)
          if (rng.chance(closed))
            line = kInfinity;
      }
      const auto expected = planner::NetworkSearch(problem, rows, c).cheapest(days, 1, -kTolerance);
      const auto found = planner::RosterPricing(problem, rows, c).cheapest(days, 1, -kTolerance, workspace);
      ASSERT_EQ(found.empty(), expected.empty()) << "seed " << seed << ", class " << c;
      if (found.empty())
        continue;
      ++rosters;
      ASSERT_NEAR(found.front().price, expected.front().price, kTolerance) << "seed " << seed << ", class " << c;
      if (days.pins.empty()) {
        ASSERT_NEAR(found.front().price, price_of(problem.classes[c], days, found.front().roster), kTolerance)
            << "seed " << seed << ", class " << c;
      }
    }
  }
  EXPECT_GT(rosters, number_of_cases(kCases));
}

}  // namespace
}  // namespace relevo::test
