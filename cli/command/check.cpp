// SPDX-License-Identifier: MIT
#include "planner/check/check.hpp"

#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/plan_file.hpp"
#include "cli/report/locale.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/scenario_source.hpp"
#include "cli/text_file.hpp"
#include "planner/solve/solve.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <iostream>

namespace relevo::cli {

namespace {

using planner::check;
using planner::CheckReport;
using planner::Finding;
using planner::format_day;
using planner::Plan;
using planner::plan_of_solution;
using planner::Scenario;

Plan plan_to_judge(const Scenario& scenario, const CheckCommand& command) {
  if (!command.solution.empty())
    return plan_of_solution(scenario, read_text_file(command.solution), command.solution.string());
  return read_plan_file(command.plan, scenario);
}

nlohmann::ordered_json json_of(const std::vector<Finding>& findings, text::Lang lang) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& f : findings)
    list.push_back({{"code", f.code},
                    {"subject", f.subject},
                    {"day", f.day ? nlohmann::ordered_json(format_day(*f.day)) : nlohmann::ordered_json()},
                    {"amount", f.amount},
                    {"message", text::render(f.what, lang)}});
  return list;
}

void print_findings(const std::vector<Finding>& findings, text::Lang lang) {
  for (const auto& f : findings)
    fmt::print(std::cout, "  {} {}{}: {}\n", f.code, f.subject, f.day ? " " + format_day(*f.day) : std::string{},
               text::render(f.what, lang));
}

void print_report(const Scenario& scenario, const Plan& plan, const CheckReport& report, text::Lang lang) {
  const auto count = [](std::size_t n) { return std::to_string(n); };
  if (report.violations.empty())
    fmt::print(std::cout, "{}\n", text::render("cli.check.valid", lang));
  else
    fmt::print(std::cout, "{}\n",
               text::render({"cli.check.invalid", {{"count", count(report.violations.size())}}}, lang));
  print_findings(report.violations, lang);
  if (!report.findings.empty())
    fmt::print(std::cout, "{}\n",
               text::render({"cli.check.findings", {{"count", count(report.findings.size())}}}, lang));
  print_findings(report.findings, lang);
  const Locale locale(lang);
  fmt::print(std::cout, "{}\n",
             text::render({"cli.check.figures",
                           {{"need", locale.quantity(plan.result.vector.need.value())},
                            {"cost", locale.money(plan.result.vector.cost.value(), scenario->policy.currency)},
                            {"objective", locale.decimal(plan.result.objective, 2)}}},
                          lang));
}

}  // namespace

ExitCode check_plan(const CheckCommand& command, const CommonOptions& options) {
  const Scenario scenario = load_for_planning(command.scenario, data_dir(), options);
  const Plan plan = plan_to_judge(scenario, command);
  const CheckReport report = check(scenario, plan);
  if (options.json) {
    const nlohmann::ordered_json json{{"valid", report.violations.empty()},
                                      {"objective", plan.result.objective},
                                      {"violations", json_of(report.violations, options.lang)},
                                      {"findings", json_of(report.findings, options.lang)}};
    std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  } else if (!options.quiet) {
    print_report(scenario, plan, report, options.lang);
  }
  return report.violations.empty() ? ExitCode::Done : ExitCode::Contradiction;
}

}  // namespace relevo::cli
