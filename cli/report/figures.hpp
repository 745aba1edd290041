// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::cli {

// Figures that the report shows and plan.json does not hold: sums over a plan, and what can be set beside it. All of
// them follow from the scenario and the plan alone.

/// A line on one day. `resting` and `open` add up to what nobody works on; the planner's own `unmet` counts both.
struct LineDay {
  int wanted = 0;
  int working = 0;
  int resting = 0;  ///< off in place or handing over, up to what is wanted
  int open = 0;     ///< nobody there
};
LineDay line_day(const planner::RequestFill& fill, int column);

/// The status as the report shows it: a line on which nothing stands open but days off in place is filled.
planner::RequestStatus shown_status(const planner::RequestFill& fill);

/// How much of what was asked for is there. Days off in place count as present, because a crew that rests at the fire
/// is not a line left open.
struct Coverage {
  int filled = 0;
  int partial = 0;
  int pending = 0;
  int unable_to_fill = 0;
  int cancelled = 0;  ///< before their need: nothing is wanted of them
  /// Unit-days of one kind; a person counts 1/people_per_unit of a unit. Kinds are not added up: a pump is no crew.
  struct OfKind {
    double wanted = 0.0;
    double present = 0.0;  ///< never more than wanted on any day
    double share() const { return wanted > 0.0 ? present / wanted : 1.0; }
  };
  std::map<planner::KindIndex, OfKind> kinds;
  int lines() const { return filled + partial + pending + unable_to_fill + cancelled; }
};
Coverage coverage_of(const planner::Plan& plan, const planner::ScenarioData& data);

/// People of a plan: new assignments and commitments, escorts included.
int persons_of(const std::vector<const planner::Assignment*>& assignments);

/// The assignments of each contingent, in the order of the plan.
std::map<std::string, std::vector<const planner::Assignment*>> by_contingent(const planner::Plan& plan);

/// Assignments that travel in no contingent: an agency's own units on its own incidents.
std::vector<const planner::Assignment*> own_forces(const planner::Plan& plan);

/// Whether a day lies within `firm_hours` of the planning date.
bool is_soon(const planner::ScenarioData& data, planner::Day day);

/// Contingents that set out, or come home, within `firm_hours` of the planning date.
struct Movements {
  std::vector<const planner::Contingent*> departing;
  std::vector<const planner::Contingent*> returning;
};
Movements movements_within_firm_hours(const ReportInput& input);

/// What one payer pays under one agreement for the new assignments; nobody where the agreement does not say who pays.
struct CostLine {
  planner::AgreementIndex agreement{0U};
  std::optional<planner::AgencyIndex> payer;
  std::map<std::string, double> items;  ///< by item of the assignments' cost
  double total() const;
};
std::vector<CostLine> cost_by_payer(const ReportInput& input);
/// Cost of the plan that is no assignment's: the representatives the lender names.
double cost_of_implicit_escorts(const planner::Plan& plan);

/// What the plan says about a fact of history: nothing where it cannot be computed or nobody is sent.
struct PlannedFigure {
  std::optional<int> first;  ///< smallest of a number
  std::optional<int> last;   ///< largest of a number
  std::optional<planner::Day> day;
};
PlannedFigure planned_figure(const ReportInput& input, const planner::HistoryFact& fact);

}  // namespace relevo::cli
