// SPDX-License-Identifier: MIT
#include "planner/rules/terms.hpp"

namespace relevo::planner {

bool DeploymentTerms::deployment_fits(int since, int last_present) const noexcept {
  if (!max_deployment_days)
    return true;
  const int last_counted = travel_counts ? home(last_present) : last_present;
  return last_counted - since + 1 <= *max_deployment_days;
}

int DeploymentTerms::longest_stay() const noexcept {
  return orientation_days + max_tours * longest_tour() + (max_tours - 1) * days_off;
}

bool has_tours(const Kind& kind) noexcept {
  return kind.crewed && !kind.relieved;
}

DeploymentTerms deployment_terms(const Scenario& scenario, const Unit& unit, const Agreement& agreement,
                                 int journey_days, int need_days) {
  const Kind& kind = scenario->kinds.kinds[unit.kind];
  const TourTerms& tour = agreement.tour;
  DeploymentTerms terms;
  terms.journey_days = journey_days;
  if (kind.crewed) {
    terms.orientation_days = tour.orientation_days.value;
    terms.min_line_days = tour.min_line_days.value;
  }
  if (!has_tours(kind)) {
    terms.max_line_days = need_days;
    terms.rest_days = kind.refurbish_days;
    terms.relief_days = kind.crewed ? tour.max_line_days.value : 0;
    return terms;
  }
  terms.days_off = tour.days_off_in_place.value;
  const bool divided = terms.days_off > 0;
  terms.max_line_days = tour.max_line_days.value * (divided ? 1 : tour.max_tours.value);
  terms.later_tour_days = terms.max_line_days - tour.max_line_days.value;
  terms.max_tours = divided ? tour.max_tours.value : 1;
  terms.extension_days = tour.extension_days.value;
  terms.shadow_days = tour.shadow_days.value;
  terms.max_moves = tour.max_moves.value;
  terms.rest_days = tour.rest_days_home.value;
  terms.max_deployment_days = tour.max_deployment_days.value;
  terms.travel_counts = tour.travel_counts.value;
  return terms;
}

DeploymentTerms escort_deployment_terms(DeploymentTerms terms) noexcept {
  terms.extension_days = terms.shadow_days = terms.max_moves = 0;
  return terms;
}

Day earliest_departure(const Scenario& scenario, const Agreement& agreement) {
  return scenario->as_of + Days{agreement.mobilization.notice_days.value + agreement.mobilization.muster_days.value};
}

}  // namespace relevo::planner
