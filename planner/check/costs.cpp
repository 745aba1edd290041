// SPDX-License-Identifier: MIT
// Section 5 of docs/model.md: what a plan costs and how it is valued.
#include "planner/check/costs.hpp"

#include "planner/check/announced.hpp"
#include "planner/check/tours.hpp"

#include <algorithm>

namespace relevo::planner::checking {

namespace {

double points_of_unit_day(const ScenarioData& data, const Request& request) {
  const auto& points = data.policy.unmet_points;
  const int priority = std::clamp(request.priority, 1, static_cast<int>(points.size()));
  const double of_unit = points[static_cast<std::size_t>(priority - 1)].value;
  return request.measure == Measure::People ? of_unit / std::max(data.policy.people_per_unit.value, 1) : of_unit;
}

double need_of(const Evidence& evidence, const Ledger& ledger) {
  const Horizon& horizon = evidence.data().horizon;
  double need = 0.0;
  for (const RequestIndex index : evidence.data().requests.indices()) {
    const Request& request = evidence.data().requests[index];
    long unmet = 0;
    for (int t = 0; t < horizon.days; ++t)
      if (request.need.contains(horizon.day(t)))
        unmet += std::max(0, request.quantity - on(ledger.requests[index.value()].working, horizon.day(t)).all);
    need += points_of_unit_day(evidence.data(), request) * static_cast<double>(unmet);
  }
  return need;
}

double wages_of(const Policy& policy, const Timeline& timeline) {
  const double a_day = timeline.unit->daily_cost ? timeline.unit->daily_cost->value()
                                                 : policy.person_daily_cost.value * std::max(timeline.unit->persons, 1);
  return a_day * (days_between(timeline.away_first(), timeline.away_last()) + 1);
}

// d+k .. e: the days of travel are not paid as lodging.
double lodging_of(const Policy& policy, const Timeline& timeline) {
  if (timeline.duties.empty() || timeline.outward == nullptr)
    return 0.0;
  const Day first = timeline.away_first() + Days{timeline.outward->days};
  const int days = std::max(0, days_between(first, timeline.duties.back().day) + 1);
  return policy.lodging_per_person_day.value * timeline.unit->persons * days;
}

// Air km of a flight on a route of the table of lifts are free: the lift is paid. `home` turns the journey round.
double fare_of(const ScenarioData& data, const geo::Itinerary* journey, bool home) {
  if (journey == nullptr)
    return 0.0;
  double air = journey->air.kilometres();
  for (const geo::Leg& leg : journey->legs) {
    const bool is_flight = leg.mode == geo::LegMode::Flight && journey->days > 0;
    const Route route = home ? Route{leg.to_airport, leg.from_airport} : Route{leg.from_airport, leg.to_airport};
    if (is_flight && has_lift(data, route))
      air -= leg.distance.kilometres();
  }
  return air * data.policy.air_cost_per_passenger_km.value +
         journey->ground.kilometres() * data.policy.ground_cost_per_person_km.value;
}

double fare_of_moves(const Policy& policy, const Timeline& timeline) {
  double fare = 0.0;
  for (const MoveMade& move : timeline.moves)
    if (move.way != nullptr)
      fare += move.way->air.kilometres() * policy.air_cost_per_passenger_km.value +
              move.way->ground.kilometres() * policy.ground_cost_per_person_km.value;
  return fare;
}

// Implicit escorts beyond those that commitments alone require, for each day.
double implicit_escort_cost(const Evidence& evidence, const Ledger& ledger) {
  long escort_days = 0;
  for (const EscortGroup& group : ledger.escorts) {
    if (group.terms->supply != EscortTerms::Supply::Implicit)
      continue;
    for (const auto& [day, demand] : group.demand)
      escort_days += demand.fresh();
  }
  return evidence.data().policy.escort_daily_cost.value * static_cast<double>(escort_days);
}

double lift_cost(const Evidence& evidence) {
  double cost = 0.0;
  for (const LiftLine& line : evidence.plan->lifts)
    if (line.lift < evidence.data().lifts.size())
      cost += evidence.data().lifts[line.lift].cost.value() * line.uses;
  return cost;
}

double total_cost(const Evidence& evidence, const Ledger& ledger) {
  double cost = implicit_escort_cost(evidence, ledger) + lift_cost(evidence);
  for (const Timeline& timeline : evidence.timelines)
    if (!timeline.committed)
      cost += cost_of(evidence.data(), timeline).sum();
  return cost;
}

// Drops of handover (2b), by whoever leaves, extension days (D2) of new assignments, and changes to what was announced.
double disturbance_of(const Evidence& evidence, const Ledger& ledger) {
  const ScenarioData& data = evidence.data();
  long drops = 0;
  for (const RequestIndex index : data.requests.indices())
    for (const auto& [day, leaving] : ledger.requests[index.value()].leaving)
      drops += drops_on(data.horizon, data.requests[index], ledger.requests[index.value()], day);
  long extensions = 0;
  for (const Timeline& timeline : evidence.timelines)
    if (!timeline.committed)
      extensions += extension_days(tours_of(data, timeline));
  return data.policy.handover_points.value * static_cast<double>(drops) +
         data.policy.extension_points.value * static_cast<double>(extensions) + points_of_changes(evidence);
}

double tier_points(const Evidence& evidence) {
  const auto& points = evidence.data().policy.tier_points;
  double sum = 0.0;
  for (const Timeline& timeline : evidence.timelines) {
    if (timeline.committed || timeline.is_escort())
      continue;
    const int tier = std::clamp(timeline.agreement->precedence.tier, 0, static_cast<int>(points.size()) - 1);
    sum += points[static_cast<std::size_t>(tier)].value;
  }
  return sum;
}

}  // namespace

// With n = max(persons, 1). Out to the first request, home from the last, each move between; a new crew travels both
// ways of the journey out.
CostItems cost_of(const ScenarioData& data, const Timeline& timeline) {
  const double n = std::max(timeline.unit->persons, 1);
  const double out = fare_of(data, timeline.outward, false);
  return {.wages = wages_of(data.policy, timeline),
          .travel = n * (out + fare_of(data, timeline.homeward, true) + fare_of_moves(data.policy, timeline)),
          .lodging = lodging_of(data.policy, timeline),
          .relief = reliefs_of(timeline) * 2.0 * n * out};
}

ObjectiveParts objective_of(const Evidence& evidence, const Ledger& ledger) {
  return {.need = need_of(evidence, ledger),
          .disturbance = disturbance_of(evidence, ledger),
          .cost = total_cost(evidence, ledger),
          .tiers = tier_points(evidence),
          .movements = evidence.data().policy.movement_points.value *
                       static_cast<double>(ledger.out.size() + ledger.home.size())};
}

}  // namespace relevo::planner::checking
