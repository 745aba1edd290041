// SPDX-License-Identifier: MIT
// Plans made anew kind by kind, on random tiny scenarios: the programme counts what a plan counts, and the search
// breaks no rule, never worsens a plan and goes the same way on any number of threads.
#include "planner/solve/kind_search.hpp"

#include "tests/property/found_plans.hpp"
#include "tests/property/seed.hpp"
#include "tests/property/stand.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <vector>

namespace relevo::test {
namespace {

using planner::PlanState;
using planner::RowFamily;
using planner::Seat;

constexpr int kCases = 420;
constexpr int kThresholdCases = 6000;        // few have such an escort in the plan
constexpr std::size_t kPricedTogether = 40;  // rosters of a class: more than there are that may not join
constexpr double kTolerance = 1e-6;
constexpr double kInfinite = 1e18;

/// What escorts on paper, movements and lifts cost depends on all who travel: the programme leaves that out.
bool costs_by_roster(const SearchStand& stand) {
  return stand.data.policy.movement_points.value == 0.0 && stand.data.lifts.empty() &&
         std::none_of(stand.model.escorts().begin(), stand.model.escorts().end(),
                      [](const auto& escorts) { return escorts.is_implicit && escorts.daily_points > 0.0; });
}

/// Uses of the table's rows by the others and by what the programme has its units follow, beyond what is allowed.
std::vector<int> rows_exceeded(const SearchStand& stand, const PlanState& others,
                               const planner::RosterProgramme& programme, bool escorts_too) {
  std::vector<double> use(stand.rows.size(), 0.0);
  for (std::size_t j = 0; j < programme.rosters(); ++j)
    for (const auto& run : programme.record(j)->runs)
      for (int t = run.first; t < run.last; ++t)
        use[static_cast<std::size_t>(stand.rows.row(run.group, t))] += programme.units(j) * run.amount;
  std::vector<int> exceeded;
  for (int row = 0; row < static_cast<int>(use.size()); ++row) {
    const auto& group = stand.rows.groups()[stand.rows.group_of(row)];
    double limit = kInfinite;
    if (group.family == RowFamily::EscortPersons && escorts_too) {
      const auto& escorts = stand.model.escorts()[group.subject];
      const int t = stand.rows.column_of(row);
      const double present = escorts.there[static_cast<std::size_t>(t)] + others.uses_of(escorts.present)[t] +
                             use[static_cast<std::size_t>(stand.rows.row(escorts.present, t))];
      if (!escorts.is_implicit && escorts.term->threshold == 0)  // no more than so many for each, even in parts
        limit = escorts.term->per_persons * present - stand.rows.committed(row);
    } else if (group.family == RowFamily::EscortPersons) {
      const auto& escorts = stand.model.escorts()[group.subject];
      const int t = stand.rows.column_of(row);
      for (int s = std::max(0, t - escorts.term->ahead_days); s <= t && !escorts.is_implicit; ++s) {
        const int present =
            escorts.there[static_cast<std::size_t>(s)] + static_cast<int>(others.uses_of(escorts.present)[s]);
        limit = std::min<double>(limit, std::max(escorts.term->threshold, escorts.term->per_persons * present));
      }
      limit -= stand.rows.committed(row);
    } else if (group.family == RowFamily::Coverage || group.family == RowFamily::Reserve ||
               group.family == RowFamily::Offer || group.family == RowFamily::Capacity ||
               group.family == RowFamily::Pool) {
      limit = stand.rows.limit(row);
    }
    const auto mine = use[static_cast<std::size_t>(row)];
    if (mine > kTolerance && mine + others.use(row) > limit + kTolerance)
      exceeded.push_back(row);
  }
  return exceeded;
}

/// Whether a unit under the roster is an escort whom the programme cannot have: one of a term with a threshold or,
/// without `escorts_too`, any.
bool is_escort_apart(const SearchStand& stand, const planner::RosterRecord& record, bool escorts_too) {
  return std::any_of(record.runs.begin(), record.runs.end(), [&](const planner::RowRun& run) {
    return stand.model.group(run.group).family == RowFamily::EscortsPresent &&
           (!escorts_too || stand.model.escorts()[stand.model.group(run.group).subject].term->threshold > 0);
  });
}

/// That the programme is the same written down: whole units on its rosters, the same cost, and rows that its solution
/// keeps. Returns that cost.
double expect_same_written_down(const planner::RosterProgramme& programme, std::uint64_t seed) {
  std::vector<int> of_roster;
  const planner::LinearModel model = programme.as_model(of_roster);
  const auto values = programme.values();
  EXPECT_EQ(values.size(), model.columns.size()) << "seed " << seed;
  EXPECT_EQ(of_roster.size(), programme.rosters()) << "seed " << seed;
  std::vector<char> is_roster(model.columns.size(), 0);
  for (std::size_t j = 0; j < of_roster.size(); ++j) {
    const auto column = static_cast<std::size_t>(of_roster[j]);
    is_roster[column] = 1;
    EXPECT_EQ(values[column], programme.units(j)) << "seed " << seed;
    EXPECT_EQ(model.columns[column].cost, programme.record(j)->points) << "seed " << seed;
  }
  double cost = 0.0;
  for (std::size_t j = 0; j < values.size(); ++j) {
    EXPECT_EQ(model.columns[j].integer, is_roster[j] != 0) << "seed " << seed;
    EXPECT_GE(values[j], model.columns[j].lower - kTolerance) << "seed " << seed;
    EXPECT_LE(values[j], model.columns[j].upper + kTolerance) << "seed " << seed;
    cost += model.columns[j].cost * values[j];
  }
  std::vector<double> sums(model.rows.size(), 0.0);
  for (const auto& term : model.terms)
    sums[static_cast<std::size_t>(term.row)] += term.value * values[static_cast<std::size_t>(term.column)];
  for (std::size_t i = 0; i < sums.size(); ++i) {
    EXPECT_GE(sums[i], model.rows[i].lower - kTolerance) << "seed " << seed;
    EXPECT_LE(sums[i], model.rows[i].upper + kTolerance) << "seed " << seed;
  }
  return cost;
}

int compare_programmes_with_plans(bool escorts_too) {
  const std::uint64_t first = first_seed(1);
  int compared = 0;
  int stops = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = stand.start();
    if (!start || !costs_by_roster(stand))
      continue;
    PlanState others = *start;
    std::vector<std::size_t> classes;
    std::vector<double> units;
    std::vector<Seat> seats;
    for (std::size_t c = seed % 2; c < stand.problem.classes.size(); c += 2) {
      classes.push_back(c);
      units.push_back(static_cast<double>(stand.problem.classes[c].members.size()));
      for (std::size_t m = 0; m < stand.problem.classes[c].members.size(); ++m) {
        const Seat seat = stand.model.seat(c, m);
        const auto& record = start->record(seat);
        if (!record || is_escort_apart(stand, *record, escorts_too) ||
            !planner::RosterProgramme::takes(stand.model, *record))
          continue;
        seats.push_back(seat);
        others.set(seat, nullptr);
      }
    }
    if (seats.empty() || !others.is_feasible())  // an escort was taken whom others need
      continue;
    planner::RosterProgramme programme(stand.model, stand.index, others, classes, units, escorts_too);
    for (const Seat seat : seats)
      programme.add(stand.model.class_of(seat), start->record(seat));
    std::vector<double> followed(programme.rosters(), 0.0);
    for (const Seat seat : seats)
      for (std::size_t j = 0; j < followed.size(); ++j)
        if (programme.class_of(j) == stand.model.class_of(seat) &&
            is_same_roster(programme.record(j), start->record(seat)))
          followed[j] += 1.0;
    programme.solve();
    const double best = programme.objective();
    const double best_written = expect_same_written_down(programme, seed);
    // One that was stopped on its way goes on to the same end.
    planner::RosterProgramme stopped(stand.model, stand.index, others, classes, units, escorts_too);
    for (const Seat seat : seats)
      stopped.add(stand.model.class_of(seat), start->record(seat));
    stopped.stop_when([&] { return ++stops > 0; });
    stopped.solve();
    stopped.stop_when({});
    stopped.solve();
    EXPECT_NEAR(stopped.objective(), best, kTolerance * std::max(1.0, std::abs(best))) << "seed " << seed;
    EXPECT_EQ(rows_exceeded(stand, others, programme, escorts_too), std::vector<int>()) << "seed " << seed;
    for (std::size_t j = 0; j < followed.size(); ++j)
      programme.bound(j, 0.0, 0.0);
    programme.solve();
    const double nobody = programme.objective();
    // What is lacking costs the same whether a roster stands in its row or none does.
    planner::RosterProgramme of_one(stand.model, stand.index, others, classes, units, escorts_too);
    of_one.add(stand.model.class_of(seats.front()), start->record(seats.front()));
    of_one.bound(0, 0.0, 0.0);
    of_one.solve();
    EXPECT_NEAR(of_one.objective(), nobody, kTolerance * std::max(1.0, std::abs(nobody))) << "seed " << seed;
    for (std::size_t j = 0; j < followed.size(); ++j)
      programme.bound(j, followed[j], followed[j]);
    programme.solve();
    const double plan = programme.objective();
    const double tolerance = kTolerance * std::max(1.0, start->value().points);
    EXPECT_NEAR(plan - nobody, start->value().points - others.value().points, tolerance) << "seed " << seed;
    EXPECT_LE(best, plan + tolerance) << "seed " << seed;
    EXPECT_NEAR(expect_same_written_down(programme, seed) - best_written, plan - best, tolerance) << "seed " << seed;
    ++compared;
  }
  std::cout << compared << " plans compared, " << stops << " programmes stopped\n";
  EXPECT_GT(stops, compared / 4);
  return compared;
}

TEST(RosterProgramme, CountsWhatAPlanCounts) {
  const int compared = compare_programmes_with_plans(false);
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(compared, 60);
  }
}

TEST(RosterProgramme, CountsWhatAPlanCountsWithItsEscorts) {
  const int compared = compare_programmes_with_plans(true);
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(compared, 60);
  }
}

TEST(RosterProgramme, FindsWhatItTookAndTakesNoEscortsOfTermsWithAThreshold) {
  const std::uint64_t first = first_seed(1);
  int apart = 0;
  int found = 0;
  for (int i = 0; i < number_of_cases(kThresholdCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = stand.start();
    if (!start)
      continue;
    std::vector<std::size_t> classes(stand.problem.classes.size());
    std::iota(classes.begin(), classes.end(), std::size_t{0});
    const std::vector<double> units(classes.size(), 1.0);
    planner::RosterProgramme programme(stand.model, stand.index, *start, classes, units, true);
    for (Seat seat = 0; seat < stand.model.seats(); ++seat) {
      const auto& record = start->record(seat);
      if (!record)
        continue;
      const bool is_apart = is_escort_apart(stand, *record, true);
      const bool is_taken = planner::RosterProgramme::takes(stand.model, *record) && !is_apart;
      EXPECT_EQ(planner::RosterProgramme::takes(stand.model, *record, true), is_taken) << "seed " << seed;
      programme.add(stand.model.class_of(seat), record);
      const auto at = programme.find(stand.model.class_of(seat), record);
      ASSERT_EQ(at.has_value(), is_taken) << "seed " << seed;
      apart += is_apart ? 1 : 0;
      if (!at)
        continue;
      EXPECT_TRUE(is_same_roster(programme.record(*at), record)) << "seed " << seed;
      EXPECT_FALSE(programme.add(stand.model.class_of(seat), record)) << "seed " << seed;
      ++found;
    }
  }
  std::cout << found << " rosters found, " << apart << " of escorts apart\n";
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(found, 200);
    EXPECT_GE(apart, 10);
  }
}

/// Adds rosters until none betters the programme; how often it was asked for some.
int price_to_the_end(const SearchStand& stand, planner::RosterProgramme& programme,
                     const std::vector<std::size_t>& classes, const std::vector<double>& guide, std::uint64_t seed) {
  constexpr int kMostRounds = 300;
  programme.solve();
  for (int round = 1; round < kMostRounds; ++round) {
    const double before = programme.objective();
    const auto found = programme.promising(stand.oracle, classes, kPricedTogether, guide);
    if (found.empty())
      return round;
    for (const auto& [c, record] : found)
      EXPECT_TRUE(programme.add(c, record)) << "seed " << seed;
    programme.solve();
    EXPECT_LE(programme.objective(), before + kTolerance * std::max(1.0, std::abs(before))) << "seed " << seed;
  }
  ADD_FAILURE() << "seed " << seed << " finds more and more";
  return kMostRounds;
}

TEST(RosterProgramme, EndsAtTheSamePricesWhereverItIsGuided) {
  const std::uint64_t first = first_seed(1);
  int compared = 0;
  int alone = 0;
  int guided = 0;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const PlanState nobody(stand.model);
    std::vector<std::size_t> classes;
    std::vector<double> units;
    for (std::size_t c = 0; c < stand.problem.classes.size(); ++c) {
      classes.push_back(c);
      units.push_back(static_cast<double>(stand.problem.classes[c].members.size()));
    }
    planner::RosterProgramme by_itself(stand.model, stand.index, nobody, classes, units);
    const auto first_found = by_itself.promising(stand.oracle, classes, 1);
    if (first_found.empty())
      continue;
    planner::RosterProgramme with_guide(stand.model, stand.index, nobody, classes, units);
    planner::RosterProgramme misled(stand.model, stand.index, nobody, classes, units);
    for (const auto& [c, record] : first_found)
      for (auto* programme : {&by_itself, &with_guide, &misled})
        programme->add(c, record);
    alone += price_to_the_end(stand, by_itself, classes, {}, seed);
    const auto good = by_itself.prices();
    guided += price_to_the_end(stand, with_guide, classes, good, seed);
    std::vector<double> bad = good;
    std::reverse(bad.begin(), bad.end());
    price_to_the_end(stand, misled, classes, bad, seed);
    const double tolerance = kTolerance * std::max(1.0, std::abs(by_itself.objective()));
    EXPECT_NEAR(with_guide.objective(), by_itself.objective(), tolerance) << "seed " << seed;
    EXPECT_NEAR(misled.objective(), by_itself.objective(), tolerance) << "seed " << seed;
    ++compared;
  }
  std::cout << compared << " programmes, asked for rosters " << alone << " times, guided " << guided << " times\n";
  if (!seed_is_overridden() && kTriesAll) {
    EXPECT_GE(compared, 200);
    EXPECT_LT(guided, alone);
  }
}

TEST(KindSearch, BreaksNoRuleNeverWorsensAPlanAndMindsNoThreads) {
  const std::uint64_t first = first_seed(1);
  FoundPlans found_plans;
  for (int i = 0; i < number_of_cases(kCases); ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const SearchStand stand(seed);
    const auto start = stand.start();
    if (!start)
      continue;
    const planner::KindSearch search(stand.model, stand.index, stand.oracle, stand.local);
    const std::vector<std::vector<planner::RecordPtr>> known(stand.problem.classes.size());
    planner::KindSearchOptions options;
    options.seed = seed;
    options.classes = 1 + seed % 4;
    const PlanState found = search.improve(*start, known, options);
    options.threads = 2;
    ASSERT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(found)) << "seed " << seed;
    found_plans.judge(stand, seed, *start, found);
    if (HasFatalFailure())
      return;
    ASSERT_LE(found.value().points, start->value().points + kTolerance) << "seed " << seed;
  }
  std::cout << found_plans.compared() << " plans, " << found_plans.better() << " of " << found_plans.improvable()
            << " that can be bettered are\n";
  EXPECT_GT(found_plans.better() * 4, found_plans.improvable());
}

TEST(KindSearch, StopsWhenItIsAskedTo) {
  const SearchStand stand(5);  // whatever seed is asked for: this one has a plan to begin with
  const auto start = stand.start();
  ASSERT_TRUE(start);
  const planner::KindSearch search(stand.model, stand.index, stand.oracle, stand.local);
  planner::KindSearchOptions options;
  options.stop = [] { return true; };
  const std::vector<std::vector<planner::RecordPtr>> known(stand.problem.classes.size());
  EXPECT_EQ(assignments_of(search.improve(*start, known, options)), assignments_of(*start));
}

}  // namespace
}  // namespace relevo::test
