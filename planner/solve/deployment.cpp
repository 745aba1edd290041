// SPDX-License-Identifier: MIT
#include "planner/solve/deployment.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

void append_days(std::vector<Day>& days, const Horizon& horizon, int first, int last) {
  for (int t = first; t < last; ++t)
    days.push_back(horizon.day(t));
}

Stint make_stint(const Horizon& horizon, const std::vector<Piece>& pieces) {
  Stint stint;
  for (const auto& piece : pieces) {
    append_days(stint.line_days, horizon, piece.working.first, piece.working.last);
    append_days(stint.days_off, horizon, piece.working.last, piece.assigned.last);
  }
  return stint;
}

void add_cost(std::map<std::string, Money>& items, const Cost& cost) {
  items["wages"] += cost.wages;
  items["lodging"] += cost.lodging;
  items["travel"] += cost.travel;
}

Phase phase_of(const Scenario& scenario, Day depart) {
  const double hours = 24.0 * static_cast<double>((depart - scenario->as_of).count());
  return hours <= scenario->policy.firm_hours.value ? Phase::Firm : Phase::Outlook;
}

}  // namespace

Piece piece_of(const DeploymentTerms& terms, const Tour& tour, int depart, bool starts, bool ends) {
  const int line_end = tour.first_line + tour.line_days;
  Piece piece;
  piece.working = {tour.first_line, line_end};
  piece.assigned = {tour.first_line, ends ? line_end : line_end + terms.days_off};
  piece.present = {starts ? depart + terms.journey_days : tour.first_line, piece.assigned.last};
  piece.away = {starts ? depart : tour.first_line, ends ? terms.home(line_end - 1) + 1 : piece.assigned.last};
  return piece;
}

std::vector<Piece> pieces_of(const DeploymentTerms& terms, const Deployment& deployment) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < deployment.tours.size(); ++i)
    pieces.push_back(piece_of(terms, deployment.tours[i], deployment.depart, i == 0, i + 1 == deployment.tours.size()));
  return pieces;
}

CommitmentDays commitment_days(const Scenario& scenario, const Commitment& commitment) {
  const Horizon& horizon = scenario->horizon;
  const Unit& unit = scenario->units[commitment.unit];
  const bool crewed = scenario->kinds.kinds[unit.kind].crewed;
  const TourTerms& tour = scenario->agreements[commitment.agreement].tour;
  const int end = horizon.column(commitment.release);
  const int longest = crewed ? std::max(1, tour.max_line_days.value) : end - horizon.column(commitment.first_line_day);
  const int tours = crewed ? tour.max_tours.value : 1;

  CommitmentDays days;
  days.away = {horizon.column(commitment.depart), horizon.column(commitment.home) + 1};
  int t = horizon.column(commitment.first_line_day);
  for (int j = 1; t < end; ++j) {
    const int line_end = j < tours ? std::min(end, t + longest) : end;
    const int off_end = line_end < end ? std::min(end, line_end + tour.days_off_in_place.value) : line_end;
    Piece piece;
    piece.working = {t, line_end};
    piece.assigned = {t, off_end};
    piece.present = piece.assigned;
    days.pieces.push_back(piece);
    t = off_end;
  }
  return days;
}

Cost cost_of(const Scenario& scenario, const Unit& unit, const Piece& piece, const geo::Itinerary& journey,
             bool starts) {
  const Policy& policy = scenario->policy;
  const double people = std::max(unit.persons, 1);
  Cost cost;
  cost.wages = scenario.daily_cost_of(unit) * piece.away.size();
  cost.lodging = Money(policy.lodging_per_person_day.value * unit.persons * piece.present.size());
  if (starts)
    cost.travel = Money(2.0 * people *
                        (journey.air.kilometres() * policy.air_cost_per_passenger_km.value +
                         journey.ground.kilometres() * policy.ground_cost_per_person_km.value));
  return cost;
}

Assignment make_assignment(const Problem& problem, const Deployment& deployment, const Member& member) {
  const Scenario& scenario = *problem.scenario;
  const Horizon& horizon = scenario->horizon;
  const UnitClass& unit_class = problem.classes[deployment.unit_class];
  const Duty& duty = unit_class.duties[deployment.duty];
  const DeploymentTerms& terms = duty.option.terms;
  const Unit& unit = scenario->units[member.unit];
  const auto pieces = pieces_of(terms, deployment);
  const int last_present = pieces.back().working.last - 1;

  Assignment a;
  a.unit = member.unit;
  a.ordinal = member.ordinal;
  a.class_id = static_cast<int>(deployment.unit_class);
  a.borrower = duty.borrower;
  a.agreement = duty.option.agreement;
  a.clauses = duty.option.clauses;
  if (duty.escort_group)
    a.escort = problem.term_of(problem.escort_groups[*duty.escort_group]).role;
  a.depart = horizon.day(deployment.depart);
  a.arrive = horizon.day(deployment.depart + std::max(terms.journey_days - 1, 0));
  a.phase = phase_of(scenario, a.depart);
  a.release = horizon.day(terms.release(last_present));
  a.home = horizon.day(terms.home(last_present));
  a.rested = horizon.day(terms.rested(last_present));
  a.persons = unit.persons;
  a.outbound = *duty.option.journey;
  Stint stint = make_stint(horizon, pieces);
  stint.request = duty.request;
  if (duty.request)
    stint.incident = scenario->requests[*duty.request].incident;
  a.stints.push_back(std::move(stint));
  for (std::size_t i = 0; i < pieces.size(); ++i)
    add_cost(a.cost, cost_of(scenario, unit, pieces[i], *duty.option.journey, i == 0));
  return a;
}

Assignment make_assignment(const Scenario& scenario, const Commitment& commitment, int ordinal) {
  const Unit& unit = scenario->units[commitment.unit];
  const Agreement& agreement = scenario->agreements[commitment.agreement];
  Assignment a;
  a.unit = commitment.unit;
  a.ordinal = ordinal;
  a.class_id = -1;
  a.borrower = commitment.borrower;
  a.agreement = commitment.agreement;
  if (!agreement.from.clause.empty())
    a.clauses.push_back(agreement.from.clause);
  a.commitment = true;
  if (const auto term = escort_term_of(scenario, unit, agreement); term && !commitment.request)
    a.escort = agreement.escorts[*term].role;
  a.depart = commitment.depart;
  a.phase = phase_of(scenario, a.depart);
  a.release = commitment.release;
  a.home = commitment.home;
  a.rested = commitment.home + Days{1 + deployment_terms(scenario, unit, agreement, 0, 0).rest_days};
  a.persons = unit.persons;
  const Destination to =
      commitment.incident ? Destination::incident(*commitment.incident) : Destination::agency(commitment.borrower);
  a.arrive = std::max(commitment.depart, commitment.first_line_day - Days{1});
  if (const auto* journey = scenario->travel.find({unit.base, to, unit.kind, commitment.agreement})) {
    a.outbound = *journey;
    a.arrive = std::min(a.arrive, commitment.depart + Days{std::max(journey->days - 1, 0)});
  }
  Stint stint = make_stint(scenario->horizon, commitment_days(scenario, commitment).pieces);
  stint.request = commitment.request;
  stint.incident = commitment.incident;
  a.stints.push_back(std::move(stint));
  return a;
}

}  // namespace relevo::planner
