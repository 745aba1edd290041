// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/timeline.hpp"

#include <optional>
#include <vector>

namespace relevo::planner::checking {

/// A run of duty days at one request within a tour: (D2). The days of a move belong to the block they lead to.
struct Block {
  std::optional<RequestIndex> request;
  Day first;
  std::optional<Day> last_line;
  int line_days = 0;
  int duty_days = 0;   ///< line, shadow and move days
  int off_before = 0;  ///< days off since the block before
};
std::vector<Block> blocks_of(const Timeline& timeline);

/// A run of duty days without a day off: (D2).
struct Tour {
  Day first;
  int duty_days = 0;
  int most = 0;        ///< those that are no extension: L, in the first tour L - w
  int off_before = 0;  ///< days off since the tour before
  int beyond() const noexcept { return duty_days - most; }
};

/// The tours of one deployment. Where the agreement has no days off in place (O = 0) nothing marks the end of a tour,
/// and what lies between two days off counts as one, with what is left of L - w + (K - 1) L.
struct TourSequence {
  std::vector<Tour> tours;
  int off_before = 0;  ///< days off before the first tour
  int off_after = 0;   ///< days off after the last tour
};
TourSequence tours_of(const ScenarioData& data, const Timeline& timeline);

/// Duty days beyond what the tours have without extension.
int extension_days(const TourSequence& sequence);

/// Crews that come to relieve the one before: (D7), floor((n - 1) / L) with n days present.
int reliefs_of(const Timeline& timeline);

}  // namespace relevo::planner::checking
