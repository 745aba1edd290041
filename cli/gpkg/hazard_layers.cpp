// SPDX-License-Identifier: MIT
#include "cli/gpkg/exposure_rings.hpp"
#include "cli/gpkg/plan_layers.hpp"
#include "cli/report/figures.hpp"
#include "cli/report/hazard_words.hpp"
#include "cli/report/plan_words.hpp"
#include "geo/geojson.hpp"
#include "planner/model/judged_danger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace relevo::cli {

namespace {

using geo::LayerTheme;
using planner::IncidentAssessment;
using planner::IncidentIndex;
using planner::MapFeature;
using planner::MapLayer;
using planner::RequestStatus;

constexpr Colour kFire{155, 44, 0, 1.0};
constexpr Colour kPart{240, 195, 109, 1.0};
constexpr Colour kBlue{0, 114, 178, 1.0};
constexpr Colour kViolet{91, 58, 140, 1.0};
constexpr Colour kNothing{0, 0, 0, 0.0};

/// An incident's order lines: how many, and the status of the worst.
struct Lines {
  int all = 0;
  int open = 0;
  std::string worst;  ///< empty: no lines
};

int urgency(RequestStatus status) {
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

Lines lines_of(const Page& page, IncidentIndex index) {
  Lines lines;
  int worst = 0;
  for (const auto& fill : page.plan.requests) {
    if (page.data.requests[fill.request].incident != index) {
      continue;
    }
    const auto status = shown_status(fill);
    ++lines.all;
    lines.open += status == RequestStatus::Filled ? 0 : 1;
    if (urgency(status) > worst) {
      worst = urgency(status);
      lines.worst = word_of(status);
    }
  }
  return lines;
}

const IncidentAssessment* assessment_of(const Page& page, IncidentIndex index) {
  const auto& all = page.data.assessment.incidents;
  return index.value() < all.size() ? &all[index.value()] : nullptr;
}

GeoPackageValue area_value(const Page& page, IncidentIndex index) {
  if (const auto* assessed = assessment_of(page, index); assessed != nullptr && assessed->area_ha > 0.0) {
    return assessed->area_ha;
  }
  GeoPackageValue latest;
  for (const auto& report : page.data.incidents[index].areas) {
    if (report.day <= page.data.as_of) {
      latest = report.area.hectares();
    }
  }
  return latest;
}

Symbol incident_symbol(const Colour& fill, double size) {
  return {.fill = fill, .stroke = kWhite, .stroke_mm = 0.3, .size_mm = size};
}

LayerStyle incident_style(const Page& page) {
  return {.column = "status",
          .categories = {{"utf", page.say("report.status.utf"), incident_symbol(kFire, 5.0)},
                         {"partial", page.say("report.status.partial"), incident_symbol(kPart, 4.5)},
                         {"pending", page.say("report.status.pending"), incident_symbol(kGrey, 4.0)},
                         {"filled", page.say("report.status.filled"), incident_symbol(kBlue, 4.0)},
                         {"none",
                          page.say("hazard.gpkg.no_lines"),
                          {.fill = kWhite, .stroke = kGrey, .stroke_mm = 0.4, .size_mm = 3.0}}},
          .label_column = "name"};
}

void add_incident(const PlanLayers& out, IncidentIndex index) {
  const Page& page = out.page;
  const auto& incident = page.data.incidents[index];
  const Lines lines = lines_of(page, index);
  static const IncidentAssessment nothing;
  const auto* assessed = assessment_of(page, index);
  const bool known = assessed != nullptr;
  const IncidentAssessment& a = known ? *assessed : nothing;
  const auto if_known = [&](const GeoPackageValue& value) { return known ? value : GeoPackageValue(); };
  const auto* place = a.places.empty() ? nullptr : &a.places.front();
  const auto* danger = planner::judged_danger(a);
  const auto real = [](const auto* from, auto member) {
    return from == nullptr ? GeoPackageValue() : GeoPackageValue(from->*member);
  };
  out.file.add_row(geo::Points{incident.point},
                   {incident.id,
                    text_value(incident.name),
                    incident.hazard,
                    page.data.agencies[incident.agency].id,
                    page.agency(incident.agency),
                    lines.worst.empty() ? "none" : lines.worst,
                    whole_value(lines.all),
                    whole_value(lines.open),
                    if_known(whole_value(a.priority)),
                    if_known(a.score),
                    area_value(page, index),
                    text_value(a.area_source),
                    if_known(a.growth_ha_per_day),
                    text_value(incident.stage_of_control),
                    incident.discovered ? day_value(*incident.discovered) : GeoPackageValue(),
                    if_known(whole_value(a.people_within[0])),
                    if_known(whole_value(a.people_within[1])),
                    if_known(whole_value(a.people_within[2])),
                    place == nullptr ? GeoPackageValue() : place->name,
                    real(place, &planner::NearPlace::distance_km),
                    real(place, &planner::NearPlace::bearing_deg),
                    danger == nullptr ? GeoPackageValue() : danger->variable,
                    real(danger, &planner::DangerSample::min),
                    real(danger, &planner::DangerSample::mean),
                    real(danger, &planner::DangerSample::max),
                    text_value(a.airport),
                    a.airport.empty() ? GeoPackageValue() : GeoPackageValue(a.airport_km),
                    whole_value(a.from_layer ? 1 : 0)});
}

/// How a layer's features look, by theme; the colours of the report's map.
Symbol symbol_of(LayerTheme theme, Symbol::Kind kind) {
  const auto look = [kind](Colour colour, double opacity, double stroke, double size, bool dashed = false) {
    Colour fill = colour;
    fill.opacity = opacity;
    return Symbol{kind, fill, colour, stroke, dashed, "circle", size};
  };
  switch (theme) {
    case LayerTheme::Hotspots:
      return look({179, 0, 27, 1.0}, 0.85, 0.1, 1.4);
    case LayerTheme::Perimeters:
      return look({122, 59, 0, 1.0}, 0.06, 0.4, 2.0);
    case LayerTheme::ActiveFires:
      return look({122, 59, 0, 1.0}, 0.5, 0.3, 2.2);
    case LayerTheme::Smoke:
      return look({92, 92, 92, 1.0}, 0.16, 0.15, 2.0, true);
    case LayerTheme::Earthquakes:
      return look({106, 61, 154, 1.0}, 0.3, 0.4, 3.4);
    case LayerTheme::Cyclones:
      return look({0, 98, 109, 1.0}, 0.7, 0.6, 2.4);
    case LayerTheme::Flood:
      return look({31, 111, 180, 1.0}, 0.35, 0.2, 2.0);
    case LayerTheme::Alerts:
      return look({138, 97, 0, 1.0}, 0.08, 0.5, 2.4, true);
    case LayerTheme::Danger:
    case LayerTheme::Places:
    case LayerTheme::Population:
    case LayerTheme::Custom:
      break;
  }
  return look({77, 86, 94, 1.0}, 0.12, 0.35, 2.2, true);
}

// GeoPackage says one type for a layer; points of one place each are a layer of points.
std::string geometry_of(const MapLayer& layer) {
  bool points = false;
  bool lines = false;
  bool areas = false;
  bool single = true;
  for (const auto& feature : layer.features) {
    if (const auto* several = std::get_if<geo::Points>(&feature.shape)) {
      points = true;
      single = single && several->size() == 1;
    }
    lines = lines || std::holds_alternative<geo::Lines>(feature.shape);
    areas = areas || std::holds_alternative<geo::Polygons>(feature.shape);
  }
  if (static_cast<int>(points) + static_cast<int>(lines) + static_cast<int>(areas) > 1) {
    return "GEOMETRY";
  }
  return lines ? "MULTILINESTRING" : areas ? "MULTIPOLYGON" : single ? "POINT" : "MULTIPOINT";
}

Symbol::Kind kind_of(const std::string& geometry) {
  return geometry == "MULTILINESTRING" ? Symbol::Kind::Line
         : geometry == "MULTIPOLYGON"  ? Symbol::Kind::Fill
                                       : Symbol::Kind::Marker;
}

std::string table_of(const MapLayer& layer, std::size_t number) {
  std::string theme(theme_id(layer.theme));
  std::ranges::replace(theme, '-', '_');
  return fmt::format("hazard_{}_{}", number, theme);
}

void add_hazard_layer(const PlanLayers& out, const MapLayer& layer, std::size_t number) {
  const std::string geometry = geometry_of(layer);
  out.file.add_layer({table_of(layer, number),
                      layer.name,
                      geometry,
                      {{"label", "TEXT"},
                       {"detail", "TEXT"},
                       {"strength", "REAL"},
                       {"from_time", "DATETIME"},
                       {"to_time", "DATETIME"},
                       {"theme", "TEXT"},
                       {"layer", "TEXT"},
                       {"source", "TEXT"},
                       {"as_of", "TEXT"}}});
  bool dated = false;
  bool ends = false;
  for (const MapFeature& feature : layer.features) {
    dated = dated || feature.from.has_value();
    ends = ends || feature.to.has_value();
    out.file.add_row(feature.shape,
                     {text_value(feature.label), text_value(feature.detail), feature.strength,
                      instant_value(feature.from), instant_value(feature.to), std::string(theme_id(layer.theme)),
                      text_value(layer.name), text_value(layer.source), text_value(layer.as_of)});
  }
  LayerStyle style;
  style.categories = {{"", layer.name, symbol_of(layer.theme, kind_of(geometry))}};
  style.time_column = dated ? "from_time" : "";
  style.end_column = dated && (ends || layer.theme == LayerTheme::Perimeters) ? "to_time" : "";
  // QGIS opens a layer of mixed shapes as several; no one style fits them all.
  if (geometry != "GEOMETRY") {
    out.file.set_style(style);
  }
}

}  // namespace

void add_incidents(const PlanLayers& out) {
  out.file.add_layer({"incidents",
                      out.page.say("hazard.gpkg.incidents"),
                      "POINT",
                      {{"incident_id", "TEXT"},
                       {"name", "TEXT"},
                       {"hazard", "TEXT"},
                       {"agency", "TEXT"},
                       {"agency_name", "TEXT"},
                       {"status", "TEXT"},
                       {"lines", "INTEGER"},
                       {"open_lines", "INTEGER"},
                       {"priority", "INTEGER"},
                       {"score", "REAL"},
                       {"area_ha", "REAL"},
                       {"area_source", "TEXT"},
                       {"growth_ha_per_day", "REAL"},
                       {"stage_of_control", "TEXT"},
                       {"discovered", "DATE"},
                       {"people_10_km", "INTEGER"},
                       {"people_25_km", "INTEGER"},
                       {"people_50_km", "INTEGER"},
                       {"nearest_place", "TEXT"},
                       {"nearest_km", "REAL"},
                       {"nearest_bearing_deg", "REAL"},
                       {"danger_variable", "TEXT"},
                       {"danger_min", "REAL"},
                       {"danger_mean", "REAL"},
                       {"danger_max", "REAL"},
                       {"airport", "TEXT"},
                       {"airport_km", "REAL"},
                       {"from_layer", "BOOLEAN"}}});
  for (const auto index : out.page.data.incidents.indices()) {
    add_incident(out, index);
  }
  out.file.set_style(incident_style(out.page));
}

void add_perimeters(const PlanLayers& out) {
  out.file.add_layer({"perimeters",
                      out.page.say("hazard.gpkg.perimeters"),
                      "MULTIPOLYGON",
                      {{"incident_id", "TEXT"}, {"name", "TEXT"}, {"schematic", "BOOLEAN"}, {"area_ha", "REAL"}}});
  for (const auto index : out.page.data.incidents.indices()) {
    const auto& incident = out.page.data.incidents[index];
    if (auto surfaces = geo::polygons_of_geojson(incident.geometry); !surfaces.empty()) {
      out.file.add_row(surfaces, {incident.id, text_value(incident.name), whole_value(incident.schematic ? 1 : 0),
                                  area_value(out.page, index)});
    }
  }
  Colour fill{213, 94, 0, 0.18};
  out.file.set_style(
      {.column = "schematic",
       .categories = {
           {"0", out.page.say("hazard.gpkg.observed"), {Symbol::Kind::Fill, fill, kFire, 0.4}},
           {"1", out.page.say("report.map.legend_schematic"), {Symbol::Kind::Fill, fill, kFire, 0.4, true}}}});
}

void add_exposure_rings(const PlanLayers& out) {
  out.file.add_layer({"exposure_rings",
                      out.page.say("hazard.gpkg.rings"),
                      "MULTIPOLYGON",
                      {{"incident_id", "TEXT"}, {"name", "TEXT"}, {"km", "INTEGER"}, {"people", "INTEGER"}}});
  for (const auto& ring : out.page.input.rings) {
    const auto& incident = out.page.data.incidents[ring.incident];
    out.file.add_row(ring.area,
                     {incident.id, text_value(incident.name), whole_value(ring.km), whole_value(ring.people)});
  }
  const auto symbol = [](double stroke) { return Symbol{Symbol::Kind::Fill, kNothing, kViolet, stroke, true}; };
  out.file.set_style(
      {.column = "km",
       .categories = {{"10", "10 km", symbol(0.6)}, {"25", "25 km", symbol(0.4)}, {"50", "50 km", symbol(0.3)}}});
}

void add_clusters(const PlanLayers& out) {
  out.file.add_layer({"unreported_clusters",
                      out.page.say("hazard.clusters"),
                      "MULTIPOLYGON",
                      {{"cluster_id", "TEXT"},
                       {"lon", "REAL"},
                       {"lat", "REAL"},
                       {"first_time", "DATETIME"},
                       {"last_time", "DATETIME"},
                       {"detections", "INTEGER"},
                       {"frp_mw", "REAL"},
                       {"nearest_incident_km", "REAL"},
                       {"nearest_place", "TEXT"}}});
  for (const auto& cluster : out.page.data.assessment.clusters) {
    if (!cluster.incident) {
      out.file.add_row(cluster.footprint,
                       {cluster.id, cluster.centre.lon, cluster.centre.lat, instant_value(cluster.first),
                        instant_value(cluster.last), whole_value(static_cast<long long>(cluster.detections)),
                        cluster.frp_mw, cluster.distance_km, text_value(cluster.nearest_place)});
    }
  }
  LayerStyle style{.categories = {{"",
                                   out.page.say("hazard.clusters"),
                                   {Symbol::Kind::Fill, {179, 0, 27, 0.35}, {179, 0, 27, 1.0}, 0.6, true}}},
                   .label_column = "cluster_id",
                   .time_column = "first_time",
                   .end_column = "last_time"};
  out.file.set_style(style);
}

void add_hazards(const PlanLayers& out) {
  std::size_t number = 0;
  for (const auto& layer : out.page.data.assessment.map_layers) {
    add_hazard_layer(out, layer, ++number);
  }
}

void add_priority_parts(const PlanLayers& out) {
  out.file.add_layer({"priority_parts",
                      out.page.say("hazard.gpkg.parts"),
                      "",
                      {{"incident_id", "TEXT"},
                       {"part", "TEXT"},
                       {"value", "REAL"},
                       {"score", "REAL"},
                       {"weight", "REAL"},
                       {"points", "REAL"}}});
  for (const auto& assessed : out.page.data.assessment.incidents) {
    for (const auto& part : assessed.parts) {
      out.file.add_row({}, {out.page.data.incidents[assessed.incident].id, part.part,
                            part.known ? GeoPackageValue(part.value) : GeoPackageValue(), part.score, part.weight,
                            part.score * part.weight});
    }
  }
}

void add_imports(const PlanLayers& out) {
  out.file.add_layer({"layers",
                      out.page.say("hazard.layers.caption"),
                      "",
                      {{"name", "TEXT"},
                       {"theme", "TEXT"},
                       {"file", "TEXT"},
                       {"sha256", "TEXT"},
                       {"source", "TEXT"},
                       {"as_of", "TEXT"},
                       {"crs", "TEXT"},
                       {"read", "INTEGER"},
                       {"kept", "INTEGER"},
                       {"repaired", "INTEGER"},
                       {"refused", "INTEGER"}}});
  for (const auto& layer : out.page.data.assessment.imports) {
    const auto count = [](std::uint64_t value) { return whole_value(static_cast<long long>(value)); };
    out.file.add_row(
        {}, {layer.name, std::string(theme_id(layer.theme)), layer.file, layer.sha256, text_value(layer.source),
             text_value(layer.as_of), text_value(layer.crs), count(layer.counts.read), count(layer.counts.kept),
             count(layer.counts.repaired), count(layer.counts.refused)});
  }
}

}  // namespace relevo::cli
