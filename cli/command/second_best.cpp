// SPDX-License-Identifier: MIT
#include "planner/explain/second_best.hpp"

#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/interrupt.hpp"
#include "cli/json_output.hpp"
#include "cli/output_folder.hpp"
#include "cli/plan_source.hpp"
#include "cli/planning.hpp"
#include "cli/report/comparison_json.hpp"
#include "cli/report/comparison_text.hpp"
#include "cli/report/locale.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/record/comparison.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <iostream>
#include <utility>

namespace relevo::cli {

namespace {

using planner::PlanComparison;
using planner::PlanDifference;
using planner::SecondBest;

constexpr double kEqual = 1e-6;  // points

std::string say_second(const char* key, text::Lang lang, std::vector<std::pair<std::string, std::string>> args = {}) {
  return text::render({key, std::move(args)}, lang);
}

PlanComparison comparison_of(const PlanOfScenario& of, const planner::Plan& second, text::Lang lang) {
  planner::Plan before = of.plan;
  planner::Plan after = second;
  before.name = say_second("second.present", lang);
  after.name = say_second("second.other", lang);
  return planner::compare_plans(of.scenario, before, after);
}

/// What the second-best plan has more than the present one.
struct More {
  double objective = 0.0;
  double need = 0.0;
  double disturbance = 0.0;
  double cost = 0.0;
};

More more_of(const planner::Plan& present, const planner::Plan& second) {
  const auto& before = present.result.vector;
  const auto& after = second.result.vector;
  return {second.result.objective - present.result.objective, after.need.value() - before.need.value(),
          after.disturbance.value() - before.disturbance.value(), after.cost.value() - before.cost.value()};
}

void print_text(const PlanOfScenario& of, const SecondBest& second, PlanDifference difference, text::Lang lang) {
  const Locale locale(lang);
  const auto line = [](const std::string& text) { fmt::print(std::cout, "{}\n", text); };
  line(say_second("second.heading", lang, {{"title", of.scenario->title}, {"day", locale.day(of.scenario->as_of)}}));
  const bool is_who = difference == PlanDifference::Who;
  const std::pair<std::string, std::string> what{"what", is_who ? "second.what.who" : "second.what.any"};
  if (!second.plan) {
    const char* none = is_who ? "second.none.who" : "second.none";
    line(say_second(second.is_proved ? none : "second.none_found", lang));
    return;
  }
  const More more = more_of(of.plan, *second.plan);
  const char* key = std::abs(more.objective) <= kEqual ? "second.equal"
                    : more.objective > 0.0             ? "second.worse"
                                                       : "second.better";
  line(say_second(key, lang,
                  {what,
                   {"points", locale.decimal(std::abs(more.objective), 1)},
                   {"need", locale.decimal(more.need, 1)},
                   {"disturbance", locale.decimal(more.disturbance, 1)},
                   {"cost", locale.money(more.cost, of.scenario->policy.currency)}}));
  line(second.is_proved ? say_second("second.proved", lang, {what})
                        : say_second("second.not_proved", lang, {{"bound", locale.decimal(second.bound, 1)}}));
  line("");
  std::cout << comparison_text(comparison_of(of, *second.plan, lang), of.scenario->kinds, lang);
}

void print_second_json(const PlanOfScenario& of, const SecondBest& second, PlanDifference difference, text::Lang lang) {
  nlohmann::ordered_json json{{"scenario", of.scenario->id},
                              {"currency", of.scenario->policy.currency},
                              {"differs", difference == PlanDifference::Who ? "who" : "any"},
                              {"possible", second.plan.has_value()},
                              {"proved", second.is_proved},
                              {"bound", second.bound},
                              {"objective", nullptr},
                              {"need", nullptr},
                              {"disturbance", nullptr},
                              {"cost", nullptr},
                              {"comparison", nullptr}};
  if (second.plan) {
    const More more = more_of(of.plan, *second.plan);
    json["objective"] = more.objective;
    json["need"] = more.need;
    json["disturbance"] = more.disturbance;
    json["cost"] = more.cost;
    json["comparison"] =
        nlohmann::ordered_json::parse(comparison_json(comparison_of(of, *second.plan, lang), of.scenario->kinds, lang));
  }
  print_json(json);
}

void write_plan(const SecondBestCommand& command, const PlanOfScenario& of, const PlannedScenario& planned,
                const CommonOptions& options, std::chrono::steady_clock::time_point start) {
  OutputFolder out(command.out);
  ReportInput input = report_input(of.scenario, planned, options, command.command_line);
  input.run.scenario = of.from.string();
  input.edits = of.edits;
  add_reports(out, input, data_dir(), start);
  out.add("plan.json", timed_plan_json(input, start));
  out.commit();
}

}  // namespace

ExitCode second_best_plan(const SecondBestCommand& command, const CommonOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const PlanOfScenario of = load_plan_of_scenario(command.source, options);
  planner::SecondBestOptions search;
  search.difference = command.difference;
  search.stop = interrupted;
  if (options.nodes)
    search.nodes = *options.nodes;
  SecondBest second = planner::second_best(of.scenario, of.plan, search);
  if (second.plan) {
    planner::explain_lines(of.scenario, *second.plan);
    auto& result = second.plan->result;
    result.constant = of.plan.result.constant;
    result.bound = of.plan.result.bound;
    const PlannedScenario planned = judged_again(of.scenario, *second.plan, options.lang);
    second.plan = planned.plan;
    if (!command.out.empty())
      write_plan(command, of, planned, options, start);
  }
  if (options.json)
    print_second_json(of, second, command.difference, options.lang);
  else if (!options.quiet)
    print_text(of, second, command.difference, options.lang);
  return ExitCode::Done;
}

}  // namespace relevo::cli
