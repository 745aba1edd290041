// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/replan/carry_over.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace relevo::cli {

/// An earlier plan as far as a scenario knows what it speaks of, and what became of it there.
struct EarlierPlan {
  planner::Plan plan;         ///< assignments only, in the indices of the scenario
  std::size_t under_way = 0;  ///< assignments that are or became commitments
  std::size_t announced = 0;  ///< assignments that have not begun
  std::vector<planner::LostAssignment> lost;
};

/// Today's scenario with what an earlier plan has begun and announced. The plan is a plan.json, a folder with one, or a
/// table plan.csv. Of a plan.json, assignments of units, agreements, agencies and lines that the scenario does not have
/// are lost; what is under way at a line that is gone stays away without one. \throws planner::InputError, ReadError
planner::Scenario carry_over_plan(const planner::Scenario& today, const std::filesystem::path& previous,
                                  EarlierPlan& earlier);

/// What became of the earlier plan, for a person: how much is under way and announced, and each assignment that is
/// lost.
std::vector<std::string> lines_of(const EarlierPlan& earlier, text::Lang lang);

}  // namespace relevo::cli
