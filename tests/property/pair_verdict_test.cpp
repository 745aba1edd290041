// SPDX-License-Identifier: MIT
// judge_pair() against the oracle's own reading of section 2: which pairs are allowed and when, and which rules are
// said to block the others.
#include "planner/rules/pair_rules.hpp"
#include "tests/property/seed.hpp"
#include "tests/support/mini_world.hpp"
#include "tests/support/oracle_pairs.hpp"
#include "tests/support/oracle_words.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/rule_families.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace relevo::test {
namespace {

using namespace planner;  // NOLINT(google-build-using-namespace): a test made of the model's types

constexpr int kCases = 800;
constexpr int kMostFailures = 5;

using Codes = std::vector<std::string>;

struct Pair {
  UnitIndex unit{0U};
  RequestIndex request{0U};
};

PairVerdict judge(const Scenario& scenario, const Pair& pair) {
  return judge_pair(scenario, pair.unit, availability_of(scenario->units[pair.unit]), pair.request);
}

Codes codes_of(const PairVerdict& verdict) {
  Codes codes;
  for (const auto& blocking : verdict.blockings)
    codes.emplace_back(code_of(blocking.rule));
  return codes;
}

/// Calls `test` for every pair of random scenarios, until a few have failed. `test` returns what is wrong, or nothing.
void for_random_pairs(std::uint64_t standard_seed,
                      const std::function<std::string(const Scenario&, const Pair&)>& test) {
  const std::uint64_t first = first_seed(standard_seed);
  const int cases = number_of_cases(kCases);
  int failures = 0;
  for (int i = 0; i < cases && failures < kMostFailures; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    const Scenario scenario(random_scenario(seed));
    for (auto u : scenario->units.indices())
      for (auto q : scenario->requests.indices()) {
        const std::string wrong = test(scenario, {u, q});
        if (wrong.empty())
          continue;
        ++failures;
        ADD_FAILURE() << "seed " << seed << ", " << scenario->units[u].id << " for " << scenario->requests[q].id << ": "
                      << wrong << '\n'
                      << to_text(scenario.data());
      }
  }
}

/// (P1)-(P15), agreement by agreement.
std::map<AgreementIndex, std::vector<int>> allowed_departures(const Scenario& scenario, const Pair& pair) {
  std::map<AgreementIndex, std::vector<int>> allowed;
  for (auto a : scenario->agreements.indices()) {
    if (!lasting_faults(scenario.data(), pair.unit, pair.request, a).empty())
      continue;
    for (const Day day : departures_for(scenario, pair.unit, pair.request, a))
      allowed[a].push_back(scenario->horizon.column(day));
  }
  return allowed;
}

TEST(PairVerdicts, AllowsWhatThePageAllows) {
  int allowed_pairs = 0;
  int blocked_pairs = 0;
  for_random_pairs(20001, [&](const Scenario& scenario, const Pair& pair) -> std::string {
    const auto expected = allowed_departures(scenario, pair);
    const PairVerdict verdict = judge(scenario, pair);
    std::map<AgreementIndex, std::vector<int>> found;
    for (const auto& option : verdict.options)
      found[option.agreement] = option.departures.days();
    ++(expected.empty() ? blocked_pairs : allowed_pairs);
    if (found != expected)
      return fmt::format("{} agreements allow it, not {}; blocked by {}", found.size(), expected.size(),
                         fmt::join(codes_of(verdict), ", "));
    if (expected.empty() == (verdict.blocking && !verdict.blockings.empty()))
      return "";
    return expected.empty() ? "blocked, and no rule is named" : "allowed, and a rule is named";
  });
  std::cout << allowed_pairs << " pairs allowed, " << blocked_pairs << " blocked\n";
  EXPECT_GT(allowed_pairs, share_of_cases(300));
  EXPECT_GT(blocked_pairs, share_of_cases(300));
}

bool is_about_days(const std::string& code) {
  static const Codes kDays{"in_force",  "recalled",    "document", "fitness",
                           "available", "days_worked", "too_late", "too_short"};
  return holds(kDays, code);
}

/// What rules (P1)-(P11) should be named under an agreement.
Codes expected_codes(const ScenarioData& data, const Pair& pair, AgreementIndex agreement) {
  Codes codes = lasting_faults(data, pair.unit, pair.request, agreement);
  if (holds(codes, "kind"))
    return {"kind"};
  if (const auto place = std::find(codes.begin(), codes.end(), "agreement"); place != codes.end())
    codes.erase(place + 1, codes.end());
  return codes;
}

/// (P12)-(P14) that fail on whichever day.
Codes failing_on_all_days(const ScenarioData& data, const Pair& pair, AgreementIndex agreement) {
  Codes all{"in_force", "recalled", "document", "fitness"};
  for (int t = 0; t < data.horizon.days; ++t) {
    const Codes faults = dated_faults(data, pair.unit, agreement, data.horizon.day(t));
    std::erase_if(all, [&faults](const std::string& code) { return !holds(faults, code); });
  }
  return all;
}

TEST(PairVerdicts, NamesEveryRuleThatFails) {
  std::map<std::string, int> named;
  for_random_pairs(21001, [&](const Scenario& scenario, const Pair& pair) -> std::string {
    const PairVerdict verdict = judge(scenario, pair);
    if (!verdict.options.empty())
      return "";
    const Codes codes = codes_of(verdict);
    for (const auto& code : codes)
      ++named[code];
    Codes lasting = codes;
    std::erase_if(lasting, is_about_days);
    const bool is_known =
        std::any_of(scenario->agreements.begin(), scenario->agreements.end(), [&](const Agreement& agreement) {
          const AgreementIndex a(static_cast<std::size_t>(&agreement - scenario->agreements.data()));
          if (expected_codes(scenario.data(), pair, a) != lasting)
            return false;
          if (holds(lasting, "kind") || holds(lasting, "agreement"))
            return true;
          const Codes dated = failing_on_all_days(scenario.data(), pair, a);
          return std::all_of(dated.begin(), dated.end(), [&codes](const auto& code) { return holds(codes, code); });
        });
    if (is_known)
      return "";
    std::string expected;
    for (auto a : scenario->agreements.indices())
      expected += fmt::format("\n{}: {}; on all days {}", scenario->agreements[a].id,
                              fmt::join(expected_codes(scenario.data(), pair, a), ", "),
                              fmt::join(failing_on_all_days(scenario.data(), pair, a), ", "));
    return fmt::format("blocked by {}, but the page says{}", fmt::join(codes, ", "), expected);
  });
  for (const auto& [code, count] : named)
    std::cout << fmt::format("{:<16}{:>6}\n", code, count);
  EXPECT_EQ(named.size(), 20U);
}

void remove_family(ScenarioData& data, const std::string& name) {
  for (const auto& family : rule_families())
    if (family.name == name)
      return family.remove(data);
  FAIL() << "no family " << name;
}

/// Lets the agreements join the two agencies, by one of own forces where they are one.
void join_agencies(ScenarioData& data, const Pair& pair) {
  remove_family(data, "agreement");
  if (data.units[pair.unit].agency != data.requests[pair.request].borrower)
    return;
  Agreement& agreement = data.agreements.back();
  agreement.own_forces = true;
  agreement.lenders = agreement.borrowers = {{Party::Scope::Anyone, ""}};
}

void lift_kind(ScenarioData& data, const Pair& pair) {
  Request& request = data.requests[pair.request];
  request.kind = data.units[pair.unit].kind;
  request.type = data.kinds.kinds[request.kind].types.back().id;
  request.rank = data.kinds.kinds[request.kind].types.back().rank;
}

void lift_availability(ScenarioData& data, const Pair& pair) {
  data.units[pair.unit].available = kAlways;
  data.units[pair.unit].down.clear();
  data.as_of = std::min(data.as_of, data.horizon.first);
  for (auto& agreement : data.agreements) {
    agreement.mobilization.notice_days.value = 0;
    agreement.mobilization.muster_days.value = 0;
  }
}

/// Room for a stay: need before any departure, no least, no most, and nobody called back.
void lift_stay(ScenarioData& data, const Pair& pair) {
  data.requests[pair.request].need.first = data.horizon.first - Days{1};
  for (auto& agreement : data.agreements) {
    agreement.tour.min_line_days.value = 1;
    agreement.tour.max_deployment_days.value.reset();
  }
  data.recalls.clear();
}

/// The scenario without the rule, for this pair at least.
ScenarioData lifted(ScenarioData data, const Pair& pair, PairRule rule) {
  switch (rule) {
    case PairRule::Kind:
      lift_kind(data, pair);
      break;
    case PairRule::Type:
      data.requests[pair.request].type = data.kinds.kinds[data.units[pair.unit].kind].types.back().id;
      data.requests[pair.request].rank = data.kinds.kinds[data.units[pair.unit].kind].types.back().rank;
      break;
    case PairRule::FireBehaviour:
      remove_family(data, "fire behaviour");
      break;
    case PairRule::Named:
      remove_family(data, "named");
      break;
    case PairRule::Forbidden:
      remove_family(data, "forbidden");
      break;
    case PairRule::Declined:
      remove_family(data, "declined");
      break;
    case PairRule::Agreement:
      join_agencies(data, pair);
      break;
    case PairRule::Channel:
      remove_family(data, "channel");
      break;
    case PairRule::Covered:
      remove_family(data, "covered kinds");
      break;
    case PairRule::Qualification:
      remove_family(data, "qualification");
      break;
    case PairRule::Language:
      remove_family(data, "language of a line");
      remove_family(data, "working language");
      break;
    case PairRule::Travel:
      remove_family(data, "travel");
      break;
    case PairRule::InForce:
      for (auto& agreement : data.agreements)
        agreement.in_force = kAlways;
      break;
    case PairRule::Recalled:
      data.recalls.clear();
      break;
    case PairRule::Document:
      remove_family(data, "documents");
      break;
    case PairRule::Fitness:
      remove_family(data, "fitness");
      break;
    case PairRule::Available:
      lift_availability(data, pair);
      break;
    case PairRule::DaysWorked:
      data.units[pair.unit].days_worked = 0;
      for (auto& agreement : data.agreements)
        agreement.tour.max_line_days.value =
            std::max(agreement.tour.max_line_days.value, agreement.tour.min_line_days.value);
      break;
    case PairRule::TooLate:
      data.requests[pair.request].need.last = data.horizon.last() + Days{30};
      break;
    case PairRule::TooShort:
      lift_stay(data, pair);
      break;
  }
  return data;
}

/// What is wrong when the `i`th rule named is lifted alone: it must no longer be named, and either the pair is allowed
/// or the first rule that is left comes first.
std::string complaint_without(const Scenario& scenario, const Pair& pair, const PairVerdict& verdict, std::size_t i) {
  const PairRule rule = verdict.blockings[i].rule;
  // A recall that comes before every departure leaves no day for a stay either.
  if (rule == PairRule::TooShort && holds(codes_of(verdict), "recalled"))
    return "";
  const PairVerdict then = judge(Scenario(lifted(scenario.data(), pair, rule)), pair);
  const auto text = [&](const char* what) {
    return fmt::format("{}: {} without {}: {}", fmt::join(codes_of(verdict), ", "), what, code_of(rule),
                       fmt::join(codes_of(then), ", "));
  };
  if (then.options.empty() == then.blockings.empty())
    return text("neither allowed nor blocked");
  if (then.options.empty() && holds(codes_of(then), std::string(code_of(rule))))
    return text("still named");
  if (i > 0 && then.options.empty() && then.blockings.front().rule != verdict.blockings.front().rule)
    return text("another rule comes first");
  if (i > 0 && !then.options.empty())
    return text("allowed, though an earlier rule fails");
  if (i == 0 && then.options.empty() && then.blockings.front().rule < rule)
    return text("an earlier rule");
  return "";
}

TEST(PairVerdicts, ARuleLiftedAloneAllowsOrUncoversTheNext) {
  int allowed = 0;
  int uncovered = 0;
  for_random_pairs(22001, [&](const Scenario& scenario, const Pair& pair) -> std::string {
    const PairVerdict verdict = judge(scenario, pair);
    for (std::size_t i = 0; i < verdict.blockings.size(); ++i)
      if (auto wrong = complaint_without(scenario, pair, verdict, i); !wrong.empty())
        return wrong;
    if (!verdict.blockings.empty())
      ++(verdict.blockings.size() == 1 ? allowed : uncovered);
    return "";
  });
  std::cout << allowed << " pairs with one rule, " << uncovered << " with several\n";
  EXPECT_GT(allowed, share_of_cases(100));
  EXPECT_GT(uncovered, share_of_cases(30));
}

/// Lifting the first rule again and again ends with an allowed pair, and no rule comes twice.
TEST(PairVerdicts, LiftingRulesOneByOneEnds) {
  for_random_pairs(23001, [](const Scenario& scenario, const Pair& pair) -> std::string {
    ScenarioData data = scenario.data();
    Codes lifted_codes;
    while (true) {
      const PairVerdict verdict = judge(Scenario(data), pair);
      if (!verdict.options.empty())
        return "";
      const std::string code(code_of(verdict.blockings.front().rule));
      if (holds(lifted_codes, code))
        return fmt::format("{} again after {}", code, fmt::join(lifted_codes, ", "));
      lifted_codes.push_back(code);
      data = lifted(data, pair, verdict.blockings.front().rule);
    }
  });
}

}  // namespace
}  // namespace relevo::test
