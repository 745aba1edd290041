// SPDX-License-Identifier: MIT
// A rule that nobody can feel is none: each rule family and each pair rule is taken away from a shipped
// scenario, and the best plan is another one. docs/rules-that-bind.md shows the table that this test prints.
#include "cli/scenario_source.hpp"
#include "planner/rules/pair_rules.hpp"
#include "planner/solve/solve.hpp"
#include "tests/cli/binding/rule_removals.hpp"
#include "tests/support/rule_families.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>

namespace relevo::test {
namespace {

using planner::PairRule;
using planner::Plan;
using planner::PlanResult;
using planner::Scenario;
using planner::ScenarioData;

/// Nodes, never seconds. Where they do not suffice, the bound still tells whether the plan must be another one.
constexpr int kNodes = 20'000;
/// Objectives nearer than this are the same.
constexpr double kLeastChange = 1e-3;

const ScenarioData& shipped(const std::string& name) {
  static std::map<std::string, Scenario> loaded;
  const auto it = loaded.find(name);
  if (it != loaded.end())
    return it->second.data();
  const std::filesystem::path data = std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
  cli::CommonOptions options;
  options.quiet = true;
  return loaded.emplace(name, cli::load_for_planning(data / "scenarios" / name, data, options)).first->second.data();
}

PlanResult best(ScenarioData data) {
  return planner::solve(Scenario(std::move(data)), {.nodes = kNodes}).result;
}

/// The part of the scenario as it is; solved once.
const PlanResult& best_with(const RuleRemoval& removal) {
  static std::map<std::pair<std::string, std::vector<std::string>>, PlanResult> solved;
  const std::pair key{removal.scenario, removal.lines};
  const auto it = solved.find(key);
  if (it != solved.end())
    return it->second;
  return solved.emplace(key, best(with_lines(shipped(removal.scenario), removal.lines))).first->second;
}

/// One line of the table.
std::string row_of(const RuleRemoval& removal, double with, double without) {
  const std::string lines = removal.lines.empty() ? "all lines" : fmt::format("{}", fmt::join(removal.lines, ", "));
  return fmt::format("| {} | {} | {} | {} | {:.1f} | {:.1f} |", removal.family, removal.rule, removal.scenario, lines,
                     with, without);
}

/// A row of the page: what stands before the figures, and the figures.
using PageRows = std::map<std::string, std::pair<double, double>>;

PageRows rows_of_page() {
  std::ifstream in(std::filesystem::path(RELEVO_SOURCE_DIR) / "docs" / "rules-that-bind.md");
  PageRows rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, '|');)
      cells.push_back(cell);
    if (cells.size() != 7 || cells[5].find_first_of("0123456789") == std::string::npos)
      continue;
    rows[fmt::format("{}|{}|{}|{}", cells[1], cells[2], cells[3], cells[4])] = {std::stod(cells[5]),
                                                                                std::stod(cells[6])};
  }
  return rows;
}

bool is_on_page(const PageRows& rows, const RuleRemoval& removal, double with, double without) {
  const std::string row = row_of(removal, with, without);
  for (const auto& [words, figures] : rows)
    if (row.starts_with("|" + words + "|"))
      return std::abs(figures.first - with) < 0.1 && std::abs(figures.second - without) < 0.1;
  return false;
}

TEST(RulesThatBind, EachFamilyIsFeltInAShippedScenario) {
  const PageRows page = rows_of_page();
  for (const auto& removal : rule_removals()) {
    const PlanResult& with = best_with(removal);
    ScenarioData data = with_lines(shipped(removal.scenario), removal.lines);
    removal.remove(data);
    const PlanResult without = best(std::move(data));
    const std::string row = row_of(removal, with.objective, without.objective);
    std::cout << row << std::endl;
    if (removal.effect == RuleRemoval::Effect::Forbids)
      EXPECT_LT(without.objective, with.bound - kLeastChange) << "not felt: " << row;
    else
      EXPECT_GT(without.bound, with.objective + kLeastChange) << "not felt: " << row;
    EXPECT_TRUE(is_on_page(page, removal, with.objective, without.objective)) << "docs/rules-that-bind.md lacks\n"
                                                                              << row;
  }
}

TEST(RulesThatBind, NoFamilyIsLeftOut) {
  std::set<std::string> removed;
  for (const auto& removal : rule_removals())
    EXPECT_TRUE(removed.insert(removal.family).second) << removal.family << " is removed twice";
  removed.insert("announcements");  // come with an earlier plan: tests/property/replan_test.cpp
  for (const auto& family : rule_families())
    EXPECT_TRUE(removed.contains(family.name)) << family.name;
}

TEST(RulesThatBind, NoPairRuleIsLeftOut) {
  std::set<std::string> removed;
  for (const auto& removal : rule_removals())
    removed.insert(removal.code);
  for (int rule = 0; rule <= static_cast<int>(PairRule::TooShort); ++rule)
    EXPECT_TRUE(removed.contains(std::string(planner::code_of(static_cast<PairRule>(rule)))))
        << planner::code_of(static_cast<PairRule>(rule));
}

}  // namespace
}  // namespace relevo::test
