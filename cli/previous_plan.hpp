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

/// Today's scenario with what an earlier plan has begun and announced.
struct Replanning {
  planner::Scenario scenario;
  planner::Plan previous;  ///< the assignments that today's scenario knows, in its indices
  std::size_t left = 0;
  std::size_t announced = 0;
  std::size_t known = 0;
  std::vector<planner::LostAssignment> lost;
};

/// An earlier plan as far as a scenario knows what it speaks of.
struct PreviousPlan {
  planner::Plan plan;  ///< assignments only
  std::vector<planner::LostAssignment> lost;
};

/// Reads an earlier plan (plan.json, a folder with one, or a table plan.csv). Of a plan.json, assignments of units,
/// agreements, agencies and lines that the scenario does not have are lost; what is under way at a line that is gone
/// stays away without one. \throws planner::InputError, ReadError
PreviousPlan read_previous_plan(const std::filesystem::path& previous, const planner::Scenario& today);

/// The earlier plan carried over. \throws planner::InputError, ReadError
Replanning carried_over(const planner::Scenario& today, const std::filesystem::path& previous);

/// What became of the earlier plan, for a person: how much is under way and announced, and each assignment that is
/// lost.
std::vector<std::string> lines_of(const Replanning& replanning, text::Lang lang);

/// The file of a plan that a path means: itself, or the plan.json of an output folder.
std::filesystem::path plan_json_of(const std::filesystem::path& path);

}  // namespace relevo::cli
