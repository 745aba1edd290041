// SPDX-License-Identifier: MIT
#include "planner/explain/worth.hpp"

#include "cli/command/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/plan_source.hpp"
#include "cli/report/explanation_words.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <string_view>
#include <utility>

namespace relevo::cli {

namespace {

using planner::Scenario;
using planner::Worth;
using planner::WorthKind;
using planner::WorthStep;

std::string_view code_of(WorthKind kind) {
  switch (kind) {
    case WorthKind::Unit:
      return "unit";
    case WorthKind::Reserve:
      return "reserve";
    case WorthKind::Escort:
      return "escort";
  }
  return "";
}

bool is_meant(const Scenario& scenario, const planner::WorthSubject& subject, const WorthCommand& command) {
  return (command.kind.empty() || scenario->kinds.kinds[subject.unit_kind].id == command.kind) &&
         (command.agency.empty() || scenario->agencies[subject.agency].id == command.agency);
}

std::vector<Worth> all_worths(const PlanOfScenario& of, const WorthCommand& command, int threads) {
  planner::WorthOptions options;
  options.from = command.from;
  options.threads = threads;
  options.stop = interrupted;
  return planner::worths_of(of.scenario, of.plan, options, [&](const planner::WorthSubject& subject) {
    return is_meant(of.scenario, subject, command);
  });
}

nlohmann::ordered_json json_of(const WorthStep& step) {
  return {{"possible", step.is_possible},
          {"proved", step.is_proved},
          {"objective", step.objective},
          {"bound", step.bound ? nlohmann::ordered_json(*step.bound) : nlohmann::ordered_json()},
          {"need", step.need},
          {"cost", step.cost}};
}

void print_worths_as_json(const Scenario& scenario, const std::vector<Worth>& worths) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& worth : worths) {
    const auto& unit = worth.subject.unit;
    list.push_back({{"code", code_of(worth.subject.kind)},
                    {"agency", scenario->agencies[worth.subject.agency].id},
                    {"kind", scenario->kinds.kinds[worth.subject.unit_kind].id},
                    {"unit_id", unit ? nlohmann::ordered_json(scenario->units[*unit].id) : nullptr},
                    {"more", json_of(worth.more)},
                    {"less", worth.less ? json_of(*worth.less) : nlohmann::ordered_json()}});
  }
  const nlohmann::ordered_json json{
      {"scenario", scenario->id}, {"currency", scenario->policy.currency}, {"worth", list}};
  std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

class Table {
 public:
  Table(const PlanOfScenario& of, text::Lang lang) : scenario_(of.scenario), words_(of.scenario, of.plan, lang) {}

  void print(const std::vector<Worth>& worths) const {
    fmt::print(std::cout, "{}\n", words_.say("worth.heading"));
    for (const auto& worth : worths) {
      const auto& subject = worth.subject;
      const std::string what =
          subject.unit ? scenario_->units[*subject.unit].id
                       : words_.say("worth.reserve", {{"agency", scenario_->agencies[subject.agency].id},
                                                      {"kind", scenario_->kinds.kinds[subject.unit_kind].id}});
      fmt::print(std::cout, "  {}\n    {}\n    {}\n", what, said("worth.more", worth.more),
                 worth.less ? said("worth.less", *worth.less) : words_.say("worth.none_to_take"));
    }
  }

 private:
  std::string said(const char* key, const WorthStep& step) const {
    if (!step.is_possible)
      return words_.say(step.is_proved ? "worth.impossible" : "worth.none_found");
    std::string text = words_.say(key, {{"points", words_.locale().decimal(step.objective, 1)},
                                        {"need", words_.locale().decimal(step.need, 1)},
                                        {"cost", words_.locale().money(step.cost, scenario_->policy.currency)}});
    if (!step.is_proved)
      text += " " + (step.bound ? words_.say("worth.bound", {{"bound", words_.locale().decimal(*step.bound, 1)}})
                                : words_.say("explain.not_proved"));
    return text;
  }

  const Scenario& scenario_;
  ExplanationWords words_;
};

}  // namespace

ExitCode worth_of_plan(const WorthCommand& command, const CommonOptions& options) {
  const PlanOfScenario of = load_plan_of_scenario(command.source, options);
  const auto worths = all_worths(of, command, options.threads);
  if (options.json)
    print_worths_as_json(of.scenario, worths);
  else if (!options.quiet)
    Table(of, options.lang).print(worths);
  return ExitCode::Done;
}

}  // namespace relevo::cli
