// SPDX-License-Identifier: MIT
// The state of a plan against the plan itself: its points are those of assemble_plan, it breaks a rule exactly when
// check says so, and what a row costs is what one more use of it changes.
#include "planner/solve/plan_state.hpp"

#include "planner/check/check.hpp"
#include "planner/solve/assemble.hpp"
#include "planner/solve/day_pricing.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/network.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/roster_pricing.hpp"
#include "planner/solve/solve.hpp"
#include "planner/solve/state_prices.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/property/stand.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rng.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace relevo::test {
namespace {

using planner::Plan;
using planner::PlanModel;
using planner::PlanRule;
using planner::PlanState;
using planner::Roster;
using planner::RowFamily;
using planner::Scenario;
using planner::ScenarioData;
using planner::Seat;

constexpr int kCases = 1500;
constexpr int kSolvedCases = 200;
constexpr double kTolerance = 1e-6;

/// Rules by which check objects to a plan, by the code of the finding.
const std::map<std::string, PlanRule>& rules_of_codes() {
  static const std::map<std::string, PlanRule> rules{
      {"plan.coverage", PlanRule::Limit},    {"plan.reserve", PlanRule::Limit},    {"plan.offer", PlanRule::Limit},
      {"plan.lift", PlanRule::Limit},        {"plan.capacity", PlanRule::Limit},   {"plan.pool", PlanRule::Limit},
      {"plan.escort", PlanRule::Escort},     {"plan.min_fill", PlanRule::MinFill}, {"plan.package", PlanRule::Package},
      {"plan.movement", PlanRule::Movement}, {"plan.pin", PlanRule::Pin}};
  return rules;
}

/// What is wrong with the state of a plan, or nothing.
std::string complaint(const Stand& stand, const PlanState& state) {
  const Plan plan = assemble_plan(stand.problem, stand.rows, assignments_of(state), "plan");
  const auto report = planner::check(stand.scenario, plan);
  std::set<PlanRule> broken;
  bool lacks_seats = false;
  for (const auto& violation : report.violations) {
    const auto rule = rules_of_codes().find(violation.code);
    lacks_seats = lacks_seats || violation.code == "plan.lift";
    if (rule != rules_of_codes().end())
      broken.insert(rule->second);
    else if (!lacks_seats)
      return "check objects otherwise: " + violation.code + "\n" + to_text(stand.data, plan);
  }
  for (std::size_t rule = 0; rule < planner::kPlanRules; ++rule)
    if ((state.value().broken[rule] > 0.0) != broken.contains(static_cast<PlanRule>(rule)))
      return fmt::format("rule {} is broken by {}\n", rule, state.value().broken[rule]) +
             to_text(stand.data, report.violations) + to_text(stand.data, plan);
  if (state.is_feasible() != report.violations.empty() || state.is_feasible() != state.broken_rows().empty())
    return "feasible for one and not for the other\n" + to_text(stand.data, plan);
  if (!lacks_seats && std::abs(state.value().points - plan.result.objective) >
                          kTolerance * std::max(1.0, std::abs(plan.result.objective)))
    return fmt::format("{} points and not {}\n", state.value().points, plan.result.objective) +
           to_text(stand.data, plan);
  return "";
}

/// Nodes from which a unit can come home: some stays lead nowhere.
std::vector<bool> nodes_with_a_way_home(const planner::DutyNetwork& network) {
  std::vector<bool> ends(static_cast<std::size_t>(network.nodes), false);
  ends[static_cast<std::size_t>(network.sink)] = true;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& arc : network.arcs)
      if (ends[static_cast<std::size_t>(arc.to)] && !ends[static_cast<std::size_t>(arc.from)])
        changed = ends[static_cast<std::size_t>(arc.from)] = true;
  }
  return ends;
}

/// A walk through the duty network: some legal roster, often an empty one.
Roster random_roster(const planner::DutyNetwork& network, Rng& rng) {
  const auto ends = nodes_with_a_way_home(network);
  std::vector<std::vector<std::size_t>> out(static_cast<std::size_t>(network.nodes));
  for (std::size_t i = 0; i < network.arcs.size(); ++i)
    if (ends[static_cast<std::size_t>(network.arcs[i].to)])
      out[static_cast<std::size_t>(network.arcs[i].from)].push_back(i);
  Roster roster;
  for (int node = 0; node != network.sink;) {
    const auto& choices = out[static_cast<std::size_t>(node)];
    std::size_t chosen = rng.one_of(choices);
    if (roster.empty() || network.arcs[chosen].depart)  // at home rather wait: else all go on the first day
      for (const std::size_t i : choices)
        if (!network.arcs[i].block && rng.chance(50))
          chosen = i;
    const planner::Arc& arc = network.arcs[chosen];
    if (arc.depart)
      roster.push_back({network.unit_class, *arc.depart, {*arc.block}});
    else if (arc.block)
      roster.back().blocks.push_back(*arc.block);
    node = arc.to;
  }
  return roster;
}

/// Random rosters for all members of the classes that can go anywhere.
class RosterSource {
 public:
  explicit RosterSource(const Stand& stand) : stand_(stand) {
    for (std::size_t c = 0; c < stand.problem.classes.size(); ++c)
      networks_.push_back(make_network(stand.problem, stand.rows, c));
  }

  planner::RecordPtr draw(Seat seat, Rng& rng) const {
    const std::size_t c = stand_.model.class_of(seat);
    if (stand_.problem.classes[c].duties.empty() || rng.chance(25))
      return nullptr;
    Roster roster = random_roster(networks_[c], rng);
    return roster.empty() ? nullptr : stand_.model.make_record(c, std::move(roster));
  }

 private:
  const Stand& stand_;
  std::vector<planner::DutyNetwork> networks_;
};

TEST(PlanState, AgreesWithTheAssembledPlanAndWithCheck) {
  const std::uint64_t first = first_seed(1);
  std::map<PlanRule, int> broken;
  int feasible = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    const RosterSource source(stand);
    Rng rng(seed * 3 + 1);
    PlanState state(stand.model);
    for (int step = 0; step < 12; ++step) {
      const auto seat = static_cast<Seat>(rng.pick(0, static_cast<int>(stand.model.seats()) - 1));
      state.set(seat, source.draw(seat, rng));
      const std::string wrong = complaint(stand, state);
      ASSERT_TRUE(wrong.empty()) << "seed " << seed << ", step " << step << ": " << wrong << to_text(stand.data);
      feasible += state.is_feasible() ? 1 : 0;
      for (std::size_t rule = 0; rule < planner::kPlanRules; ++rule)
        broken[static_cast<PlanRule>(rule)] += state.value().broken[rule] > 0.0 ? 1 : 0;
    }
  }
  std::cout << feasible << " states are feasible\n";
  if (seed_is_overridden())
    return;
  EXPECT_GT(feasible, number_of_cases(kCases));
  for (const auto& [rule, count] : broken)
    EXPECT_GT(count, share_of_cases(20)) << "rule " << static_cast<int>(rule) << " is broken too seldom";
}

TEST(PlanState, TakesBackWhatItChanged) {
  const std::uint64_t first = first_seed(20001);
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    const RosterSource source(stand);
    Rng rng(seed);
    PlanState state(stand.model);
    for (Seat seat = 0; seat < stand.model.seats(); ++seat)
      state.set(seat, source.draw(seat, rng));
    const PlanState before = state;
    for (int step = 0; step < 5; ++step) {
      const auto seat = static_cast<Seat>(rng.pick(0, static_cast<int>(stand.model.seats()) - 1));
      const auto old = state.record(seat);
      const auto there = state.set(seat, source.draw(seat, rng));
      const auto back = state.set(seat, old);
      ASSERT_NEAR(there.points, -back.points, kTolerance) << "seed " << seed;
      ASSERT_EQ(state.value().broken, before.value().broken) << "seed " << seed;
    }
    for (std::size_t row = 0; row < stand.rows.size(); ++row)
      ASSERT_EQ(state.use(static_cast<int>(row)), before.use(static_cast<int>(row))) << "seed " << seed;
    const double drifted = state.value().points;
    state.restart_sum();
    ASSERT_NEAR(state.value().points, drifted, kTolerance) << "seed " << seed;
  }
}

/// The greedy plan, the best plan, and what is left of it when some deployments are struck out.
TEST(PlanState, ReadsPlansAndGivesThemBack) {
  const std::uint64_t first = first_seed(40001);
  int plans = 0;
  for (int i = 0; i < number_of_cases(kSolvedCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    Rng rng(seed);
    std::vector<Plan> all;
    if (auto greedy = planner::greedy_plan(stand.problem, stand.rows))
      all.push_back(*std::move(greedy));
    try {
      all.push_back(planner::solve(stand.scenario));
    } catch (const planner::ContradictionError&) {
      continue;  // the pins cannot hold
    }
    Plan struck = all.back();
    struck.name = "struck";
    std::erase_if(struck.assignments, [&](const auto&) { return rng.chance(40); });
    all.push_back(std::move(struck));
    for (const auto& plan : all) {
      ++plans;
      const auto [state, left_out] = state_of(stand.model, plan);
      ASSERT_EQ(left_out, 0U) << "seed " << seed;
      const std::string wrong = complaint(stand, state);
      ASSERT_TRUE(wrong.empty()) << "seed " << seed << ": " << wrong << to_text(stand.data);
      if (plan.name == "struck")
        continue;  // commitments come back, and ids are given anew
      const Plan again = assemble_plan(stand.problem, stand.rows, assignments_of(state), plan.name);
      ASSERT_TRUE(again.assignments == plan.assignments) << "seed " << seed << '\n'
                                                         << to_text(stand.data, plan) << to_text(stand.data, again);
    }
  }
  EXPECT_GT(plans, number_of_cases(kSolvedCases));
}

/// What one more use of a row changes, found by using it: a run of one day in a record of its own.
TEST(PlanState, MarginalPricesAreWhatOneMoreUseChanges) {
  const std::uint64_t first = first_seed(60001);
  std::map<RowFamily, int> compared;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    const RosterSource source(stand);
    Rng rng(seed);
    PlanState state(stand.model);
    for (Seat seat = 1; seat < stand.model.seats(); ++seat)
      state.set(seat, source.draw(seat, rng));
    planner::RulePrices prices;
    prices.escorts = prices.min_fill = prices.movements = {1000.0, 1000.0};
    for (int step = 0; step < 60; ++step) {
      const int row = rng.pick(0, static_cast<int>(stand.rows.size()) - 1);
      const auto& group = stand.model.group(static_cast<planner::GroupIndex>(stand.rows.group_of(row)));
      const bool is_movement = group.family == RowFamily::MovementUnits || group.family == RowFamily::MovementPersons;
      if (group.family == RowFamily::Pin || group.in_package || (is_movement && group.partner != planner::kNoGroup))
        continue;  // not of one row alone
      const double amount = group.family == RowFamily::Handover && rng.chance(50) ? -1.0 : rng.pick(1, 3);
      planner::RosterRecord record;
      const auto column = static_cast<std::int32_t>(stand.rows.column_of(row));
      record.runs.push_back({static_cast<planner::GroupIndex>(stand.rows.group_of(row)), column, column + 1, amount});
      const auto change = state.set(0, std::make_shared<const planner::RosterRecord>(record));
      state.set(0, nullptr);
      const double price = marginal_price(state, prices, row, amount);
      ++compared[group.family];
      if (change.broken_by(PlanRule::Limit) > 0.0) {
        ASSERT_EQ(price, std::numeric_limits<double>::infinity()) << "seed " << seed << ", row " << row;
      } else if (state.use(row) + amount <= stand.rows.limit(row)) {
        ASSERT_NEAR(price, change.points + 1000.0 * change.all_broken(), kTolerance)
            << "seed " << seed << ", row " << row << " of family " << static_cast<int>(group.family);
      }
    }
  }
  for (const RowFamily family :
       {RowFamily::Coverage, RowFamily::Handover, RowFamily::Assigned, RowFamily::Capacity, RowFamily::Reserve,
        RowFamily::Offer, RowFamily::EscortPersons, RowFamily::EscortsPresent, RowFamily::Lift, RowFamily::Pool,
        RowFamily::MovementUnits, RowFamily::Announced})
    EXPECT_GT(compared[family], share_of_cases(10)) << "family " << static_cast<int>(family);
}

/// Whether escorts are asked for ahead and have a price that a day alone does not tell.
bool has_priced_escorts_ahead(const Stand& stand, const planner::RulePrices& rules) {
  return std::any_of(stand.model.escorts().begin(), stand.model.escorts().end(), [&](const auto& escorts) {
    return escorts.term->ahead_days > 0 && (escorts.is_implicit || rules.escorts.breaking < 1e9);
  });
}

/// The fast pricing of days against the general one, row by row: the same least price of a roster.
TEST(PlanState, PricesDaysAsRowByRow) {
  const std::uint64_t first = first_seed(70001);
  int compared = 0;
  int worth_going = 0;
  planner::StatePricer pricer;
  planner::RosterPrices fast;
  planner::RosterPrices general;
  planner::RosterPricing::Workspace workspace;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    const RosterSource source(stand);
    Rng rng(seed);
    PlanState state(stand.model);
    for (Seat seat = 0; seat < stand.model.seats(); ++seat)
      if (rng.chance(60))
        state.set(seat, source.draw(seat, rng));
    planner::RulePrices rules;
    rules.pins.mending = 50.0;
    if (rng.chance(50))
      rules.escorts = rules.min_fill = rules.movements = {20.0, 30.0};
    if (has_priced_escorts_ahead(stand, rules))
      continue;
    const planner::RowPrice price = [&](int row, double amount) { return marginal_price(state, rules, row, amount); };
    for (std::size_t c = 0; c < stand.problem.classes.size(); ++c) {
      if (stand.problem.classes[c].duties.empty())
        continue;
      if (stand.data.units[stand.problem.classes[c].exemplar].persons == 0 &&
          std::ranges::any_of(stand.data.agreements, [](const auto& a) { return a.contingent.min_persons.value > 0; }))
        continue;  // row by row a movement is priced with its persons, and freight has none
      pricer.price(state, c, rules, fast);
      planner::DayPricing(stand.model, c).fill(price, general);
      const planner::RosterPricing pricing(stand.problem, stand.rows, c);
      const double expected = pricing.least_price(general, workspace);
      ASSERT_NEAR(pricing.least_price(fast, workspace), expected, kTolerance) << "seed " << seed << ", class " << c;
      ++compared;
      worth_going += expected < 0.0 ? 1 : 0;
    }
  }
  EXPECT_GT(compared, number_of_cases(kCases));
  EXPECT_GT(worth_going, number_of_cases(kCases) / 2);
}

/// The runs that a roster writes are the entries of the row table.
TEST(PlanState, UsesWhatTheRowTableSays) {
  const std::uint64_t first = first_seed(80001);
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Stand stand(seed);
    for (std::size_t c = 0; c < stand.problem.classes.size(); ++c) {
      const auto network = make_network(stand.problem, stand.rows, c);
      for (const auto& arc : network.arcs) {
        if (!arc.block)
          continue;
        std::vector<planner::Entry> expected;
        stand.rows.use(stand.problem.classes[c], *arc.block, arc.depart, expected);
        std::vector<planner::RowRun> runs;
        append_runs(stand.problem.classes[c], stand.model.class_uses(c), stand.model.columns(), *arc.block, arc.depart,
                    runs);
        std::vector<planner::Entry> written;
        for (const auto& run : runs)
          for (int t = run.first; t < run.last; ++t)
            written.push_back({stand.rows.row(run.group, t), run.amount});
        const auto by_row = [](const planner::Entry& a, const planner::Entry& b) {
          return std::pair(a.row, a.amount) < std::pair(b.row, b.amount);
        };
        std::sort(expected.begin(), expected.end(), by_row);
        std::sort(written.begin(), written.end(), by_row);
        ASSERT_EQ(expected, written) << "seed " << seed << ", class " << c;
      }
    }
  }
}

}  // namespace
}  // namespace relevo::test
