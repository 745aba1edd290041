// SPDX-License-Identifier: MIT
#include "planner/solve/plan_proof.hpp"

#include "planner/model/diagnostics.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

PlanStatus status_of(MipResult::End end) {
  switch (end) {
    case MipResult::End::Optimal:
      return PlanStatus::Optimal;
    case MipResult::End::GapLimit:
      return PlanStatus::GapLimit;
    case MipResult::End::TimeLimit:
      return PlanStatus::TimeLimit;
    case MipResult::End::Stopped:
      return PlanStatus::Interrupted;
    case MipResult::End::NodeLimit:
    case MipResult::End::Infeasible:
      break;
  }
  return PlanStatus::WorkLimit;
}

void set_proof(PlanResult& result, double bound, double constant, PlanStatus status, std::string proof) {
  result.status = status;
  result.constant = constant;
  result.bound = std::min(std::max(bound, constant), result.objective);
  if (status == PlanStatus::Optimal && is_same_value(bound, result.objective))
    result.bound = result.objective;
  const double difference = result.objective - result.bound;
  result.gap = difference == 0.0 ? 0.0 : difference / std::abs(result.objective);
  const double influenceable = result.objective - constant;
  result.influenceable_gap = difference == 0.0 ? 0.0 : difference / influenceable;
  result.proof = std::move(proof);
}

[[noreturn]] void throw_contradiction() {
  Diagnostics diagnostics;
  diagnostics.add(make_diagnostic(Severity::Error, {"decisions", 0, ""}, "", "decision.pin", {}));
  throw ContradictionError(std::move(diagnostics));
}

}  // namespace relevo::planner
