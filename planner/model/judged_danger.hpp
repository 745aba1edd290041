// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/danger_variable.hpp"
#include "planner/model/assessment.hpp"

namespace relevo::planner {

/// The sample by which danger is judged at an incident: of the best variable known there (geo::kDangerVariables).
/// nullptr: none of them is known.
inline const DangerSample* judged_danger(const IncidentAssessment& incident) {
  const DangerSample* judged = nullptr;
  for (const auto& sample : incident.danger)
    if (geo::is_danger_variable(sample.variable) &&
        (judged == nullptr || geo::danger_rank(sample.variable) < geo::danger_rank(judged->variable)))
      judged = &sample;
  return judged;
}

}  // namespace relevo::planner
