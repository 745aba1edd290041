// SPDX-License-Identifier: MIT
#pragma once

#include "geo/itinerary.hpp"
#include "planner/model/scenario.hpp"

#include <optional>

namespace relevo::planner {

/// The numbers that shape one deployment of a unit under an agreement (docs/model.md, section 1). Days are counts.
struct DeploymentTerms {
  int journey_days = 1;      ///< k
  int orientation_days = 0;  ///< o
  /// L: duty days of one tour. Without days off nothing divides the tours: then it is those of all tours together, and
  /// max_tours is 1.
  int max_line_days = 14;
  int later_tour_days = 0;                 ///< of these, those that only tours after the first can give
  int extension_days = 0;                  ///< X
  int days_off = 0;                        ///< O
  int max_tours = 1;                       ///< K
  int min_line_days = 1;                   ///< m
  int shadow_days = 0;                     ///< h
  int max_moves = 0;                       ///< M
  int rest_days = 0;                       ///< R
  std::optional<int> max_deployment_days;  ///< D
  bool travel_counts = true;
  int relief_days = 0;  ///< L' of a kind whose crew is relieved in place (D7); 0: its crew stays

  /// First line day of a deployment that departs on `depart`, without a shadow day (D1).
  int first_line(int depart) const noexcept { return depart + journey_days + orientation_days; }
  /// Whether the first block fits into the first tour, of which `first_tour_cap` duty days (with those of later tours,
  /// where nothing divides them) are left; `shadow`: with a shadow day.
  bool first_block_fits(int first_tour_cap, bool shadow) const noexcept {
    return first_tour_cap - later_tour_days + extension_days >= min_line_days + (shadow ? 1 : 0);
  }
  /// Most duty days of a tour, its extension included.
  int longest_tour() const noexcept { return max_line_days + extension_days; }
  /// Day of leaving, coming home and being rested, after `last_present` (D3, D5).
  int release(int last_present) const noexcept { return journey_days == 0 ? last_present : last_present + 1; }
  int home(int last_present) const noexcept { return last_present + journey_days; }
  int rested(int last_present) const noexcept { return home(last_present) + 1 + rest_days; }
  /// The day from which (D4) counts the days of a deployment that departs on `depart` for the place of these terms.
  int counted_from(int depart) const noexcept { return travel_counts ? depart : depart + journey_days; }
  /// (D4) for a deployment counted from `since` that is present for the last time, at the place of these terms, on
  /// `last_present`.
  bool deployment_fits(int since, int last_present) const noexcept;
  /// Most days from departure to the last day present, without the journey out: orientation, tours and days off.
  int longest_stay() const noexcept;
};

/// Whether tours bind the units of a kind, and not only their relieved crews or nobody at all (D7).
bool has_tours(const Kind& kind) noexcept;

/// Terms of `unit` under `agreement` with a journey of `journey_days`; `need_days` is the length of the need, which
/// takes the place of the tour for a kind without tours (D7).
DeploymentTerms deployment_terms(const Scenario& scenario, const Unit& unit, const Agreement& agreement,
                                 int journey_days, int need_days);

/// Terms of an escort: no shadow day, no move, no extension.
DeploymentTerms escort_deployment_terms(DeploymentTerms terms) noexcept;

/// First day on which the unit may be called and depart under the agreement, by notice and muster (D6).
Day earliest_departure(const Scenario& scenario, const Agreement& agreement);

}  // namespace relevo::planner
