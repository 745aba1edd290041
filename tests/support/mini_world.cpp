// SPDX-License-Identifier: MIT
#include "tests/support/mini_world.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

KindType kind_type(const std::string& id, int rank, int persons) {
  return {id, rank, persons, FireBehaviour::Extreme, {}};
}

Kind make_kind(const std::string& id, Category category, bool crewed, std::vector<KindType> types) {
  Kind kind;
  kind.id = id;
  kind.category = category;
  kind.mobility = crewed ? Mobility::Passengers : Mobility::Freight;
  kind.crewed = crewed;
  kind.refurbish_days = crewed ? 0 : 1;
  kind.types = std::move(types);
  return kind;
}

KindCatalogue standard_kinds() {
  KindCatalogue catalogue;
  catalogue.kinds.push(make_kind("crew", Category::Personnel, true,
                                 {kind_type("1", 1, 20), kind_type("2", 2, 20), kind_type("3", 3, 20)}));
  catalogue.kinds.push(make_kind("agency-representative", Category::Overhead, true, {kind_type("2", 2, 1)}));
  catalogue.kinds.push(make_kind("contingent-lead", Category::Overhead, true, {kind_type("2", 2, 1)}));
  catalogue.kinds.push(make_kind("pump", Category::Equipment, false, {kind_type("2", 2, 0)}));
  catalogue.kinds.push(make_kind("interpreter", Category::Overhead, true, {kind_type("2", 2, 1)}));
  Kind helicopter = make_kind("helicopter", Category::Aircraft, true, {kind_type("2", 2, 2)});
  helicopter.relieved = true;
  helicopter.refurbish_days = 1;
  catalogue.kinds.push(std::move(helicopter));
  return catalogue;
}

template <class IndexType, class T>
std::optional<IndexType> find_id(const IndexedVector<IndexType, T>& table, const std::string& id) {
  for (auto i : table.indices())
    if (table[i].id == id)
      return i;
  return std::nullopt;
}

template <class IndexType, class T>
IndexType need_id(const IndexedVector<IndexType, T>& table, const std::string& id) {
  const auto found = find_id(table, id);
  if (!found)
    throw std::invalid_argument("mini world: nothing is called '" + id + "'");
  return *found;
}

/// Adds a row; the references handed out before stay good, because the table never grows beyond what was reserved.
template <class Table, class T>
T& add_row(Table& table, T row) {
  if (table.size() == MiniWorld::kMostRows)
    throw std::length_error("mini world: too many rows");
  table.push_back(std::move(row));
  return table.back();
}

std::pair<std::string, std::string> split_kind(const std::string& kind) {
  const auto colon = kind.find(':');
  if (colon == std::string::npos)
    return {kind, "2"};
  return {kind.substr(0, colon), kind.substr(colon + 1)};
}

Party make_party(const std::string& word) {
  if (word == "*")
    return {Party::Scope::Anyone, ""};
  if (word.rfind("country:", 0) == 0)
    return {Party::Scope::Country, word.substr(8)};
  return {Party::Scope::Agency, word};
}

/// Fills in need and quantity from a strip such as "..22..".
void read_strip(const std::string& strip, const Horizon& horizon, Request& request) {
  const auto first = strip.find_first_not_of('.');
  const auto last = strip.find_last_not_of('.');
  if (first == std::string::npos)
    throw std::invalid_argument("mini world: a strip without need");
  const char mark = strip[first];
  for (auto i = first; i <= last; ++i)
    if (strip[i] != mark)
      throw std::invalid_argument("mini world: the need of '" + strip + "' varies");
  request.need = {horizon.day(static_cast<int>(first)), horizon.day(static_cast<int>(last) + 1)};
  if (std::isdigit(static_cast<unsigned char>(mark)) != 0)
    request.quantity = mark - '0';
}

/// (D9): leaves on the effective day of a recall at the latest.
void bring_forward(const ScenarioData& data, Commitment& commitment) {
  for (const auto& recall : data.recalls) {
    if (!is_recalled(recall, data.units[commitment.unit].agency, data.agreements[commitment.agreement]))
      continue;
    const Day release = std::min(commitment.release, std::max(recall.effective, commitment.first_line_day));
    commitment.recalled = commitment.recalled || release < commitment.release;
    commitment.home -= commitment.release - release;
    commitment.release = release;
  }
}

}  // namespace

geo::Itinerary simple_journey(int days, const std::string& from, const std::string& to, double flight_hour) {
  geo::Itinerary journey;
  journey.days = days;
  journey.ground = geo::Distance::from_kilometres(50);
  journey.air = geo::Distance::from_kilometres(500.0 * days);
  geo::Leg leg;
  leg.mode = days == 0 ? geo::LegMode::Ground : geo::LegMode::Flight;
  leg.from = from;
  leg.to = to;
  if (days > 0) {
    leg.from_airport = from;
    leg.to_airport = to;
  }
  leg.distance = days == 0 ? journey.ground : journey.air;
  leg.depart_hour = flight_hour;
  leg.arrive_hour = days == 0 ? 7 : 24.0 * (days - 1) + 18;
  journey.hours = leg.arrive_hour - leg.depart_hour;
  journey.legs = {leg};
  return journey;
}

void bring_forward_commitments(ScenarioData& data) {
  for (auto& commitment : data.commitments)
    bring_forward(data, commitment);
}

MiniWorld::MiniWorld(int days, Day first) {
  data_.id = "mini";
  data_.title = "mini world";
  data_.as_of = first;
  data_.horizon = {first, days};
  data_.kinds = standard_kinds();
  for (std::size_t i = 0; i < data_.policy.unmet_points.size(); ++i)
    data_.policy.unmet_points[i].value = 100.0 * (5.0 - static_cast<double>(i));
  for (auto& share : data_.policy.exportable_share)
    share.value = 1;
  data_.agencies.reserve(kMostRows);
  data_.bases.reserve(kMostRows);
  data_.pools.reserve(kMostRows);
  data_.units.reserve(kMostRows);
  data_.incidents.reserve(kMostRows);
  data_.requests.reserve(kMostRows);
  data_.agreements.reserve(kMostRows);
  data_.offers.reserve(kMostRows);
  data_.responses.reserve(kMostRows);
  data_.decisions.reserve(kMostRows);
  data_.consents.reserve(kMostRows);
  data_.recalls.reserve(kMostRows);
  data_.lifts.reserve(kMostRows);
  data_.commitments.reserve(kMostRows);
}

MiniWorld& MiniWorld::prices(double points) {
  auto& policy = data_.policy;
  policy.points_per_money.value = points;
  policy.person_daily_cost.value = 10;
  policy.lodging_per_person_day.value = 1;
  policy.air_cost_per_passenger_km.value = 0.01;
  policy.ground_cost_per_person_km.value = 0.01;
  policy.escort_daily_cost.value = 30;
  return *this;
}

MiniWorld& MiniWorld::as_of(int column) {
  data_.as_of = day(column);
  return *this;
}

AgencyIndex MiniWorld::find_or_add_agency(const std::string& id) {
  if (const auto found = find_id(data_.agencies, id))
    return *found;
  Agency agency;
  agency.id = id;
  agency.name = id;
  for (const char c : id.substr(0, 2))
    agency.country += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  add_row(data_.agencies, std::move(agency));
  const AgencyIndex index(data_.agencies.size() - 1);
  add_row(data_.bases, Base{id, id, index, {}, {}});
  return index;
}

KindIndex MiniWorld::kind_index(const std::string& kind) const {
  const auto found = data_.kinds.find(kind);
  if (!found)
    throw std::invalid_argument("mini world: no kind '" + kind + "'");
  return *found;
}

Agency& MiniWorld::agency(const std::string& id, const std::string& country) {
  Agency& agency = data_.agencies[find_or_add_agency(id)];
  if (!country.empty())
    agency.country = country;
  return agency;
}

Base& MiniWorld::base(const std::string& id, const std::string& agency) {
  return add_row(data_.bases, Base{id, id, find_or_add_agency(agency), {}, {}});
}

Incident& MiniWorld::incident(const std::string& id, const std::string& agency) {
  Incident incident;
  incident.id = id;
  incident.name = id;
  incident.agency = find_or_add_agency(agency);
  return add_row(data_.incidents, std::move(incident));
}

Agreement& MiniWorld::agreement(const std::string& id, const std::string& lenders, const std::string& borrowers,
                                const Terms& terms) {
  Agreement agreement;
  agreement.id = id;
  agreement.title = id;
  agreement.family = terms.family.empty() ? id : terms.family;
  agreement.own_forces = terms.own_forces;
  agreement.reciprocal = terms.reciprocal;
  agreement.kinds = terms.kinds;
  agreement.tour.max_line_days.value = terms.line;
  agreement.tour.days_off_in_place.value = terms.off;
  agreement.tour.max_tours.value = terms.tours;
  agreement.tour.min_line_days.value = terms.min_line;
  agreement.tour.orientation_days.value = terms.orientation;
  agreement.tour.rest_days_home.value = terms.rest;
  if (terms.deployment > 0)
    agreement.tour.max_deployment_days.value = terms.deployment;
  agreement.tour.travel_counts.value = terms.travel_counts;
  agreement.mobilization.notice_days.value = terms.notice;
  agreement.mobilization.muster_days.value = terms.muster;
  agreement.language.working = terms.languages;
  agreement.precedence.tier = terms.tier;
  agreement.tour.extension_days.value = terms.extension;
  agreement.tour.shadow_days.value = terms.shadow;
  agreement.tour.max_moves.value = terms.moves;
  agreement.tour.move_between_borrowers.value = terms.between_borrowers;
  agreement.contingent.min_persons.value = terms.min_persons;
  const auto add_parties = [this](const std::string& words, std::vector<Party>& parties) {
    std::istringstream in(words);
    for (std::string word; in >> word;) {
      parties.push_back(make_party(word));
      if (parties.back().scope == Party::Scope::Agency)
        find_or_add_agency(word);
    }
  };
  add_parties(lenders, agreement.lenders);
  add_parties(borrowers, agreement.borrowers);
  return add_row(data_.agreements, std::move(agreement));
}

EscortTerms& MiniWorld::escort(const std::string& agreement, EscortTerms::Role role, int per_persons,
                               EscortTerms::Supply supply, int threshold) {
  EscortTerms terms;
  terms.role = role;
  terms.kind = role == EscortTerms::Role::Representative ? "agency-representative"
               : role == EscortTerms::Role::Lead         ? "contingent-lead"
                                                         : "interpreter";
  terms.threshold = threshold;
  terms.per_persons = per_persons;
  terms.supply = supply;
  auto& escorts = agreement_row(agreement).escorts;
  escorts.push_back(std::move(terms));
  return escorts.back();
}

Unit& MiniWorld::unit(const std::string& id, const std::string& agency, const std::string& kind, int count) {
  const auto [kind_id, type] = split_kind(kind);
  Unit unit;
  unit.id = id;
  unit.name = id;
  unit.agency = find_or_add_agency(agency);
  unit.kind = kind_index(kind_id);
  unit.type = type;
  const KindType* kind_type = data_.kinds.kinds[unit.kind].find_type(type);
  if (kind_type == nullptr)
    throw std::invalid_argument("mini world: no type in '" + kind + "'");
  unit.rank = kind_type->rank;
  unit.persons = kind_type->persons;
  unit.count = count;
  unit.base = need_id(data_.bases, agency);
  return add_row(data_.units, std::move(unit));
}

Pool& MiniWorld::pool(const std::string& id, int people) {
  Pool pool;
  pool.id = id;
  pool.rows.push_back({people, kAlways});
  return add_row(data_.pools, std::move(pool));
}

MiniWorld& MiniWorld::pool_share(const std::string& unit, const std::string& pool, int persons) {
  data_.units[unit_index(unit)].pools.push_back({need_id(data_.pools, pool), persons});
  return *this;
}

Request& MiniWorld::request(const std::string& id, const std::string& place, const std::string& kind,
                            const std::string& strip) {
  const auto [kind_id, type] = split_kind(kind);
  Request request;
  request.id = id;
  request.incident = find_id(data_.incidents, place);
  request.borrower = request.incident ? data_.incidents[*request.incident].agency : find_or_add_agency(place);
  request.kind = kind_index(kind_id);
  request.type = type;
  const KindType* kind_type = data_.kinds.kinds[request.kind].find_type(type);
  if (kind_type == nullptr)
    throw std::invalid_argument("mini world: no type in '" + kind + "'");
  request.rank = kind_type->rank;
  read_strip(strip, data_.horizon, request);
  return add_row(data_.requests, std::move(request));
}

Request& MiniWorld::people(const std::string& id, const std::string& place, const std::string& kind, int persons,
                           const std::string& strip) {
  Request& added = request(id, place, kind, strip);
  added.measure = Measure::People;
  added.quantity = persons;
  return added;
}

Offer& MiniWorld::offer(const std::string& agency, const std::string& kind, int quantity) {
  Offer offer;
  offer.agency = find_or_add_agency(agency);
  offer.kind = kind_index(kind);
  offer.quantity = quantity;
  return add_row(data_.offers, std::move(offer));
}

Response& MiniWorld::response(const std::string& request, const std::string& agency, Response::Answer answer) {
  Response response;
  response.request = request_index(request);
  response.agency = find_or_add_agency(agency);
  response.answer = answer;
  return add_row(data_.responses, std::move(response));
}

Decision& MiniWorld::pin(const std::string& unit, const std::string& request, int quantity) {
  Decision decision;
  decision.action = Decision::Action::Pin;
  decision.unit = unit_index(unit);
  decision.request = request_index(request);
  decision.quantity = quantity;
  return add_row(data_.decisions, std::move(decision));
}

Decision& MiniWorld::forbid_unit(const std::string& unit, const std::string& request) {
  Decision decision;
  decision.unit = unit_index(unit);
  if (!request.empty())
    decision.request = request_index(request);
  return add_row(data_.decisions, std::move(decision));
}

Decision& MiniWorld::forbid_agency(const std::string& agency, const std::string& request) {
  Decision decision;
  decision.agency = find_or_add_agency(agency);
  if (!request.empty())
    decision.request = request_index(request);
  return add_row(data_.decisions, std::move(decision));
}

Consent& MiniWorld::consent(const std::string& lender, const std::string& borrower, const std::string& channel) {
  return add_row(data_.consents, Consent{find_or_add_agency(lender), find_or_add_agency(borrower), channel, {}});
}

Recall& MiniWorld::recall(const std::string& lender, int effective, const std::string& channel) {
  return add_row(data_.recalls,
                 Recall{find_or_add_agency(lender), channel, day(std::min(0, effective)), day(effective), {}, {}});
}

Lift& MiniWorld::lift(const std::string& id, const std::string& from, const std::string& to, int seats, int uses) {
  Lift lift;
  lift.id = id;
  lift.from = from;
  lift.to = to;
  lift.seats = seats;
  lift.max_uses = uses;
  return add_row(data_.lifts, std::move(lift));
}

Commitment& MiniWorld::commitment(const std::string& unit, std::vector<int> ordinals, const std::string& agreement,
                                  const std::string& place, int start, const std::string& strip) {
  Commitment commitment;
  commitment.id = "C" + std::to_string(data_.commitments.size() + 1);
  commitment.unit = unit_index(unit);
  commitment.ordinals = std::move(ordinals);
  commitment.agreement = agreement_index(agreement);
  commitment.request = find_id(data_.requests, place);
  if (commitment.request) {
    commitment.borrower = data_.requests[*commitment.request].borrower;
    commitment.incident = data_.requests[*commitment.request].incident;
  } else {
    commitment.borrower = agency_index(place);
  }
  const auto column = [start](std::size_t position) { return start + static_cast<int>(position); };
  const auto line = strip.find('L');
  const auto leave = strip.find('h');
  if (leave == std::string::npos)
    throw std::invalid_argument("mini world: a commitment that never leaves");
  commitment.depart = day(start);
  commitment.first_line_day = day(column(std::min(line, leave)));
  commitment.release = day(column(leave));
  commitment.home = day(column(strip.size() - 1));
  return add_row(data_.commitments, std::move(commitment));
}

Announcement& MiniWorld::announcement(const std::string& unit, int quantity, const std::string& agreement,
                                      const std::string& place, const std::string& last_place, int depart, int home,
                                      bool firm) {
  Announcement a;
  a.unit = unit_index(unit);
  a.quantity = quantity;
  a.agreement = agreement_index(agreement);
  a.request = find_id(data_.requests, place);
  a.last_request = find_id(data_.requests, last_place);
  a.borrower = a.request ? data_.requests[*a.request].borrower : agency_index(place);
  a.last_borrower = a.last_request ? data_.requests[*a.last_request].borrower : agency_index(last_place);
  a.depart = day(depart);
  a.home = day(home);
  a.firm = firm;
  return add_row(data_.announcements, std::move(a));
}

MiniWorld& MiniWorld::journey(const std::string& base, const std::string& to, int days, const std::string& kind) {
  journeys_[{base, to, kind}] = days;
  return *this;
}

MiniWorld& MiniWorld::no_way(const std::string& base, const std::string& to, const std::string& kind) {
  return journey(base, to, -1, kind);
}

MiniWorld& MiniWorld::flight_hour(const std::string& base, const std::string& to, double hour) {
  flight_hours_[{base, to}] = hour;
  return *this;
}

Destination MiniWorld::destination(const std::string& place) const {
  if (const auto incident = find_id(data_.incidents, place))
    return Destination::incident(*incident);
  return Destination::agency(need_id(data_.agencies, place));
}

MiniWorld& MiniWorld::move(const std::string& from, const std::string& to, int days) {
  const TravelTable::Move move{days, geo::Distance::from_kilometres(100), {}};
  for (auto kind : data_.kinds.kinds.indices()) {
    data_.travel.set_move({destination(from), destination(to), kind}, move);
    data_.travel.set_move({destination(to), destination(from), kind}, move);
  }
  return *this;
}

UnitIndex MiniWorld::unit_index(const std::string& id) const {
  return need_id(data_.units, id);
}
RequestIndex MiniWorld::request_index(const std::string& id) const {
  return need_id(data_.requests, id);
}
AgencyIndex MiniWorld::agency_index(const std::string& id) const {
  return need_id(data_.agencies, id);
}
AgreementIndex MiniWorld::agreement_index(const std::string& id) const {
  return need_id(data_.agreements, id);
}

ScenarioData MiniWorld::data() const {
  ScenarioData data = data_;
  bring_forward_commitments(data);
  const auto days_of = [this](const std::string& base, const std::string& to, const std::string& kind) {
    for (const auto& key : {std::make_tuple(base, to, kind), std::make_tuple(base, to, std::string())})
      if (const auto found = journeys_.find(key); found != journeys_.end())
        return found->second;
    return 1;
  };
  const auto connect = [&](BaseIndex base, Destination to, const std::string& to_id) {
    for (auto kind : data.kinds.kinds.indices()) {
      const std::string& from_id = data.bases[base].id;
      const int days = days_of(from_id, to_id, data.kinds.kinds[kind].id);
      const auto hour = flight_hours_.find({from_id, to_id});
      for (auto agreement : data.agreements.indices())
        if (days >= 0)
          data.travel.set({base, to, kind, agreement},
                          simple_journey(days, from_id, to_id, hour == flight_hours_.end() ? 6 : hour->second));
    }
  };
  for (auto base : data.bases.indices()) {
    for (auto i : data.incidents.indices())
      connect(base, Destination::incident(i), data.incidents[i].id);
    for (auto a : data.agencies.indices())
      connect(base, Destination::agency(a), data.agencies[a].id);
  }
  return data;
}

}  // namespace relevo::test
