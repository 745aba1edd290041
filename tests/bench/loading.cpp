// SPDX-License-Identifier: MIT
// How long a scenario folder takes from its files to the problem that the solver sees, stage by stage, and what memory
// it has taken by then. Use: bench_loading SCENARIO_DIR [greedy]
#include "cli/scenario_source.hpp"
#include "cli/travel.hpp"
#include "geo/airports.hpp"
#include "geo/layer/isolated.hpp"
#include "planner/model/scenario_loader.hpp"
#include "planner/solve/coupling.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/greedy.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_oracle.hpp"
#include "planner/solve/rows.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>

namespace {

namespace fs = std::filesystem;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Prints what a stage took since the last one.
class Stages {
 public:
  void done(std::string_view stage, std::size_t count, std::string_view what) {
    const double now = processor_seconds();
    fmt::print("{:<34} {:>8.2f} s  {:>7.0f} MB  {:>9} {}\n", stage, now - last_, peak_megabytes(), count, what);
    last_ = processor_seconds();
  }

 private:
  double last_ = processor_seconds();
};

void measure(const fs::path& folder, bool with_greedy) {
  using namespace relevo;
  const fs::path data = fs::path(RELEVO_SOURCE_DIR) / "data";
  Stages stages;
  {
    const auto draft = planner::load_scenario(folder, data, cli::other_formats());
    stages.done("tables", draft.data.units.size() + draft.data.requests.size(), "units and lines");
    const auto airports = geo::AirportIndex::load(data / "reference" / "airports.csv", "reference/airports.csv");
    stages.done("airports", airports.all().size(), "airports");
    const auto travel = cli::make_travel_table(draft.data, airports);
    stages.done("journeys and moves", travel.all().size() + travel.moves().size(), "entries");
  }
  cli::CommonOptions options;
  options.quiet = true;
  const auto scenario = cli::load_for_planning(folder, data, options);
  stages.done("all of these, layers, assessment", scenario->incidents.size(), "incidents");
  const auto problem = planner::make_problem(scenario);
  std::size_t duties = 0;
  for (const auto& c : problem.classes)
    duties += c.duties.size();
  stages.done("problem", duties, "duties");
  std::size_t moves = 0;
  for (const auto& c : problem.classes)
    for (const auto& from : c.moves)
      moves += from.size();
  const planner::RowTable rows(problem);
  stages.done("rows", rows.size(), fmt::format("rows; {} moves", moves));
  const planner::PlanModel model(problem, rows);
  stages.done("model of plans", model.seats(), "units");
  const auto coupling = planner::make_coupling(problem, rows, planner::reach_of_duties(problem, rows));
  stages.done("coupling", coupling.model.rows.size(), "rows");
  {
    const planner::RosterOracle oracle(model, 1);
    stages.done("pricing", problem.classes.size(), "classes");
    const std::vector<double> free(rows.size(), 0.0);
    const std::vector<double> below(problem.classes.size(), 0.0);
    const auto answers = oracle.ask(free, below, 1);
    stages.done("one round of it, all free", answers.size(), "answers");
  }
  if (!with_greedy)
    return;
  const auto plan = planner::greedy_plan(problem, rows);
  stages.done("closest forces first", plan ? plan->assignments.size() : 0, "assignments");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "read-layer")  // the child that parses layers, as in cli/main.cpp
    return relevo::geo::serve_layer_request();
  if (argc < 2) {
    fmt::print(stderr, "Use: bench_loading SCENARIO_DIR [greedy]\n");
    return 2;
  }
  measure(argv[1], argc > 2 && std::string_view(argv[2]) == "greedy");
  return 0;
}
