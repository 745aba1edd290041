// SPDX-License-Identifier: MIT
// Section 5 of docs/model.md: need, disturbance, cost and the merged objective; of section 7 what the figures alone
// show.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace relevo::planner::checking {

namespace {

// Files round: money to the hundredth, points to the thousandth. Anything not a number is wrong.
constexpr double kMoneyTolerance = 0.011;
constexpr double kPointTolerance = 0.0011;
constexpr double kRelativeTolerance = 1e-9;
constexpr double kGapTolerance = 1e-4;
constexpr double kOptimalGap = 1e-9;
constexpr double kOptimalPoints = 1e-6;

bool is_equal(double said, double real, double tolerance) {
  return std::abs(said - real) <= tolerance + kRelativeTolerance * std::abs(real);
}

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

struct CostItems {
  double wages = 0.0;
  double travel = 0.0;
  double lodging = 0.0;
  double sum() const noexcept { return wages + travel + lodging; }
};

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

double fare_of(const Policy& policy, const geo::Itinerary* journey) {
  if (journey == nullptr)
    return 0.0;
  return journey->air.kilometres() * policy.air_cost_per_passenger_km.value +
         journey->ground.kilometres() * policy.ground_cost_per_person_km.value;
}

// 2 x n x one way; after a move the way home is that from the last place.
double travel_cost_of(const Policy& policy, const Timeline& timeline) {
  return std::max(timeline.unit->persons, 1) * (fare_of(policy, timeline.outward) + fare_of(policy, timeline.homeward));
}

CostItems cost_of(const Policy& policy, const Timeline& timeline) {
  return {wages_of(policy, timeline), travel_cost_of(policy, timeline), lodging_of(policy, timeline)};
}

// Implicit escorts beyond those that commitments alone require, for each day.
double implicit_escort_cost(const Evidence& evidence, const Ledger& ledger) {
  long escort_days = 0;
  for (const EscortGroup& group : ledger.escorts) {
    if (group.terms->supply != EscortTerms::Supply::Implicit)
      continue;
    for (const auto& [day, persons] : group.persons)
      escort_days += group.required_for(persons.all) - group.required_for(persons.committed);
  }
  return evidence.data().policy.escort_daily_cost.value * static_cast<double>(escort_days);
}

double total_cost(const Evidence& evidence, const Ledger& ledger) {
  double cost = implicit_escort_cost(evidence, ledger);
  for (const Timeline& timeline : evidence.timelines)
    if (!timeline.committed)
      cost += cost_of(evidence.data().policy, timeline).sum();
  return cost;
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

MessageArgs said_and_real(double said, double real) {
  return {{"said", show_number(said)}, {"real", show_number(real)}};
}

// The items an assignment shows. Those of commitments are no cost of the plan and are not judged.
void judge_items(const Policy& policy, const Timeline& timeline, Verdict& verdict) {
  if (timeline.committed)
    return;
  const CostItems items = cost_of(policy, timeline);
  const std::array expected{std::pair("wages", items.wages), std::pair("travel", items.travel),
                            std::pair("lodging", items.lodging)};
  double shown = 0.0;
  for (const auto& [name, money] : timeline.assignment->cost)
    shown += money.value();
  bool is_right = is_equal(shown, items.sum(), 3 * kMoneyTolerance);
  for (const auto& [name, real] : expected) {
    const auto it = timeline.assignment->cost.find(name);
    is_right =
        is_right && is_equal(it == timeline.assignment->cost.end() ? 0.0 : it->second.value(), real, kMoneyTolerance);
  }
  if (!is_right)
    verdict.report({.code = "cost.items",
                    .subject = timeline.subject(),
                    .amount = shown - items.sum(),
                    .args = said_and_real(shown, items.sum())});
}

void judge_figure(std::string_view code, double said, double real, double tolerance, Verdict& verdict) {
  if (!is_equal(said, real, tolerance))
    verdict.report({.code = code, .subject = "result", .amount = said - real, .args = said_and_real(said, real)});
}

// Section 7: the bound lies below the objective, the gap follows from both, and "optimal" means that it is closed.
void judge_proof(const PlanResult& result, Verdict& verdict) {
  if (result.status == PlanStatus::Heuristic || !std::isfinite(result.objective))
    return;
  const double distance = result.objective - result.bound;
  if (!(distance >= -kPointTolerance - kRelativeTolerance * std::abs(result.objective)))
    verdict.report({.code = "objective.bound",
                    .subject = "result",
                    .amount = -distance,
                    .args = said_and_real(result.bound, result.objective)});
  if (!std::isfinite(result.bound))
    return;
  const double size = std::abs(result.objective);
  const double gap = size > 0.0 ? std::max(distance, 0.0) / size : 0.0;
  const bool is_closed = distance <= std::max(kOptimalPoints, kOptimalGap * size);
  const bool is_right = std::abs(result.gap - gap) <= kGapTolerance || (is_closed && result.gap == 0.0);
  if (!is_right || (result.status == PlanStatus::Optimal && !is_closed && distance > kPointTolerance))
    verdict.report({.code = "objective.gap",
                    .subject = "result",
                    .amount = result.gap - gap,
                    .args = said_and_real(result.gap, gap)});
}

}  // namespace

void judge_objective(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const PlanResult& result = evidence.plan->result;
  const Policy& policy = evidence.data().policy;
  for (const Timeline& timeline : evidence.timelines)
    judge_items(policy, timeline, verdict);
  const double need = need_of(evidence, ledger);
  const double cost = total_cost(evidence, ledger);
  // A plan that keeps every commitment disturbs nothing, and one that does not is no valid plan.
  const double disturbance = 0.0;
  judge_figure("objective.need", result.vector.need.value(), need, kPointTolerance, verdict);
  judge_figure("objective.disturbance", result.vector.disturbance.value(), disturbance, kPointTolerance, verdict);
  judge_figure("objective.cost", result.vector.cost.value(), cost, kMoneyTolerance, verdict);
  judge_figure("objective.value", result.objective,
               need + disturbance + policy.points_per_money.value * cost + tier_points(evidence), kPointTolerance,
               verdict);
  judge_proof(result, verdict);
}

}  // namespace relevo::planner::checking
