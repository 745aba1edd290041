// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/model/index.hpp"

#include <optional>
#include <vector>

namespace relevo::planner {

/// A stay at one request within a deployment. The day lists are ascending and disjoint.
struct Stint {
  std::optional<RequestIndex> request;    ///< none: an escort, who serves the contingent and not a line
  std::optional<IncidentIndex> incident;  ///< none: at the borrower's own place
  std::vector<Day> move_days;             ///< on the way here from the stint before, within a tour
  std::vector<Day> line_days;
  std::vector<Day> shadow_days;
  std::vector<Day> days_off;  ///< off in place, between two tours

  friend bool operator==(const Stint&, const Stint&) = default;
};

}  // namespace relevo::planner
