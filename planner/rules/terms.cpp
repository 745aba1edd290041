// SPDX-License-Identifier: MIT
#include "planner/rules/terms.hpp"

namespace relevo::planner {

bool DeploymentTerms::deployment_fits(int depart, int last_present) const noexcept {
  if (!max_deployment_days)
    return true;
  const int days = travel_counts ? home(last_present) - depart + 1 : last_present - (depart + journey_days) + 1;
  return days <= *max_deployment_days;
}

int DeploymentTerms::longest_span() const noexcept {
  return journey_days + orientation_days + max_tours * max_line_days + (max_tours - 1) * days_off + journey_days + 1 +
         rest_days;
}

DeploymentTerms deployment_terms(const Scenario& scenario, const Unit& unit, const Agreement& agreement,
                                 int journey_days, int need_days) {
  const Kind& kind = scenario->kinds.kinds[unit.kind];
  DeploymentTerms terms;
  terms.journey_days = journey_days;
  if (!kind.crewed) {
    terms.max_line_days = need_days;
    terms.rest_days = kind.refurbish_days;
    return terms;
  }
  const TourTerms& tour = agreement.tour;
  terms.orientation_days = tour.orientation_days.value;
  terms.max_line_days = tour.max_line_days.value;
  terms.days_off = tour.days_off_in_place.value;
  terms.max_tours = tour.max_tours.value;
  terms.min_line_days = tour.min_line_days.value;
  terms.rest_days = tour.rest_days_home.value;
  terms.max_deployment_days = tour.max_deployment_days.value;
  terms.travel_counts = tour.travel_counts.value;
  return terms;
}

Day earliest_departure(const Scenario& scenario, const Agreement& agreement) {
  return scenario->as_of + Days{agreement.mobilization.notice_days.value + agreement.mobilization.muster_days.value};
}

}  // namespace relevo::planner
