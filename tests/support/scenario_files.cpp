// SPDX-License-Identifier: MIT
#include "tests/support/scenario_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace relevo::test {

using namespace planner;  // NOLINT(google-build-using-namespace): a test helper made of the model's types

namespace {

/// Every section of a TOML file says where its values come from.
constexpr const char* kAssumed = "status = \"assumed\"\nnote = \"a test\"\n";

std::string first_of(DayInterval when) {
  return when.first == kFirstDay ? "" : format_day(when.first);
}

std::string last_of(DayInterval when) {
  return when.last == kLastDay ? "" : format_day(when.last - Days{1});
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ";"));
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  for (const auto& word : words)
    quoted.push_back('"' + word + '"');
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string behaviour_word(const std::optional<FireBehaviour>& value) {
  static constexpr const char* kWords[] = {"low", "moderate", "high", "extreme"};
  return value ? kWords[static_cast<std::size_t>(*value)] : "";
}

/// A CSV table; no cell of a random scenario needs quotes.
class TableText {
 public:
  explicit TableText(std::string header) : text_(std::move(header) + '\n') {}

  template <class... Cells>
  void row(const Cells&... cells) {
    std::vector<std::string> all{fmt::format("{}", cells)...};
    text_ += fmt::format("{}\n", fmt::join(all, ","));
    ++rows_;
  }
  void into(FileTexts& files, const std::string& name) && {
    if (rows_ > 0)
      files[name] = std::move(text_);
  }

 private:
  std::string text_;
  int rows_ = 0;
};

class FileWriter {
 public:
  explicit FileWriter(const ScenarioData& data) : data_(data) {}

  FileTexts write() {
    settings();
    agencies();
    pools();
    units();
    incidents();
    requests();
    answers();
    terms();
    commitments();
    for (const auto& a : data_.agreements)
      files_["agreements/" + a.id + ".toml"] = agreement(a);
    return std::move(files_);
  }

 private:
  const std::string& agency(AgencyIndex index) const { return data_.agencies[index].id; }
  const std::string& kind(KindIndex index) const { return data_.kinds.kinds[index].id; }
  template <class Table, class IndexType>
  static std::string id_or_empty(const Table& table, const std::optional<IndexType>& index) {
    return index ? table[*index].id : "";
  }

  void settings();
  void agencies();
  void pools();
  void units();
  void incidents();
  void requests();
  void answers();
  void terms();
  void commitments();
  static std::string agreement(const Agreement& a);

  const ScenarioData& data_;
  FileTexts files_;
};

void FileWriter::settings() {
  std::vector<std::string> agreements;
  for (const auto& a : data_.agreements)
    agreements.push_back(a.id);
  std::string& text = files_["scenario.toml"];
  text = fmt::format(
      "[scenario]\nid = \"{}\"\ntitle = \"{}\"\ntime_zone = \"{}\"\nas_of = {}\nfirst_day = {}\ndays = {}\n"
      "agreements = {}\n\n[policy]\n",
      data_.id, data_.title, data_.time_zone, format_day(data_.as_of), format_day(data_.horizon.first),
      data_.horizon.days, quoted_list(agreements));
  const auto& policy = data_.policy;
  const auto numbers = [&text](const char* key, const auto& values) {
    std::vector<double> all;
    for (const auto& value : values)
      all.push_back(value.value);
    text += fmt::format("{} = [{}]\n", key, fmt::join(all, ", "));
  };
  const auto number = [&text](const char* key, auto value) { text += fmt::format("{} = {}\n", key, value); };
  numbers("unmet_points", policy.unmet_points);
  numbers("tier_points", policy.tier_points);
  numbers("exportable_share", policy.exportable_share);
  number("people_per_unit", policy.people_per_unit.value);
  number("points_per_money", policy.points_per_money.value);
  number("handover_points", policy.handover_points.value);
  number("extension_points", policy.extension_points.value);
  number("movement_points", policy.movement_points.value);
  number("changed_firm_points", policy.changed_firm_points.value);
  number("changed_outlook_points", policy.changed_outlook_points.value);
  number("changed_return_points", policy.changed_return_points.value);
  number("default_preparedness_level", policy.default_preparedness_level.value);
  number("person_daily_cost", policy.person_daily_cost.value);
  number("lodging_per_person_day", policy.lodging_per_person_day.value);
  number("air_cost_per_passenger_km", policy.air_cost_per_passenger_km.value);
  number("ground_cost_per_person_km", policy.ground_cost_per_person_km.value);
  number("escort_daily_cost", policy.escort_daily_cost.value);
}

void FileWriter::agencies() {
  TableText agencies("agency_id,country,lon,lat");
  TableText levels("agency_id,date,level");
  for (const auto& a : data_.agencies) {
    agencies.row(a.id, a.country, a.point.lon, a.point.lat);
    for (const auto& [from, level] : a.levels)
      levels.row(a.id, format_day(from), level);
  }
  TableText bases("base_id,agency,lon,lat");
  for (const auto& base : data_.bases)
    bases.row(base.id, agency(base.agency), base.point.lon, base.point.lat);
  std::move(agencies).into(files_, "agencies.csv");
  std::move(levels).into(files_, "preparedness.csv");
  std::move(bases).into(files_, "bases.csv");
}

void FileWriter::pools() {
  TableText pools("pool_id,people,from,to");
  for (const auto& pool : data_.pools)
    for (const auto& row : pool.rows)
      pools.row(pool.id, row.people, first_of(row.when), last_of(row.when));
  std::move(pools).into(files_, "pools.csv");
}

void FileWriter::units() {
  TableText units(
      "unit_id,agency,kind,type,count,persons,base,available_from,available_to,days_worked,languages,qualifications,"
      "documents,fitness_valid_to,pools,daily_cost");
  TableText down("unit_id,from,to");
  for (const auto& u : data_.units) {
    std::vector<std::string> shares;
    for (const auto& share : u.pools)
      shares.push_back(fmt::format("{}:{}", data_.pools[share.pool].id, share.persons));
    units.row(u.id, agency(u.agency), kind(u.kind), u.type, u.count, u.persons, data_.bases[u.base].id,
              first_of(u.available), last_of(u.available), u.days_worked, joined(u.languages), joined(u.qualifications),
              joined(u.documents), u.fitness_valid_to ? format_day(*u.fitness_valid_to) : "", joined(shares),
              u.daily_cost ? fmt::format("{}", u.daily_cost->value()) : "");
    for (const auto& period : u.down)
      down.row(u.id, first_of(period), last_of(period));
  }
  std::move(units).into(files_, "units.csv");
  std::move(down).into(files_, "unavailable.csv");
}

void FileWriter::incidents() {
  TableText incidents("incident_id,agency,lon,lat,capacity_persons,fire_behaviour");
  for (const auto& i : data_.incidents)
    incidents.row(i.id, agency(i.agency), i.point.lon, i.point.lat,
                  i.capacity_persons ? fmt::format("{}", *i.capacity_persons) : "", behaviour_word(i.fire_behaviour));
  std::move(incidents).into(files_, "incidents.csv");
  files_.try_emplace("incidents.csv", "incident_id,agency,lon,lat\n");
}

void FileWriter::requests() {
  TableText requests(
      "request_id,incident,agency,kind,type,quantity,measure,from,to,priority,languages,qualifications,channel,unit,"
      "min_fill,package,fire_behaviour,handover");
  for (const auto& q : data_.requests)
    requests.row(q.id, id_or_empty(data_.incidents, q.incident), agency(q.borrower), kind(q.kind), q.type, q.quantity,
                 q.measure == Measure::People ? "people" : "units", first_of(q.need), last_of(q.need), q.priority,
                 joined(q.languages), joined(q.qualifications), q.channel, id_or_empty(data_.units, q.unit), q.min_fill,
                 q.package, behaviour_word(q.fire_behaviour), q.handover ? "yes" : "no");
  std::move(requests).into(files_, "requests.csv");
}

void FileWriter::answers() {
  TableText offers("agency,kind,type,quantity,from,to,channel");
  for (const auto& o : data_.offers)
    offers.row(agency(o.agency), kind(o.kind), o.type, o.quantity, first_of(o.when), last_of(o.when), o.channel);
  static constexpr const char* kAnswers[] = {"asked", "accepted", "conditional", "declined", "recalled"};
  TableText responses("request,agency,answer");
  for (const auto& r : data_.responses)
    responses.row(data_.requests[r.request].id, agency(r.agency), kAnswers[static_cast<std::size_t>(r.answer)]);
  TableText decisions("action,unit,agency,request,quantity");
  for (const auto& d : data_.decisions)
    decisions.row(d.action == Decision::Action::Pin ? "pin" : "forbid", id_or_empty(data_.units, d.unit),
                  id_or_empty(data_.agencies, d.agency), id_or_empty(data_.requests, d.request), d.quantity);
  std::move(offers).into(files_, "offers.csv");
  std::move(responses).into(files_, "responses.csv");
  std::move(decisions).into(files_, "decisions.csv");
}

void FileWriter::terms() {
  TableText consents("agency,borrower,channel");
  for (const auto& c : data_.consents)
    consents.row(agency(c.lender), agency(c.borrower), c.channel);
  // No agreement of a small world has a notice of recall: said and effective on the same day.
  TableText recalls("agency,channel,date");
  for (const auto& r : data_.recalls)
    recalls.row(agency(r.lender), r.channel, format_day(r.effective));
  TableText lifts("lift_id,from_airport,to_airport,from,to,seats,max_uses,cost");
  for (const auto& l : data_.lifts)
    lifts.row(l.id, l.from, l.to, first_of(l.when), last_of(l.when), l.seats, l.max_uses, l.cost.value());
  std::move(consents).into(files_, "consents.csv");
  std::move(recalls).into(files_, "recalls.csv");
  std::move(lifts).into(files_, "lifts.csv");
}

void FileWriter::commitments() {
  TableText commitments(
      "commitment_id,unit_id,ordinal,agreement,request_id,incident_id,borrower,depart,first_line_day,release,home");
  for (const auto& c : data_.commitments) {
    if (c.ordinals.size() != 1)
      throw std::invalid_argument("scenario files: a commitment of several ordinals");
    commitments.row(c.id, data_.units[c.unit].id, c.ordinals.front(), data_.agreements[c.agreement].id,
                    id_or_empty(data_.requests, c.request), id_or_empty(data_.incidents, c.incident),
                    agency(c.borrower), format_day(c.depart), format_day(c.first_line_day), format_day(c.release),
                    format_day(c.home));
  }
  std::move(commitments).into(files_, "commitments.csv");
  TableText announcements("unit_id,quantity,agreement,request_id,last_request,borrower,depart,home,phase");
  for (const auto& a : data_.announcements)
    announcements.row(data_.units[a.unit].id, a.quantity, data_.agreements[a.agreement].id,
                      id_or_empty(data_.requests, a.request), id_or_empty(data_.requests, a.last_request),
                      agency(a.borrower), format_day(a.depart), format_day(a.home), a.firm ? "firm" : "outlook");
  std::move(announcements).into(files_, "announcements.csv");
}

std::string party_list(const std::vector<Party>& parties) {
  std::vector<std::string> words;
  for (const auto& party : parties)
    words.push_back(party.scope == Party::Scope::Anyone    ? "anyone"
                    : party.scope == Party::Scope::Country ? "country:" + party.id
                                                           : "agency:" + party.id);
  return quoted_list(words);
}

std::string interval_keys(DayInterval when) {
  std::string text;
  if (const auto first = first_of(when); !first.empty())
    text += fmt::format("from = {}\n", first);
  if (const auto last = last_of(when); !last.empty())
    text += fmt::format("to = {}\n", last);
  return text;
}

std::string tour_section(const TourTerms& tour) {
  std::string text = "[tour]\n";
  const auto key = [&text](const char* name, auto value) { text += fmt::format("{} = {}\n", name, value); };
  key("max_line_days", tour.max_line_days.value);
  key("days_off_in_place", tour.days_off_in_place.value);
  key("max_tours", tour.max_tours.value);
  key("min_line_days", tour.min_line_days.value);
  key("orientation_days", tour.orientation_days.value);
  key("extension_days", tour.extension_days.value);
  key("shadow_days", tour.shadow_days.value);
  key("max_moves", tour.max_moves.value);
  key("move_between_borrowers", tour.move_between_borrowers.value);
  key("rest_days_home", tour.rest_days_home.value);
  if (tour.max_deployment_days.value)
    key("max_deployment_days", *tour.max_deployment_days.value);
  key("travel_counts", tour.travel_counts.value);
  return text + kAssumed;
}

std::string mobilization_sections(const MobilizationTerms& terms) {
  std::string text = fmt::format("[mobilization]\nnotice_days = {}\nmuster_days = {}\n{}", terms.notice_days.value,
                                 terms.muster_days.value, kAssumed);
  for (const auto& rule : terms.documents) {
    text += fmt::format("[[mobilization.document]]\ndocument = \"{}\"\n", rule.document);
    if (!rule.alternatives.empty())
      text += fmt::format("alternatives = {}\n", quoted_list(rule.alternatives));
    text += interval_keys(rule.in_force) + kAssumed;
  }
  return text;
}

std::string escort_section(const EscortTerms& term) {
  static constexpr const char* kRoles[] = {"representative", "lead", "interpreter"};
  return fmt::format(
      "[[escort]]\nrole = \"{}\"\nkind = \"{}\"\nthreshold = {}\nper_persons = {}\ncounts = \"{}\"\nahead_days = {}\n"
      "supply = \"{}\"\n{}",
      kRoles[static_cast<std::size_t>(term.role)], term.kind, term.threshold, term.per_persons,
      term.counts == EscortTerms::Counts::Units ? "units" : "persons", term.ahead_days,
      term.supply == EscortTerms::Supply::Roster ? "roster" : "implicit", kAssumed);
}

std::string FileWriter::agreement(const Agreement& a) {
  std::string text = fmt::format(
      "id = \"{}\"\ntitle = \"{}\"\nfamily = \"{}\"\nedition = \"1\"\ninstrument = \"a test\"\n[in_force]\n{}{}", a.id,
      a.title, a.family, interval_keys(a.in_force), kAssumed);
  text += fmt::format("[parties]\nlenders = {}\nborrowers = {}\nown_forces = {}\nreciprocal = {}\n{}",
                      party_list(a.lenders), party_list(a.borrowers), a.own_forces, a.reciprocal, kAssumed);
  if (!a.kinds.empty())
    text += fmt::format("[kinds]\ncovered = {}\n{}", quoted_list(a.kinds), kAssumed);
  text += tour_section(a.tour) + mobilization_sections(a.mobilization);
  for (const auto& term : a.escorts)
    text += escort_section(term);
  if (!a.language.working.empty())
    text += fmt::format("[language]\nworking = {}\n{}", quoted_list(a.language.working), kAssumed);
  if (a.contingent.min_persons.value > 0)
    text += fmt::format("[contingent]\nmin_persons = {}\n{}", a.contingent.min_persons.value, kAssumed);
  return text + fmt::format("[cost]\n{}[precedence]\ntier = {}\n{}", kAssumed, a.precedence.tier, kAssumed);
}

}  // namespace

FileTexts scenario_files(const ScenarioData& data) {
  return FileWriter(data).write();
}

std::string kinds_file(const KindCatalogue& kinds) {
  static constexpr const char* kCategories[] = {"personnel", "overhead", "equipment", "aircraft", "team"};
  static constexpr const char* kMobilities[] = {"passengers", "drives", "flies", "freight"};
  std::string text;
  for (const auto& kind : kinds.kinds) {
    text += fmt::format(
        "[[kind]]\nid = \"{}\"\ncategory = \"{}\"\nmobility = \"{}\"\ncrewed = {}\ncrew = \"{}\"\nrefurbish_days = {}\n"
        "names = {{ en = \"{}\" }}\n{}",
        kind.id, kCategories[static_cast<std::size_t>(kind.category)],
        kMobilities[static_cast<std::size_t>(kind.mobility)], kind.crewed, kind.relieved ? "relieved" : "stays",
        kind.refurbish_days, kind.id, kAssumed);
    for (const auto& type : kind.types) {
      const std::string faces = !type.faces                             ? "none"
                                : *type.faces == FireBehaviour::Extreme ? "any"
                                                                        : behaviour_word(type.faces);
      text += fmt::format("[[kind.type]]\nid = \"{}\"\nrank = {}\npersons = {}\nfire_behaviour = \"{}\"\n{}", type.id,
                          type.rank, type.persons, faces, kAssumed);
    }
  }
  return text;
}

}  // namespace relevo::test
