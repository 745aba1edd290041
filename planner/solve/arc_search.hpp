// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/formulation.hpp"
#include "planner/solve/mip.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/plan_state.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace relevo::planner {

/// What branch and bound over some of the arcs came to.
struct ArcSearchResult {
  MipResult::End end = MipResult::End::Optimal;
  std::optional<PlanState> plan;  ///< better than the one at hand; none: no such plan was found
  double bound = -kInfinity;      ///< of all plans, where those left out are no better than the one at hand
  int nodes = 0;
  std::size_t columns = 0;  ///< of the programme
};

/// Looks for a plan better than `plan`, which breaks no rule, with at most `most` units on each column of the
/// formulation (most_units()): the compact programme without the columns that can only be 0. `mip.start` is set here.
ArcSearchResult search_arcs(const PlanModel& model, const Formulation& formulation, const std::vector<double>& most,
                            const PlanState& plan, MipOptions mip);

/// The units of the plan by column of the formulation, 0 in columns that are not arcs; none where a roster of the plan
/// is no path of its class.
std::optional<std::vector<double>> units_on_arcs(const Problem& problem, const Formulation& formulation,
                                                 const PlanState& plan);

}  // namespace relevo::planner
