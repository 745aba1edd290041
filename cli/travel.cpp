// SPDX-License-Identifier: MIT
#include "cli/travel.hpp"

#include "geo/geodesic.hpp"
#include "geo/travel.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

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

/// Fills the table. Each distinct journey is computed once: kinds that travel alike share theirs, and so do agreements
/// with the same hours without travel.
class TravelTableMaker {
 public:
  TravelTableMaker(const ScenarioData& data, const geo::AirportIndex& airports) : data_(data), journeys_(airports) {
    for (const auto& kind : data.kinds.kinds)
      groups_.push_back(group_of(traveller_of(kind)));
    for (const auto& agreement : data.agreements)
      hours_.push_back(hours_of(agreement));
  }

  TravelTable make() {
    const auto requests = requests_by_kind();
    const auto borrowers = borrowers_of_requests();
    for (const auto& [agency, base, kind] : origins())
      for (auto agreement : data_.agreements.indices())
        add_all(agency, {base, {}, kind, agreement}, requests, borrowers);
    for (const auto& commitment : data_.commitments)
      add_commitment(commitment);
    add_moves();
    return std::move(table_);
  }

 private:
  /// What of a request matters here.
  struct Wanted {
    Destination to;
    AgencyIndex borrower{0U};
    friend auto operator<=>(const Wanted&, const Wanted&) = default;
  };
  using WantedByKind = std::map<KindIndex, std::set<Wanted>>;
  using Origin = std::tuple<AgencyIndex, BaseIndex, KindIndex>;
  /// What of an agreement a journey depends on: its hours without travel, and whether rest follows on other days.
  using Hours = std::tuple<std::optional<int>, std::optional<int>, bool>;
  using Cached = std::tuple<BaseIndex, Destination, std::size_t, std::size_t>;  // groups of kind and of agreement

  std::set<Origin> origins() const {
    std::set<Origin> all;
    for (const auto& unit : data_.units)
      all.emplace(unit.agency, unit.base, unit.kind);
    return all;
  }

  static Destination destination_of(const planner::Request& request) {
    return request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower);
  }

  WantedByKind requests_by_kind() const {
    WantedByKind all;
    for (const auto& request : data_.requests)
      all[request.kind].insert({destination_of(request), request.borrower});
    return all;
  }

  std::set<AgencyIndex> borrowers_of_requests() const {
    std::set<AgencyIndex> all;
    for (const auto& request : data_.requests)
      all.insert(request.borrower);
    return all;
  }

  /// From one base, by one kind, under one agreement; `from` still lacks its destination.
  void add_all(AgencyIndex agency, TravelTable::Key from, const WantedByKind& requests,
               const std::set<AgencyIndex>& borrowers) {
    const Agreement& agreement = data_.agreements[from.agreement];
    std::set<AgencyIndex> joined;
    for (const auto borrower : borrowers)
      if (joins(agreement, agency, borrower))
        joined.insert(borrower);
    if (joined.empty())
      return;
    if (const auto found = requests.find(from.kind); found != requests.end())
      for (const auto& wanted : found->second)
        if (joined.contains(wanted.borrower))
          add(from, wanted.to);
    if (is_escort(agreement, from.kind))
      for (const auto borrower : joined)
        add(from, Destination::agency(borrower));
  }

  void add_commitment(const planner::Commitment& commitment) {
    const Unit& unit = data_.units[commitment.unit];
    const TravelTable::Key from{unit.base, {}, unit.kind, commitment.agreement};
    add(from,
        commitment.incident ? Destination::incident(*commitment.incident) : Destination::agency(commitment.borrower));
    if (is_escort(data_.agreements[commitment.agreement], unit.kind))
      add(from, Destination::agency(commitment.borrower));
  }

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

  bool is_escort(const Agreement& agreement, KindIndex kind) const {
    return std::any_of(agreement.escorts.begin(), agreement.escorts.end(),
                       [&](const EscortTerms& term) { return term.kind == data_.kinds.kinds[kind].id; });
  }

  /// The position of an equal one, or a new one.
  template <class T, class Same>
  static std::size_t position_in(std::vector<T>& all, const T& one, Same same) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (same(all[i], one))
        return i;
    all.push_back(one);
    return all.size() - 1;
  }

  std::size_t group_of(const geo::Traveller& traveller) {
    return position_in(travellers_, traveller, [](const geo::Traveller& a, const geo::Traveller& b) {
      return std::tie(a.mode, a.cruise_kmh, a.range_km, a.runway_m) ==
             std::tie(b.mode, b.cruise_kmh, b.range_km, b.runway_m);
    });
  }

  std::size_t hours_of(const Agreement& agreement) {
    const MobilizationTerms& terms = agreement.mobilization;
    return position_in(closed_hours_,
                       Hours{terms.no_travel_from.value, terms.no_travel_until.value, rests_in_orientation(agreement)},
                       std::equal_to<>());
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

  const geo::LonLat& point_of(Destination destination) const {
    return destination.what == Destination::What::Incident ? data_.incidents[IncidentIndex(destination.index)].point
                                                           : data_.agencies[AgencyIndex(destination.index)].point;
  }

  void add(TravelTable::Key key, Destination to) {
    key.to = to;
    const std::size_t group = groups_[key.kind.value()];
    const auto [it, is_new] = made_.try_emplace({key.base, to, group, hours_[key.agreement.value()]});
    if (is_new) {
      auto journey = journeys_.plan(place_of(data_.bases[key.base]), place_of(to), travellers_[group],
                                    rules_of(data_.policy.travel, data_.agreements[key.agreement]));
      if (journey)
        it->second = std::make_shared<const geo::Itinerary>(*std::move(journey));
    }
    if (it->second)
      table_.share(key, it->second);
  }

  /// Between the places of all requests of one kind (docs/travel.md, "Moves").
  void add_moves() {
    std::map<KindIndex, std::set<Destination>> places;
    for (const auto& request : data_.requests)
      places[request.kind].insert(destination_of(request));
    for (const auto& [kind, all] : places) {
      std::vector<std::pair<Destination, geo::UnitVector>> ends;
      ends.reserve(all.size());
      for (const auto& to : all)
        ends.emplace_back(to, geo::unit_vector(point_of(to)));
      add_moves_of(kind, ends);
    }
  }

  void add_moves_of(KindIndex index, const std::vector<std::pair<Destination, geo::UnitVector>>& ends) {
    const Kind& kind = data_.kinds.kinds[index];
    // Farther than this on the sphere, no move can be short enough on the ellipsoid.
    const double farthest = geo::squared_chord_of(longest_move_km(kind) / (1.0 - geo::kSphereError));
    for (const auto& [from, from_direction] : ends)
      for (const auto& [to, to_direction] : ends)
        if (from != to && geo::squared_chord(from_direction, to_direction) <= farthest)
          if (const auto move = move_between(from, to, kind))
            table_.set_move({from, to, index}, *move);
  }

  /// In a straight line.
  double longest_move_km(const Kind& kind) const {
    const auto& policy = data_.policy.travel;
    return kind.mobility == Mobility::Flies ? kind.range_km.value_or(0.0)
                                            : policy.max_move_km.value / policy.ground_detour.value;
  }

  std::optional<TravelTable::Move> move_between(Destination from, Destination to, const Kind& kind) const {
    const auto& policy = data_.policy.travel;
    const auto straight = geo::distance_between(point_of(from), point_of(to));
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
  geo::JourneyMaker journeys_;
  TravelTable table_;
  std::vector<geo::Traveller> travellers_;
  std::vector<Hours> closed_hours_;
  std::vector<std::size_t> groups_;  ///< by kind: position in travellers_
  std::vector<std::size_t> hours_;   ///< by agreement: position in closed_hours_
  std::map<Cached, TravelTable::Journey> made_;
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
