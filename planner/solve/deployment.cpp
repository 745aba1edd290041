// SPDX-License-Identifier: MIT
#include "planner/solve/deployment.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

void append_days(std::vector<Day>& days, const Horizon& horizon, int first, int last) {
  for (int t = first; t < last; ++t)
    days.push_back(horizon.day(t));
}

void append_piece(const Horizon& horizon, const Piece& piece, Stint& stint) {
  append_days(stint.shadow_days, horizon, piece.shadow.first, piece.shadow.last);
  append_days(stint.line_days, horizon, piece.working.first, piece.working.last);
  append_days(stint.days_off, horizon, piece.working.last, piece.assigned.last);
}

/// One stint for each stay: days off in place do not end it, a move does.
std::vector<Stint> make_stints(const Problem& problem, const Deployment& deployment) {
  const Horizon& horizon = problem.data().horizon;
  const UnitClass& unit_class = problem.classes[deployment.unit_class];
  const auto pieces = pieces_of(unit_class, deployment);
  std::vector<Stint> stints;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Block& block = deployment.blocks[i];
    const bool moved_in_tour = i > 0 && deployment.blocks[i - 1].then == Block::Then::MovesOn;
    if (i == 0 || moved_in_tour || block.moved_from) {
      Stint stint;
      stint.request = unit_class.duties[block.duty].request;
      if (stint.request)
        stint.incident = problem.data().requests[*stint.request].incident;
      if (moved_in_tour)
        append_days(stint.move_days, horizon, pieces[i - 1].moving.first, pieces[i - 1].moving.last);
      stints.push_back(std::move(stint));
    }
    append_piece(horizon, pieces[i], stints.back());
  }
  return stints;
}

void add_cost(std::map<std::string, Money>& items, const Cost& cost) {
  items["wages"] += cost.wages;
  items["lodging"] += cost.lodging;
  items["travel"] += cost.travel;
  if (cost.relief != Money{})
    items["relief"] += cost.relief;
}

Money fare(const Policy& policy, double people, double air_km, double ground_km) {
  return Money(people *
               (air_km * policy.air_cost_per_passenger_km.value + ground_km * policy.ground_cost_per_person_km.value));
}

/// The journey one way, less what lifts carry.
Money fare_of(const Problem& problem, double people, const geo::Itinerary& journey, Direction direction) {
  const double air = journey.air.kilometres() - flown_on_lifts(problem.routes, journey, direction).kilometres();
  return fare(problem.data().policy, people, air, journey.ground.kilometres());
}

Money fare_of(const Problem& problem, double people, const TravelTable::Move& move) {
  return fare(problem.data().policy, people, move.air.kilometres(), move.ground.kilometres());
}

int total_extension_days(const UnitClass& unit_class, const Deployment& deployment) {
  const PairOption& option = unit_class.duties[deployment.first_duty()].option;
  int used = option.worked_before(deployment.depart);
  int days = 0;
  for (const auto& block : deployment.blocks) {
    days += extension_days(option.terms, used + block.duty_days()) - extension_days(option.terms, used);
    used = block.then == Block::Then::TakesDaysOff ? 0 : used + block.duty_days();
  }
  return days;
}

Phase phase_of(const Scenario& scenario, Day depart) {
  const double hours = 24.0 * static_cast<double>((depart - scenario->as_of).count());
  return hours <= scenario->policy.firm_hours.value ? Phase::Firm : Phase::Outlook;
}

}  // namespace

Piece piece_of(const DeploymentTerms& terms, const Block& block, std::optional<int> depart) {
  const int first = block.shadow ? block.first_line - 1 : block.first_line;
  const int off = block.then == Block::Then::TakesDaysOff ? terms.days_off : 0;
  const int move = block.then == Block::Then::MovesOn ? block.move_days : 0;
  const int last = block.end() + off + move;
  Piece piece;
  piece.shadow = {first, block.first_line};
  piece.working = {block.first_line, block.end()};
  piece.assigned = {first, block.end() + off};
  piece.moving = {block.end(), block.end() + move};
  piece.present = {depart ? *depart + terms.journey_days : first, last};
  piece.away = {depart.value_or(first), block.then == Block::Then::GoesHome ? terms.home(last - 1) + 1 : last};
  return piece;
}

std::vector<Piece> pieces_of(const UnitClass& unit_class, const Deployment& deployment) {
  std::vector<Piece> pieces;
  for (const auto& block : deployment.blocks)
    pieces.push_back(piece_of(unit_class.duties[block.duty].option.terms, block,
                              pieces.empty() ? std::optional(deployment.depart) : std::nullopt));
  return pieces;
}

int rested_after(const UnitClass& unit_class, const Deployment& deployment) {
  const Block& last = deployment.blocks.back();
  return unit_class.duties[last.duty].option.terms.rested(last.end() - 1);
}

int extension_days(const DeploymentTerms& terms, int used) noexcept {
  return std::max(0, used - terms.max_line_days);
}

int reliefs(const DeploymentTerms& terms, const Piece& piece) noexcept {
  return terms.relief_days == 0 ? 0 : std::max(0, piece.present.size() - 1) / terms.relief_days;
}

namespace {

/// The days that follow from the dates of a commitment and its agreement.
std::vector<Piece> laid_out(const Scenario& scenario, const Commitment& commitment) {
  const Horizon& horizon = scenario->horizon;
  const Unit& unit = scenario->units[commitment.unit];
  const bool crewed = has_tours(scenario->kinds.kinds[unit.kind]);
  const TourTerms& tour = scenario->agreements[commitment.agreement].tour;
  const int end = horizon.column(commitment.release);
  const int longest = crewed ? std::max(1, tour.max_line_days.value) : end - horizon.column(commitment.first_line_day);
  const int tours = crewed ? tour.max_tours.value : 1;
  std::vector<Piece> pieces;
  int t = horizon.column(commitment.first_line_day);
  for (int j = 1; t < end; ++j) {
    const int line_end = j < tours ? std::min(end, t + longest) : end;
    const int off_end = line_end < end ? std::min(end, line_end + tour.days_off_in_place.value) : line_end;
    Piece piece;
    piece.working = {t, line_end};
    piece.assigned = {t, off_end};
    piece.present = piece.assigned;
    pieces.push_back(piece);
    t = off_end;
  }
  return pieces;
}

/// One piece for each day of a stint.
std::vector<Piece> pieces_of(const Horizon& horizon, const Stint& stint) {
  std::vector<Piece> pieces;
  const auto add = [&](const std::vector<Day>& days, Span Piece::*state, bool is_assigned) {
    for (const Day day : days) {
      const Span on{horizon.column(day), horizon.column(day) + 1};
      Piece piece;
      piece.*state = on;
      piece.present = on;
      if (is_assigned)
        piece.assigned = on;
      pieces.push_back(piece);
    }
  };
  add(stint.move_days, &Piece::moving, false);
  add(stint.shadow_days, &Piece::shadow, true);
  add(stint.line_days, &Piece::working, true);
  add(stint.days_off, &Piece::assigned, true);
  return pieces;
}

}  // namespace

CommitmentDays commitment_days(const Scenario& scenario, const Commitment& commitment) {
  const Horizon& horizon = scenario->horizon;
  CommitmentDays days;
  days.away = {horizon.column(commitment.depart), horizon.column(commitment.home) + 1};
  const auto stay = [&](std::optional<RequestIndex> request, std::optional<IncidentIndex> incident,
                        std::vector<Piece> pieces) {
    const AgencyIndex borrower = request ? scenario->requests[*request].borrower : commitment.borrower;
    days.stays.push_back({request, incident, borrower, std::move(pieces), std::nullopt});
  };
  if (commitment.stints.empty())
    days.stays.push_back(
        {commitment.request, commitment.incident, commitment.borrower, laid_out(scenario, commitment), std::nullopt});
  for (const auto& stint : commitment.stints)
    stay(stint.request, stint.incident, pieces_of(horizon, stint));
  auto& last = days.stays.back();
  for (const auto& piece : last.pieces)
    last.leaves = std::max(last.leaves.value_or(piece.present.first), piece.present.last - 1);
  return days;
}

Money journey_fare(const Problem& problem, const UnitClass& unit_class, std::size_t duty, Direction direction) {
  const int persons = problem.data().units[unit_class.exemplar].persons;
  return fare_of(problem, std::max(persons, 1), *unit_class.duties[duty].option.journey, direction);
}

Money move_fare(const Problem& problem, const UnitClass& unit_class, const TravelTable::Move& move) {
  return fare_of(problem, std::max(problem.data().units[unit_class.exemplar].persons, 1), move);
}

Cost cost_of(const Problem& problem, const UnitClass& unit_class, const Block& block, std::optional<int> depart) {
  const Scenario& scenario = *problem.scenario;
  const Unit& unit = scenario->units[unit_class.exemplar];
  const PairOption& option = unit_class.duties[block.duty].option;
  const Piece piece = piece_of(option.terms, block, depart);
  const Money way_out = journey_fare(problem, unit_class, block.duty, Direction::Out);
  Cost cost;
  cost.wages = scenario.daily_cost_of(unit) * piece.away.size();
  cost.lodging = Money(scenario->policy.lodging_per_person_day.value * unit.persons * piece.present.size());
  if (depart)
    cost.travel += way_out;
  if (block.then == Block::Then::GoesHome)
    cost.travel += journey_fare(problem, unit_class, block.duty, Direction::Home);
  if (block.moved_from)
    cost.travel += move_fare(problem, unit_class, unit_class.move(*block.moved_from, block.duty));
  if (block.then == Block::Then::MovesOn)
    cost.travel += move_fare(problem, unit_class, unit_class.move(block.duty, block.next));
  cost.relief = way_out * (2.0 * reliefs(option.terms, piece));
  return cost;
}

Assignment make_assignment(const Problem& problem, const Deployment& deployment, const Member& member) {
  const Scenario& scenario = *problem.scenario;
  const Horizon& horizon = scenario->horizon;
  const UnitClass& unit_class = problem.classes[deployment.unit_class];
  const Duty& duty = unit_class.duties[deployment.first_duty()];
  const DeploymentTerms& terms = duty.option.terms;
  const Block& last = deployment.blocks.back();
  const DeploymentTerms& last_terms = unit_class.duties[last.duty].option.terms;

  Assignment a;
  a.unit = member.unit;
  a.ordinal = member.ordinal;
  a.class_id = static_cast<int>(deployment.unit_class);
  a.borrower = duty.borrower;
  a.agreement = duty.option.agreement;
  const EscortTerms* term = duty.escort_group ? &problem.term_of(problem.escort_groups[*duty.escort_group]) : nullptr;
  a.clauses = allowing_clauses(scenario->agreements[duty.option.agreement], term);
  if (term != nullptr)
    a.escort = term->role;
  a.depart = horizon.day(deployment.depart);
  a.arrive = horizon.day(deployment.depart + std::max(terms.journey_days - 1, 0));
  a.phase = phase_of(scenario, a.depart);
  a.release = horizon.day(last_terms.release(last.end() - 1));
  a.home = horizon.day(last_terms.home(last.end() - 1));
  a.rested = horizon.day(last_terms.rested(last.end() - 1));
  a.persons = scenario->units[member.unit].persons;
  a.outbound = *duty.option.journey;
  a.stints = make_stints(problem, deployment);
  a.extension_days = total_extension_days(unit_class, deployment);
  for (std::size_t i = 0; i < deployment.blocks.size(); ++i) {
    const auto depart = i == 0 ? std::optional(deployment.depart) : std::nullopt;
    const Block& block = deployment.blocks[i];
    a.reliefs += reliefs(unit_class.duties[block.duty].option.terms, piece_of(terms, block, depart));
    add_cost(a.cost, cost_of(problem, unit_class, block, depart));
  }
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
  a.stints = commitment.stints;
  if (a.stints.empty()) {
    Stint stint{.request = commitment.request, .incident = commitment.incident};
    for (const auto& piece : laid_out(scenario, commitment))
      append_piece(scenario->horizon, piece, stint);
    a.stints.push_back(std::move(stint));
  }
  return a;
}

}  // namespace relevo::planner
