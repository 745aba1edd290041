// SPDX-License-Identifier: MIT
#include "planner/explain/runner_up.hpp"

#include "planner/solve/capped.hpp"
#include "planner/solve/insertion.hpp"
#include "planner/solve/solve.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace relevo::planner {

std::vector<UnitsOfRow> units_at(const Plan& plan, RequestIndex line) {
  std::map<UnitIndex, int> counts;
  for (const auto& assignment : plan.assignments)
    if (!assignment.commitment && std::any_of(assignment.stints.begin(), assignment.stints.end(),
                                              [&](const Stint& stint) { return stint.request == line; }))
      ++counts[assignment.unit];
  std::vector<UnitsOfRow> rows;
  rows.reserve(counts.size());
  for (const auto& [unit, count] : counts)
    rows.push_back({unit, count});
  return rows;
}

namespace {

Scenario without(const Scenario& scenario, UnitIndex unit, RequestIndex line) {
  ScenarioData data = scenario.data();
  Decision forbid;
  forbid.action = Decision::Action::Forbid;
  forbid.unit = unit;
  forbid.request = line;
  data.decisions.push_back(std::move(forbid));
  return Scenario(std::move(data));
}

/// The present plan without the row on the line, and others in its place as long as one can be found.
std::optional<Plan> filled_again(const Scenario& scenario, const Plan& present, RequestIndex line) {
  std::optional<Plan> plan;
  while (auto next = with_one_more(scenario, plan ? *plan : present, line))
    plan = std::move(next);
  return plan ? std::move(plan) : as_far_as_it_fits(scenario, present);
}

void compare(const Plan& present, const Plan& other, RunnerUp& result) {
  const ObjectiveVector& before = present.result.vector;
  const ObjectiveVector& after = other.result.vector;
  result.objective = other.result.objective - present.result.objective;
  result.need = after.need.value() - before.need.value();
  result.disturbance = after.disturbance.value() - before.disturbance.value();
  result.cost = after.cost.value() - before.cost.value();
  result.unmet = unmet_of(other, result.line) - unmet_of(present, result.line);
  const auto now = units_at(present, result.line);
  for (const auto& row : units_at(other, result.line)) {
    const auto same = std::find_if(now.begin(), now.end(), [&](const UnitsOfRow& r) { return r.unit == row.unit; });
    if (const int more = row.count - (same == now.end() ? 0 : same->count); more > 0)
      result.instead.push_back({row.unit, more});
  }
}

}  // namespace

RunnerUp runner_up_for(const Scenario& scenario, const Plan& present, UnitIndex unit, RequestIndex line,
                       const RunnerUpOptions& options) {
  RunnerUp result;
  result.unit = unit;
  result.line = line;
  const Scenario forbidden = without(scenario, unit, line);
  if (!options.is_exact.value_or(answers_exactly(make_problem(scenario)))) {
    result.is_proved = false;
    const auto plan = filled_again(forbidden, present, line);
    result.is_possible = plan.has_value();
    if (plan)
      compare(present, *plan, result);
    return result;
  }
  // Whoever shares rows with the unit may have nothing to do without it: escorts, above all.
  const SearchFocus focus{{line}, coupled_rows(scenario, {{line}, {unit}})};
  CappedOptions capped;
  capped.nodes = options.nodes;
  capped.in_child = options.in_child;
  capped.stop = options.stop;
  const auto found = solve_capped(forbidden, present, focus, {}, capped);
  result.is_proved = found.end != CappedResult::End::Undecided;
  result.is_possible = found.end != CappedResult::End::Impossible;
  if (found.plan)
    compare(present, *found.plan, result);
  return result;
}

}  // namespace relevo::planner
