// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/kind.hpp"
#include "planner/record/actuals.hpp"
#include "planner/record/plan_record.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// What was wanted, what the plan would have put on the line, and what was there: unit-days (person-days) of the
/// planning days, never more than is wanted on any day.
struct FillFigures {
  int wanted = 0;
  int planned = 0;
  int actual = 0;
};

struct EvaluatedLine {
  std::string request;
  std::string kind;
  int priority = 3;
  Measure measure = Measure::Units;
  FillFigures fill;
};

struct EvaluatedPriority {
  int priority = 3;
  Measure measure = Measure::Units;
  FillFigures fill;
};

/// One side of a lender's figures. Units and people are counted once for each time they are away.
struct LenderSide {
  int units = 0;
  int persons = 0;
  int line_days = 0;      ///< unit-days on lines, within the planning days
  int over_tour = 0;      ///< unit-days on duty beyond what the tours of the agreement allow
  int reserve_below = 0;  ///< days on which fewer than its reserve of a kind were at home, summed over kinds
  Money cost;             ///< of its deployments, whoever pays
};

/// Arrivals at a line: the k-th unit of the lender that came beside the k-th that was to come.
struct Arrivals {
  int days_late = 0;   ///< unit-days
  int days_early = 0;  ///< unit-days
  int missing = 0;     ///< units that were to come and did not
  int unplanned = 0;   ///< units beyond those
};

struct EvaluatedLender {
  std::string agency;  ///< empty: all lenders, the season
  LenderSide planned;
  LenderSide actual;
  int rows_with_cost = 0;  ///< of what happened; without one `actual.cost` is not known, not nothing
  Arrivals arrivals;
};

/// What a lender kept of a kind on the planning days.
struct EvaluatedReserve {
  std::string agency;
  std::string kind;
  struct Side {
    int least_home = 0;
    Day least_day;
    int days_below = 0;
  };
  Side planned;
  Side actual;
};

struct EvaluatedPayer {
  std::string payer;  ///< empty: not said
  Money planned;      ///< of new deployments
  Money actual;       ///< of rows that give a cost
};

/// A plan against what happened.
struct Evaluation {
  std::vector<EvaluatedPriority> priorities;  ///< 1 first; units before people
  std::vector<EvaluatedLine> lines;           ///< in the order of the plan
  EvaluatedLender season;
  std::vector<EvaluatedLender> lenders;   ///< by agency
  std::vector<EvaluatedReserve> reserve;  ///< by lender and kind, as in the plan
  std::vector<EvaluatedPayer> payers;     ///< by agency, those not said last
  int rows = 0;
  int rows_assumed = 0;       ///< rows that nobody's source states
  int rows_without_cost = 0;  ///< their cost is in no sum
  int rows_without_tour = 0;  ///< at a line, but under an agreement whose tour the plan does not tell
};

/// Figures of a plan beside those of what happened.
///
/// Tours bind units that serve a line and have a crew that stays: duty days between two recorded days off (or without
/// one) are a run; over the tour is what of a run exceeds the agreement's `max_line_days`, and every run beyond
/// `max_tours`. Days off that nobody recorded therefore count as worked. \param kinds which kinds have no tour of their
/// own (no crew, or one that is relieved in place); a kind that is not there has one.
Evaluation evaluate_plan(const PlanRecord& plan, const std::vector<ActualAssignment>& actuals,
                         const KindCatalogue& kinds);

}  // namespace relevo::planner
