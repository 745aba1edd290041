// SPDX-License-Identifier: MIT
// Raises the bound of a scenario and prints its course as CSV, so that what pricing costs is measured alone; with a
// fifth word also the plans that are drawn from what the ascent found. Use: bench_pricing SCENARIO [ROUNDS [THREADS
// [EXACT_EVERY [plans]]]]
#include "cli/data_dir.hpp"
#include "cli/scenario_source.hpp"
#include "geo/layer/isolated.hpp"
#include "planner/solve/dive.hpp"
#include "planner/solve/first_duals.hpp"
#include "planner/solve/local_search.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
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

void measure(const std::string& folder, int rounds, int threads, int exact_every, bool plans) {
  cli::CommonOptions common;
  common.quiet = true;
  const auto scenario = cli::load_for_planning(folder, cli::data_dir(), common);
  double last = processor_seconds();
  const auto lap = [&](const char* what) {
    const double now = processor_seconds();
    fmt::print("# {}: {:.2f} s of processor, {} MiB so far\n", what, now - last, peak_mebibytes());
    last = now;
  };
  const auto problem = planner::make_problem(scenario);
  const planner::RowTable rows(problem);
  lap("problem and rows");
  const auto coupling = planner::make_coupling(problem, rows, planner::reach_of_duties(problem, rows));
  const planner::Master master(problem, rows, coupling);
  lap("coupling rows");
  const planner::PlanModel model(problem, rows);
  const planner::RosterOracle oracle(model, threads);
  lap("pricing made");
  fmt::print("# {} classes, {} rows of the table, {} coupling rows, {} auxiliary columns\n", problem.classes.size(),
             rows.size(), coupling.model.rows.size(), coupling.model.columns.size());
  fmt::print("round,seconds,processor,bound\n");
  planner::LocalSearch local(model, oracle.pricings());
  const planner::PlanState plan = local.construct(0);
  lap("first plan");
  fmt::print("# plan {:.3f}\n", plan.value().points);
  const auto first = planner::duals_of_plan(coupling, plan);
  const auto begin = std::chrono::steady_clock::now();
  const double used = processor_seconds();
  planner::DualAscentOptions options;
  options.rounds = rounds;
  options.exact_every = exact_every;
  options.on_round = [&](int round, double bound) {
    if (round % 10 == 0 || round <= 3)
      fmt::print("{},{:.2f},{:.2f},{:.3f}\n", round,
                 std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
                 processor_seconds() - used, bound);
    std::fflush(stdout);
  };
  const auto raised = planner::raise_bound(model, master, oracle, first, options);
  lap("ascent");
  fmt::print("# bound {:.6f} after {} rounds\n", raised.bound, raised.rounds);
  if (!plans)
    return;
  std::vector<planner::RelaxedRoster> followed;
  for (const auto& one : raised.rosters)
    followed.push_back({one.unit_class, one.record->roster, one.units});
  fmt::print("# drawn plan {:.3f}\n", local.construct(0, followed).value().points);
  lap("draw");
  const auto fixed = planner::dive(model, master, oracle, raised, {});
  fmt::print("# dived plan {:.3f}\n", local.construct(0, fixed).value().points);
  lap("dive");
}

}  // namespace
}  // namespace relevo

int main(int argc, char** argv) {
  // What the isolated reading of layers starts.
  if (argc == 2 && std::string(argv[1]) == "read-layer")
    return relevo::geo::serve_layer_request();
  if (argc < 2) {
    fmt::print(stderr, "use: bench_pricing SCENARIO [ROUNDS [THREADS [EXACT_EVERY [plans]]]]\n");
    return 2;
  }
  try {
    const auto number = [&](int at, int otherwise) { return argc > at ? std::stoi(argv[at]) : otherwise; };
    relevo::measure(argv[1], number(2, 20), number(3, 1), number(4, 1), argc > 5);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
