// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_model.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace relevo::planner {

/// Who has to do with whom in a problem, for a search that changes parts of a plan.
struct SearchIndex {
  explicit SearchIndex(const PlanModel& model);

  /// Classes with a duty at the request, ascending.
  std::vector<std::vector<std::uint32_t>> classes_at;
  /// Requests of the same kind that compete for the same units, closest in time and place first; at most kMostRelated.
  std::vector<std::vector<RequestIndex>> related;
  static constexpr std::size_t kMostRelated = 40;
  /// Requests that somebody could come to.
  std::vector<RequestIndex> requests;
  /// Seats of classes that can go anywhere, by agency; and the agencies that have some.
  std::vector<std::vector<Seat>> seats_of_lender;
  std::vector<AgencyIndex> lenders;
  /// Classes that can escort a group of roster escorts, and those of the roster that its escorts accompany.
  std::vector<std::vector<std::uint32_t>> classes_of_escorts;
  std::vector<std::vector<std::uint32_t>> classes_escorted;
  /// Groups of roster escorts that somebody can escort.
  std::vector<std::size_t> escort_groups;
  /// Whether all duties of a class are escorts.
  std::vector<char> only_escorts;
  /// Points of an unmet unit-day of the most urgent request.
  double unit_points = 0.0;
  /// Lines of each package.
  std::vector<std::vector<RequestIndex>> packages;
};

}  // namespace relevo::planner
