// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/assessment.hpp"
#include "planner/model/policy.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The priority formula of docs/assessment.md, section 4.
///
///   score    = sum over parts of weight x score of the part (0..1), 0..100 in all
///   priority = 1 from policy.priority_scores[0] on, 2 from [1], 3 from [2], 4 from [3], else 5
///
/// Every part is non-decreasing in its value, so that no worse news ever lowers a priority. A part without data has the
/// neutral score of the policy.
namespace relevo::planner {

/// What is known of an incident; nothing: no data.
struct PriorityFacts {
  bool wildfire = true;
  std::optional<double> people;         ///< weighted: weighted_people()
  std::optional<double> growth_ha_day;  ///< below 0 counts as 0
  std::optional<double> danger;         ///< mean of the raster
  std::string danger_variable;          ///< which of Policy::Assessment::danger_classes
  std::optional<double> area_ha;
  std::optional<double> control;   ///< 3 out of control, 2 being held, 1 under control, 0 out
  std::optional<double> overlaps;  ///< themes of other hazards at the place
  std::optional<double> airport_road_km;
  std::optional<double> severity;  ///< 0..1, of hazards other than fire
};

struct Priority {
  std::vector<PriorityPart> parts;
  double score = 0.0;
  int priority = 3;
};

/// Wildfires have the parts people, growth, danger, control, size, overlaps and access. Other hazards have people,
/// severity (with the weights of growth, danger, control and size together), overlaps and access.
Priority prioritise(const PriorityFacts& facts, const Policy::Assessment& policy);

/// People within 10 km, half of those between 10 and 25 km, a fifth of those between 25 and 50 km.
double weighted_people(const std::array<std::int64_t, 3>& people_within);

/// Severity 0..1 of a flood by its area: by the logarithm, 1 from 100,000 ha on.
double flood_severity(double area_ha);

/// 3, 2, 1 or 0 for OC, BH, UC and OUT (also EX), in any case; nothing for another word.
std::optional<double> control_of(const std::string& stage);

}  // namespace relevo::planner
