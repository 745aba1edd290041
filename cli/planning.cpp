// SPDX-License-Identifier: MIT
#include "cli/planning.hpp"

#include "cli/gpkg/exposure_rings.hpp"
#include "cli/gpkg/plan_geopackage.hpp"
#include "cli/interrupt.hpp"
#include "cli/plan_file.hpp"
#include "cli/progress.hpp"
#include "cli/report/html.hpp"
#include "cli/report/plan_json.hpp"
#include "cli/report/tables.hpp"
#include "planner/check/check.hpp"
#include "planner/explain/explanation.hpp"
#include "planner/explain/reasons.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/side_by_side.hpp"
#include "planner/solve/solve.hpp"
#include "relevo_version.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <sys/resource.h>

#include <ctime>
#include <iostream>
#include <stdexcept>

namespace relevo::cli {

namespace {

using planner::check;
using planner::CheckReport;
using planner::ContradictionError;
using planner::explain_lines;
using planner::greedy_plan;
using planner::Plan;
using planner::Progress;
using planner::Scenario;
using planner::solve;
using planner::SolveOptions;

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  // glibc declares its counters as unions of two names for one number.
  const auto kilobytes = static_cast<double>(usage.ru_maxrss);  // NOLINT(cppcoreguidelines-pro-type-union-access)
  return kilobytes / 1024.0;
}

void measure_run(RunInfo& run, std::chrono::steady_clock::time_point start) {
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  run.peak_mb = peak_megabytes();
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  const auto n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, n};
}

SolveOptions solve_options(const Scenario& scenario, const CommonOptions& options, const Plan* start,
                           ProgressLine& progress) {
  SolveOptions solve;
  const auto& limits = scenario->policy.limits;
  solve.nodes = options.nodes.value_or(limits.nodes);
  solve.gap = options.gap.value_or(limits.gap);
  solve.seconds = options.seconds ? options.seconds : limits.seconds;
  solve.threads = options.threads;
  solve.method = options.method;
  solve.goal_after_goal = options.lexicographic;
  solve.effort =
      options.effort.value_or(options.previous.empty() ? planner::SolveEffort::Full : planner::SolveEffort::Quick);
  if (!options.start.empty())
    solve.start = read_plan_file(options.start, scenario);
  else if (start != nullptr)
    solve.start = *start;
  solve.seed = options.seed;
  solve.stop = interrupted;
  solve.on_progress = [&progress](const Progress& p) { progress.show(p); };
  return solve;
}

SolveEcho echo_of(const SolveOptions& solve) {
  SolveEcho echo{{"nodes", std::to_string(solve.nodes)},
                 {"gap", fmt::format("{}", solve.gap)},
                 {"seed", std::to_string(solve.seed)}};
  if (solve.seconds)
    echo.emplace("time-limit", fmt::format("{}", *solve.seconds));
  if (solve.goal_after_goal)
    echo.emplace("lexicographic", "true");
  if (solve.effort == planner::SolveEffort::Quick)
    echo.emplace("effort", "quick");
  return echo;
}

/// The judge's findings go into the plan; a violation means that it is not written.
void judge(const Scenario& scenario, Plan& plan, text::Lang lang) {
  const CheckReport report = check(scenario, plan);
  plan.findings = report.findings;
  if (report.violations.empty())
    return;
  std::string all = text::render("cli.violations", lang);
  for (const auto& violation : report.violations)
    all += fmt::format("\n  {} {}: {}", violation.code, violation.subject, text::render(violation.what, lang));
  throw std::logic_error(all);
}

/// The baseline, judged like the plan; none where pins leave the dispatcher no way.
std::optional<Plan> baseline_of(const Scenario& scenario, text::Lang lang) {
  try {
    Plan baseline = greedy_plan(scenario);
    judge(scenario, baseline, lang);
    return baseline;
  } catch (const ContradictionError&) {
    return std::nullopt;
  }
}

}  // namespace

void warn_of_need_after_horizon(const Scenario& scenario, const CommonOptions& options) {
  for (const auto& request : scenario->requests)
    if (!options.quiet && request.need.last > scenario->horizon.last())
      fmt::print(std::cerr, "{}\n", text::render({"cli.need_after_horizon", {{"request", request.id}}}, options.lang));
}

PlannedScenario plan_scenario(const Scenario& scenario, const CommonOptions& options, const Plan* start) {
  ProgressLine progress(options);
  const SolveOptions solve_with = solve_options(scenario, options, start, progress);
  PlannedScenario planned{.plan = solve(scenario, solve_with), .options = echo_of(solve_with)};
  progress.clear();
  planner::side_by_side(2, options.threads, [&](std::size_t which, std::size_t) {
    if (which == 0) {
      explain_lines(scenario, planned.plan);
      judge(scenario, planned.plan, options.lang);
    } else {
      planned.baseline = baseline_of(scenario, options.lang);
    }
  });
  if (options.explain > 0) {
    planner::ExplainOptions with;
    with.changes.most_offers = static_cast<std::size_t>(options.explain);
    with.changes.stop = interrupted;
    with.threads = options.threads;
    planned.explanation = planner::explain(scenario, planned.plan, {}, with);
  }
  if (options.worth > 0) {
    planner::WorthOptions with;
    with.stop = interrupted;
    with.threads = options.threads;
    planned.worths =
        planner::worths_of(scenario, planned.plan, with, [](const planner::WorthSubject&) { return true; });
    if (planned.worths.size() > static_cast<std::size_t>(options.worth))
      planned.worths.erase(planned.worths.begin() + options.worth, planned.worths.end());
  }
  return planned;
}

PlannedScenario judged_again(const Scenario& scenario, Plan plan, text::Lang lang) {
  PlannedScenario planned{.plan = std::move(plan)};
  judge(scenario, planned.plan, lang);
  planned.baseline = baseline_of(scenario, lang);
  return planned;
}

ReportInput report_input(const Scenario& scenario, const PlannedScenario& planned, const CommonOptions& options,
                         const std::string& command_line) {
  ReportInput input{scenario,     planned.plan,    planned.baseline ? *planned.baseline : planned.plan,
                    options.lang, planned.options, {}};
  input.run.version = kVersion;
  input.run.threads = options.threads;
  input.run.date = now_utc();
  input.run.command = command_line;
  input.explanation = planned.explanation ? &*planned.explanation : nullptr;
  input.worths = planned.worths;
  input.edits = options.edits;
  input.rings = exposure_rings(scenario.data());
  return input;
}

std::string timed_plan_json(ReportInput& input, std::chrono::steady_clock::time_point start) {
  measure_run(input.run, start);
  return plan_json(input);
}

void add_reports(OutputFolder& out, ReportInput& input, const std::filesystem::path& data_dir,
                 std::chrono::steady_clock::time_point start) {
  measure_run(input.run, start);
  out.add("assignments.csv", assignments_csv(input));
  out.add("incidents.csv", incidents_csv(input));
  out.add("plan.gpkg", plan_geopackage(input));
  out.add("unfilled.csv", unfilled_csv(input));
  out.add("report.html", report_html(input, data_dir));
}

}  // namespace relevo::cli
