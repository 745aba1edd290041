// SPDX-License-Identifier: MIT
#include "cli/report/map_layers.hpp"

#include "cli/report/hazard_words.hpp"
#include "cli/report/map_model.hpp"
#include "cli/report/timeline.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace relevo::cli {

namespace {

using geo::LayerTheme;
using planner::Day;
using planner::Days;
using planner::MapFeature;
using planner::MapLayer;
using Json = nlohmann::ordered_json;

constexpr Days kMostDaysBefore{60};
// Coordinates of hazards in the page: a hundred metres.
constexpr double kFactor = 1000.0;

Ring simplified_ring(const Ring& ring, double tolerance) {
  Ring out = simplified(ring, tolerance);
  return out.size() < 4 ? ring : out;
}

geo::Shape simplified_shape(const geo::Shape& shape, double tolerance) {
  if (const auto* lines = std::get_if<geo::Lines>(&shape)) {
    geo::Lines out;
    for (const auto& line : *lines) {
      out.push_back(simplified(line, tolerance));
    }
    return out;
  }
  if (const auto* polygons = std::get_if<geo::Polygons>(&shape)) {
    geo::Polygons out;
    for (const auto& polygon : *polygons) {
      geo::Polygon kept{simplified_ring(polygon.outer, tolerance), {}};
      for (const auto& hole : polygon.holes) {
        const Box box = box_of(hole);
        if (box.north - box.south > 2.0 * tolerance) {
          kept.holes.push_back(simplified_ring(hole, tolerance));
        }
      }
      out.push_back(std::move(kept));
    }
    return out;
  }
  return shape;
}

bool holds_on_its_day_only(LayerTheme theme) {
  return theme == LayerTheme::Hotspots || theme == LayerTheme::Smoke || theme == LayerTheme::Cyclones;
}

MapDays days_of(LayerTheme theme, const MapFeature& feature) {
  MapDays days;
  if (feature.from) {
    days.first = day_of(*feature.from);
  }
  if (feature.to) {
    days.last = day_of(*feature.to);
  } else if (feature.from && holds_on_its_day_only(theme)) {
    days.last = days.first;
  }
  return days;
}

// A perimeter, or a report on a fire, holds until the day before the next of the same fire.
void end_by_next(std::vector<MapShape>& shapes) {
  std::map<std::string, std::vector<MapShape*>> by_label;
  for (auto& shape : shapes) {
    if (shape.days.first && !shape.label.empty()) {
      by_label[shape.label].push_back(&shape);
    }
  }
  for (auto& entry : by_label) {
    auto& dated = entry.second;
    // The latest first.
    std::ranges::stable_sort(dated, [](const auto* a, const auto* b) { return a->days.first > b->days.first; });
    std::optional<Day> next;  // the first day after that of the shape at hand
    std::optional<Day> same;
    for (auto* shape : dated) {
      const Day first = *shape->days.first;
      if (same && *same != first) {
        next = same;
      }
      same = first;
      if (next) {
        shape->days.last = *next - Days{1};
      }
    }
  }
}

std::string dates_fact(const Page& page, const MapDays& days) {
  if (!days.first) {
    return {};
  }
  return days.last && *days.last >= *days.first ? page.locale.range(*days.first, *days.last)
                                                : page.locale.day(*days.first);
}

MapLayerView view_of(const Page& page, const MapLayer& layer, std::size_t number, double tolerance) {
  MapLayerView view;
  view.id = fmt::format("layer-{}", number);
  view.theme = theme_id(layer.theme);
  view.name = layer.name.empty() ? hazard_word(page.input.lang, "theme", view.theme) : layer.name;
  view.note =
      page.say("hazard.map.shown_of", {{"shown", page.locale.whole(static_cast<long long>(layer.features.size()))},
                                       {"total", page.locale.whole(static_cast<long long>(
                                                     std::max<std::uint64_t>(layer.total, layer.features.size())))}});
  if (const auto day = planner::parse_day(layer.as_of.substr(0, 10))) {
    view.note += ", " + page.say("hazard.map.as_of", {{"day", page.locale.short_day(*day)}});
  }
  for (const auto& feature : layer.features) {
    MapShape shape{
        simplified_shape(feature.shape, tolerance), feature.label, {}, feature.strength, days_of(layer.theme, feature)};
    if (!feature.detail.empty()) {
      shape.facts.push_back(feature.detail);
    }
    if (auto dates = dates_fact(page, shape.days); !dates.empty()) {
      shape.facts.push_back(std::move(dates));
    }
    view.shapes.push_back(std::move(shape));
  }
  if (layer.theme == LayerTheme::Perimeters || layer.theme == LayerTheme::ActiveFires) {
    end_by_next(view.shapes);
  }
  return view;
}

struct PeopleOfDay {
  int line = 0;
  int travel = 0;
  int off = 0;
};

void count(PeopleOfDay& people, DayState state, int persons) {
  switch (state) {
    case DayState::TravelOut:
    case DayState::TravelHome:
    case DayState::Move:
      people.travel += persons;
      break;
    case DayState::Line:
    case DayState::Shadow:
    case DayState::Extension:
      people.line += persons;
      break;
    case DayState::DaysOff:
    case DayState::Orientation:
      people.off += persons;
      break;
    case DayState::Rest:
      break;
  }
}

std::map<Day, PeopleOfDay> people_by_day(const Page& page) {
  std::map<Day, PeopleOfDay> out;
  for (const auto& assignment : page.plan.assignments) {
    for (const auto& segment : segments_of(page, assignment)) {
      for (Day day = segment.first; day <= segment.last; day += Days{1}) {
        count(out[day], segment.state, assignment.persons);
      }
    }
  }
  return out;
}

Day first_day_of(const Page& page) {
  Day first = page.data.horizon.first;
  for (const auto& layer : page.data.assessment.map_layers) {
    for (const auto& feature : layer.features) {
      if (feature.from) {
        first = std::min(first, day_of(*feature.from));
      }
    }
  }
  for (const auto& contingent : page.plan.contingents) {
    first = std::min(first, contingent.depart);
  }
  return std::max(first, page.data.horizon.first - kMostDaysBefore);
}

/// The data of one SVG path for many shapes: points become dots of the line's round ends.
struct Paths {
  std::string areas;
  std::string lines;
  std::string dots;
};

void add_path(Paths& paths, const geo::Shape& shape, const MapFrame& frame) {
  if (const auto* points = std::get_if<geo::Points>(&shape)) {
    for (const auto& point : *points) {
      paths.dots += frame.path({point}, false) + "h0";
    }
  } else if (const auto* lines = std::get_if<geo::Lines>(&shape)) {
    for (const auto& line : *lines) {
      paths.lines += frame.path(line, false);
    }
  } else if (const auto* polygons = std::get_if<geo::Polygons>(&shape)) {
    for (const auto& polygon : *polygons) {
      paths.areas += frame.path(polygon.outer, true);
      for (const auto& hole : polygon.holes) {
        paths.areas += frame.path(hole, true);
      }
    }
  }
}

// Whole numbers of 1/kFactor degree, latitude first, each point as the way from the one before.
Json steps_json(const Ring& ring) {
  Json out = Json::array();
  long last_lat = 0;
  long last_lon = 0;
  for (const auto& point : ring) {
    const long lat = std::lround(point.lat * kFactor);
    const long lon = std::lround(point.lon * kFactor);
    if (!out.empty() && lat == last_lat && lon == last_lon) {
      continue;
    }
    out.push_back(lat - last_lat);
    out.push_back(lon - last_lon);
    last_lat = lat;
    last_lon = lon;
  }
  return out;
}

Json polygons_json(const geo::Polygons& polygons) {
  Json out = Json::array();
  for (const auto& polygon : polygons) {
    Json rings = Json::array({steps_json(polygon.outer)});
    for (const auto& hole : polygon.holes) {
      rings.push_back(steps_json(hole));
    }
    out.push_back(rings);
  }
  return out;
}

Json shape_json(const MapModel& model, const MapShape& shape) {
  Json out = {{"label", shape.label}, {"facts", shape.facts}, {"days", span_json(model, shape.days)}};
  if (const auto* points = std::get_if<geo::Points>(&shape.shape)) {
    out["points"] = steps_json(*points);
  } else if (const auto* lines = std::get_if<geo::Lines>(&shape.shape)) {
    out["lines"] = Json::array();
    for (const auto& line : *lines) {
      out["lines"].push_back(steps_json(line));
    }
  } else if (const auto* polygons = std::get_if<geo::Polygons>(&shape.shape)) {
    out["areas"] = polygons_json(*polygons);
  }
  if (shape.strength != 0.0) {
    out["strength"] = std::round(shape.strength * 10.0) / 10.0;
  }
  return out;
}

void write_switch(Page& page, std::string_view name, std::string_view css, std::string_view text,
                  std::string_view note = {}) {
  const auto label = page.html.in("label");
  page.html.empty("input", {{"type", "checkbox"}, {"name", "layer"}, {"value", name}, {"checked", "checked"}});
  page.html.element("span", {{"class", fmt::format("swatch {}", css)}, {"aria-hidden", "true"}}, "");
  page.html.text(capitalized(std::string(text)));
  if (!note.empty()) {
    page.html.text(" ");
    page.html.element("small", note);
  }
}

void write_switches(Page& page, const MapModel& model) {
  const auto group = page.html.in("fieldset", {{"class", "switches"}});
  page.html.element("legend", page.say("hazard.map.switches"));
  write_switch(page, "incidents", "incident", page.say("hazard.map.incidents"));
  write_switch(page, "perimeters", "perimeter", page.say("hazard.map.perimeters"));
  write_switch(page, "bases", "base-used", page.say("hazard.map.bases"));
  write_switch(page, "routes", "route-new", page.say("hazard.map.routes"));
  if (!model.rings.empty()) {
    write_switch(page, "rings", "ring", page.say("hazard.map.rings"));
  }
  for (const auto& layer : model.layers) {
    write_switch(page, layer.id, "hazard-" + layer.theme, layer.name, layer.note);
  }
}

void write_slider(Page& page, const MapModel& model) {
  const auto group = page.html.in("div", {{"class", "day-slider"}});
  {
    const auto label = page.html.in("label");
    page.html.empty("input", {{"type", "checkbox"}, {"id", "all-days"}, {"checked", "checked"}});
    page.html.text(page.say("hazard.map.all_days"));
  }
  const auto today = std::clamp<long long>((page.data.as_of - model.days.front().day).count(), 0,
                                           static_cast<long long>(model.days.size()) - 1);
  {
    const auto label = page.html.in("label", {{"class", "range"}});
    page.html.element("span", page.say("hazard.map.day_label"));
    page.html.empty("input", {{"type", "range"},
                              {"id", "map-day"},
                              {"min", "0"},
                              {"max", std::to_string(model.days.size() - 1)},
                              {"step", "1"},
                              {"value", std::to_string(today)}});
  }
  page.html.element("output", {{"id", "map-day-text"}, {"for", "map-day"}, {"aria-live", "polite"}},
                    page.say("hazard.map.all_days_text"));
  page.html.element("small", page.say("hazard.map.day_note"));
}

}  // namespace

std::vector<MapLayerView> map_layer_views(const Page& page, double tolerance) {
  std::vector<MapLayerView> out;
  for (const auto& layer : page.data.assessment.map_layers) {
    if (!layer.features.empty()) {
      out.push_back(view_of(page, layer, out.size(), tolerance));
    }
  }
  return out;
}

std::vector<MapDayText> map_days(const Page& page) {
  const auto people = people_by_day(page);
  std::vector<MapDayText> out;
  for (Day day = first_day_of(page); day < page.data.horizon.last(); day += Days{1}) {
    const auto it = people.find(day);
    const PeopleOfDay of_day = it == people.end() ? PeopleOfDay{} : it->second;
    out.push_back({day, page.say("hazard.map.day_text", {{"day", capitalized(page.locale.weekday_day(day))},
                                                         {"line", page.locale.whole(of_day.line)},
                                                         {"travel", page.locale.whole(of_day.travel)},
                                                         {"off", page.locale.whole(of_day.off)}})});
  }
  return out;
}

Json span_json(const MapModel& model, const MapDays& days) {
  const auto place = [&](const std::optional<Day>& day) {
    return day && !model.days.empty() ? Json((*day - model.days.front().day).count()) : Json(nullptr);
  };
  return Json::array({place(days.first), place(days.last)});
}

void draw_layers(Page& page, const MapModel& model, const MapFrame& frame) {
  for (const auto& layer : model.layers) {
    Paths paths;
    for (const auto& shape : layer.shapes) {
      add_path(paths, shape.shape, frame);
    }
    const auto group = page.html.in("g", {{"class", "hazard hazard-" + layer.theme}});
    page.html.element("title", layer.name);
    for (const auto& [css, data] :
         {std::pair{"hazard-area", &paths.areas}, {"hazard-line", &paths.lines}, {"hazard-dot", &paths.dots}}) {
      if (!data->empty()) {
        page.html.empty("path", {{"class", css}, {"d", *data}});
      }
    }
  }
}

void draw_rings(Page& page, const MapModel& model, const MapFrame& frame) {
  if (model.rings.empty()) {
    return;
  }
  Paths paths;
  for (const auto& ring : model.rings) {
    add_path(paths, ring.area, frame);
  }
  page.html.empty("path", {{"class", "exposure-ring"}, {"d", paths.areas}});
}

void add_layers_json(Json& map, const MapModel& model) {
  Json layers = Json::array();
  for (const auto& layer : model.layers) {
    Json shapes = Json::array();
    for (const auto& shape : layer.shapes) {
      shapes.push_back(shape_json(model, shape));
    }
    layers.push_back({{"id", layer.id}, {"theme", layer.theme}, {"name", layer.name}, {"shapes", shapes}});
  }
  Json rings = Json::array();
  for (const auto& ring : model.rings) {
    rings.push_back({{"name", ring.name}, {"facts", ring.facts}, {"areas", polygons_json(ring.area)}});
  }
  Json days = Json::array();
  for (const auto& day : model.days) {
    days.push_back(day.text);
  }
  map["layers"] = layers;
  map["rings"] = rings;
  map["days"] = days;
  map["step_factor"] = kFactor;
}

void write_map_controls(Page& page, const MapModel& model) {
  if (model.days.empty()) {
    return;
  }
  const auto form = page.html.in("form", {{"id", "map-controls"}, {"class", "map-controls"}, {"hidden", "hidden"}});
  write_slider(page, model);
  write_switches(page, model);
}

void write_layer_legend(Page& page, const MapModel& model) {
  const auto item = [&](std::string_view css, std::string_view text, std::string_view note) {
    const auto entry = page.html.in("li", {{"class", "layer"}});
    page.html.element("span", {{"class", fmt::format("swatch {}", css)}, {"aria-hidden", "true"}}, "");
    page.html.text(capitalized(std::string(text)));
    if (!note.empty()) {
      page.html.element("small", fmt::format(" ({})", note));
    }
  };
  if (!model.rings.empty()) {
    item("ring", page.say("hazard.map.rings"), "");
  }
  for (const auto& layer : model.layers) {
    item("hazard-" + layer.theme, layer.name, layer.note);
  }
}

}  // namespace relevo::cli
