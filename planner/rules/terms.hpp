// SPDX-License-Identifier: MIT
#pragma once

#include "geo/itinerary.hpp"
#include "planner/model/scenario.hpp"

#include <optional>

namespace relevo::planner {

/// The numbers that shape one deployment of a unit under an agreement (docs/model.md, section 1). Days are counts.
struct DeploymentTerms {
  int journey_days = 1;                    ///< k
  int orientation_days = 0;                ///< o
  int max_line_days = 14;                  ///< L
  int days_off = 0;                        ///< O
  int max_tours = 1;                       ///< K
  int min_line_days = 1;                   ///< m
  int rest_days = 0;                       ///< R
  std::optional<int> max_deployment_days;  ///< D
  bool travel_counts = true;

  /// First line day of a deployment that departs on `depart` (D1).
  int first_line(int depart) const noexcept { return depart + journey_days + orientation_days; }
  /// Day of leaving, coming home and being rested, after `last_present` (D3, D5).
  int release(int last_present) const noexcept { return journey_days == 0 ? last_present : last_present + 1; }
  int home(int last_present) const noexcept { return last_present + journey_days; }
  int rested(int last_present) const noexcept { return home(last_present) + 1 + rest_days; }
  /// (D4) for a deployment from `depart` whose last day present is `last_present`.
  bool deployment_fits(int depart, int last_present) const noexcept;
  /// Longest deployment these terms can produce, from departure to rested: bounds the days the model looks ahead.
  int longest_span() const noexcept;
};

/// Terms of `unit` under `agreement` with a journey of `journey_days`; `need_days` is the length of the need, which
/// takes the place of the tour for a kind without a crew (D7).
DeploymentTerms deployment_terms(const Scenario& scenario, const Unit& unit, const Agreement& agreement,
                                 int journey_days, int need_days);

/// First day on which the unit may be called and depart under the agreement, by notice and muster (D6).
Day earliest_departure(const Scenario& scenario, const Agreement& agreement);

}  // namespace relevo::planner
