// SPDX-License-Identifier: MIT
#include "tests/support/mini_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

std::string quoted(const std::string& text) {
  return '"' + text + '"';
}

std::string word_list(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words)
    all += (all.empty() ? "" : ", ") + quoted(word);
  return '{' + all + '}';
}

std::string party_words(const std::vector<Party>& parties) {
  std::string all;
  for (const auto& party : parties) {
    if (!all.empty())
      all += ' ';
    if (party.scope == Party::Scope::Country)
      all += "country:";
    all += party.scope == Party::Scope::Anyone ? "*" : party.id;
  }
  return quoted(all);
}

/// Writes the statements; every function leaves out what is as the builder sets it.
class Writer {
 public:
  explicit Writer(const ScenarioData& data) : data_(data) {}
  std::string write();

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...);
    text_ += ";\n";
  }
  std::string day(Day day) const { return fmt::format("world.day({})", data_.horizon.column(day)); }
  std::string interval(DayInterval when) const {
    const auto bound = [this](Day d) {
      return d == kFirstDay ? std::string("kFirstDay") : d == kLastDay ? std::string("kLastDay") : day(d);
    };
    return fmt::format("{{{}, {}}}", bound(when.first), bound(when.last));
  }
  std::string kind_word(KindIndex kind, const std::string& type) const {
    const std::string& id = data_.kinds.kinds[kind].id;
    return quoted(type == "2" ? id : id + ":" + type);
  }
  std::string request_word(const std::optional<RequestIndex>& request) const {
    return request ? quoted(data_.requests[*request].id) : quoted("");
  }

  static std::string behaviour(const std::optional<FireBehaviour>& value) {
    static constexpr const char* kNames[] = {"Low", "Moderate", "High", "Extreme"};
    return value ? fmt::format("FireBehaviour::{}", kNames[static_cast<std::size_t>(*value)]) : "std::nullopt";
  }
  const std::string& name_of(Destination place) const {
    return place.what == Destination::What::Incident ? data_.incidents[IncidentIndex(place.index)].id
                                                     : data_.agencies[AgencyIndex(place.index)].id;
  }

  void policy();
  void kinds();
  void agencies();
  void agreement(const Agreement& agreement);
  void unit(const Unit& unit);
  void request(const Request& request);
  void answers();
  void terms();
  void commitment(const Commitment& commitment);
  void announcement(const Announcement& announcement);
  void journeys();
  void journey(BaseIndex base, KindIndex kind, Destination place);
  void moves();

  const ScenarioData& data_;
  std::string text_;
};

void Writer::policy() {
  line("MiniWorld world({}, Day{{Days{{{}}}}})", data_.horizon.days, data_.horizon.first.time_since_epoch().count());
  if (data_.as_of != data_.horizon.first)
    line("world.as_of({})", data_.horizon.column(data_.as_of));
  const auto& policy = data_.policy;
  if (policy.points_per_money.value != 0)
    line("world.prices({})", policy.points_per_money.value);
  if (policy.people_per_unit.value != 20)
    line("world.policy().people_per_unit.value = {}", policy.people_per_unit.value);
  for (std::size_t i = 0; i < 4; ++i)
    if (policy.tier_points[i].value != 0)
      line("world.policy().tier_points[{}].value = {}", i, policy.tier_points[i].value);
  for (std::size_t i = 0; i < 5; ++i)
    if (policy.exportable_share[i].value != 1)
      line("world.policy().exportable_share[{}].value = {}", i, policy.exportable_share[i].value);
  const auto price = [this](const char* name, double value) {
    if (value != 0)
      line("world.policy().{}.value = {}", name, value);
  };
  price("handover_points", policy.handover_points.value);
  price("extension_points", policy.extension_points.value);
  price("movement_points", policy.movement_points.value);
  price("changed_firm_points", policy.changed_firm_points.value);
  price("changed_outlook_points", policy.changed_outlook_points.value);
  price("changed_return_points", policy.changed_return_points.value);
  if (policy.default_preparedness_level.value != 1)
    line("world.policy().default_preparedness_level.value = {}", policy.default_preparedness_level.value);
}

void Writer::kinds() {
  for (const auto& kind : data_.kinds.kinds) {
    const bool aircraft = kind.category == Category::Aircraft;
    if (const int standard = kind.crewed && !aircraft ? 0 : 1; kind.refurbish_days != standard)
      line("world.kind({}).refurbish_days = {}", quoted(kind.id), kind.refurbish_days);
    if (kind.relieved != aircraft)
      line("world.kind({}).relieved = {}", quoted(kind.id), kind.relieved);
    for (std::size_t i = 0; i < kind.types.size(); ++i)
      if (kind.types[i].faces != FireBehaviour::Extreme)
        line("world.kind({}).types[{}].faces = {}", quoted(kind.id), i, behaviour(kind.types[i].faces));
  }
}

void Writer::agencies() {
  for (const auto& agency : data_.agencies) {
    line("world.agency({}, {})", quoted(agency.id), quoted(agency.country));
    for (const auto& [from, level] : agency.levels)
      line("world.agency({}).levels.emplace_back({}, {})", quoted(agency.id), day(from), level);
  }
  for (const auto& base : data_.bases)
    if (base.id != data_.agencies[base.agency].id)
      line("world.base({}, {})", quoted(base.id), quoted(data_.agencies[base.agency].id));
  for (const auto& incident : data_.incidents) {
    const std::string& agency = data_.agencies[incident.agency].id;
    line("{{ auto& i = world.incident({}, {})", quoted(incident.id), quoted(agency));
    if (incident.capacity_persons)
      line("  i.capacity_persons = {}", *incident.capacity_persons);
    if (incident.fire_behaviour)
      line("  i.fire_behaviour = {}", behaviour(incident.fire_behaviour));
    text_ += "}\n";
  }
}

void Writer::agreement(const Agreement& agreement) {
  std::string terms;
  const auto term = [&terms](const char* name, auto value, auto standard) {
    if (value != standard)
      terms += fmt::format("{}.{} = {}", terms.empty() ? "" : ", ", name, value);
  };
  const auto words = [&terms](const char* name, const std::vector<std::string>& value) {
    if (!value.empty())
      terms += fmt::format("{}.{} = {}", terms.empty() ? "" : ", ", name, word_list(value));
  };
  const Terms standard;
  const auto& tour = agreement.tour;
  term("line", tour.max_line_days.value, -1);
  term("off", tour.days_off_in_place.value, standard.off);
  term("tours", tour.max_tours.value, standard.tours);
  term("min_line", tour.min_line_days.value, standard.min_line);
  term("orientation", tour.orientation_days.value, standard.orientation);
  term("rest", tour.rest_days_home.value, standard.rest);
  term("deployment", tour.max_deployment_days.value.value_or(0), standard.deployment);
  term("travel_counts", tour.travel_counts.value, standard.travel_counts);
  term("notice", agreement.mobilization.notice_days.value, standard.notice);
  term("muster", agreement.mobilization.muster_days.value, standard.muster);
  term("tier", agreement.precedence.tier, standard.tier);
  term("own_forces", agreement.own_forces, standard.own_forces);
  term("reciprocal", agreement.reciprocal, standard.reciprocal);
  if (agreement.family != agreement.id)
    term("family", quoted(agreement.family), std::string());
  words("kinds", agreement.kinds);
  words("languages", agreement.language.working);
  term("extension", tour.extension_days.value, standard.extension);
  term("shadow", tour.shadow_days.value, standard.shadow);
  term("moves", tour.max_moves.value, standard.moves);
  term("between_borrowers", tour.move_between_borrowers.value, standard.between_borrowers);
  term("min_persons", agreement.contingent.min_persons.value, standard.min_persons);
  const std::string id = quoted(agreement.id);
  std::string in_force;
  if (agreement.in_force != kAlways)
    in_force = ".in_force = " + interval(agreement.in_force);
  line("world.agreement({}, {}, {}, {{{}}}){}", id, party_words(agreement.lenders), party_words(agreement.borrowers),
       terms, in_force);
  for (const auto& rule : agreement.mobilization.documents)
    line("world.agreement_row({}).mobilization.documents.push_back({{{}, {}, {}, {{}}}})", id, quoted(rule.document),
         word_list(rule.alternatives), interval(rule.in_force));
  static constexpr const char* kRoles[] = {"Representative", "Lead", "Interpreter"};
  for (const auto& escort : agreement.escorts) {
    line("{{ auto& e = world.escort({}, EscortTerms::Role::{}, {}, EscortTerms::Supply::{}, {})", id,
         kRoles[static_cast<std::size_t>(escort.role)], escort.per_persons,
         escort.supply == EscortTerms::Supply::Roster ? "Roster" : "Implicit", escort.threshold);
    if (escort.counts == EscortTerms::Counts::Units)
      line("  e.counts = EscortTerms::Counts::Units");
    if (escort.ahead_days != 0)
      line("  e.ahead_days = {}", escort.ahead_days);
    text_ += "}\n";
  }
}

void Writer::unit(const Unit& unit) {
  const auto& agency = data_.agencies[unit.agency];
  line("{{ auto& u = world.unit({}, {}, {}, {})", quoted(unit.id), quoted(agency.id), kind_word(unit.kind, unit.type),
       unit.count);
  const KindType* type = data_.kinds.kinds[unit.kind].find_type(unit.type);
  if (type != nullptr && type->persons != unit.persons)
    line("  u.persons = {}", unit.persons);
  if (data_.bases[unit.base].id != agency.id)
    line("  u.base = BaseIndex({}U)", unit.base.value());
  if (unit.available != kAlways)
    line("  u.available = {}", interval(unit.available));
  for (const auto& down : unit.down)
    line("  u.down.push_back({})", interval(down));
  if (unit.days_worked != 0)
    line("  u.days_worked = {}", unit.days_worked);
  if (!unit.languages.empty())
    line("  u.languages = {}", word_list(unit.languages));
  if (!unit.qualifications.empty())
    line("  u.qualifications = {}", word_list(unit.qualifications));
  if (!unit.documents.empty())
    line("  u.documents = {}", word_list(unit.documents));
  if (unit.fitness_valid_to)
    line("  u.fitness_valid_to = {}", day(*unit.fitness_valid_to));
  if (unit.daily_cost)
    line("  u.daily_cost = Money({})", unit.daily_cost->value());
  for (const auto& share : unit.pools)
    line("  world.pool_share({}, {}, {})", quoted(unit.id), quoted(data_.pools[share.pool].id), share.persons);
  text_ += "}\n";
}

void Writer::request(const Request& request) {
  const std::string place =
      request.incident ? data_.incidents[*request.incident].id : data_.agencies[request.borrower].id;
  const bool people = request.measure == Measure::People;
  const auto first = static_cast<std::size_t>(std::max(0, data_.horizon.column(request.need.first)));
  const auto last = static_cast<std::size_t>(std::max(0, data_.horizon.column(request.need.last)));
  const std::string mark = people ? "#" : request.quantity < 10 ? fmt::format("{}", request.quantity) : "9";
  std::string strip(first, '.');
  for (auto i = first; i < last; ++i)
    strip += mark;
  for (auto i = last; i < static_cast<std::size_t>(data_.horizon.days); ++i)
    strip += '.';
  const std::string amount = people ? fmt::format("{}, ", request.quantity) : std::string();
  line("{{ auto& q = world.{}({}, {}, {}, {}{})", people ? "people" : "request", quoted(request.id), quoted(place),
       kind_word(request.kind, request.type), amount, quoted(strip));
  if (request.need.first < data_.horizon.first)
    line("  q.need = {}", interval(request.need));
  if (!people && request.quantity >= 10)
    line("  q.quantity = {}", request.quantity);
  if (request.priority != 3)
    line("  q.priority = {}", request.priority);
  if (!request.languages.empty())
    line("  q.languages = {}", word_list(request.languages));
  if (!request.qualifications.empty())
    line("  q.qualifications = {}", word_list(request.qualifications));
  if (!request.channel.empty())
    line("  q.channel = {}", quoted(request.channel));
  if (request.unit)
    line("  q.unit = world.unit_index({})", quoted(data_.units[*request.unit].id));
  if (request.min_fill != 1)
    line("  q.min_fill = {}", request.min_fill);
  if (!request.package.empty())
    line("  q.package = {}", quoted(request.package));
  if (request.fire_behaviour)
    line("  q.fire_behaviour = {}", behaviour(request.fire_behaviour));
  if (request.handover)
    line("  q.handover = true");
  text_ += "}\n";
}

void Writer::answers() {
  for (const auto& offer : data_.offers) {
    line("{{ auto& o = world.offer({}, {}, {})", quoted(data_.agencies[offer.agency].id),
         quoted(data_.kinds.kinds[offer.kind].id), offer.quantity);
    if (!offer.type.empty())
      line("  o.type = {}", quoted(offer.type));
    if (!offer.channel.empty())
      line("  o.channel = {}", quoted(offer.channel));
    if (offer.when != kAlways)
      line("  o.when = {}", interval(offer.when));
    text_ += "}\n";
  }
  static constexpr const char* kAnswers[] = {"Asked", "Accepted", "Conditional", "Declined", "Recalled"};
  for (const auto& response : data_.responses)
    line("world.response({}, {}, Response::Answer::{})", quoted(data_.requests[response.request].id),
         quoted(data_.agencies[response.agency].id), kAnswers[static_cast<std::size_t>(response.answer)]);
  for (const auto& decision : data_.decisions) {
    const std::string unit = decision.unit ? quoted(data_.units[*decision.unit].id) : std::string();
    if (decision.action == Decision::Action::Pin)
      line("world.pin({}, {}, {})", unit, request_word(decision.request), decision.quantity);
    else if (decision.unit)
      line("world.forbid_unit({}, {})", unit, request_word(decision.request));
    else if (decision.agency)
      line("world.forbid_agency({}, {})", quoted(data_.agencies[*decision.agency].id), request_word(decision.request));
  }
}

void Writer::terms() {
  for (const auto& consent : data_.consents)
    line("world.consent({}, {}, {})", quoted(data_.agencies[consent.lender].id),
         quoted(data_.agencies[consent.borrower].id), quoted(consent.channel));
  for (const auto& recall : data_.recalls)
    line("world.recall({}, {}, {})", quoted(data_.agencies[recall.lender].id), data_.horizon.column(recall.effective),
         quoted(recall.channel));
  for (const auto& lift : data_.lifts) {
    line("{{ auto& l = world.lift({}, {}, {}, {}, {})", quoted(lift.id), quoted(lift.from), quoted(lift.to), lift.seats,
         lift.max_uses);
    if (lift.cost.value() != 0)
      line("  l.cost = Money({})", lift.cost.value());
    if (lift.when != kAlways)
      line("  l.when = {}", interval(lift.when));
    text_ += "}\n";
  }
}

void Writer::commitment(const Commitment& commitment) {
  const std::string place =
      commitment.request ? data_.requests[*commitment.request].id : data_.agencies[commitment.borrower].id;
  std::string strip;
  for (Day d = commitment.depart; d <= commitment.home; d += Days{1}) {
    strip += d < commitment.first_line_day ? 't' : d < commitment.release ? 'L' : 'h';
  }
  line("world.commitment({}, {{{}}}, {}, {}, {}, {})", quoted(data_.units[commitment.unit].id),
       fmt::join(commitment.ordinals, ", "), quoted(data_.agreements[commitment.agreement].id), quoted(place),
       data_.horizon.column(commitment.depart), quoted(strip));
}

void Writer::announcement(const Announcement& a) {
  const std::string place = a.request ? data_.requests[*a.request].id : data_.agencies[a.borrower].id;
  const std::string last = a.last_request ? data_.requests[*a.last_request].id : data_.agencies[a.last_borrower].id;
  std::string stays;
  for (const auto& stay : a.stays)
    stays += fmt::format("{}{{world.request_index({}), world.day({}), world.day({})}}", stays.empty() ? "" : ", ",
                         quoted(data_.requests[stay.request].id), data_.horizon.column(stay.first),
                         data_.horizon.column(stay.last));
  line("world.announcement({}, {}, {}, {}, {}, {}, {}, {}).stays = {{{}}}", quoted(data_.units[a.unit].id), a.quantity,
       quoted(data_.agreements[a.agreement].id), quoted(place), quoted(last), data_.horizon.column(a.depart),
       data_.horizon.column(a.home), a.firm, stays);
}

/// Journeys that differ from one day, where the roster or the lines could use them.
void Writer::journeys() {
  std::set<std::pair<BaseIndex, KindIndex>> starts;
  for (const auto& unit : data_.units)
    starts.emplace(unit.base, unit.kind);
  std::set<Destination> places;
  for (const auto& request : data_.requests) {
    if (request.incident)
      places.insert(Destination::incident(*request.incident));
    places.insert(Destination::agency(request.borrower));
  }
  if (data_.agreements.empty())
    return;
  for (const auto& [base, kind] : starts)
    for (const auto& place : places)
      journey(base, kind, place);
}

void Writer::journey(BaseIndex base, KindIndex kind, Destination place) {
  const auto* way = data_.travel.find({base, place, kind, AgreementIndex(0U)});
  const std::string from = quoted(data_.bases[base].id);
  const std::string to = quoted(name_of(place));
  const std::string tail = fmt::format(", {}", quoted(data_.kinds.kinds[kind].id));
  if (way == nullptr)
    line("world.no_way({}, {}{})", from, to, tail);
  else if (way->days != 1)
    line("world.journey({}, {}, {}{})", from, to, way->days, tail);
  if (way != nullptr && way->legs.front().depart_hour != 6)
    line("world.flight_hour({}, {}, {})", from, to, way->legs.front().depart_hour);
}

/// There and back alike.
void Writer::moves() {
  std::set<std::pair<Destination, Destination>> written;
  for (const auto& [key, move] : data_.travel.moves())
    if (!written.contains({key.to, key.from}) && written.emplace(key.from, key.to).second)
      line("world.move({}, {}, {})", quoted(name_of(key.from)), quoted(name_of(key.to)), move.days);
}

std::string Writer::write() {
  policy();
  kinds();
  agencies();
  for (const auto& a : data_.agreements)
    agreement(a);
  for (const auto& pool : data_.pools) {
    line("{{ auto& p = world.pool({}, 0)", quoted(pool.id));
    text_ += "  p.rows.clear();\n";
    for (const auto& row : pool.rows)
      line("  p.rows.push_back({{{}, {}}})", row.people, interval(row.when));
    text_ += "}\n";
  }
  for (const auto& u : data_.units)
    unit(u);
  for (const auto& q : data_.requests)
    request(q);
  answers();
  terms();
  for (const auto& c : data_.commitments)
    commitment(c);
  for (const auto& a : data_.announcements)
    announcement(a);
  journeys();
  moves();
  return std::move(text_);
}

}  // namespace

std::string to_text(const ScenarioData& data) {
  return Writer(data).write();
}

}  // namespace relevo::test
