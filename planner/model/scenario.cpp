// SPDX-License-Identifier: MIT
#include "planner/model/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace relevo::planner {

namespace {

/// Collects what no single table can tell. `table` and `id` name the record; the loaders have reported lines before.
class ScenarioChecker {
 public:
  explicit ScenarioChecker(const ScenarioData& data) : data_(data) {}

  Diagnostics faults() && {
    check_calendar();
    check_agencies();
    check_bases();
    check_pools();
    check_units();
    check_incidents();
    check_requests();
    check_agreements();
    check_answers();
    check_terms();
    check_commitments();
    check_announcements();
    check_travel();
    return std::move(found_);
  }

 private:
  void fault(std::string_view table, std::string_view id, std::string_view column, const std::string& rule,
             std::string_view value, MessageArgs args = {}) {
    args.emplace_back("record", std::string(id));
    found_.add(
        make_diagnostic(Severity::Error, {std::string(table), 0, std::string(column)}, value, rule, std::move(args)));
  }

  template <class IndexType, class T>
  bool in_range(const IndexedVector<IndexType, T>& table, IndexType index, std::string_view where, std::string_view id,
                std::string_view column) {
    if (index.value() < table.size())
      return true;
    fault(where, id, column, "scenario.index", std::to_string(index.value()), {{"size", std::to_string(table.size())}});
    return false;
  }

  template <class IndexType, class T>
  bool in_range(const IndexedVector<IndexType, T>& table, const std::optional<IndexType>& index, std::string_view where,
                std::string_view id, std::string_view column) {
    return !index || in_range(table, *index, where, id, column);
  }

  template <class Records>
  void check_unique_ids(const Records& records, std::string_view table) {
    std::set<std::string_view> seen;
    for (const auto& record : records)
      if (!seen.insert(record.id).second)
        fault(table, record.id, "", "scenario.duplicate_id", record.id);
  }

  void check_at_least(int value, int least, std::string_view table, std::string_view id, std::string_view column) {
    if (value >= least)
      return;
    fault(table, id, column, "scenario.minimum", std::to_string(value), {{"minimum", std::to_string(least)}});
  }

  void check_interval(const DayInterval& interval, std::string_view table, std::string_view id,
                      std::string_view column) {
    if (!interval.empty())
      return;
    fault(table, id, column, "scenario.empty_interval",
          format_day(interval.first) + ".." + format_day(interval.last - Days{1}));
  }

  void check_point(const geo::LonLat& point, std::string_view table, std::string_view id) {
    if (!geo::is_valid(point))
      fault(table, id, "lon", "scenario.coordinates", fmt::format("{}, {}", point.lon, point.lat));
  }

  void check_calendar() {
    if (data_.horizon.days < 1)
      fault("scenario", data_.id, "days", "scenario.horizon", std::to_string(data_.horizon.days));
  }

  void check_agencies() {
    check_unique_ids(data_.agencies, "agencies");
    for (const auto& agency : data_.agencies) {
      in_range(data_.agencies, agency.centre, "agencies", agency.id, "centre");
      check_point(agency.point, "agencies", agency.id);
      if (!std::ranges::is_sorted(agency.levels, {}, [](const auto& level) { return level.first; }))
        fault("agencies", agency.id, "levels", "scenario.not_ascending", agency.id);
      for (const auto& [day, level] : agency.levels)
        if (level < 1 || level > 5)
          fault("agencies", agency.id, "level", "scenario.level", std::to_string(level), {{"day", format_day(day)}});
    }
  }

  void check_bases() {
    check_unique_ids(data_.bases, "bases");
    for (const auto& base : data_.bases) {
      in_range(data_.agencies, base.agency, "bases", base.id, "agency");
      check_point(base.point, "bases", base.id);
    }
  }

  void check_pools() {
    check_unique_ids(data_.pools, "pools");
    for (const auto& pool : data_.pools)
      for (const auto& row : pool.rows) {
        check_at_least(row.people, 0, "pools", pool.id, "people");
        check_interval(row.when, "pools", pool.id, "from");
      }
  }

  /// A type must be one of its kind's and carry that type's rank.
  void check_type(KindIndex kind, const std::string& type, int rank, std::string_view table, std::string_view id) {
    const auto& record = data_.kinds.kinds[kind];
    if (record.types.empty() && type.empty())
      return;
    const KindType* found = record.find_type(type);
    if (found == nullptr || found->rank != rank)
      fault(table, id, "type", "scenario.type", type, {{"kind", record.id}, {"rank", std::to_string(rank)}});
  }

  void check_units() {
    check_unique_ids(data_.units, "units");
    for (const auto& unit : data_.units) {
      in_range(data_.agencies, unit.agency, "units", unit.id, "agency");
      in_range(data_.bases, unit.base, "units", unit.id, "base");
      if (in_range(data_.kinds.kinds, unit.kind, "units", unit.id, "kind"))
        check_type(unit.kind, unit.type, unit.rank, "units", unit.id);
      check_at_least(unit.count, 1, "units", unit.id, "count");
      check_at_least(unit.persons, 0, "units", unit.id, "persons");
      check_at_least(unit.days_worked, 0, "units", unit.id, "days_worked");
      check_interval(unit.available, "units", unit.id, "available_from");
      for (const auto& period : unit.down)
        check_interval(period, "unavailable", unit.id, "from");
      check_pool_shares(unit);
    }
  }

  void check_pool_shares(const Unit& unit) {
    int persons = 0;
    for (const auto& share : unit.pools) {
      in_range(data_.pools, share.pool, "units", unit.id, "pools");
      check_at_least(share.persons, 0, "units", unit.id, "pools");
      persons += share.persons;
    }
    if (persons > unit.persons)
      fault("units", unit.id, "pools", "scenario.pool_persons", std::to_string(persons),
            {{"persons", std::to_string(unit.persons)}});
  }

  void check_incidents() {
    check_unique_ids(data_.incidents, "incidents");
    for (const auto& incident : data_.incidents) {
      in_range(data_.agencies, incident.agency, "incidents", incident.id, "agency");
      check_point(incident.point, "incidents", incident.id);
      if (!std::ranges::is_sorted(incident.areas, {}, &AreaReport::day))
        fault("incidents", incident.id, "areas", "scenario.not_ascending", incident.id);
    }
  }

  void check_requests() {
    check_unique_ids(data_.requests, "requests");
    for (const auto& request : data_.requests) {
      in_range(data_.incidents, request.incident, "requests", request.id, "incident");
      in_range(data_.agencies, request.borrower, "requests", request.id, "agency");
      in_range(data_.units, request.unit, "requests", request.id, "unit");
      if (in_range(data_.kinds.kinds, request.kind, "requests", request.id, "kind"))
        check_type(request.kind, request.type, request.rank, "requests", request.id);
      check_at_least(request.quantity, 1, "requests", request.id, "quantity");
      check_at_least(request.min_fill, 1, "requests", request.id, "min_fill");
      if (!request.cancelled)
        check_interval(request.need, "requests", request.id, "from");
      if (request.priority < 1 || request.priority > 5)
        fault("requests", request.id, "priority", "scenario.priority", std::to_string(request.priority));
    }
  }

  void check_agreements() {
    check_unique_ids(data_.agreements, "agreements");
    for (const auto& agreement : data_.agreements) {
      check_interval(agreement.in_force, "agreements", agreement.id, "");
      // Without days off nothing tells where a tour ends and its extension begins.
      const auto& tour = agreement.tour;
      if (tour.extension_days.value > 0 && tour.days_off_in_place.value == 0 && tour.max_tours.value > 1)
        fault("agreements", agreement.id, "tour.extension_days", "agreement.extension",
              std::to_string(tour.extension_days.value));
    }
  }

  void check_answers() {
    for (const auto& offer : data_.offers) {
      in_range(data_.agencies, offer.agency, "offers", "", "agency");
      in_range(data_.kinds.kinds, offer.kind, "offers", "", "kind");
      check_at_least(offer.quantity, 0, "offers", "", "quantity");
    }
    for (const auto& response : data_.responses) {
      in_range(data_.requests, response.request, "responses", "", "request");
      in_range(data_.agencies, response.agency, "responses", "", "agency");
    }
    for (const auto& decision : data_.decisions)
      check_decision(decision);
    for (const auto& event : data_.request_history) {
      in_range(data_.requests, event.request, "request_history", "", "request");
      in_range(data_.requests, event.to, "request_history", "", "to_request");
      in_range(data_.agencies, event.agency, "request_history", "", "agency");
      in_range(data_.units, event.unit, "request_history", "", "unit");
      check_at_least(event.quantity, 0, "request_history", "", "quantity");
    }
  }

  void check_terms() {
    for (const auto& consent : data_.consents) {
      in_range(data_.agencies, consent.lender, "consents", "", "agency");
      in_range(data_.agencies, consent.borrower, "consents", "", "borrower");
    }
    for (const auto& recall : data_.recalls)
      in_range(data_.agencies, recall.lender, "recalls", "", "agency");
    check_unique_ids(data_.lifts, "lifts");
    for (const auto& lift : data_.lifts) {
      check_at_least(lift.seats, 1, "lifts", lift.id, "seats");
      check_at_least(lift.max_uses, 1, "lifts", lift.id, "max_uses");
      check_interval(lift.when, "lifts", lift.id, "from");
    }
  }

  void check_decision(const Decision& decision) {
    in_range(data_.units, decision.unit, "decisions", "", "unit");
    in_range(data_.agencies, decision.agency, "decisions", "", "agency");
    in_range(data_.requests, decision.request, "decisions", "", "request");
    check_at_least(decision.quantity, 1, "decisions", "", "quantity");
    if (decision.action == Decision::Action::Pin && (!decision.request || !decision.unit))
      fault("decisions", "", "request", "scenario.pin", decision.reason);
    if (!decision.unit && !decision.agency)
      fault("decisions", "", "unit", "scenario.decision", decision.reason);
  }

  void check_commitments() {
    for (const auto& commitment : data_.commitments) {
      in_range(data_.agreements, commitment.agreement, "commitments", commitment.id, "agreement");
      in_range(data_.agencies, commitment.borrower, "commitments", commitment.id, "borrower");
      in_range(data_.requests, commitment.request, "commitments", commitment.id, "request_id");
      in_range(data_.incidents, commitment.incident, "commitments", commitment.id, "incident_id");
      if (in_range(data_.units, commitment.unit, "commitments", commitment.id, "unit_id"))
        check_ordinals(commitment, data_.units[commitment.unit]);
      check_order(commitment);
      for (const auto& stint : commitment.stints) {
        in_range(data_.requests, stint.request, "commitments", commitment.id, "request_id");
        in_range(data_.incidents, stint.incident, "commitments", commitment.id, "incident_id");
      }
    }
  }

  void check_announcements() {
    for (const auto& announcement : data_.announcements) {
      const bool is_known = in_range(data_.units, announcement.unit, "announcements", "", "unit_id");
      const std::string id = is_known ? data_.units[announcement.unit].id : std::string{};
      in_range(data_.agreements, announcement.agreement, "announcements", id, "agreement");
      in_range(data_.requests, announcement.request, "announcements", id, "request_id");
      in_range(data_.requests, announcement.last_request, "announcements", id, "last_request");
      in_range(data_.agencies, announcement.borrower, "announcements", id, "borrower");
      in_range(data_.agencies, announcement.last_borrower, "announcements", id, "borrower");
      for (const auto& stay : announcement.stays)
        in_range(data_.requests, stay.request, "announcements", id, "request_id");
      check_at_least(announcement.quantity, 1, "announcements", id, "quantity");
      if (announcement.home < announcement.depart)
        fault("announcements", id, "depart", "scenario.date_order",
              fmt::format("{}, {}", format_day(announcement.depart), format_day(announcement.home)));
    }
  }

  void check_ordinals(const Commitment& commitment, const Unit& unit) {
    if (commitment.ordinals.empty())
      fault("commitments", commitment.id, "ordinal", "scenario.no_ordinal", unit.id);
    for (const int ordinal : commitment.ordinals)
      if (ordinal < 1 || ordinal > unit.count)
        fault("commitments", commitment.id, "ordinal", "scenario.ordinal", std::to_string(ordinal),
              {{"unit", unit.id}, {"count", std::to_string(unit.count)}});
    if (!std::ranges::is_sorted(commitment.ordinals, std::ranges::less_equal{}))
      fault("commitments", commitment.id, "ordinal", "scenario.not_ascending", unit.id);
  }

  void check_order(const Commitment& c) {
    if (c.depart <= c.first_line_day && c.first_line_day <= c.release && c.release <= c.home)
      return;
    fault("commitments", c.id, "depart", "scenario.date_order",
          fmt::format("{}, {}, {}, {}", format_day(c.depart), format_day(c.first_line_day), format_day(c.release),
                      format_day(c.home)));
  }

  void check_travel() {
    for (const auto& [key, itinerary] : data_.travel.all()) {
      in_range(data_.bases, key.base, "travel", "", "base");
      in_range(data_.kinds.kinds, key.kind, "travel", "", "kind");
      in_range(data_.agreements, key.agreement, "travel", "", "agreement");
      if (key.to.what == Destination::What::Incident)
        in_range(data_.incidents, IncidentIndex{key.to.index}, "travel", "", "incident");
      else
        in_range(data_.agencies, AgencyIndex{key.to.index}, "travel", "", "agency");
    }
  }

  const ScenarioData& data_;
  Diagnostics found_;
};

/// One unit (ordinal) away from home, both days included.
struct Absence {
  UnitIndex unit;
  int ordinal;
  Day depart;
  Day home;
  const Commitment* commitment;
};

std::vector<Absence> absences_of(const ScenarioData& data) {
  std::vector<Absence> all;
  for (const auto& c : data.commitments)
    for (const int ordinal : c.ordinals)
      all.push_back({c.unit, ordinal, c.depart, c.home, &c});
  std::ranges::stable_sort(all, {}, [](const Absence& a) { return std::tuple(a.unit, a.ordinal, a.depart, a.home); });
  return all;
}

/// Two commitments that need the same unit on the same day.
Diagnostics find_contradictions(const ScenarioData& data) {
  Diagnostics found;
  const Absence* latest = nullptr;
  const auto all = absences_of(data);
  for (const auto& absence : all) {
    const bool same_unit = latest != nullptr && latest->unit == absence.unit && latest->ordinal == absence.ordinal;
    if (same_unit && absence.depart <= latest->home) {
      const auto& unit = data.units[absence.unit].id;
      found.add(make_diagnostic(Severity::Error, {"commitments", 0, "unit_id"}, unit, "commitment.two_places",
                                {{"ordinal", std::to_string(absence.ordinal)},
                                 {"first", latest->commitment->id},
                                 {"second", absence.commitment->id},
                                 {"day", format_day(absence.depart)}}));
    }
    if (!same_unit || absence.home > latest->home)
      latest = &absence;
  }
  return found;
}

}  // namespace

namespace {

auto announced_order(const Announcement& a) {
  return std::tuple(a.unit, a.agreement, a.request, a.borrower, a.depart, a.home, a.last_request, a.last_borrower,
                    !a.firm);
}

}  // namespace

Scenario::Scenario(ScenarioData data) : data_(std::move(data)) {
  if (auto faults = ScenarioChecker(data_).faults(); faults.has_errors())
    throw InputError(std::move(faults));
  if (auto found = find_contradictions(data_); found.has_errors())
    throw ContradictionError(std::move(found));
  std::ranges::stable_sort(data_.announcements, {}, announced_order);
}

std::span<const Announcement> Scenario::announcements_of(UnitIndex unit) const {
  const auto first = std::ranges::lower_bound(data_.announcements, unit, {}, &Announcement::unit);
  const auto last = std::ranges::upper_bound(data_.announcements, unit, {}, &Announcement::unit);
  return {first, last};
}

int Scenario::level_on(AgencyIndex agency, Day day) const {
  int level = data_.policy.default_preparedness_level.value;
  for (const auto& [from, value] : data_.agencies[agency].levels) {
    if (from > day)
      break;
    level = value;
  }
  return level;
}

Destination Scenario::destination_of(const Request& request) const {
  return request.incident ? Destination::incident(*request.incident) : Destination::agency(request.borrower);
}

geo::LonLat Scenario::point_of(Destination destination) const {
  if (destination.what == Destination::What::Incident)
    return data_.incidents[IncidentIndex{destination.index}].point;
  return data_.agencies[AgencyIndex{destination.index}].point;
}

Money Scenario::daily_cost_of(const Unit& unit) const {
  if (unit.daily_cost)
    return *unit.daily_cost;
  return Money{data_.policy.person_daily_cost.value * std::max(unit.persons, 1)};
}

}  // namespace relevo::planner
