// SPDX-License-Identifier: MIT
// What would fill an open line, against exhaustive search on random tiny scenarios: every offered change fills it, one
// step less does not, and no change of the catalogue that would fill it is missed. Longer series: RELEVO_SEED=1000000
// RELEVO_CASES=20000 test_line_changes.
#include "planner/explain/offers.hpp"
#include "planner/solve/capped.hpp"
#include "tests/property/every_change.hpp"
#include "tests/property/open_lines.hpp"
#include "tests/property/plan_text.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <string>

namespace relevo::test {
namespace {

using planner::Change;
using planner::LineChanges;
using planner::Plan;
using planner::RequestIndex;
using planner::Scenario;
using planner::ScenarioData;

constexpr int kCases = 320;
constexpr int kMostSteps = 3;  ///< of a change, for the exhaustive search
constexpr std::int64_t kNodes = 30'000;

enum class Truth { Yes, No, TooLarge };

/// Whether a plan exists in which the line has at most `most` unmet and no line of equal or higher priority more than
/// in the present plan.
Truth can_be(const Scenario& scenario, const Plan& present, RequestIndex line, int most) {
  std::vector<UnmetLimit> limits{{line, most}};
  for (const auto other : scenario->requests.indices())
    if (other != line && scenario->requests[other].priority <= scenario->requests[line].priority)
      limits.push_back({other, planner::unmet_of(present, other)});
  const OracleResult oracle = brute_force(scenario, kNodes, limits);
  if (oracle.feasible)
    return Truth::Yes;
  return oracle.complete ? Truth::No : Truth::TooLarge;
}

std::string change_text(const Change& change) {
  std::string text = fmt::format("{} x{}", code_of(change.kind), change.size);
  const auto add = [&](const char* what, const auto& index) {
    if (index)
      text += fmt::format(" {} {}", what, index->value());
  };
  add("agency", change.agency);
  add("kind", change.unit_kind);
  add("unit", change.unit);
  add("base", change.base);
  add("agreement", change.agreement);
  add("pool", change.pool);
  return text + fmt::format(" row {} people {} {}", change.row, change.people, change.word);
}

bool is_same_but_for_size(Change a, const Change& b) {
  a.size = b.size;
  return a == b;
}

class LineJudge {
 public:
  LineJudge(const Scenario& scenario, const Plan& plan, const LineChanges& changes)
      : scenario_(scenario), plan_(plan), changes_(changes) {}

  /// What is wrong, or nothing.
  std::string complaint() {
    if (auto wrong = of_least(); !wrong.empty())
      return wrong;
    for (const auto& offer : changes_.offers)
      if (auto wrong = of_offer(offer); !wrong.empty())
        return wrong;
    for (const auto& change : every_change(scenario_.data(), changes_.line, kMostSteps))
      if (auto wrong = of_step(change); !wrong.empty())
        return wrong;
    return "";
  }

  int steps() const { return steps_; }

 private:
  Truth fills(const Change& change) const {
    return can_be(Scenario(changed(scenario_, change)), plan_, changes_.line, changes_.least_unmet - 1);
  }

  std::string of_least() const {
    if (can_be(scenario_, plan_, changes_.line, changes_.least_unmet) == Truth::No)
      return fmt::format("the least unmet {} cannot be reached", changes_.least_unmet);
    if (can_be(scenario_, plan_, changes_.line, changes_.least_unmet - 1) == Truth::Yes)
      return fmt::format("there is less unmet than {}", changes_.least_unmet);
    if (changes_.reassigned.has_value() != (changes_.least_unmet < changes_.unmet))
      return "reassigned without less unmet, or the other way round";
    return "";
  }

  std::string of_offer(const planner::OfferedChange& offer) const {
    if (fills(offer.change) == Truth::No)
      return "offered and does not fill: " + change_text(offer.change);
    if (offer.filling.unmet >= changes_.least_unmet)
      return "no less unmet with " + change_text(offer.change);
    for (const auto& displaced : offer.filling.displaced)
      if (scenario_->requests[displaced.request].priority <= scenario_->requests[changes_.line].priority)
        return "an equal or higher line loses with " + change_text(offer.change);
    Change less = offer.change;
    less.size -= 1;
    if (less.size > 0 && fills(less) == Truth::Yes)
      return "one step less does too: " + change_text(offer.change);
    return "";
  }

  std::string of_step(const Change& change) {
    ++steps_;
    const auto offered =
        std::find_if(changes_.offers.begin(), changes_.offers.end(),
                     [&](const planner::OfferedChange& offer) { return is_same_but_for_size(offer.change, change); });
    if (offered != changes_.offers.end() && offered->change.size <= change.size)
      return "";
    return fills(change) == Truth::Yes ? "missed: " + change_text(change) : "";
  }

  const Scenario& scenario_;
  const Plan& plan_;
  const LineChanges& changes_;
  int steps_ = 0;
};

TEST(LineChangesAgainstOracle, RandomScenarios) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  planner::ChangeOptions options;
  options.in_child = seed_is_overridden();  // over thousands an assertion of Clp ends one now and then
  std::map<std::string, int> offers;
  int lines = 0;
  int with_offer = 0;
  int reassigned = 0;
  int steps = 0;
  for_best_plans(first, cases, [&](std::uint64_t seed, const Scenario& scenario, const Plan& plan) {
    int failures = 0;
    for_open_lines(plan, [&](RequestIndex line) {
      ++lines;
      const LineChanges changes = changes_for(scenario, plan, line, options);
      LineJudge judge(scenario, plan, changes);
      std::string wrong = judge.complaint();
      if (!changes.undecided.empty())
        wrong += "undecided: " + change_text(changes.undecided.front());
      steps += judge.steps();
      with_offer += changes.offers.empty() ? 0 : 1;
      reassigned += changes.reassigned ? 1 : 0;
      for (const auto& offer : changes.offers)
        ++offers[std::string(code_of(offer.change.kind))];
      if (wrong.empty())
        return;
      ++failures;
      ADD_FAILURE() << "seed " << seed << ", line " << scenario->requests[line].id << ": " << wrong << '\n'
                    << to_text(scenario.data(), plan) << to_text(scenario.data());
    });
    return failures;
  });
  std::cout << fmt::format("{} open lines of {} scenarios, {} steps of changes compared\n", lines, cases, steps)
            << fmt::format("with at least one offer: {} ({:.1f} %); by units reassigned alone: {}\n", with_offer,
                           lines == 0 ? 0.0 : 100.0 * with_offer / lines, reassigned);
  for (const auto& [code, count] : offers)
    std::cout << fmt::format("  {:<16}{:>6}\n", code, count);
  EXPECT_GT(lines, cases);
  EXPECT_GT(with_offer, lines / 2);
  EXPECT_GT(static_cast<int>(offers.size()), share_of_cases(20));
}

/// Whether a change that is said to be of no use would fill the line, other lines or not.
std::string wrongly_ruled_out(const Scenario& scenario, const LineChanges& changes) {
  if (changes.ruled_out < changes.catalogue)
    return "";
  for (const auto& change : every_change(scenario.data(), changes.line, kMostSteps))
    if (brute_force(Scenario(changed(scenario, change)), kNodes, {{changes.line, changes.unmet - 1}}).feasible)
      return "ruled out and fills: " + change_text(change);
  return "";
}

/// What is said without the compact model says less, but nothing wrong.
TEST(LineChangesAgainstOracle, OneDeploymentMore) {
  const std::uint64_t first = first_seed(1);
  const int cases = number_of_cases(kCases);
  planner::ChangeOptions options;
  options.proof = planner::ChangeProof::WithinPart;
  int lines = 0;
  int with_offer = 0;
  int ruled_out = 0;
  int in_part = 0;
  for_best_plans(first, cases, [&](std::uint64_t seed, const Scenario& scenario, const Plan& plan) {
    int failures = 0;
    for_open_lines(plan, [&](RequestIndex line) {
      ++lines;
      const LineChanges changes = changes_for(scenario, plan, line, options);
      with_offer += changes.offers.empty() ? 0 : 1;
      ruled_out += changes.ruled_out == changes.catalogue ? 1 : 0;
      in_part += changes.ruled_out > 0 ? 1 : 0;
      if (const std::string wrong = wrongly_ruled_out(scenario, changes); !wrong.empty()) {
        ++failures;
        ADD_FAILURE() << "seed " << seed << ", line " << scenario->requests[line].id << ": " << wrong << '\n'
                      << to_text(scenario.data(), plan) << to_text(scenario.data());
      }
      for (const auto& offer : changes.offers) {
        const Scenario after(changed(scenario, offer.change));
        if (offer.filling.unmet < changes.unmet && offer.filling.displaced.empty() &&
            can_be(after, plan, line, offer.filling.unmet) != Truth::No)
          continue;
        ++failures;
        ADD_FAILURE() << "seed " << seed << ", line " << scenario->requests[line].id << ": "
                      << change_text(offer.change) << '\n'
                      << to_text(scenario.data(), plan) << to_text(scenario.data());
      }
    });
    return failures;
  });
  std::cout << fmt::format(
      "{} open lines, {} with at least one offer; without one, {} with some changes ruled out, {} with all of them\n",
      lines, with_offer, in_part, ruled_out);
  EXPECT_GT(lines, cases);
  EXPECT_GT(with_offer, lines / 2);
  EXPECT_GT(in_part, lines / 20);
  EXPECT_TRUE(ruled_out > 0 || !kTriesAll);
}

}  // namespace
}  // namespace relevo::test
