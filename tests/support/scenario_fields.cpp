// SPDX-License-Identifier: MIT
#include "tests/support/scenario_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

std::string shown(DayInterval when) {
  return format_day(when.first) + ".." + format_day(when.last);
}

std::string shown(const std::optional<FireBehaviour>& behaviour) {
  return behaviour ? fmt::format("{}", static_cast<int>(*behaviour)) : "none";
}

std::string shown(const std::vector<Party>& parties) {
  std::vector<std::string> words;
  for (const auto& party : parties)
    words.push_back(fmt::format("{}:{}", static_cast<int>(party.scope), party.id));
  return fmt::format("{}", fmt::join(words, " "));
}

template <class T>
std::string shown_or_none(const std::optional<T>& value) {
  return value ? fmt::format("{}", *value) : "none";
}

class FieldList {
 public:
  explicit FieldList(const ScenarioData& data) : data_(data) {}

  std::map<std::string, std::string> list() {
    settings();
    kinds();
    for (const auto& a : data_.agencies)
      agency(a);
    for (const auto& base : data_.bases)
      in("bases", base.id).field("agency", data_.agencies[base.agency].id).field("lon", base.point.lon);
    for (const auto& pool : data_.pools)
      for (std::size_t i = 0; i < pool.rows.size(); ++i)
        in("pools", fmt::format("{}.{}", pool.id, i))
            .field("people", pool.rows[i].people)
            .field("when", shown(pool.rows[i].when));
    for (const auto& u : data_.units)
      unit(u);
    for (const auto& i : data_.incidents)
      in("incidents", i.id)
          .field("agency", data_.agencies[i.agency].id)
          .field("capacity_persons", shown_or_none(i.capacity_persons))
          .field("fire_behaviour", shown(i.fire_behaviour));
    for (const auto& q : data_.requests)
      request(q);
    for (const auto& a : data_.agreements)
      agreement(a);
    answers();
    terms();
    for (const auto& c : data_.commitments)
      commitment(c);
    for (const auto& a : data_.announcements)
      announcement(a);
    return std::move(fields_);
  }

 private:
  FieldList& in(std::string_view table, const std::string& id) {
    where_ = fmt::format("{}[{}].", table, id);
    // The place in the table counts too: order decides ties.
    fields_[where_ + "row"] = fmt::format("{}", rows_[std::string(table)]++);
    return *this;
  }
  FieldList& in(std::string_view table) { return in(table, fmt::format("{}", rows_[std::string(table)])); }
  template <class T>
  FieldList& field(std::string_view name, const T& value) {
    fields_[where_ + std::string(name)] = fmt::format("{}", value);
    return *this;
  }
  FieldList& words(std::string_view name, const std::vector<std::string>& all) {
    return field(name, fmt::format("{}", fmt::join(all, ";")));
  }
  template <class Table, class IndexType>
  FieldList& reference(std::string_view name, const Table& table, const std::optional<IndexType>& index) {
    return field(name, index ? table[*index].id : std::string("none"));
  }

  void settings();
  void kinds();
  void agency(const Agency& a);
  void unit(const Unit& u);
  void request(const Request& q);
  void agreement(const Agreement& a);
  void tour(const TourTerms& t);
  void answers();
  void terms();
  void commitment(const Commitment& c);
  void announcement(const Announcement& a);

  const ScenarioData& data_;
  std::string where_;
  std::map<std::string, int> rows_;
  std::map<std::string, std::string> fields_;
};

void FieldList::settings() {
  in("scenario")
      .field("id", data_.id)
      .field("title", data_.title)
      .field("time_zone", data_.time_zone)
      .field("as_of", format_day(data_.as_of))
      .field("first_day", format_day(data_.horizon.first))
      .field("days", data_.horizon.days);
  const auto& policy = data_.policy;
  in("policy");
  const auto numbers = [this](std::string_view name, const auto& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      field(fmt::format("{}.{}", name, i), values[i].value);
  };
  numbers("unmet_points", policy.unmet_points);
  numbers("tier_points", policy.tier_points);
  numbers("exportable_share", policy.exportable_share);
  field("people_per_unit", policy.people_per_unit.value);
  field("points_per_money", policy.points_per_money.value);
  field("handover_points", policy.handover_points.value);
  field("extension_points", policy.extension_points.value);
  field("movement_points", policy.movement_points.value);
  field("changed_firm_points", policy.changed_firm_points.value);
  field("changed_outlook_points", policy.changed_outlook_points.value);
  field("changed_return_points", policy.changed_return_points.value);
  field("default_preparedness_level", policy.default_preparedness_level.value);
  field("currency", policy.currency);
  field("person_daily_cost", policy.person_daily_cost.value);
  field("lodging_per_person_day", policy.lodging_per_person_day.value);
  field("air_cost_per_passenger_km", policy.air_cost_per_passenger_km.value);
  field("ground_cost_per_person_km", policy.ground_cost_per_person_km.value);
  field("escort_daily_cost", policy.escort_daily_cost.value);
}

void FieldList::kinds() {
  for (const auto& kind : data_.kinds.kinds) {
    in("kinds", kind.id)
        .field("category", static_cast<int>(kind.category))
        .field("mobility", static_cast<int>(kind.mobility))
        .field("crewed", kind.crewed)
        .field("relieved", kind.relieved)
        .field("refurbish_days", kind.refurbish_days);
    for (const auto& type : kind.types)
      in("types", kind.id + "." + type.id)
          .field("rank", type.rank)
          .field("persons", type.persons)
          .field("faces", shown(type.faces));
  }
}

void FieldList::agency(const Agency& a) {
  in("agencies", a.id).field("country", a.country).field("lon", a.point.lon).field("lat", a.point.lat);
  for (const auto& [from, level] : a.levels)
    field("level." + format_day(from), level);
}

void FieldList::unit(const Unit& u) {
  in("units", u.id)
      .field("agency", data_.agencies[u.agency].id)
      .field("kind", data_.kinds.kinds[u.kind].id)
      .field("type", u.type)
      .field("rank", u.rank)
      .field("count", u.count)
      .field("persons", u.persons)
      .field("base", data_.bases[u.base].id)
      .field("available", shown(u.available))
      .field("days_worked", u.days_worked)
      .words("languages", u.languages)
      .words("qualifications", u.qualifications)
      .words("documents", u.documents)
      .field("fitness_valid_to", u.fitness_valid_to ? format_day(*u.fitness_valid_to) : "none")
      .field("daily_cost", u.daily_cost ? fmt::format("{}", u.daily_cost->value()) : "none");
  for (std::size_t i = 0; i < u.down.size(); ++i)
    field(fmt::format("down.{}", i), shown(u.down[i]));
  for (const auto& share : u.pools)
    field("pool." + data_.pools[share.pool].id, share.persons);
}

void FieldList::request(const Request& q) {
  in("requests", q.id)
      .reference("incident", data_.incidents, q.incident)
      .field("borrower", data_.agencies[q.borrower].id)
      .field("kind", data_.kinds.kinds[q.kind].id)
      .field("type", q.type)
      .field("rank", q.rank)
      .field("quantity", q.quantity)
      .field("measure", static_cast<int>(q.measure))
      .field("need", shown(q.need))
      .field("priority", q.priority)
      .field("automatic_priority", q.automatic_priority)
      .words("languages", q.languages)
      .words("qualifications", q.qualifications)
      .field("channel", q.channel)
      .reference("unit", data_.units, q.unit)
      .field("min_fill", q.min_fill)
      .field("package", q.package)
      .field("fire_behaviour", shown(q.fire_behaviour))
      .field("handover", q.handover);
}

void FieldList::tour(const TourTerms& t) {
  field("max_line_days", t.max_line_days.value);
  field("extension_days", t.extension_days.value);
  field("days_off_in_place", t.days_off_in_place.value);
  field("max_tours", t.max_tours.value);
  field("min_line_days", t.min_line_days.value);
  field("shadow_days", t.shadow_days.value);
  field("max_moves", t.max_moves.value);
  field("move_between_borrowers", t.move_between_borrowers.value);
  field("orientation_days", t.orientation_days.value);
  field("rest_days_home", t.rest_days_home.value);
  field("max_deployment_days", shown_or_none(t.max_deployment_days.value));
  field("travel_counts", t.travel_counts.value);
}

void FieldList::agreement(const Agreement& a) {
  in("agreements", a.id)
      .field("title", a.title)
      .field("family", a.family)
      .field("in_force", shown(a.in_force))
      .field("lenders", shown(a.lenders))
      .field("borrowers", shown(a.borrowers))
      .field("own_forces", a.own_forces)
      .field("reciprocal", a.reciprocal)
      .words("kinds", a.kinds)
      .field("notice_days", a.mobilization.notice_days.value)
      .field("muster_days", a.mobilization.muster_days.value)
      .words("working", a.language.working)
      .field("min_persons", a.contingent.min_persons.value)
      .field("tier", a.precedence.tier)
      .field("recall_notice_hours", shown_or_none(a.recall_notice_hours.value));
  tour(a.tour);
  for (std::size_t i = 0; i < a.mobilization.documents.size(); ++i) {
    const auto& rule = a.mobilization.documents[i];
    in("documents", fmt::format("{}.{}", a.id, i))
        .field("document", rule.document)
        .words("alternatives", rule.alternatives)
        .field("in_force", shown(rule.in_force));
  }
  for (std::size_t i = 0; i < a.escorts.size(); ++i) {
    const auto& term = a.escorts[i];
    in("escorts", fmt::format("{}.{}", a.id, i))
        .field("role", static_cast<int>(term.role))
        .field("kind", term.kind)
        .field("threshold", term.threshold)
        .field("per_persons", term.per_persons)
        .field("counts", static_cast<int>(term.counts))
        .field("ahead_days", term.ahead_days)
        .field("supply", static_cast<int>(term.supply));
  }
}

void FieldList::answers() {
  for (const auto& o : data_.offers)
    in("offers")
        .field("agency", data_.agencies[o.agency].id)
        .field("kind", data_.kinds.kinds[o.kind].id)
        .field("type", o.type)
        .field("quantity", o.quantity)
        .field("when", shown(o.when))
        .field("channel", o.channel);
  for (const auto& r : data_.responses)
    in("responses")
        .field("request", data_.requests[r.request].id)
        .field("agency", data_.agencies[r.agency].id)
        .field("answer", static_cast<int>(r.answer));
  for (const auto& d : data_.decisions)
    in("decisions")
        .field("action", static_cast<int>(d.action))
        .reference("unit", data_.units, d.unit)
        .reference("agency", data_.agencies, d.agency)
        .reference("request", data_.requests, d.request)
        .field("quantity", d.quantity);
}

void FieldList::terms() {
  for (const auto& c : data_.consents)
    in("consents")
        .field("lender", data_.agencies[c.lender].id)
        .field("borrower", data_.agencies[c.borrower].id)
        .field("channel", c.channel);
  for (const auto& r : data_.recalls)
    in("recalls")
        .field("lender", data_.agencies[r.lender].id)
        .field("channel", r.channel)
        .field("effective", format_day(r.effective));
  for (const auto& l : data_.lifts)
    in("lifts", l.id)
        .field("from", l.from)
        .field("to", l.to)
        .field("when", shown(l.when))
        .field("seats", l.seats)
        .field("max_uses", l.max_uses)
        .field("cost", l.cost.value());
}

void FieldList::commitment(const Commitment& c) {
  in("commitments", c.id)
      .field("unit", data_.units[c.unit].id)
      .field("ordinals", fmt::format("{}", fmt::join(c.ordinals, ";")))
      .field("agreement", data_.agreements[c.agreement].id)
      .reference("request", data_.requests, c.request)
      .reference("incident", data_.incidents, c.incident)
      .field("borrower", data_.agencies[c.borrower].id)
      .field("depart", format_day(c.depart))
      .field("first_line_day", format_day(c.first_line_day))
      .field("release", format_day(c.release))
      .field("home", format_day(c.home));
}

void FieldList::announcement(const Announcement& a) {
  in("announcements", data_.units[a.unit].id + format_day(a.depart) + format_day(a.home))
      .field("quantity", a.quantity)
      .field("agreement", data_.agreements[a.agreement].id)
      .reference("request", data_.requests, a.request)
      .reference("last_request", data_.requests, a.last_request)
      .field("borrower", data_.agencies[a.borrower].id)
      .field("last_borrower", data_.agencies[a.last_borrower].id)
      .field("firm", a.firm);
}

bool is_channel(const ScenarioData& data, const std::string& word) {
  return word.empty() || std::any_of(data.agreements.begin(), data.agreements.end(),
                                     [&](const Agreement& a) { return a.id == word || a.family == word; });
}

}  // namespace

std::map<std::string, std::string> fields_of(const ScenarioData& data) {
  return FieldList(data).list();
}

std::vector<std::string> reasons_for_refusal(const ScenarioData& data) {
  std::set<std::string> reasons;
  const auto channels_of = [&](const auto& rows) {
    for (const auto& row : rows)
      if (!is_channel(data, row.channel))
        reasons.insert("table.reference");
  };
  channels_of(data.requests);
  channels_of(data.offers);
  channels_of(data.consents);
  channels_of(data.recalls);
  for (const auto& q : data.requests)
    if (q.unit && (q.quantity != 1 || q.measure != Measure::Units))
      reasons.insert("request.named_quantity");
  return {reasons.begin(), reasons.end()};
}

}  // namespace relevo::test
