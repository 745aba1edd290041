// SPDX-License-Identifier: MIT
#include "planner/explain/runner_up.hpp"

#include "planner/solve/capped.hpp"

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
  for (const auto& [unit, count] : counts)
    rows.push_back({unit, count});
  return rows;
}

RunnerUp runner_up_for(const Scenario& scenario, const Plan& present, UnitIndex unit, RequestIndex line,
                       const RunnerUpOptions& options) {
  RunnerUp result;
  result.unit = unit;
  result.line = line;
  // Whoever shares rows with the unit may have nothing to do without it: escorts, above all.
  const SearchFocus focus{{line}, coupled_rows(scenario, {{line}, {unit}})};
  ScenarioData data = scenario.data();
  Decision forbid;
  forbid.action = Decision::Action::Forbid;
  forbid.unit = unit;
  forbid.request = line;
  data.decisions.push_back(std::move(forbid));
  CappedOptions capped;
  capped.nodes = options.nodes;
  capped.in_child = options.in_child;
  capped.stop = options.stop;
  const auto found = solve_capped(Scenario(std::move(data)), present, focus, {}, capped);
  result.is_proved = found.end != CappedResult::End::Undecided;
  result.is_possible = found.end != CappedResult::End::Impossible;
  if (!found.plan)
    return result;
  const ObjectiveVector& before = present.result.vector;
  const ObjectiveVector& after = found.plan->result.vector;
  result.objective = found.plan->result.objective - present.result.objective;
  result.need = after.need.value() - before.need.value();
  result.disturbance = after.disturbance.value() - before.disturbance.value();
  result.cost = after.cost.value() - before.cost.value();
  result.unmet = unmet_of(*found.plan, line) - unmet_of(present, line);
  const auto now = units_at(present, line);
  for (const auto& row : units_at(*found.plan, line)) {
    const auto same = std::find_if(now.begin(), now.end(), [&](const UnitsOfRow& r) { return r.unit == row.unit; });
    if (const int more = row.count - (same == now.end() ? 0 : same->count); more > 0)
      result.instead.push_back({row.unit, more});
  }
  return result;
}

}  // namespace relevo::planner
