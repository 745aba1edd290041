// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/diagnostics.hpp"
#include "planner/model/provenance.hpp"
#include "planner/model/table_schema.hpp"
#include "planner/record/plan_record.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// What really happened: units that were at one line (or at none) from a first to a last day.
struct ActualAssignment {
  std::string unit;  ///< roster row; empty: not said
  std::string agency;
  std::string kind;
  std::string escort;     ///< role; empty: an ordinary resource
  std::string agreement;  ///< id; empty: not known
  std::string borrower;   ///< empty: not known
  std::string request;    ///< empty: served no line
  int ordinal = 0;        ///< which of identical units; 0: not said
  bool moved = false;     ///< came from another line, the row of the same unit that ends the day before
  int quantity = 1;       ///< identical units
  int persons = 0;        ///< of one unit; 0: not known
  Day depart;
  Day home;                    ///< last day away
  std::vector<Day> line_days;  ///< ascending
  std::vector<Day> duty_days;  ///< those and the days of handover: what a tour counts
  std::vector<Day> days_off;   ///< off in place
  /// By payer (agency id; empty: not said), of all its units. Empty: the cost is not known.
  std::vector<std::pair<std::string, Money>> cost;
  Provenance from;
};

/// The table `actuals` (docs/evaluate.md). It is no table of a scenario: it is read beside a plan, after the season.
const TableSpec& actuals_table();

/// What its rows say. Names are looked up in the plan: a unit tells its agency, kind, people and agreement where the
/// row does not, and a request must be one of its lines. Everything wrong is reported; such rows are left out.
std::vector<ActualAssignment> read_actuals(const geo::Table& table, const PlanRecord& plan, Diagnostics& diagnostics);

/// The plan as if it had happened to the letter. Each assignment is a row of its own; one that serves several lines is
/// one for each, of which the last is away until the unit is home.
std::vector<ActualAssignment> as_happened(const PlanRecord& plan);

}  // namespace relevo::planner
