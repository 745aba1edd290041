// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/timeline.hpp"
#include "planner/check/verdict.hpp"

#include <optional>
#include <vector>

namespace relevo::planner::checking {

/// Units of one roster row that were announced to leave for a line on a day, or to come home from one, and how many of
/// them the plan has do so: rule (10).
struct AnnouncedEvent {
  UnitIndex unit{0U};
  AgreementIndex agreement{0U};
  std::optional<RequestIndex> request;  ///< none: escorts
  AgencyIndex borrower{0U};
  Day day;
  bool is_return = false;  ///< else a departure
  bool firm = false;
  int announced = 0;
  int kept = 0;
  int changed() const noexcept { return announced > kept ? announced - kept : 0; }
};

/// All of them from the first day of the horizon on, ascending.
std::vector<AnnouncedEvent> announced_events(const Evidence& evidence);

/// Points of what the plan changes of them.
double points_of_changes(const Evidence& evidence);

/// (D6): marks the new deployments that leave as announced, so many as were announced.
void mark_told(Evidence& evidence);

/// What the plan changes, as remarks (announced.departure, announced.return).
void remark_changes(const Evidence& evidence, Verdict& verdict);

}  // namespace relevo::planner::checking
