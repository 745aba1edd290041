// SPDX-License-Identifier: MIT
#pragma once

#include "geo/shape.hpp"
#include "planner/explain/explanation.hpp"
#include "planner/explain/worth.hpp"
#include "planner/model/edits.hpp"
#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/replan/carry_over.hpp"
#include "planner/replan/changes.hpp"
#include "planner/text/message.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::cli {

/// What may differ between two runs over the same input. Nothing of it reaches the plan; all of it is written into one
/// object `run` of plan.json and one line at the foot of the report.
struct RunInfo {
  std::string version;
  double seconds = 0.0;  ///< wall clock from the start to this document: the report says when the plan was ready
  int threads = 1;
  double peak_mb = 0.0;
  std::string date;      ///< when it was made, as it shall be printed; empty: not said
  std::string command;   ///< the command line, empty: not said
  std::string scenario;  ///< the folder or workspace it was made from, as the command line names it; empty: not said
};

/// The options that decided the plan, by name without dashes ("gap", "lexicographic"). Names that cannot change a plan
/// (threads, out, jobs, ...) may be in it; the writers put them into `run`.
using SolveEcho = std::map<std::string, std::string>;

/// What lies within a distance of an incident: of its perimeter, or of its point where there is none.
struct ExposureRing {
  planner::IncidentIndex incident{0U};
  int km = 10;              ///< 10, 25 or 50
  std::int64_t people = 0;  ///< who live inside
  geo::Polygons area;
};

/// What the plan makes of an earlier one (docs/replan.md).
struct ReplanReport {
  std::string previous;  ///< the earlier plan, as the command line names it
  std::size_t left = 0;
  planner::Disturbance disturbance;
  std::vector<planner::LostAssignment> lost;
  std::vector<planner::PlanChange> changes;
};

/// All that the writers know. It refers to values that must outlive it.
struct ReportInput {
  const planner::Scenario& scenario;
  const planner::Plan& plan;
  const planner::Plan& baseline;
  text::Lang lang = text::Lang::En;
  SolveEcho options;
  RunInfo run;
  const planner::Explanation* explanation = nullptr;  ///< what would fill open lines; none: not asked for
  planner::ScenarioEdits edits;                       ///< what was different for this run
  std::optional<ReplanReport> replan;                 ///< none: the plan does not follow an earlier one
  std::vector<planner::Worth> worths;  ///< what one more and one less is worth, most valuable first; empty: not asked
  std::vector<ExposureRing> rings;     ///< by incident, then distance; empty: not drawn (cli/gpkg/exposure_rings.hpp)
};

}  // namespace relevo::cli
