// SPDX-License-Identifier: MIT
// Section 5 of docs/model.md: need, disturbance, cost and the merged objective; of section 7 what the figures alone
// show.
#include "planner/check/costs.hpp"
#include "planner/check/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace relevo::planner::checking {

namespace {

// Files round points to the thousandth. Anything not a number is wrong.
constexpr double kPointTolerance = 0.0011;
constexpr double kRelativeTolerance = 1e-9;
constexpr double kGapTolerance = 1e-4;
constexpr double kOptimalGap = 1e-9;
constexpr double kOptimalPoints = 1e-6;

bool is_equal(double said, double real, double tolerance) {
  return std::abs(said - real) <= tolerance + kRelativeTolerance * std::abs(real);
}

MessageArgs said_and_real(double said, double real) {
  return {{"said", show_number(said)}, {"real", show_number(real)}};
}

// The items an assignment shows. Those of commitments are no cost of the plan and are not judged.
void judge_items(const ScenarioData& data, const Timeline& timeline, Verdict& verdict) {
  if (timeline.committed)
    return;
  const CostItems items = cost_of(data, timeline);
  const std::array expected{std::pair("wages", items.wages), std::pair("travel", items.travel),
                            std::pair("lodging", items.lodging), std::pair("relief", items.relief)};
  double shown = 0.0;
  for (const auto& [name, money] : timeline.assignment->cost)
    shown += money.value();
  bool is_right = is_equal(shown, items.sum(), 4 * kMoneyTolerance);
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
    judge_items(evidence.data(), timeline, verdict);
  const ObjectiveParts real = objective_of(evidence, ledger);
  judge_figure("objective.need", result.vector.need.value(), real.need, kPointTolerance, verdict);
  judge_figure("objective.disturbance", result.vector.disturbance.value(), real.disturbance, kPointTolerance, verdict);
  judge_figure("objective.cost", result.vector.cost.value(), real.cost, kMoneyTolerance, verdict);
  judge_figure("objective.value", result.objective, real.value(policy), kPointTolerance, verdict);
  judge_proof(result, verdict);
}

}  // namespace relevo::planner::checking
