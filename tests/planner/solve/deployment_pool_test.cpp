// SPDX-License-Identifier: MIT
// What a class strings together from the deployments of a pool is what trying all of them finds; pricing few duties
// opens those that pay most on some day, and finds rosters that are there and never better ones than pricing all.
#include "planner/solve/deployment_pool.hpp"

#include "planner/solve/day_pricing.hpp"
#include "planner/solve/deployment.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "tests/planner/solve/priced_scenario.hpp"
#include "tests/support/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <vector>

namespace relevo::planner {
namespace {

/// A scenario with pricing at random prices.
struct PoolStand : PricedScenario {
  explicit PoolStand(std::uint64_t seed) : PricedScenario(seed), below(problem.classes.size(), 0.0) {}

  /// Random ones: a day of need is worth something, and some rows cost.
  std::vector<double> prices(std::uint64_t seed) const {
    test::Rng rng(seed);
    std::vector<double> prices(rows.size(), 0.0);
    for (std::size_t row = 0; row < prices.size(); ++row) {
      const double amount = rng.pick(0, 400);
      if (rows.groups()[rows.group_of(static_cast<int>(row))].family == RowFamily::Coverage)
        prices[row] = -amount;
      else if (rng.pick(0, 2) == 0)
        prices[row] = amount / 10.0;
    }
    return prices;
  }

  double price(const Roster& roster, const std::vector<double>& prices) const {
    return price_of(problem, rows, roster,
                    [&](int row, double amount) { return prices[static_cast<std::size_t>(row)] * amount; });
  }

  std::vector<double> below;
};

/// The least price of any roster of these deployments, by trying all.
double least_of_all(const PoolStand& at, std::size_t unit_class, const std::vector<Deployment>& deployments,
                    const std::vector<double>& prices, Roster& roster, int rested) {
  double least = roster.empty() ? 0.0 : at.price(roster, prices);
  for (const auto& next : deployments) {
    if (next.depart < rested)
      continue;
    roster.push_back(next);
    least = std::min(least, least_of_all(at, unit_class, deployments, prices, roster,
                                         rested_after(at.problem.classes[unit_class], next)));
    roster.pop_back();
  }
  return least;
}

TEST(DeploymentPool, StringsTogetherWhatIsCheapest) {
  int compared = 0;
  int several = 0;
  int put_together_anew = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const PoolStand at(seed);
    DeploymentPool pool(at.model);
    std::vector<std::vector<Roster>> added(at.problem.classes.size());
    for (std::uint64_t i = 1; i <= 4; ++i) {
      const auto answers = at.oracle.ask(at.prices(seed * 8 + i), at.below, 3);
      for (std::size_t c = 0; c < answers.size(); ++c)
        for (const auto& found : answers[c].rosters) {
          added[c].push_back(found.roster);
          pool.add(c, found.roster);
          pool.add(c, found.roster);  // a second time changes nothing
        }
    }
    const auto prices = at.prices(seed * 8);
    pool.choose(prices);
    pool.count();
    std::vector<Roster> chosen(at.problem.classes.size());
    for (std::size_t c = 0; c < chosen.size(); ++c)
      for (const auto& share : pool.shares(c)) {
        EXPECT_EQ(share.share, 1.0);
        chosen[c] = share.roster;
      }
    std::vector<double> used(at.rows.size(), 0.0);
    for (std::size_t c = 0; c < chosen.size(); ++c) {
      const double price = chosen[c].empty() ? 0.0 : at.price(chosen[c], prices);
      double expected = 0.0;
      std::vector<Deployment> deployments;
      for (const auto& roster : added[c]) {
        expected = std::min(expected, at.price(roster, prices));
        for (const auto& deployment : roster)
          if (std::find(deployments.begin(), deployments.end(), deployment) == deployments.end())
            deployments.push_back(deployment);
      }
      const double whole = expected;
      // Where a row asks for one unit whatever its days, rosters are kept whole.
      if (at.model.pins_of(c).empty() && deployments.size() <= 12) {
        Roster roster;
        expected = least_of_all(at, c, deployments, prices, roster, 0);
      } else if (at.model.pins_of(c).empty()) {
        continue;
      }
      ASSERT_NEAR(price, expected, 1e-6) << "seed " << seed << ", class " << c;
      several += chosen[c].size() > 1 ? 1 : 0;
      compared += added[c].empty() ? 0 : 1;
      put_together_anew += price < whole - 1e-6 ? 1 : 0;
    }
    for (std::size_t c = 0; c < chosen.size(); ++c)
      if (!chosen[c].empty())
        for (const auto& entry : uses_of(at.problem, at.rows, c, chosen[c]))
          used[static_cast<std::size_t>(entry.row)] +=
              static_cast<double>(at.problem.classes[c].members.size()) * entry.amount;
    for (std::size_t row = 0; row < used.size(); ++row)
      ASSERT_NEAR(pool.use()[row], used[row], 1e-9) << "seed " << seed << ", row " << row;
    // What is followed stays, whatever is forgotten.
    pool.trim(1);
    pool.choose(prices);
    for (std::size_t row = 0; row < used.size(); ++row)
      ASSERT_NEAR(pool.use()[row], used[row], 1e-9) << "seed " << seed << ", row " << row;
  }
  std::cout << compared << " classes compared, " << several << " with several deployments, " << put_together_anew
            << " with a roster that nobody had added\n";
  EXPECT_GE(compared, 150);
  EXPECT_GE(put_together_anew, 10);
}

TEST(DayPricing, OpensTheDutiesThatPayMostOnSomeDay) {
  int open = 0;
  int closed = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const PoolStand at(seed);
    const auto prices = at.prices(seed);
    for (std::size_t c = 0; c < at.problem.classes.size(); ++c) {
      RosterPrices all;
      DayPricing(at.model, c).fill(prices, all);
      for (const std::size_t of_day : {1U, 2U}) {
        RosterPrices few;
        DayPricing(at.model, c).fill(prices, few, of_day);
        for (std::size_t d = 0; d < all.duties.size(); ++d) {
          const auto& line = all.duties[d].line;
          bool pays = false;
          for (std::size_t t = 0; t < line.size(); ++t) {
            const auto cheaper = std::count_if(all.duties.begin(), all.duties.end(),
                                               [&](const DutyPrices& other) { return other.line[t] < line[t]; });
            pays = pays || (line[t] < 0.0 && static_cast<std::size_t>(cheaper) < of_day);
          }
          const bool was_open = of_day >= all.duties.size() || pays;
          const std::vector<double> none(line.size(), kInfinity);
          ASSERT_EQ(few.duties[d].line, was_open ? line : none) << "seed " << seed << ", class " << c << ", duty " << d;
          (was_open ? open : closed) += 1;
        }
      }
    }
  }
  EXPECT_GE(open, 100);
  EXPECT_GE(closed, 100);
}

TEST(RosterOracle, OfFewDutiesFindsRostersThatAreThere) {
  int found = 0;
  int equal = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const PoolStand at(seed);
    const auto prices = at.prices(seed);
    const auto all = at.oracle.ask(prices, at.below, 1);
    const auto few = at.oracle.ask(prices, at.below, 1, {}, 1);
    const auto enough = at.oracle.ask(prices, at.below, 1, {}, 10'000);
    for (std::size_t c = 0; c < all.size(); ++c) {
      EXPECT_GE(few[c].least, all[c].least - 1e-9) << "seed " << seed << ", class " << c;
      EXPECT_EQ(enough[c].least, all[c].least) << "seed " << seed << ", class " << c;
      for (const auto& one : few[c].rosters) {
        EXPECT_NEAR(one.price, at.price(one.roster, prices), 1e-6) << "seed " << seed << ", class " << c;
        ++found;
        equal += std::abs(few[c].least - all[c].least) < 1e-6 ? 1 : 0;
      }
    }
  }
  std::cout << found << " rosters found, " << equal << " of them as cheap as any\n";
  EXPECT_GE(found, 150);
  EXPECT_GE(equal, found / 2);
  EXPECT_LT(equal, found);
}

}  // namespace
}  // namespace relevo::planner
