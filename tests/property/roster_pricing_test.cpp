// SPDX-License-Identifier: MIT
// The dynamic programme that prices rosters against the shortest path through the network of arcs, which is made and
// priced in another way: arc by arc, from the rows it uses.
#include "planner/solve/roster_pricing.hpp"

#include "planner/solve/day_pricing.hpp"
#include "planner/solve/day_recursion.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network.hpp"
#include "planner/solve/network_search.hpp"
#include "planner/solve/roster_rules.hpp"
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

/// A class with one tour and moves, at random prices of rows.
struct PricedClass {
  PricedClass(const planner::Scenario& scenario, std::size_t unit_class, std::uint64_t seed)
      : problem(planner::make_problem(scenario)),
        rows(problem),
        model(problem, rows),
        recursion(problem, rows, unit_class) {
    Rng rng(seed);
    prices = random_prices(rng, rows);
    planner::DayPricing(model, unit_class).fill(prices, days);
  }

  double least() { return recursion.least_price(days, workspace.tables, workspace.home); }
  std::vector<planner::PricedRoster> cheapest() {
    return recursion.cheapest(days, 3, -kTolerance, workspace.tables, workspace.home);
  }

  planner::Problem problem;
  planner::RowTable rows;
  planner::PlanModel model;
  planner::DayRecursion recursion;
  std::vector<double> prices;
  planner::RosterPrices days;
  planner::RosterPricing::Workspace workspace;
};

planner::ScenarioData with_one_tour_and_moves(std::uint64_t seed) {
  planner::ScenarioData data = random_scenario(seed);
  Rng rng(seed);
  for (auto& agreement : data.agreements) {
    agreement.tour.max_tours.value = 1;
    agreement.tour.max_moves.value = rng.pick(1, 2);
    agreement.tour.max_line_days.value = rng.pick(3, 6);
    agreement.tour.max_deployment_days.value = rng.pick(3, 8);
    agreement.tour.travel_counts.value = rng.chance(70);
  }
  return data;
}

/// Whether units can set out on ways of different length under one agreement.
bool has_several_ways_out(const planner::UnitClass& unit_class) {
  return std::ranges::any_of(unit_class.duties, [&](const planner::Duty& duty) {
    const planner::Duty& other = unit_class.duties.front();
    return duty.option.agreement == other.option.agreement &&
           duty.option.terms.journey_days != other.option.terms.journey_days;
  });
}

/// One tour with moves that (D4) can end before its last duty day, from one way out or several: the recursion knows how
/// long a deployment has lasted, and no network is made.
TEST(RosterPricing, KnowsHowLongOneTourWithMovesHasLasted) {
  constexpr int kWithMoves = 1200;
  const std::uint64_t first = first_seed(60001);
  int compared = 0;
  int bounded = 0;
  int several_ways = 0;
  for (int i = 0; i < number_of_cases(kWithMoves); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    planner::ScenarioData data = with_one_tour_and_moves(seed);
    planner::ScenarioData unbounded_data = data;
    for (auto& agreement : unbounded_data.agreements)
      agreement.tour.max_deployment_days.value.reset();
    const planner::Scenario scenario(std::move(data));
    const planner::Scenario unbounded(std::move(unbounded_data));
    const std::size_t classes = planner::make_problem(scenario).classes.size();
    for (std::size_t c = 0; c < classes; ++c) {
      PricedClass priced(scenario, c, seed * 7 + 1);
      const planner::UnitClass& units = priced.problem.classes[c];
      if (units.duties.empty() || !priced.rows.pins_of(units).empty())
        continue;
      ASSERT_TRUE(priced.recursion.knows_lengths()) << "seed " << seed << ", class " << c;
      const double expected =
          std::min(0.0, shortest_path(priced.problem, make_network(priced.problem, priced.rows, c), priced.prices));
      ASSERT_NEAR(priced.least(), expected, kTolerance) << "seed " << seed << ", class " << c;
      for (const auto& found : priced.cheapest()) {
        ASSERT_GE(found.price, expected - kTolerance) << "seed " << seed << ", class " << c;
        ASSERT_NEAR(found.price, price_of(units, priced.days, found.roster), kTolerance) << "seed " << seed;
        for (const auto& deployment : found.roster)
          ASSERT_TRUE(planner::obeys_terms(units, deployment)) << "seed " << seed << ", class " << c;
      }
      ++compared;
      const bool binds = PricedClass(unbounded, c, seed * 7 + 1).least() < expected - kTolerance;
      bounded += binds ? 1 : 0;
      several_ways += binds && has_several_ways_out(units) ? 1 : 0;
    }
  }
  std::cout << bounded << " of " << compared << " bounded by (D4), " << several_ways << " with several ways out\n";
  if (kTriesAll && !seed_is_overridden()) {
    EXPECT_GT(bounded, compared / 20);
    EXPECT_GT(several_ways, 20);
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
