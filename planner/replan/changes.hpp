// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/text/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// One difference between what an earlier plan said of a roster row and what the new one says, with its cause.
struct PlanChange {
  enum class What { Moved, Elsewhere, Cancelled, Released };
  What what = What::Moved;
  UnitIndex unit{0U};
  int quantity = 1;
  Day before_depart;
  Day before_home;
  std::optional<RequestIndex> before_request;  ///< none: escort
  std::optional<RequestIndex> now_request;     ///< none: escort, or nothing (Cancelled)
  std::optional<Day> now_depart;
  std::optional<Day> now_home;
  bool firm = false;
  /// "recalled", "reserve", ... (PairRule), or not_wanted, covered, elsewhere, day, worth, given
  std::string code;
  text::Message sentence;
  text::Message why;
};

/// What the plan changes of an earlier one, by roster row and day: announced deployments that move, go elsewhere or do
/// not happen (escorts apart: they follow those whom they accompany), and those under way that come home on another
/// day. The cause is the first rule that now forbids what was announced; where none does, what the line or the unit
/// does instead. \param scenario today's, with the earlier plan carried over (carry_over) \param previous in its
/// indices
std::vector<PlanChange> changes_of(const Scenario& scenario, const Plan& previous, const Plan& plan);

/// Announced units whose departure the plan changes, and all that were announced.
struct Disturbance {
  int changed = 0;
  int announced = 0;
};
Disturbance disturbance_of(const Scenario& scenario, const Plan& plan);

}  // namespace relevo::planner
