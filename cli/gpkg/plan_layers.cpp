// SPDX-License-Identifier: MIT
#include "cli/gpkg/plan_layers.hpp"

#include "cli/report/figures.hpp"
#include "cli/report/plan_words.hpp"
#include "cli/report/sources.hpp"
#include "cli/report/timeline.hpp"
#include "geo/geodesic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::cli {

namespace {

using geo::LonLat;
using planner::Assignment;
using planner::Day;
using planner::Days;

constexpr Colour kAccent{11, 79, 108, 1.0};
// Lines are drawn straight between their vertices; this far apart they look like the great circle.
const geo::Distance kStep = geo::Distance::from_kilometres(100.0);

LonLat place_of(const Page& page, const planner::Stint& stint, const Assignment& assignment) {
  return stint.incident ? page.data.incidents[*stint.incident].point : page.data.agencies[assignment.borrower].point;
}

LonLat first_place(const Page& page, const Assignment& assignment) {
  return assignment.stints.empty() ? page.data.agencies[assignment.borrower].point
                                   : place_of(page, assignment.stints.front(), assignment);
}

LonLat last_place(const Page& page, const Assignment& assignment) {
  return assignment.stints.empty() ? page.data.agencies[assignment.borrower].point
                                   : place_of(page, assignment.stints.back(), assignment);
}

LonLat base_point(const Page& page, const Assignment& assignment) {
  return page.data.bases[page.data.units[assignment.unit].base].point;
}

std::string_view state_word(DayState state) {
  switch (state) {
    case DayState::TravelOut:
      return "travel_out";
    case DayState::Orientation:
      return "orientation";
    case DayState::Line:
      return "line";
    case DayState::Shadow:
      return "shadow";
    case DayState::Move:
      return "move";
    case DayState::Extension:
      return "extension";
    case DayState::DaysOff:
      return "off";
    case DayState::TravelHome:
      return "travel_home";
    case DayState::Rest:
      return "rest";
  }
  return "";
}

/// The stay a day belongs to: the one that lists it, else (orientation) the first.
const planner::Stint* stint_on(const Assignment& assignment, Day day) {
  for (const auto& stint : assignment.stints) {
    for (const auto* days : {&stint.move_days, &stint.line_days, &stint.shadow_days, &stint.days_off}) {
      if (std::ranges::binary_search(*days, day)) {
        return &stint;
      }
    }
  }
  return assignment.stints.empty() ? nullptr : &assignment.stints.front();
}

// On the way: where the geodesic between both ends is at noon, if each of its days were as long as the others.
LonLat under_way(const LonLat& from, const LonLat& to, const Segment& segment, Day day) {
  const auto days = static_cast<double>((segment.last - segment.first).count() + 1);
  return geo::point_along(from, to, (static_cast<double>((day - segment.first).count()) + 0.5) / days);
}

LonLat point_on(const Page& page, const Assignment& assignment, const Segment& segment, Day day) {
  switch (segment.state) {
    case DayState::TravelOut:
      return under_way(base_point(page, assignment), first_place(page, assignment), segment, day);
    case DayState::TravelHome:
      return under_way(last_place(page, assignment), base_point(page, assignment), segment, day);
    case DayState::Rest:
      return base_point(page, assignment);
    case DayState::Orientation:
    case DayState::Line:
    case DayState::Shadow:
    case DayState::Move:
    case DayState::Extension:
    case DayState::DaysOff:
      break;
  }
  const auto* stint = stint_on(assignment, day);
  return stint == nullptr ? first_place(page, assignment) : place_of(page, *stint, assignment);
}

// A moment of a day for QGIS's temporal controller, safe from either end of it.
GeoPackageValue noon_value(Day day) {
  return planner::format_day(day) + "T12:00:00.000Z";
}

void add_assignment_day(const PlanLayers& out, const Assignment& assignment, const Segment& segment, Day day) {
  const auto& data = out.page.data;
  const auto& unit = data.units[assignment.unit];
  const bool away = segment.state != DayState::Rest;
  const auto* stint = away ? stint_on(assignment, day) : nullptr;
  out.file.add_row(
      geo::Points{point_on(out.page, assignment, segment, day)},
      {assignment.id, text_value(assignment.contingent_id), day_value(day), std::string(state_word(segment.state)),
       whole_value(assignment.persons), unit.id, text_value(unit.name), whole_value(assignment.ordinal),
       data.kinds.kinds[unit.kind].id, unit.type, data.agencies[unit.agency].id, data.agencies[assignment.borrower].id,
       stint != nullptr && stint->incident ? GeoPackageValue(data.incidents[*stint->incident].id) : GeoPackageValue(),
       stint != nullptr && stint->request ? GeoPackageValue(data.requests[*stint->request].id) : GeoPackageValue(),
       std::string(word_of(assignment.phase)), whole_value(assignment.commitment ? 1 : 0), noon_value(day)});
}

LayerStyle assignment_style(const Page& page) {
  const auto marker = [](Colour fill, Colour stroke, std::string shape) {
    return Symbol{.fill = fill, .stroke = stroke, .stroke_mm = 0.3, .shape = std::move(shape), .size_mm = 3.2};
  };
  const Colour line{0, 114, 178, 1.0};
  return {.column = "state",
          .categories = {{"travel_out", page.say("report.state.travel_out"),
                          marker({240, 195, 109, 1.0}, kGrey, "triangle")},
                         {"orientation", page.say("word.orientation"), marker({217, 184, 208, 1.0}, kGrey, "circle")},
                         {"line", page.say("word.line_days"), marker(line, kWhite, "circle")},
                         {"shadow", page.say("word.shadow"), marker(kWhite, line, "circle")},
                         {"extension", page.say("word.extension_days"), marker(line, {213, 94, 0, 1.0}, "circle")},
                         {"move", page.say("word.move"), marker({240, 195, 109, 1.0}, kGrey, "circle")},
                         {"off", page.say("word.days_off"), marker({223, 234, 242, 1.0}, line, "square")},
                         {"travel_home", page.say("report.state.travel_home"),
                          marker({240, 195, 109, 1.0}, kGrey, "triangle")},
                         {"rest", page.say("word.rest_at_home"), marker({228, 228, 224, 1.0}, kGrey, "square")}},
          .time_column = "noon"};
}

/// What goes the same way on the same day: one contingent, or own forces, and one itinerary.
struct Route {
  const Assignment* first;
  int persons = 0;
};

std::vector<Route> routes_of(const Page& page) {
  std::vector<Route> routes;
  for (const auto& assignment : page.plan.assignments) {
    const auto same = std::ranges::find_if(routes, [&](const Route& route) {
      const auto& other = *route.first;
      return other.contingent_id == assignment.contingent_id && other.depart == assignment.depart &&
             other.outbound == assignment.outbound && base_point(page, other) == base_point(page, assignment) &&
             first_place(page, other) == first_place(page, assignment);
    });
    if (same == routes.end()) {
      routes.push_back({&assignment, assignment.persons});
    } else {
      same->persons += assignment.persons;
    }
  }
  return routes;
}

geo::Shape line_between(const LonLat& from, const LonLat& to) {
  return geo::split_at_antimeridian(geo::geodesic_polyline(from, to, kStep));
}

// "2016-06-04 14:30" in the scenario's own time.
std::string local_time(Day day, double hours) {
  const auto minutes = static_cast<long long>(std::llround(hours * 60.0));
  const auto days = static_cast<long long>(std::floor(static_cast<double>(minutes) / 1440.0));
  const long long rest = minutes - days * 1440;
  return fmt::format("{} {:02}:{:02}", planner::format_day(day + Days{days}), rest / 60, rest % 60);
}

Day day_after(Day day, double hours) {
  return day + Days{static_cast<long long>(std::floor(hours / 24.0))};
}

void add_route(const PlanLayers& out, const Route& route) {
  const auto& assignment = *route.first;
  const auto& data = out.page.data;
  const GeoPackageValue contingent = text_value(assignment.contingent_id);
  const std::string lender = data.agencies[data.units[assignment.unit].agency].id;
  const std::string borrower = data.agencies[assignment.borrower].id;
  const std::string standing = assignment.commitment ? "committed" : "new";
  if (assignment.outbound.legs.empty()) {
    // The way of a commitment that another tool made: only its ends and days are known.
    out.file.add_row(line_between(base_point(out.page, assignment), first_place(out.page, assignment)),
                     {contingent,
                      whole_value(1),
                      std::string("unknown"),
                      {},
                      {},
                      {},
                      day_value(assignment.depart),
                      day_value(assignment.arrive),
                      {},
                      {},
                      whole_value(route.persons),
                      lender,
                      borrower,
                      standing,
                      noon_value(assignment.depart),
                      noon_value(assignment.arrive)});
    return;
  }
  int number = 0;
  for (const auto& leg : assignment.outbound.legs) {
    out.file.add_row(
        line_between(leg.from_point, leg.to_point),
        {contingent, whole_value(++number), std::string(word_of(leg.mode)), text_value(leg.from), text_value(leg.to),
         leg.distance.kilometres(), day_value(day_after(assignment.depart, leg.depart_hour)),
         day_value(day_after(assignment.depart, leg.arrive_hour)), local_time(assignment.depart, leg.depart_hour),
         local_time(assignment.depart, leg.arrive_hour), whole_value(route.persons), lender, borrower, standing,
         noon_value(day_after(assignment.depart, leg.depart_hour)),
         noon_value(day_after(assignment.depart, leg.arrive_hour))});
  }
}

/// A unit of a lender's reserve over the planning days.
struct Drawdown {
  int available = 0;   ///< fewest
  int reserve = 0;     ///< most it must keep
  int away = 0;        ///< most away
  int level = 0;       ///< highest
  double share = 0.0;  ///< largest share of what it has that is away
};

Drawdown drawdown_of(const planner::ReserveLine& line) {
  Drawdown out;
  for (std::size_t i = 0; i < line.available.size(); ++i) {
    const int column = static_cast<int>(i);
    const int available = line.available[i];
    const int away = value_at(line.away, column);
    out.available = i == 0 ? available : std::min(out.available, available);
    out.reserve = std::max(out.reserve, value_at(line.reserve, column));
    out.away = std::max(out.away, away);
    out.level = std::max(out.level, value_at(line.level, column));
    if (available > 0) {
      out.share = std::max(out.share, static_cast<double>(away) / available);
    }
  }
  return out;
}

std::string band_of(double share) {
  return share <= 0.0 ? "none" : share < 0.5 ? "some" : share < 1.0 ? "much" : "all";
}

LayerStyle lender_style(const Page& page) {
  const auto marker = [](Colour fill) {
    return Symbol{.fill = fill, .stroke = kAccent, .stroke_mm = 0.4, .shape = "square", .size_mm = 4.0};
  };
  return {.column = "drawdown_band",
          .categories = {{"none", page.say("hazard.gpkg.drawdown_none"), marker(kWhite)},
                         {"some", page.say("hazard.gpkg.drawdown_some"), marker({191, 219, 233, 1.0})},
                         {"much", page.say("hazard.gpkg.drawdown_much"), marker({91, 155, 190, 1.0})},
                         {"all", page.say("hazard.gpkg.drawdown_all"), marker(kAccent)}},
          .label_column = "agency"};
}

}  // namespace

void add_bases(const PlanLayers& out) {
  out.file.add_layer({"bases",
                      out.page.say("hazard.map.bases"),
                      "POINT",
                      {{"base_id", "TEXT"},
                       {"name", "TEXT"},
                       {"agency", "TEXT"},
                       {"airport", "TEXT"},
                       {"units", "INTEGER"},
                       {"people", "INTEGER"},
                       {"people_sent", "INTEGER"},
                       {"used", "BOOLEAN"}}});
  const auto& data = out.page.data;
  for (const auto index : data.bases.indices()) {
    const auto& base = data.bases[index];
    int units = 0;
    int people = 0;
    for (const auto& unit : data.units) {
      units += unit.base == index ? unit.count : 0;
      people += unit.base == index ? unit.count * unit.persons : 0;
    }
    int sent = 0;
    bool used = false;
    for (const auto& assignment : out.page.plan.assignments) {
      if (data.units[assignment.unit].base == index) {
        used = true;
        sent += assignment.persons;
      }
    }
    out.file.add_row(geo::Points{base.point},
                     {base.id, text_value(base.name), data.agencies[base.agency].id, text_value(base.airport),
                      whole_value(units), whole_value(people), whole_value(sent), whole_value(used ? 1 : 0)});
  }
  const auto marker = [](Colour fill, Colour stroke, double size) {
    return Symbol{.fill = fill, .stroke = stroke, .stroke_mm = 0.3, .shape = "square", .size_mm = size};
  };
  out.file.set_style(
      {.column = "used",
       .categories = {{"1", capitalized(out.page.say("report.map.legend_base_used")), marker(kAccent, kWhite, 3.2)},
                      {"0", capitalized(out.page.say("report.map.legend_base")), marker(kWhite, kGrey, 2.0)}},
       .label_column = "name"});
}

void add_routes(const PlanLayers& out) {
  out.file.add_layer({"routes",
                      out.page.say("hazard.map.routes"),
                      "MULTILINESTRING",
                      {{"contingent_id", "TEXT"},
                       {"leg", "INTEGER"},
                       {"mode", "TEXT"},
                       {"from_name", "TEXT"},
                       {"to_name", "TEXT"},
                       {"distance_km", "REAL"},
                       {"depart", "DATE"},
                       {"arrive", "DATE"},
                       {"depart_local", "TEXT"},
                       {"arrive_local", "TEXT"},
                       {"persons", "INTEGER"},
                       {"lender", "TEXT"},
                       {"borrower", "TEXT"},
                       {"standing", "TEXT"},
                       {"from_noon", "DATETIME"},
                       {"to_noon", "DATETIME"}}});
  for (const auto& route : routes_of(out.page)) {
    add_route(out, route);
  }
  out.file.set_style({.column = "standing",
                      .categories = {{"new",
                                      capitalized(out.page.say("report.map.legend_route_new")),
                                      {Symbol::Kind::Line, kAccent, kAccent, 0.8}},
                                     {"committed",
                                      capitalized(out.page.say("report.map.legend_route_committed")),
                                      {Symbol::Kind::Line, kGrey, kGrey, 0.5, true}}},
                      .time_column = "from_noon",
                      .end_column = "to_noon"});
}

void add_assignments_by_day(const PlanLayers& out) {
  out.file.add_layer({"assignments_by_day",
                      out.page.say("hazard.gpkg.assignments"),
                      "POINT",
                      {{"assignment_id", "TEXT"},
                       {"contingent_id", "TEXT"},
                       {"day", "DATE"},
                       {"state", "TEXT"},
                       {"persons", "INTEGER"},
                       {"unit_id", "TEXT"},
                       {"unit_name", "TEXT"},
                       {"ordinal", "INTEGER"},
                       {"kind", "TEXT"},
                       {"type", "TEXT"},
                       {"agency", "TEXT"},
                       {"borrower", "TEXT"},
                       {"incident_id", "TEXT"},
                       {"request_id", "TEXT"},
                       {"phase", "TEXT"},
                       {"commitment", "BOOLEAN"},
                       {"noon", "DATETIME"}}});
  for (const auto& assignment : out.page.plan.assignments) {
    for (const auto& segment : segments_of(out.page, assignment)) {
      for (Day day = segment.first; day <= segment.last; day += Days{1}) {
        add_assignment_day(out, assignment, segment, day);
      }
    }
  }
  out.file.set_style(assignment_style(out.page));
}

void add_contingents(const PlanLayers& out) {
  out.file.add_layer({"contingents",
                      out.page.say("report.movements.heading"),
                      "POINT",
                      {{"contingent_id", "TEXT"},
                       {"agreement_id", "TEXT"},
                       {"lender", "TEXT"},
                       {"borrower", "TEXT"},
                       {"muster", "TEXT"},
                       {"depart", "DATE"},
                       {"release", "DATE"},
                       {"home", "DATE"},
                       {"persons", "INTEGER"},
                       {"lead", "TEXT"},
                       {"representative", "TEXT"},
                       {"commitment", "BOOLEAN"},
                       {"from_noon", "DATETIME"},
                       {"to_noon", "DATETIME"}}});
  const auto& data = out.page.data;
  for (const auto& contingent : out.page.plan.contingents) {
    const auto& muster = data.bases[contingent.muster];
    out.file.add_row(
        geo::Points{muster.point},
        {contingent.id, data.agreements[contingent.agreement].id, data.agencies[contingent.lender].id,
         data.agencies[contingent.borrower].id, muster.id, day_value(contingent.depart), day_value(contingent.release),
         day_value(contingent.home), whole_value(contingent.persons), text_value(contingent.lead),
         text_value(contingent.representative), whole_value(contingent.commitment ? 1 : 0),
         noon_value(contingent.depart), noon_value(contingent.home)});
  }
  out.file.set_style(
      {.categories = {{"",
                       out.page.say("report.movements.heading"),
                       {.fill = {11, 79, 108, 0.25}, .stroke = kAccent, .stroke_mm = 0.5, .size_mm = 5.0}}},
       .label_column = "contingent_id",
       .time_column = "from_noon",
       .end_column = "to_noon"});
}

void add_lenders(const PlanLayers& out) {
  out.file.add_layer({"lenders",
                      out.page.say("hazard.gpkg.lenders"),
                      "POINT",
                      {{"agency", "TEXT"},
                       {"name", "TEXT"},
                       {"kind", "TEXT"},
                       {"available", "INTEGER"},
                       {"reserve", "INTEGER"},
                       {"away", "INTEGER"},
                       {"level", "INTEGER"},
                       {"drawdown", "REAL"},
                       {"drawdown_band", "TEXT"}}});
  const auto& data = out.page.data;
  for (const auto& line : out.page.plan.reserve) {
    const auto& agency = data.agencies[line.agency];
    const Drawdown drawdown = drawdown_of(line);
    out.file.add_row(geo::Points{agency.point},
                     {agency.id, text_value(agency.name), data.kinds.kinds[line.kind].id,
                      whole_value(drawdown.available), whole_value(drawdown.reserve), whole_value(drawdown.away),
                      whole_value(drawdown.level), drawdown.share, band_of(drawdown.share)});
  }
  out.file.set_style(lender_style(out.page));
}

void add_requests(const PlanLayers& out) {
  out.file.add_layer({"requests",
                      out.page.say("report.requests.heading"),
                      "",
                      {{"request_id", "TEXT"},
                       {"incident_id", "TEXT"},
                       {"borrower", "TEXT"},
                       {"kind", "TEXT"},
                       {"type", "TEXT"},
                       {"measure", "TEXT"},
                       {"quantity", "INTEGER"},
                       {"priority", "INTEGER"},
                       {"priority_from", "TEXT"},
                       {"first_day", "DATE"},
                       {"last_day", "DATE"},
                       {"status", "TEXT"},
                       {"wanted_days", "INTEGER"},
                       {"unmet_days", "INTEGER"},
                       {"reason_code", "TEXT"},
                       {"reason", "TEXT"}}});
  const auto& data = out.page.data;
  for (const auto& fill : out.page.plan.requests) {
    const auto& request = data.requests[fill.request];
    out.file.add_row(
        {}, {request.id, request.incident ? GeoPackageValue(data.incidents[*request.incident].id) : GeoPackageValue(),
             data.agencies[request.borrower].id, data.kinds.kinds[request.kind].id, request.type,
             std::string(word_of(request.measure)), whole_value(request.quantity), whole_value(request.priority),
             std::string(request.automatic_priority ? "assessment" : "table"), day_value(request.need.first),
             request.need.empty() ? GeoPackageValue() : day_value(request.need.last - Days{1}),
             std::string(word_of(fill.status)), whole_value(sum_of(fill.wanted)), whole_value(sum_of(fill.unmet)),
             fill.reason.code, text_value(out.page.say(fill.reason.why))});
  }
}

void add_sources(const PlanLayers& out) {
  out.file.add_layer(
      {"sources", out.page.say("report.sources.heading"), "", {{"source", "TEXT"}, {"used_for", "TEXT"}}});
  for (const auto& [source, subjects] : cited_sources(out.page.input)) {
    for (const auto& subject : subjects) {
      out.file.add_row({}, {source, subject});
    }
  }
}

}  // namespace relevo::cli
