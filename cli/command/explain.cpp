// SPDX-License-Identifier: MIT
#include "cli/command/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/plan_source.hpp"
#include "cli/report/explanation_json.hpp"
#include "cli/report/explanation_words.hpp"
#include "planner/explain/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <iostream>
#include <tuple>
#include <utility>

namespace relevo::cli {

namespace {

using planner::ExplainSelection;
using planner::Explanation;
using planner::Scenario;

constexpr std::size_t kShownRows = 12;

/// The index of an identifier; none where none was given. \throws InputError where it is not in the table
template <class IndexType, class Table>
std::optional<IndexType> find_id(const Table& table, const std::string& id, const char* what) {
  if (id.empty())
    return std::nullopt;
  for (const auto index : table.indices())
    if (table[index].id == id)
      return index;
  planner::Diagnostics diagnostics;
  diagnostics.add(planner::make_diagnostic(planner::Severity::Error, {what, 0, ""}, id, "explain.unknown", {}));
  throw planner::InputError(std::move(diagnostics));
}

ExplainSelection selection_of(const Scenario& scenario, const ExplainCommand& command) {
  return {find_id<planner::RequestIndex>(scenario->requests, command.request, "--request"),
          find_id<planner::UnitIndex>(scenario->units, command.unit, "--unit"),
          find_id<planner::AgencyIndex>(scenario->agencies, command.agency, "--agency")};
}

class Printer {
 public:
  Printer(const Scenario& scenario, const planner::Plan& plan, text::Lang lang)
      : scenario_(scenario), plan_(plan), words_(scenario, plan, lang) {}

  void print(const Explanation& explanation, const ExplainSelection& selection) {
    put(0,
        words_.say("explain.heading", {{"title", scenario_->title}, {"day", words_.locale().day(scenario_->as_of)}}));
    if (explanation.lines.empty() && selection.is_whole())
      put(0, words_.say("explain.nothing_open"));
    if (!explanation.lines.empty() && selection.unit && !selection.request)
      put(0, words_.say("explain.idle", {{"unit", scenario_->units[*selection.unit].id}}));
    for (const auto& line : explanation.lines)
      print_line(line);
    if (!explanation.units.empty())
      put(0, words_.say("explain.units"));
    for (const auto& unit : explanation.units) {
      put(1, words_.unit(plan_.assignments.at(unit.assignment)));
      for (const auto& sentence : words_.why(unit))
        put(2, sentence);
    }
  }

 private:
  static void put(int depth, const std::string& text) { fmt::print(std::cout, "{:{}}{}\n", "", 2 * depth, text); }

  void print_line(const planner::ExplainedLine& line) {
    put(0, "");
    put(0, words_.line(line.line));
    if (line.reasons.empty()) {
      put(1, words_.say("explain.filled"));
      return;
    }
    put(1, words_.say("explain.why_open"));
    for (const auto& reason : line.reasons)
      put(2, words_.reason(reason, kShownRows));
    if (!line.changes)
      return;
    put(1, words_.say("explain.offers"));
    if (line.changes->reassigned)
      put(2, words_.reassigned(*line.changes));
    for (const auto& offer : line.changes->offers)
      put(2, words_.offer(*line.changes, offer));
    for (const auto& remark : words_.remarks(*line.changes))
      put(2, remark);
  }

  const Scenario& scenario_;
  const planner::Plan& plan_;
  ExplanationWords words_;
};

}  // namespace

ExitCode explain_plan(const ExplainCommand& command, const CommonOptions& options) {
  const PlanOfScenario of = load_plan_of_scenario(command.source, options);
  const auto& [scenario, plan] = std::tie(of.scenario, of.plan);
  const ExplainSelection selection = selection_of(scenario, command);
  planner::ExplainOptions with;
  with.changes.most_offers = static_cast<std::size_t>(command.most);
  with.changes.stop = interrupted;
  with.runner_up.stop = interrupted;
  with.threads = options.threads;
  const Explanation explanation = planner::explain(scenario, plan, selection, with);
  if (options.json)
    std::cout << explanation_json(scenario, plan, explanation, options.lang);
  else if (!options.quiet)
    Printer(scenario, plan, options.lang).print(explanation, selection);
  return ExitCode::Done;
}

}  // namespace relevo::cli
