// SPDX-License-Identifier: MIT
#include "planner/record/plan_record.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::planner {

namespace {

// The words of plan.json (docs/plan-json.md).
std::string word_of(PlanStatus status) {
  switch (status) {
    case PlanStatus::Optimal:
      return "optimal";
    case PlanStatus::GapLimit:
      return "gap_limit";
    case PlanStatus::WorkLimit:
      return "work_limit";
    case PlanStatus::TimeLimit:
      return "time_limit";
    case PlanStatus::Interrupted:
      return "interrupted";
    case PlanStatus::Heuristic:
      break;
  }
  return "heuristic";
}

std::string word_of(RequestStatus status) {
  switch (status) {
    case RequestStatus::Filled:
      return "filled";
    case RequestStatus::Partial:
      return "partial";
    case RequestStatus::Pending:
      return "pending";
    case RequestStatus::UnableToFill:
      break;
  }
  return "utf";
}

std::string word_of(const std::optional<EscortTerms::Role>& role) {
  if (!role)
    return {};
  switch (*role) {
    case EscortTerms::Role::Representative:
      return "representative";
    case EscortTerms::Role::Lead:
      return "lead";
    case EscortTerms::Role::Interpreter:
      break;
  }
  return "interpreter";
}

PlanRecord::Stay stay_of(const ScenarioData& data, const Stint& stint) {
  return {.request = stint.request ? data.requests[*stint.request].id : std::string{},
          .incident = stint.incident ? data.incidents[*stint.incident].id : std::string{},
          .line_days = stint.line_days,
          .shadow_days = stint.shadow_days,
          .days_off = stint.days_off};
}

PlanRecord::Assignment assignment_of(const ScenarioData& data, const Assignment& assignment) {
  const auto& unit = data.units[assignment.unit];
  PlanRecord::Assignment record{.id = assignment.id,
                                .contingent = assignment.contingent_id,
                                .unit = unit.id,
                                .ordinal = assignment.ordinal,
                                .kind = data.kinds.kinds[unit.kind].id,
                                .agency = data.agencies[unit.agency].id,
                                .borrower = data.agencies[assignment.borrower].id,
                                .agreement = data.agreements[assignment.agreement].id,
                                .escort = word_of(assignment.escort),
                                .commitment = assignment.commitment,
                                .depart = assignment.depart,
                                .release = assignment.release,
                                .home = assignment.home,
                                .persons = assignment.persons,
                                .cost = assignment.cost};
  for (const auto& stint : assignment.stints)
    record.stays.push_back(stay_of(data, stint));
  return record;
}

PlanRecord::Line line_of(const ScenarioData& data, const RequestFill& fill) {
  const auto& request = data.requests[fill.request];
  return {.request = request.id,
          .incident = request.incident ? data.incidents[*request.incident].id : std::string{},
          .borrower = data.agencies[request.borrower].id,
          .kind = data.kinds.kinds[request.kind].id,
          .measure = request.measure,
          .quantity = request.quantity,
          .priority = request.priority,
          .status = word_of(fill.status),
          .reason_code = fill.reason.code,
          .reason = fill.reason.why,
          .wanted = fill.wanted,
          .working = fill.working,
          .unmet = fill.unmet};
}

PlanRecord::Agreement agreement_of(const Agreement& agreement) {
  PlanRecord::Agreement record{.id = agreement.id,
                               .family = agreement.family,
                               .max_line_days = agreement.tour.max_line_days.value,
                               .days_off_in_place = agreement.tour.days_off_in_place.value,
                               .max_tours = agreement.tour.max_tours.value};
  for (const auto& [item, payer] : agreement.cost.payer)
    record.payer.emplace(item, payer.value);
  return record;
}

}  // namespace

const PlanRecord::Line* PlanRecord::find_line(std::string_view request) const {
  const auto it = std::ranges::find(lines, request, &Line::request);
  return it == lines.end() ? nullptr : &*it;
}

const PlanRecord::Agreement* PlanRecord::find_agreement(std::string_view id) const {
  if (const auto it = std::ranges::find(agreements, id, &Agreement::id); it != agreements.end())
    return &*it;
  const Agreement* found = nullptr;
  for (const auto& agreement : agreements) {
    if (agreement.family != id || id.empty())
      continue;
    if (found != nullptr)
      return nullptr;
    found = &agreement;
  }
  return found;
}

PlanRecord record_of(const Scenario& scenario, const Plan& plan) {
  const auto& data = scenario.data();
  PlanRecord record{.name = plan.name,
                    .scenario = data.id,
                    .title = data.title,
                    .as_of = data.as_of,
                    .horizon = data.horizon,
                    .currency = data.policy.currency,
                    .status = word_of(plan.result.status),
                    .objective = plan.result.objective,
                    .bound = plan.result.bound,
                    .gap = plan.result.gap,
                    .vector = plan.result.vector};
  for (const auto& agreement : data.agreements)
    record.agreements.push_back(agreement_of(agreement));
  for (const auto& assignment : plan.assignments)
    record.assignments.push_back(assignment_of(data, assignment));
  for (const auto& contingent : plan.contingents)
    record.contingents.push_back(
        {.id = contingent.id, .muster = data.bases[contingent.muster].id, .representative = contingent.representative});
  for (const auto& fill : plan.requests)
    record.lines.push_back(line_of(data, fill));
  for (const auto& line : plan.reserve)
    record.reserve.push_back({.agency = data.agencies[line.agency].id,
                              .kind = data.kinds.kinds[line.kind].id,
                              .available = line.available,
                              .reserve = line.reserve,
                              .away = line.away});
  for (const auto& lift : plan.lifts)
    record.lifts.push_back({.id = data.lifts[lift.lift].id, .day = lift.day, .uses = lift.uses, .cost = lift.cost});
  return record;
}

std::map<std::string, double> cost_by_item(const PlanRecord& plan) {
  std::map<std::string, double> cost;
  double sum = 0.0;
  for (const auto& assignment : plan.assignments) {
    if (assignment.commitment)
      continue;
    for (const auto& [item, amount] : assignment.cost) {
      cost[item] += amount.value();
      sum += amount.value();
    }
  }
  for (const auto& lift : plan.lifts) {
    if (lift.cost.value() != 0.0)
      cost["lifts"] += lift.cost.value();
    sum += lift.cost.value();
  }
  // What is left are the escorts that no assignment carries; sums in another order differ in their last digits.
  const double rest = plan.vector.cost.value() - sum;
  if (std::abs(rest) > 0.005)
    cost["representatives"] += rest;
  return cost;
}

}  // namespace relevo::planner
