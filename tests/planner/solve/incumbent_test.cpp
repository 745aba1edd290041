// SPDX-License-Identifier: MIT
// The incumbent of a search is the best plan it was given that breaks no rule; it says so when it has a better one, and
// why the search ended.
#include "planner/solve/incumbent.hpp"

#include "planner/solve/local_search.hpp"
#include "tests/planner/solve/priced_scenario.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

namespace relevo::planner {
namespace {

/// A scenario in which somebody can be sent, and the plan that sends nobody.
struct PlansAtHand {
  explicit PlansAtHand(std::uint64_t seed)
      : of(seed), nobody(of.model), somebody(LocalSearch(of.model, of.oracle.pricings()).construct(0)) {}

  bool is_one() const {
    return nobody.is_feasible() && somebody.is_feasible() && somebody.value().points < nobody.value().points - 1.0;
  }

  PricedScenario of;
  PlanState nobody;
  PlanState somebody;
};

/// Gives all units of a class the roster of one, class after class, until a rule is broken. False: none is.
bool break_a_rule(const PlansAtHand& choice, PlanState& state) {
  for (Seat seat = 0; seat < choice.of.model.seats(); ++seat) {
    const RecordPtr& record = choice.somebody.record(seat);
    for (std::size_t m = 0; record && m < choice.of.problem.classes[choice.of.model.class_of(seat)].members.size(); ++m)
      state.set(choice.of.model.seat(choice.of.model.class_of(seat), m), record);
    if (!state.is_feasible())
      return true;
  }
  return false;
}

TEST(Incumbent, IsTheBestPlanThatBreaksNoRule) {
  int choices = 0;
  int broken = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const PlansAtHand choice(seed);
    if (!choice.is_one())
      continue;
    ++choices;
    const RosterSearchOptions options;
    Incumbent incumbent(options);
    EXPECT_TRUE(std::isinf(incumbent.objective()));
    PlanState bad(choice.of.model);
    if (break_a_rule(choice, bad)) {
      ++broken;
      incumbent.take(bad);
      EXPECT_FALSE(incumbent.found().plan) << "seed " << seed;
    }
    incumbent.take(choice.somebody);
    incumbent.take(choice.nobody);
    EXPECT_EQ(incumbent.objective(), choice.somebody.value().points) << "seed " << seed;
  }
  EXPECT_GT(choices, 20);
  EXPECT_GT(broken, 5);
}

TEST(Incumbent, SaysOnlyWhatIsBetter) {
  std::vector<double> said;
  RosterSearchOptions options;
  options.on_progress = [&](const Progress& progress) { said.push_back(progress.incumbent.value()); };
  Incumbent incumbent(options);
  for (const double objective : {30.0, 30.0, 40.0, 20.0})
    incumbent.report_plan(objective);
  EXPECT_EQ(said, (std::vector<double>{30.0, 20.0}));
}

TEST(Incumbent, RelaysWhatAPartOfTheSearchSaysWithWhatIsKnown) {
  std::vector<Progress> said;
  RosterSearchOptions options;
  options.on_progress = [&](const Progress& progress) { said.push_back(progress); };
  Incumbent incumbent(options);
  incumbent.set_constant(5.0);
  incumbent.prove(1, 3.0);
  EXPECT_EQ(said.back().bound, 5.0);  // no plan can avoid these points
  incumbent.prove(2, 10.0);
  EXPECT_EQ(said.back().rounds, 2);
  incumbent.raise_bound(9.0);  // less than is proved
  EXPECT_EQ(said.back().bound, 10.0);
  incumbent.raise_bound(10.5);
  EXPECT_EQ(said.back().bound, 10.5);
  EXPECT_EQ(said.back().rounds, 2);
  said.clear();
  incumbent.found().nodes = 7;
  Progress part;
  part.seconds = 2.0;
  part.bound = 8.0;
  part.nodes = 3;
  part.incumbent = 50.0;
  incumbent.relay(part, 1.5);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said.front().seconds, 3.5);
  EXPECT_EQ(said.front().bound, 10.5);
  EXPECT_EQ(said.front().nodes, 10);
  EXPECT_EQ(said.front().incumbent, 50.0);
}

TEST(Incumbent, KnowsWhyTheSearchEnds) {
  std::uint64_t seed = 1;
  while (!PlansAtHand(seed).is_one())
    ++seed;
  const PlansAtHand choice(seed);
  const double points = choice.somebody.value().points;
  const auto end = [&](const RosterSearchOptions& options, double bound) {
    Incumbent incumbent(options);
    incumbent.take(choice.somebody);
    incumbent.found().bound = bound;
    const bool is_over = incumbent.is_over();
    const MipResult::End why = incumbent.finish().end;
    EXPECT_EQ(is_over, why != MipResult::End::NodeLimit);
    return why;
  };
  const double below = points - 0.02 * std::abs(points);
  RosterSearchOptions options;
  EXPECT_EQ(end(options, points), MipResult::End::Optimal);
  EXPECT_EQ(end(options, below), MipResult::End::NodeLimit);
  options.gap = 0.03;
  EXPECT_EQ(end(options, below), MipResult::End::GapLimit);
  options.seconds = 60.0;
  EXPECT_EQ(end(options, below), MipResult::End::GapLimit);
  options.started -= std::chrono::seconds(61);
  EXPECT_EQ(end(options, below), MipResult::End::TimeLimit);
  options.stop = [] { return true; };
  EXPECT_EQ(end(options, below), MipResult::End::Stopped);
  Incumbent none(options);
  none.found().end = MipResult::End::Infeasible;
  EXPECT_EQ(none.finish().end, MipResult::End::Infeasible);
}

}  // namespace
}  // namespace relevo::planner
