// SPDX-License-Identifier: MIT
// Plans a scenario and prints what the solver had when, as CSV: seconds of wall clock and of processor, incumbent,
// bound. Use: solve_trace SCENARIO [--method arcs|rosters|automatic] [--seconds S] [--rounds N] [--nodes N] [--threads
// N] [--gap G] [--previous PLAN [--full yes]], as `relevo replan` does it.
#include "cli/data_dir.hpp"
#include "cli/scenario_source.hpp"
#include "geo/layer/isolated.hpp"
#include "planner/check/check.hpp"
#include "planner/solve/arc_bounds.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/solve.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <map>
#include <string>

namespace relevo {
namespace {

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

long peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

planner::SolveOptions options_of(const std::map<std::string, std::string>& words) {
  planner::SolveOptions options;
  for (const auto& [word, value] : words) {
    if (word == "--method")
      options.method = value == "arcs"      ? planner::SolveMethod::Arcs
                       : value == "rosters" ? planner::SolveMethod::Rosters
                                            : planner::SolveMethod::Automatic;
    else if (word == "--seconds")
      options.seconds = std::stod(value);
    else if (word == "--nodes")
      options.nodes = std::stoi(value);
    else if (word == "--gap")
      options.gap = std::stod(value);
    else if (word == "--threads")
      options.threads = std::stoi(value);
    else if (word == "--seed")
      options.seed = std::stoull(value);
  }
  return options;
}

int trace(const std::string& folder, const std::map<std::string, std::string>& words) {
  const auto begin = std::chrono::steady_clock::now();
  const auto wall = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  cli::CommonOptions common;
  common.quiet = true;
  if (const auto previous = words.find("--previous"); previous != words.end())
    common.previous = previous->second;
  cli::EarlierPlan earlier;
  const auto scenario = cli::load_for_planning(folder, cli::data_dir(), common, &earlier);
  fmt::print("# loaded after {:.2f} s, {:.2f} s of processor, {} MiB\n", wall(), processor_seconds(), peak_mebibytes());
  const auto baseline = planner::greedy_plan(scenario);
  fmt::print("# baseline {:.3f} after {:.2f} s\n", baseline.result.objective, wall());
  {
    const auto problem = planner::make_problem(scenario);
    const bool are_few = planner::method_for(problem) == planner::SolveMethod::Arcs;
    fmt::print("# method {}, some {:.0f} arcs\n", are_few ? "arcs" : "rosters", planner::estimated_arcs(problem));
  }
  fmt::print("seconds,processor,incumbent,bound,nodes\n");
  const auto start = std::chrono::steady_clock::now();
  const double used = processor_seconds();
  auto options = options_of(words);
  if (!common.previous.empty())
    options.start = earlier.plan;
  if (!common.previous.empty() && !words.contains("--full"))
    options.effort = planner::SolveEffort::Quick;
  options.on_progress = [&](const planner::Progress& p) {
    fmt::print("{:.2f},{:.2f},{},{:.3f},{}\n", p.seconds, processor_seconds() - used,
               p.incumbent ? fmt::format("{:.3f}", *p.incumbent) : "", p.bound, p.nodes);
    std::fflush(stdout);
  };
  const auto plan = planner::solve(scenario, options);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto report = planner::check(scenario, plan);
  fmt::print("# {} objective {:.3f} bound {:.3f} gap {:.4f} influenceable {:.4f} constant {:.3f} greedy ratio {:.4f}\n",
             report.violations.empty() ? "checked" : "REFUSED BY CHECK", plan.result.objective, plan.result.bound,
             plan.result.gap, plan.result.influenceable_gap, plan.result.constant,
             baseline.result.objective / plan.result.objective);
  fmt::print("# {:.2f} s, {:.2f} s of processor, {} MiB; {}\n", seconds, processor_seconds() - used, peak_mebibytes(),
             plan.result.proof);
  return report.violations.empty() ? 0 : 1;
}

}  // namespace
}  // namespace relevo

int main(int argc, char** argv) {
  // What the isolated reading of layers starts.
  if (argc == 2 && std::string(argv[1]) == "read-layer")
    return relevo::geo::serve_layer_request();
  std::map<std::string, std::string> words;
  for (int i = 2; i + 1 < argc; i += 2)
    words[argv[i]] = argv[i + 1];
  if (argc < 2) {
    fmt::print(stderr,
               "use: solve_trace SCENARIO [--method M] [--seconds S] [--nodes N] [--threads N] [--seed N] "
               "[--gap G] [--previous PLAN [--full yes]]\n");
    return 2;
  }
  try {
    return relevo::trace(argv[1], words);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
