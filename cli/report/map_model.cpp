// SPDX-License-Identifier: MIT
#include "cli/report/map_model.hpp"

#include "cli/report/figures.hpp"
#include "cli/report/plan_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace relevo::cli {

namespace {

using planner::Assignment;
using planner::RequestFill;
using planner::RequestStatus;

constexpr double kAspect = 1.5;
constexpr double kMarginDegrees = 1.5;
// How much larger an old deployment may make the map.
constexpr double kMostGrowth = 1.5;
constexpr std::size_t kMostOtherIncidents = 300;
constexpr std::size_t kMostOtherRings = 40;
// Degrees for each kilometre of a ring's radius: a hundredth of it.
constexpr double kRingTolerance = 0.00009;

const planner::AreaReport* latest_area(const planner::Incident& incident, planner::Day as_of) {
  const planner::AreaReport* latest = nullptr;
  for (const auto& report : incident.areas) {
    if (report.day <= as_of) {
      latest = &report;
    }
  }
  return latest;
}

int badness(RequestStatus status) {
  switch (status) {
    case RequestStatus::Filled:
      return 1;
    case RequestStatus::Pending:
      return 2;
    case RequestStatus::Partial:
      return 3;
    case RequestStatus::UnableToFill:
      return 4;
  }
  return 0;
}

std::string line_fact(const Page& page, const RequestFill& fill) {
  const auto& request = page.data.requests[fill.request];
  return fmt::format(
      "{}: {}, {}, {}", request.id, page.kind_and_type(request.kind, request.type),
      page.say_count(request.measure == planner::Measure::People ? "report.quantity.people" : "report.quantity.units",
                     request.quantity),
      page.say(fmt::format("report.status.{}", word_of(shown_status(fill)))));
}

MapIncident incident_of(const Page& page, planner::IncidentIndex index) {
  const auto& incident = page.data.incidents[index];
  MapIncident out{index.value(),
                  incident.name,
                  incident.point,
                  0.0,
                  {},
                  {},
                  rings_of_geojson(incident.geometry),
                  incident.schematic,
                  {incident.discovered, std::nullopt}};
  out.facts.push_back(page.agency(incident.agency));
  if (const auto* area = latest_area(incident, page.data.as_of)) {
    out.area_ha = area->area.hectares();
    out.facts.push_back(page.say("report.fill.area",
                                 {{"area", page.locale.hectares(out.area_ha)}, {"day", page.locale.day(area->day)}}));
  }
  if (!incident.stage_of_control.empty()) {
    out.facts.push_back(incident.stage_of_control);
  }
  if (!out.perimeter.empty() && out.schematic) {
    out.facts.push_back(page.say("report.map.schematic_fact"));
  }
  if (index.value() < page.data.assessment.incidents.size()) {
    const auto& assessed = page.data.assessment.incidents[index.value()];
    out.facts.push_back(page.say("hazard.map.priority_fact", {{"priority", page.locale.whole(assessed.priority)},
                                                              {"score", page.locale.decimal(assessed.score, 1)}}));
  }
  int worst = 0;
  for (const auto& fill : page.plan.requests) {
    if (page.data.requests[fill.request].incident == index) {
      out.facts.push_back(line_fact(page, fill));
      if (badness(shown_status(fill)) > worst) {
        worst = badness(shown_status(fill));
        out.status = word_of(shown_status(fill));
      }
    }
  }
  return out;
}

MapBase base_of(const Page& page, planner::BaseIndex index) {
  const auto& base = page.data.bases[index];
  MapBase out{base.name, base.point, false, {page.agency(base.agency)}};
  int units = 0;
  int people = 0;
  for (const auto& unit : page.data.units) {
    if (unit.base == index) {
      units += unit.count;
      people += unit.count * unit.persons;
    }
  }
  out.facts.push_back(
      page.say("report.map.base_holds", {{"units", page.locale.whole(units)}, {"people", page.locale.whole(people)}}));
  int sent = 0;
  for (const auto& assignment : page.plan.assignments) {
    if (page.data.units[assignment.unit].base == index) {
      out.used = true;
      sent += assignment.persons;
    }
  }
  if (out.used) {
    out.facts.push_back(page.say_count("report.map.base_sends", sent));
  }
  return out;
}

geo::LonLat destination_of(const Page& page, const Assignment& assignment) {
  for (const auto& stint : assignment.stints) {
    if (stint.incident) {
      return page.data.incidents[*stint.incident].point;
    }
  }
  return page.data.agencies[assignment.borrower].point;
}

std::vector<MapRoute::Leg> legs_of(const Page& page, const Assignment& assignment) {
  std::vector<MapRoute::Leg> legs;
  for (const auto& leg : assignment.outbound.legs) {
    const bool air = leg.mode == geo::LegMode::Flight || leg.mode == geo::LegMode::OwnFlight;
    legs.push_back({great_circle(leg.from_point, leg.to_point), air});
  }
  if (legs.empty()) {
    const auto& base = page.data.bases[page.data.units[assignment.unit].base];
    legs.push_back({great_circle(base.point, destination_of(page, assignment)), false});
  }
  return legs;
}

// The ways of several assignments, each way once.
std::vector<MapRoute::Leg> all_legs_of(const Page& page, const std::vector<const Assignment*>& members) {
  std::vector<MapRoute::Leg> all;
  std::vector<const geo::Itinerary*> drawn;
  std::set<std::pair<double, double>> destinations;
  for (const auto* member : members) {
    const bool same_way = std::ranges::any_of(drawn, [&](const auto* other) { return *other == member->outbound; });
    const auto to = destination_of(page, *member);
    const bool new_place = destinations.emplace(to.lon, to.lat).second;
    if (same_way && (!member->outbound.legs.empty() || !new_place)) {
      continue;
    }
    drawn.push_back(&member->outbound);
    const auto legs = legs_of(page, *member);
    all.insert(all.end(), legs.begin(), legs.end());
  }
  return all;
}

MapRoute route_of(const Page& page, const planner::Contingent& contingent,
                  const std::vector<const Assignment*>& members) {
  MapRoute route;
  route.contingent = contingent.id;
  route.commitment = contingent.commitment;
  route.title = page.say_count("report.movements.contingent", contingent.persons,
                               {{"contingent", contingent.id},
                                {"lender", page.agency(contingent.lender)},
                                {"borrower", page.agency(contingent.borrower)}});
  route.facts.push_back(page.say("report.map.route_days", {{"depart", page.locale.day(contingent.depart)},
                                                           {"home", page.locale.day(contingent.home)}}));
  route.legs = all_legs_of(page, members);
  route.days = {contingent.depart, contingent.home};
  return route;
}

Box box_of_route(const MapRoute& route) {
  Box box;
  for (const auto& leg : route.legs) {
    box.add(box_of(leg.line));
  }
  return box;
}

Box box_of_incidents(const MapModel& model) {
  Box box;
  for (const auto& incident : model.incidents) {
    box.add(incident.point);
    for (const auto& ring : incident.perimeter) {
      box.add(box_of(ring));
    }
  }
  return box;
}

double size_of(const Box& box) {
  return std::max(box.east - box.west, box.north - box.south);
}

// New deployments belong on the map whatever their distance; old ones only where they leave the rest legible.
Box box_of_what_matters(const MapModel& model) {
  Box box = box_of_incidents(model);
  bool anything_new = false;
  for (const auto& route : model.routes) {
    if (!route.commitment) {
      box.add(box_of_route(route));
      anything_new = true;
    }
  }
  for (const auto& route : model.routes) {
    Box with = box;
    with.add(box_of_route(route));
    if (route.commitment && (!anything_new || size_of(with) <= kMostGrowth * std::max(size_of(box), kMarginDegrees))) {
      box = with;
    }
  }
  if (box.empty()) {
    for (const auto& base : model.bases) {
      box.add(base.point);
    }
  }
  return box;
}

Box box_of_world(const MapModel& model) {
  Box world = model.frame;
  for (const auto& base : model.bases) {
    world.add(base.point);
  }
  for (const auto& route : model.routes) {
    world.add(box_of_route(route));
  }
  return world;
}

// Incidents that ask for help, and of the others those of highest priority: a layer may bring thousands.
std::vector<planner::IncidentIndex> shown_incidents(const Page& page, std::size_t most_others) {
  std::set<planner::IncidentIndex> asking;
  for (const auto& request : page.data.requests) {
    if (request.incident) {
      asking.insert(*request.incident);
    }
  }
  std::vector<planner::IncidentIndex> others;
  for (const auto index : page.data.incidents.indices()) {
    if (!asking.contains(index)) {
      others.push_back(index);
    }
  }
  const auto& assessed = page.data.assessment.incidents;
  std::ranges::stable_sort(others, [&](auto a, auto b) {
    return std::max(a.value(), b.value()) < assessed.size() && assessed[a.value()].score > assessed[b.value()].score;
  });
  if (others.size() > most_others) {
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(most_others), others.end());
  }
  asking.insert(others.begin(), others.end());
  return {asking.begin(), asking.end()};
}

std::vector<MapRing> rings_of(const Page& page) {
  const auto shown = shown_incidents(page, kMostOtherRings);
  std::vector<MapRing> out;
  for (const auto& ring : page.input.rings) {
    if (!std::ranges::binary_search(shown, ring.incident)) {
      continue;
    }
    const std::string km = page.locale.whole(ring.km);
    MapRing one{page.say("hazard.map.ring", {{"incident", page.data.incidents[ring.incident].name}, {"km", km}}),
                {page.say("hazard.map.ring_people", {{"people", page.locale.whole(ring.people)}})},
                {}};
    for (const auto& polygon : ring.area) {
      one.area.push_back({simplified(polygon.outer, kRingTolerance * ring.km), {}});
    }
    out.push_back(std::move(one));
  }
  return out;
}

void add_assessment(MapModel& model, const Page& page) {
  if (page.data.assessment.empty()) {
    return;
  }
  const double tolerance = (model.frame.north - model.frame.south) / 1500.0;
  model.layers = map_layer_views(page, tolerance);
  model.rings = rings_of(page);
  model.days = map_days(page);
}

bool contains(const Box& box, const geo::LonLat& point) {
  return box.intersects({point.lon, point.lat, point.lon, point.lat});
}

}  // namespace

MapModel map_model(const Page& page, const Boundaries& boundaries) {
  MapModel model;
  for (const auto index : shown_incidents(page, kMostOtherIncidents)) {
    model.incidents.push_back(incident_of(page, index));
  }
  for (const auto index : page.data.bases.indices()) {
    model.bases.push_back(base_of(page, index));
  }
  const auto members = by_contingent(page.plan);
  for (const auto& contingent : page.plan.contingents) {
    if (const auto it = members.find(contingent.id); it != members.end()) {
      model.routes.push_back(route_of(page, contingent, it->second));
    }
  }
  if (const auto own = own_forces(page.plan); !own.empty()) {
    MapRoute route;
    route.contingent = route.title = page.say("report.movements.own");
    route.legs = all_legs_of(page, own);
    model.routes.push_back(route);
  }
  // What is used lies on top of what is not, where an agency's two bases share a town.
  std::ranges::stable_sort(model.bases, [](const MapBase& a, const MapBase& b) { return !a.used && b.used; });
  model.box = box_of_what_matters(model);
  if (model.box.empty()) {
    return model;
  }
  model.frame = model.box.grown(std::max(kMarginDegrees, size_of(model.box) * 0.06), kAspect);
  model.world = box_of_world(model);
  const Box detailed = model.frame.grown(size_of(model.frame) * 0.1, kAspect);
  Box background = detailed;
  background.add(model.world);
  add_assessment(model, page);
  model.land = boundaries_within(boundaries, background, detailed);
  for (const auto& base : model.bases) {
    if (base.used && !contains(model.frame, base.point)) {
      model.beyond.push_back(base.name);
    }
  }
  std::erase_if(model.bases, [&](const MapBase& base) { return !base.used && !contains(model.frame, base.point); });
  return model;
}

}  // namespace relevo::cli
