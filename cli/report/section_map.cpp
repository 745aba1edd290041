// SPDX-License-Identifier: MIT
#include "cli/report/html_writer.hpp"
#include "cli/report/map_frame.hpp"
#include "cli/report/map_layers.hpp"
#include "cli/report/map_model.hpp"
#include "cli/report/sections.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kMapWidth = MapFrame::kWidth;
constexpr double kMapHeight = MapFrame::kHeight;

std::string_view sign_of(std::string_view status) {
  if (status == "utf") {
    return "✕";
  }
  if (status == "partial") {
    return "◐";
  }
  return status == "pending" ? "…" : status == "filled" ? "●" : "";
}

// The area of the symbol grows with the burned area, up to a size that hides nothing.
double radius_of(double area_ha) {
  return std::clamp(8.0 + std::sqrt(area_ha) / 70.0, 8.0, 20.0);
}

/// Puts names where they cover neither each other nor a symbol; a name without room is left out, since every name is in
/// the tables too.
class Labels {
 public:
  void keep_free(const EqualArea::Point& at, double radius) {
    taken_.push_back({at.x - radius, at.y - radius, at.x + radius, at.y + radius});
  }

  void write(Page& page, const EqualArea::Point& at, double radius, const std::string& name, std::string_view css) {
    std::size_t letters = 0;
    for (const char c : name) {
      letters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    }
    const double width = 6.2 * static_cast<double>(letters);
    const double gap = radius + 4.0;
    for (const auto& [dx, dy] :
         {std::pair{gap, 4.0}, {-gap - width, 4.0}, {-width / 2.0, -gap - 2.0}, {-width / 2.0, gap + 10.0}}) {
      const Rectangle place{at.x + dx, at.y + dy - 10.0, at.x + dx + width, at.y + dy + 3.0};
      if (place.x0 < 2.0 || place.x1 > kMapWidth - 2.0 || place.y0 < 2.0 || place.y1 > kMapHeight - 2.0 ||
          is_taken(place)) {
        continue;
      }
      taken_.push_back(place);
      page.html.element("text", {{"class", css}, {"x", px(place.x0)}, {"y", px(at.y + dy)}}, name);
      return;
    }
  }

 private:
  struct Rectangle {
    double x0, y0, x1, y1;
  };
  bool is_taken(const Rectangle& place) const {
    return std::ranges::any_of(taken_, [&](const Rectangle& other) {
      return place.x0 < other.x1 && other.x0 < place.x1 && place.y0 < other.y1 && other.y0 < place.y1;
    });
  }
  std::vector<Rectangle> taken_;
};

void draw_land(Page& page, const MapModel& model, const MapFrame& frame) {
  // The corners of the drawing show a little more than the frame.
  const Box drawn = model.frame.grown(5.0, kMapWidth / kMapHeight);
  // Countries first: the borders of their areas lie on top.
  for (const int level : {0, 1}) {
    for (const auto& boundary : model.land) {
      if (boundary.level != level) {
        continue;
      }
      std::string path;
      for (const auto& ring : boundary.rings) {
        if (box_of(ring).intersects(drawn)) {
          path += frame.path(ring, true);
        }
      }
      if (path.empty()) {
        continue;
      }
      page.html.empty("path", {{"class", level == 0 ? "country" : "area"}, {"d", path}});
    }
  }
}

void draw_static_map(Page& page, const MapModel& model) {
  const MapFrame frame(model.frame);
  const auto svg = page.html.in("svg", {{"class", "static-map"},
                                        {"role", "img"},
                                        {"aria-labelledby", "static-map-title"},
                                        {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", kMapWidth, kMapHeight)},
                                        {"width", px(kMapWidth)},
                                        {"height", px(kMapHeight)}});
  page.html.element("title", {{"id", "static-map-title"}}, page.say("report.map.title"));
  page.html.empty("rect", {{"class", "sea"}, {"width", px(kMapWidth)}, {"height", px(kMapHeight)}});
  draw_land(page, model, frame);
  draw_layers(page, model, frame);
  draw_rings(page, model, frame);
  for (const auto& incident : model.incidents) {
    for (const auto& ring : incident.perimeter) {
      page.html.empty(
          "path", {{"class", incident.schematic ? "perimeter schematic" : "perimeter"}, {"d", frame.path(ring, true)}});
    }
  }
  for (const auto& route : model.routes) {
    for (const auto& leg : route.legs) {
      page.html.empty(
          "path",
          {{"class", fmt::format("route {} {}", leg.air ? "air" : "ground", route.commitment ? "committed" : "new")},
           {"d", frame.path(leg.line, false)}});
    }
  }
  Labels labels;
  for (const auto& base : model.bases) {
    const auto at = frame.place(base.point);
    const double half = base.used ? 5.0 : 3.0;
    labels.keep_free(at, half);
    const auto group = page.html.in("g", {{"class", base.used ? "base used" : "base"}});
    page.html.element("title", base.name);
    page.html.empty(
        "rect",
        {{"x", px(at.x - half)}, {"y", px(at.y - half)}, {"width", px(2.0 * half)}, {"height", px(2.0 * half)}});
  }
  std::vector<const MapIncident*> largest_first;
  for (const auto& incident : model.incidents) {
    largest_first.push_back(&incident);
  }
  std::ranges::stable_sort(largest_first, [](const auto* a, const auto* b) { return a->area_ha > b->area_ha; });
  for (const auto* incident : largest_first) {
    const auto at = frame.place(incident->point);
    const double radius = radius_of(incident->area_ha);
    labels.keep_free(at, radius);
    const auto group = page.html.in("g", {{"class", fmt::format("incident {}", incident->status)}});
    page.html.element("title", incident->name);
    page.html.empty("circle", {{"cx", px(at.x)}, {"cy", px(at.y)}, {"r", px(radius)}});
    page.html.element("text", {{"x", px(at.x)}, {"y", px(at.y + 4.0)}, {"class", "sign"}}, sign_of(incident->status));
  }
  for (const auto* incident : largest_first) {
    const std::string name = incident->schematic && !incident->perimeter.empty()
                                 ? page.say("report.map.schematic_name", {{"name", incident->name}})
                                 : incident->name;
    labels.write(page, frame.place(incident->point), radius_of(incident->area_ha), name, "incident-name");
  }
  for (const auto& base : model.bases) {
    if (base.used) {
      labels.write(page, frame.place(base.point), 5.0, base.name, "base-name");
    }
  }
}

// Two decimals are a kilometre, a fraction of a pixel on a continent; a province gets three.
Json ring_json(const Ring& ring, double factor) {
  Json out = Json::array();
  for (const auto& point : ring) {
    out.push_back(Json::array({std::round(point.lat * factor) / factor, std::round(point.lon * factor) / factor}));
  }
  return out;
}

Json rings_json(const std::vector<Ring>& rings, double factor) {
  Json out = Json::array();
  for (const auto& ring : rings) {
    out.push_back(ring_json(ring, factor));
  }
  return out;
}

// For the land, which is most of the file: whole numbers of 1/factor degree, each point as the way from the one before.
Json ring_steps(const Ring& ring, double factor) {
  Json out = Json::array();
  long last_lat = 0;
  long last_lon = 0;
  for (const auto& point : ring) {
    const long lat = std::lround(point.lat * factor);
    const long lon = std::lround(point.lon * factor);
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

Json incidents_json(const MapModel& model) {
  Json out = Json::array();
  for (const auto& incident : model.incidents) {
    out.push_back({{"index", incident.index},
                   {"name", incident.name},
                   {"at", Json::array({incident.point.lat, incident.point.lon})},
                   {"radius", std::round(radius_of(incident.area_ha) * 10.0) / 10.0},
                   {"status", incident.status},
                   {"sign", sign_of(incident.status)},
                   {"facts", incident.facts},
                   {"schematic", incident.schematic},
                   {"perimeter", rings_json(incident.perimeter, 10000.0)}});
    if (!model.days.empty()) {
      out.back()["days"] = span_json(model, incident.days);
    }
  }
  return out;
}

Json bases_json(const MapModel& model) {
  Json out = Json::array();
  for (const auto& base : model.bases) {
    out.push_back({{"name", base.name},
                   {"at", Json::array({base.point.lat, base.point.lon})},
                   {"used", base.used},
                   {"facts", base.facts}});
  }
  return out;
}

Json routes_json(const MapModel& model) {
  Json out = Json::array();
  for (const auto& route : model.routes) {
    Json legs = Json::array();
    for (const auto& leg : route.legs) {
      legs.push_back({{"air", leg.air}, {"line", ring_json(leg.line, 1000.0)}});
    }
    out.push_back({{"title", route.title},
                   {"contingent", route.contingent},
                   {"commitment", route.commitment},
                   {"facts", route.facts},
                   {"legs", legs}});
    if (!model.days.empty()) {
      out.back()["days"] = span_json(model, route.days);
    }
  }
  return out;
}

Json map_json(const Page& page, const MapModel& model) {
  const double factor = model.frame.north - model.frame.south > 15.0 ? 100.0 : 1000.0;
  Json land = Json::array();
  for (const auto& boundary : model.land) {
    Json rings = Json::array();
    for (const auto& ring : boundary.rings) {
      rings.push_back(ring_steps(ring, factor));
    }
    land.push_back({{"level", boundary.level}, {"rings", rings}});
  }
  Json words = Json::object();
  for (const std::string_view key : {"zoom_in", "zoom_out", "close", "schematic", "show"}) {
    words[std::string(key)] = page.say(fmt::format("report.map.{}", key));
  }
  words["shown"] = page.say("report.filter.shown", {{"shown", "{shown}"}, {"all", "{all}"}});
  const auto corners = [](const Box& box) {
    return Json::array({Json::array({box.south, box.west}), Json::array({box.north, box.east})});
  };
  Json map = {{"box", corners(model.box)},
              {"world", corners(model.world)},
              {"land_factor", factor},
              {"land", land},
              {"incidents", incidents_json(model)},
              {"bases", bases_json(model)},
              {"routes", routes_json(model)},
              {"words", words}};
  if (!page.data.assessment.empty()) {
    words["all_days"] = page.say("hazard.map.all_days_text");
    map["words"] = words;
    add_layers_json(map, model);
  }
  return map;
}

void write_map_legend(Page& page, const MapModel& model) {
  const auto list = page.html.in("ul", {{"class", "legend map-legend"}});
  const auto item = [&](std::string_view css, std::string_view sign, std::string_view key) {
    const auto entry = page.html.in("li");
    page.html.element("span", {{"class", fmt::format("swatch {}", css)}, {"aria-hidden", "true"}}, sign);
    page.html.text(capitalized(page.say(key)));
  };
  item("incident utf", "✕", "report.map.legend_utf");
  item("incident partial", "◐", "report.map.legend_partial");
  item("incident pending", "…", "report.map.legend_pending");
  item("incident filled", "●", "report.map.legend_filled");
  item("base-used", "", "report.map.legend_base_used");
  item("base-other", "", "report.map.legend_base");
  item("route-new", "", "report.map.legend_route_new");
  item("route-committed", "", "report.map.legend_route_committed");
  if (std::ranges::any_of(model.incidents, [](const auto& i) { return i.schematic && !i.perimeter.empty(); })) {
    item("schematic", "", "report.map.legend_schematic");
  }
  write_layer_legend(page, model);
}

std::string beyond_the_edge(const Page& page, const MapModel& model) {
  std::string names;
  for (const auto& name : model.beyond) {
    names += (names.empty() ? "" : ", ") + name;
  }
  return names.empty() ? names : " " + page.say("report.map.beyond", {{"names", names}});
}

}  // namespace

void write_map(Page& page, const Boundaries& boundaries) {
  const auto section = page.section("map", "report.map.heading");
  const MapModel model = map_model(page, boundaries);
  if (model.box.empty()) {
    page.nothing("report.map.nothing");
    return;
  }
  write_map_controls(page, model);
  {
    const auto figure = page.html.in("figure", {{"class", "map"}});
    // The script puts the map to move about in here; without it, and on paper, the drawn one is seen.
    page.html.element("div",
                      {{"id", "live-map"},
                       {"hidden", "hidden"},
                       {"role", "application"},
                       {"aria-label", page.say("report.map.live")}},
                      "");
    draw_static_map(page, model);
    page.html.element("figcaption", page.say("report.map.caption") + beyond_the_edge(page, model));
  }
  write_map_legend(page, model);
  const auto data = page.html.in("script", {{"type", "application/json"}, {"id", "map-data"}});
  page.html.raw(escape_json_for_script(map_json(page, model).dump(-1, ' ', false, Json::error_handler_t::replace)));
}

}  // namespace relevo::cli
