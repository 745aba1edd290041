// SPDX-License-Identifier: MIT
#include "cli/travel.hpp"

#include "geo/geodesic.hpp"
#include "geo/travel.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace relevo::cli {

namespace {

using planner::Agency;
using planner::AgencyIndex;
using planner::Agreement;
using planner::AgreementIndex;
using planner::Base;
using planner::BaseIndex;
using planner::Destination;
using planner::Diagnostics;
using planner::EscortTerms;
using planner::Incident;
using planner::IncidentIndex;
using planner::InputError;
using planner::Kind;
using planner::KindIndex;
using planner::make_diagnostic;
using planner::Mobility;
using planner::MobilizationTerms;
using planner::Party;
using planner::Policy;
using planner::ScenarioData;
using planner::Severity;
using planner::TravelTable;
using planner::Unit;

geo::Traveller traveller_of(const Kind& kind) {
  geo::Traveller traveller;
  switch (kind.mobility) {
    case Mobility::Passengers:
      traveller.mode = geo::TravelMode::Passengers;
      break;
    case Mobility::Drives:
      traveller.mode = geo::TravelMode::Drives;
      break;
    case Mobility::Flies:
      traveller.mode = geo::TravelMode::Flies;
      break;
    case Mobility::Freight:
      traveller.mode = geo::TravelMode::Freight;
      break;
  }
  traveller.cruise_kmh = kind.cruise_kmh.value_or(0.0);
  traveller.range_km = kind.range_km.value_or(0.0);
  traveller.runway_m = kind.runway_m.value_or(0);
  return traveller;
}

/// Whether those who arrive late rest on days of orientation, before the first shift (docs/model.md, "2:1 work/rest").
bool rests_in_orientation(const Agreement& agreement) {
  return agreement.tour.orientation_days.value > 0;
}

geo::TravelRules rules_of(const Policy::Travel& policy, const Agreement& agreement) {
  const MobilizationTerms& mobilization = agreement.mobilization;
  geo::TravelRules rules;
  rules.ground_kmh = policy.ground_kmh.value;
  rules.ground_detour = policy.ground_detour.value;
  rules.max_driving_hours_per_day = policy.max_driving_hours_per_day.value;
  rules.airliner_kmh = policy.airliner_kmh.value;
  rules.flight_overhead_hours = policy.flight_overhead_hours.value;
  rules.check_in_hours = policy.check_in_hours.value;
  rules.border_hours = policy.border_hours.value;
  rules.ground_only_km = policy.ground_only_km.value;
  rules.passenger_runway_m = policy.passenger_runway_m.value;
  rules.departure_hour = policy.departure_hour.value;
  rules.same_day_shift_hours = policy.same_day_shift_hours.value;
  if (mobilization.no_travel_from.value && mobilization.no_travel_until.value) {
    rules.no_travel_from_hour = *mobilization.no_travel_from.value;
    rules.no_travel_until_hour = *mobilization.no_travel_until.value;
  }
  if (rests_in_orientation(agreement))
    rules.rest_per_travel_hour = 0.0;
  return rules;
}

/// Fills the table, computing each distinct journey once.
class TravelTableMaker {
 public:
  TravelTableMaker(const ScenarioData& data, const geo::AirportIndex& airports) : data_(data), airports_(airports) {}

  TravelTable make() {
    for (const auto& unit : data_.units) {
      for (auto agreement : data_.agreements.indices()) {
        for (const auto& request : data_.requests) {
          if (!joins(data_.agreements[agreement], unit.agency, request.borrower))
            continue;
          if (request.kind == unit.kind)
            add(unit,
                request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower),
                agreement);
          if (is_escort(data_.agreements[agreement], unit))
            add(unit, Destination::agency(request.borrower), agreement);
        }
      }
    }
    for (const auto& commitment : data_.commitments) {
      const Unit& unit = data_.units[commitment.unit];
      add(unit,
          commitment.incident ? Destination::incident(*commitment.incident) : Destination::agency(commitment.borrower),
          commitment.agreement);
      if (is_escort(data_.agreements[commitment.agreement], unit))
        add(unit, Destination::agency(commitment.borrower), commitment.agreement);
    }
    add_moves();
    return std::move(table_);
  }

 private:
  using Cached = std::tuple<BaseIndex, Destination, KindIndex, std::optional<int>, std::optional<int>, bool>;

  /// Both agencies appear in the agreement in some role; who may lend to whom is for the rules to say.
  bool joins(const Agreement& agreement, AgencyIndex a, AgencyIndex b) const {
    return agreement.own_forces == (a == b) && names(agreement, data_.agencies[a]) &&
           names(agreement, data_.agencies[b]);
  }

  static bool names(const Agreement& agreement, const Agency& agency) {
    const auto in = [&](const std::vector<Party>& parties) {
      return std::any_of(parties.begin(), parties.end(), [&](const Party& party) {
        return party.scope == Party::Scope::Anyone ||
               party.id == (party.scope == Party::Scope::Country ? agency.country : agency.id);
      });
    };
    return in(agreement.lenders) || in(agreement.borrowers);
  }

  bool is_escort(const Agreement& agreement, const Unit& unit) const {
    return std::any_of(agreement.escorts.begin(), agreement.escorts.end(),
                       [&](const EscortTerms& term) { return term.kind == data_.kinds.kinds[unit.kind].id; });
  }

  geo::Place place_of(const Base& base) const {
    return {base.name, data_.agencies[base.agency].country, base.point, base.airport};
  }

  geo::Place place_of(Destination destination) const {
    if (destination.what == Destination::What::Incident) {
      const Incident& incident = data_.incidents[IncidentIndex(destination.index)];
      return {incident.name, data_.agencies[incident.agency].country, incident.point, ""};
    }
    const Agency& agency = data_.agencies[AgencyIndex(destination.index)];
    return {agency.name, agency.country, agency.point, ""};
  }

  void add(const Unit& unit, Destination to, AgreementIndex agreement) {
    const TravelTable::Key key{unit.base, to, unit.kind, agreement};
    if (table_.find(key) != nullptr)
      return;
    const Agreement& terms = data_.agreements[agreement];
    const Cached cached{unit.base,
                        to,
                        unit.kind,
                        terms.mobilization.no_travel_from.value,
                        terms.mobilization.no_travel_until.value,
                        rests_in_orientation(terms)};
    const auto [it, is_new] = journeys_.try_emplace(cached);
    if (is_new)
      it->second =
          geo::plan_journey(place_of(data_.bases[unit.base]), place_of(to), traveller_of(data_.kinds.kinds[unit.kind]),
                            rules_of(data_.policy.travel, terms), airports_);
    if (it->second)
      table_.set(key, *it->second);
  }

  static Destination destination_of(const planner::Request& request) {
    return request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower);
  }

  /// Between the places of all requests of one kind (docs/travel.md, "Moves").
  void add_moves() {
    std::map<KindIndex, std::set<Destination>> places;
    for (const auto& request : data_.requests)
      places[request.kind].insert(destination_of(request));
    for (const auto& [kind, all] : places)
      for (const auto& from : all)
        for (const auto& to : all)
          if (from != to)
            if (const auto move = move_between(from, to, data_.kinds.kinds[kind]))
              table_.set_move({from, to, kind}, *move);
  }

  std::optional<TravelTable::Move> move_between(Destination from, Destination to, const Kind& kind) const {
    const auto& policy = data_.policy.travel;
    const auto straight = geo::distance_between(place_of(from).point, place_of(to).point);
    if (kind.mobility == Mobility::Flies) {
      if (straight.kilometres() > kind.range_km.value_or(0.0))
        return std::nullopt;
      const double hours = straight.kilometres() / kind.cruise_kmh.value_or(1.0) + policy.flight_overhead_hours.value;
      return TravelTable::Move{hours <= policy.same_day_shift_hours.value ? 0 : 1, {}, straight};
    }
    const auto road = straight * policy.ground_detour.value;
    if (road.kilometres() > policy.max_move_km.value)
      return std::nullopt;
    const double hours = road.kilometres() / policy.ground_kmh.value;
    const int days = hours <= policy.same_day_shift_hours.value
                         ? 0
                         : std::max(1, static_cast<int>(std::ceil(hours / policy.max_driving_hours_per_day.value)));
    return TravelTable::Move{days, road, {}};
  }

  const ScenarioData& data_;
  const geo::AirportIndex& airports_;
  TravelTable table_;
  std::map<Cached, std::optional<geo::Itinerary>> journeys_;
};

void check_airports(const ScenarioData& data, const geo::AirportIndex& airports) {
  Diagnostics diagnostics;
  for (const auto& base : data.bases)
    if (!base.airport.empty() && airports.find(base.airport) == nullptr)
      diagnostics.add(
          make_diagnostic(Severity::Error, {"bases", 0, "airport"}, base.airport, "base.airport", {{"base", base.id}}));
  if (diagnostics.has_errors())
    throw InputError(std::move(diagnostics));
}

}  // namespace

TravelTable make_travel_table(const ScenarioData& data, const geo::AirportIndex& airports) {
  check_airports(data, airports);
  return TravelTableMaker(data, airports).make();
}

}  // namespace relevo::cli
