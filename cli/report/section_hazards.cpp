// SPDX-License-Identifier: MIT
#include "cli/report/hazard_words.hpp"
#include "cli/report/sections.hpp"
#include "planner/model/judged_danger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <vector>

namespace relevo::cli {

namespace {

using planner::AgencyRisk;
using planner::Assessment;
using planner::Day;
using planner::DetectionCluster;
using planner::IncidentAssessment;
using planner::PriorityPart;

// A layer of a whole continent's fires must not make a report that no browser opens: the rest is in plan.json.
constexpr std::size_t kMostRows = 150;
constexpr std::size_t kMostDetails = 40;
constexpr std::size_t kMostClusters = 60;
constexpr std::size_t kMostListed = 12;

std::string layer_name(const Page& page, std::size_t import) {
  const auto& imports = page.data.assessment.imports;
  return import < imports.size() ? imports[import].name : "–";
}

std::string word(const Page& page, std::string_view group, std::string_view code) {
  return hazard_word(page.input.lang, group, code);
}

std::string wind(const Page& page, double bearing_deg) {
  return word(page, "compass", std::to_string(wind_of(bearing_deg)));
}

/// Incidents with order lines come with their details whatever their rank.
std::set<planner::IncidentIndex> with_lines(const Page& page) {
  std::set<planner::IncidentIndex> out;
  for (const auto& request : page.data.requests) {
    if (request.incident) {
      out.insert(*request.incident);
    }
  }
  return out;
}

std::vector<const IncidentAssessment*> by_priority(const Assessment& assessment) {
  std::vector<const IncidentAssessment*> out;
  for (const auto& incident : assessment.incidents) {
    out.push_back(&incident);
  }
  std::ranges::stable_sort(out, [](const auto* a, const auto* b) {
    return std::tuple(a->priority, -a->score) < std::tuple(b->priority, -b->score);
  });
  return out;
}

const std::string& name_of(const Page& page, const IncidentAssessment& incident) {
  return page.data.incidents[incident.incident].name;
}

std::string area_text(const Page& page, double ha) {
  return ha > 0.0 ? page.locale.hectares(ha) : page.say("hazard.unknown");
}

std::string place_text(const Page& page, const IncidentAssessment& incident) {
  if (incident.places.empty()) {
    return "–";
  }
  const auto& place = incident.places.front();
  const std::string where = place.distance_km <= 0.0
                                ? page.say("hazard.inside")
                                : page.say("hazard.away", {{"distance", page.locale.kilometres(place.distance_km)},
                                                           {"bearing", wind(page, place.bearing_deg)}});
  return place.name + ", " + where;
}

std::string people_text(const Page& page, const IncidentAssessment& incident) {
  return fmt::format("{} / {} / {}", page.locale.whole(incident.people_within[0]),
                     page.locale.whole(incident.people_within[1]), page.locale.whole(incident.people_within[2]));
}

void write_incident_row(Page& page, const IncidentAssessment& incident) {
  const auto row = page.html.in("tr");
  page.row_heading(name_of(page, incident));
  page.number_cell(page.locale.whole(incident.priority));
  page.number_cell(page.locale.decimal(incident.score, 1));
  page.number_cell(incident.area_ha > 0.0 ? page.locale.hectares(incident.area_ha) : "–");
  page.number_cell(incident.growth_ha_per_day == 0.0 ? "–" : page.locale.hectares(incident.growth_ha_per_day));
  for (const auto people : incident.people_within) {
    page.number_cell(page.locale.whole(people));
  }
  const auto* danger = planner::judged_danger(incident);
  page.number_cell(danger == nullptr ? "–"
                                     : fmt::format("{} {}", page.locale.decimal(danger->mean, 1), danger->variable));
  page.cell(place_text(page, incident));
}

void write_incident_table(Page& page, const std::vector<const IncidentAssessment*>& incidents) {
  page.html.element("h3", page.say("hazard.incidents"));
  if (incidents.empty()) {
    page.nothing("hazard.none");
    return;
  }
  const std::size_t shown = std::min(incidents.size(), kMostRows);
  {
    const auto region = page.scroll_region(page.say("hazard.incidents"));
    const auto table = page.html.in("table", {{"class", "hazard-incidents"}});
    page.table_head(page.say("hazard.incidents.caption"), {{"word.incident"},
                                                           {"hazard.priority", Column::Number},
                                                           {"hazard.score", Column::Number},
                                                           {"hazard.area", Column::Number},
                                                           {"hazard.growth", Column::Number},
                                                           {"hazard.within_10", Column::Number},
                                                           {"hazard.within_25", Column::Number},
                                                           {"hazard.within_50", Column::Number},
                                                           {"hazard.danger", Column::Number},
                                                           {"hazard.nearest"}});
    const auto body = page.html.in("tbody");
    for (std::size_t i = 0; i < shown; ++i) {
      write_incident_row(page, *incidents[i]);
    }
  }
  if (shown < incidents.size()) {
    page.paragraph(page.say_count("hazard.incidents.more", static_cast<long long>(incidents.size() - shown)),
                   "nothing");
  }
}

void write_hazard_fact(Page& page, std::string_view key, const std::string& value, const std::string& source = {}) {
  const auto pair = page.html.in("div");
  page.html.element("dt", page.say(key));
  const auto text = page.html.in("dd");
  page.html.text(value);
  if (!source.empty()) {
    page.html.text(" ");
    const auto note = page.html.in("small");
    page.source(source);
  }
}

void write_facts(Page& page, const IncidentAssessment& incident) {
  const auto facts = page.html.in("dl", {{"class", "facts"}});
  write_hazard_fact(page, "hazard.detail.area", area_text(page, incident.area_ha), incident.area_source);
  write_hazard_fact(
      page, "hazard.detail.growth",
      incident.growth_ha_per_day == 0.0
          ? page.say("hazard.unknown")
          : page.say("hazard.detail.growth_value", {{"area", page.locale.hectares(incident.growth_ha_per_day)}}));
  write_hazard_fact(page, "hazard.detail.people", people_text(page, incident), incident.people_source);
  write_hazard_fact(page, "hazard.detail.access",
                    incident.airport.empty() ? page.say("hazard.unknown")
                                             : incident.airport + ", " + page.locale.kilometres(incident.airport_km));
}

void write_part(Page& page, const PriorityPart& part) {
  const auto row = page.html.in("tr");
  page.row_heading(word(page, "part", part.part));
  page.number_cell(part.known ? page.locale.decimal(part.value, part.value == std::floor(part.value) ? 0 : 1)
                              : page.say("hazard.parts.neutral"));
  page.number_cell(page.locale.decimal(part.score, 2));
  page.number_cell(page.locale.quantity(part.weight));
  page.number_cell(page.locale.decimal(part.weight * part.score, 1));
}

void write_parts(Page& page, const IncidentAssessment& incident) {
  if (incident.parts.empty()) {
    return;
  }
  const std::string caption = page.say("hazard.parts.caption", {{"incident", name_of(page, incident)}});
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table", {{"class", "runs parts"}});
  page.table_head(caption, {{"hazard.parts.part"},
                            {"hazard.parts.value", Column::Number},
                            {"hazard.parts.score", Column::Number},
                            {"hazard.parts.weight", Column::Number},
                            {"hazard.parts.points", Column::Number}});
  {
    const auto body = page.html.in("tbody");
    for (const auto& part : incident.parts) {
      write_part(page, part);
    }
  }
  const auto foot = page.html.in("tfoot");
  const auto row = page.html.in("tr");
  page.row_heading(page.say("hazard.parts.total"));
  page.cell("");
  page.cell("");
  page.cell("");
  page.number_cell(page.locale.decimal(incident.score, 1));
}

void write_places(Page& page, const IncidentAssessment& incident) {
  if (incident.places.empty()) {
    return;
  }
  const std::string caption = page.say("hazard.places.caption", {{"incident", name_of(page, incident)}});
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table", {{"class", "runs"}});
  page.table_head(caption, {{"hazard.places.place"},
                            {"hazard.places.people", Column::Number},
                            {"hazard.places.distance", Column::Number},
                            {"hazard.places.bearing", Column::Short}});
  const auto body = page.html.in("tbody");
  for (const auto& place : incident.places) {
    const auto row = page.html.in("tr");
    page.row_heading(place.name);
    page.number_cell(page.locale.whole(place.population));
    page.number_cell(place.distance_km <= 0.0 ? page.say("hazard.inside") : page.locale.kilometres(place.distance_km));
    page.short_cell(fmt::format("{}° {}", page.locale.decimal(place.bearing_deg, 0), wind(page, place.bearing_deg)));
  }
}

void write_danger(Page& page, const IncidentAssessment& incident) {
  if (incident.danger.empty()) {
    return;
  }
  const std::string caption = page.say("hazard.sample.caption", {{"incident", name_of(page, incident)}});
  const auto region = page.scroll_region(caption);
  const auto table = page.html.in("table", {{"class", "runs"}});
  page.table_head(caption, {{"hazard.sample.layer"},
                            {"hazard.sample.variable", Column::Short},
                            {"hazard.sample.min", Column::Number},
                            {"hazard.sample.mean", Column::Number},
                            {"hazard.sample.max", Column::Number},
                            {"hazard.sample.pixels", Column::Number}});
  const auto body = page.html.in("tbody");
  for (const auto& sample : incident.danger) {
    const auto row = page.html.in("tr");
    page.row_heading(layer_name(page, sample.import));
    page.short_cell(sample.variable);
    page.number_cell(page.locale.decimal(sample.min, 1));
    page.number_cell(page.locale.decimal(sample.mean, 1));
    page.number_cell(page.locale.decimal(sample.max, 1));
    page.number_cell(page.locale.whole(static_cast<long long>(sample.pixels)));
  }
}

/// A heading and a list, cut at kMostListed.
void write_list(Page& page, std::string_view key, const std::vector<std::string>& items) {
  if (items.empty()) {
    return;
  }
  page.paragraph(page.say(key), "facts-line");
  const auto list = page.html.in("ul");
  for (std::size_t i = 0; i < std::min(items.size(), kMostListed); ++i) {
    page.html.element("li", items[i]);
  }
  if (items.size() > kMostListed) {
    page.html.element("li", page.say_count("hazard.more", static_cast<long long>(items.size() - kMostListed)));
  }
}

std::vector<std::string> overlaps_of(const Page& page, const IncidentAssessment& incident) {
  std::vector<std::string> out;
  for (const auto& overlap : incident.overlaps) {
    const std::string name =
        overlap.detail.empty() ? overlap.name : fmt::format("{} ({})", overlap.name, overlap.detail);
    out.push_back(page.say("hazard.overlap",
                           {{"theme", capitalized(word(page, "theme", theme_id(overlap.theme)))},
                            {"name", name},
                            {"distance", overlap.distance_km <= 0.0 ? page.say("hazard.overlaps_it")
                                                                    : page.locale.kilometres(overlap.distance_km)}}));
  }
  return out;
}

std::vector<std::string> links_of(const Page& page, const IncidentAssessment& incident) {
  std::vector<std::string> out;
  for (const auto& link : incident.links) {
    const Page::Args args = {{"layer", layer_name(page, link.import)},
                             {"key", link.key},
                             {"rule", word(page, "rule", link.rule)},
                             {"distance", page.locale.kilometres(link.distance_km)}};
    out.push_back(page.say(link.distance_km > 0.0 ? "hazard.link_far" : "hazard.link", args));
  }
  return out;
}

void write_incident(Page& page, const IncidentAssessment& incident) {
  const auto fold = page.fold("h4", name_of(page, incident),
                              page.say("hazard.detail.note", {{"priority", page.locale.whole(incident.priority)},
                                                              {"score", page.locale.decimal(incident.score, 1)}}),
                              false);
  if (incident.from_layer) {
    page.paragraph(page.say("hazard.detail.from_layer"), "facts-line");
  }
  write_facts(page, incident);
  {
    const auto pair = page.html.in("div", {{"class", "table-pair"}});
    write_parts(page, incident);
    write_places(page, incident);
  }
  write_danger(page, incident);
  write_list(page, "hazard.overlaps", overlaps_of(page, incident));
  write_list(page, "hazard.links", links_of(page, incident));
}

void write_details(Page& page, const std::vector<const IncidentAssessment*>& incidents) {
  const auto asked_for = with_lines(page);
  std::size_t written = 0;
  for (const auto* incident : incidents) {
    if (written < kMostDetails || asked_for.contains(incident->incident)) {
      write_incident(page, *incident);
      ++written;
    }
  }
}

std::string point_text(const Page& page, const geo::LonLat& point) {
  return fmt::format("{}, {}", page.locale.decimal(point.lat, 3), page.locale.decimal(point.lon, 3));
}

void write_cluster(Page& page, const DetectionCluster& cluster) {
  const auto row = page.html.in("tr");
  page.row_heading(cluster.id);
  page.short_cell(point_text(page, cluster.centre));
  page.short_cell(page.locale.short_range(day_of(cluster.first), day_of(cluster.last)));
  page.number_cell(page.locale.whole(static_cast<long long>(cluster.detections)));
  page.number_cell(page.locale.decimal(cluster.frp_mw, 0));
  page.number_cell(page.locale.kilometres(cluster.distance_km));
  page.cell(cluster.nearest_place.empty() ? "–" : cluster.nearest_place);
}

void write_clusters(Page& page) {
  std::vector<const DetectionCluster*> unreported;
  for (const auto& cluster : page.data.assessment.clusters) {
    if (!cluster.incident) {
      unreported.push_back(&cluster);
    }
  }
  if (page.data.assessment.clusters.empty()) {
    return;
  }
  page.html.element("h3", page.say("hazard.clusters"));
  if (unreported.empty()) {
    page.nothing("hazard.clusters.none");
    return;
  }
  std::ranges::stable_sort(unreported, [](const auto* a, const auto* b) {
    return std::tuple(-a->frp_mw, b->detections) < std::tuple(-b->frp_mw, a->detections);
  });
  const std::size_t shown = std::min(unreported.size(), kMostClusters);
  {
    const auto region = page.scroll_region(page.say("hazard.clusters"));
    const auto table = page.html.in("table");
    page.table_head(page.say("hazard.clusters.caption"), {{"hazard.clusters.id"},
                                                          {"hazard.clusters.at", Column::Short},
                                                          {"hazard.clusters.days", Column::Short},
                                                          {"hazard.clusters.detections", Column::Number},
                                                          {"hazard.clusters.power", Column::Number},
                                                          {"hazard.clusters.nearest", Column::Number},
                                                          {"hazard.clusters.place"}});
    const auto body = page.html.in("tbody");
    for (std::size_t i = 0; i < shown; ++i) {
      write_cluster(page, *unreported[i]);
    }
  }
  if (shown < unreported.size()) {
    page.paragraph(page.say_count("hazard.more", static_cast<long long>(unreported.size() - shown)), "nothing");
  }
}

bool same_but_day(const AgencyRisk& a, const AgencyRisk& b) {
  const auto figures = [](const AgencyRisk& r) {
    return std::tuple(r.agency, r.danger, r.fire_load, r.anticipated_load, r.resource_level, r.ability_to_respond,
                      r.level, r.given);
  };
  return figures(a) == figures(b);
}

std::string level_text(const Page& page, const AgencyRisk& risk) {
  const std::string computed = risk.level > 0 ? page.locale.whole(risk.level) : "–";
  return risk.given ? page.say("hazard.risk.given",
                               {{"level", page.locale.whole(page.input.scenario.level_on(risk.agency, risk.day))},
                                {"computed", computed}})
                    : page.say("hazard.risk.computed", {{"level", computed}});
}

void write_risk(Page& page, const AgencyRisk& risk, Day last) {
  const auto row = page.html.in("tr");
  page.row_heading(page.agency(risk.agency));
  page.short_cell(page.locale.short_range(risk.day, last));
  for (const int input :
       {risk.danger, risk.fire_load, risk.anticipated_load, risk.resource_level, risk.ability_to_respond}) {
    page.number_cell(input == 0 ? "–" : page.locale.whole(input));
  }
  page.cell(level_text(page, risk));
}

void write_risks(Page& page) {
  auto risks = page.data.assessment.risks;
  if (risks.empty()) {
    return;
  }
  std::ranges::stable_sort(
      risks, [](const auto& a, const auto& b) { return std::tuple(a.agency, a.day) < std::tuple(b.agency, b.day); });
  page.html.element("h3", page.say("hazard.risk"));
  page.paragraph(page.say("hazard.risk.intro"));
  const auto region = page.scroll_region(page.say("hazard.risk"));
  const auto table = page.html.in("table", {{"class", "risks"}});
  page.table_head(page.say("hazard.risk.caption"), {{"word.agency"},
                                                    {"report.days", Column::Short},
                                                    {"hazard.risk.danger", Column::Number},
                                                    {"hazard.risk.fire_load", Column::Number},
                                                    {"hazard.risk.anticipated", Column::Number},
                                                    {"hazard.risk.resources", Column::Number},
                                                    {"hazard.risk.ability", Column::Number},
                                                    {"hazard.risk.level"}});
  const auto body = page.html.in("tbody");
  for (std::size_t first = 0; first < risks.size();) {
    std::size_t last = first;
    while (last + 1 < risks.size() && same_but_day(risks[first], risks[last + 1]) &&
           risks[last + 1].day == risks[last].day + planner::Days{1}) {
      ++last;
    }
    write_risk(page, risks[first], risks[last].day);
    first = last + 1;
  }
}

std::string reasons_text(const Page& page, const geo::LayerCounts& counts) {
  std::string out;
  for (std::size_t i = 0; i < std::min(counts.reasons.size(), kMostListed); ++i) {
    const auto& reason = counts.reasons[i];
    out += fmt::format("{}{} × {}", out.empty() ? "" : "; ", page.locale.whole(static_cast<long long>(reason.count)),
                       word(page, "reason", reason.code));
  }
  return out.empty() ? "–" : out;
}

void write_layers(Page& page) {
  page.html.element("h3", page.say("hazard.layers"));
  if (page.data.assessment.imports.empty()) {
    page.nothing("hazard.layers.none");
    return;
  }
  const auto region = page.scroll_region(page.say("hazard.layers"));
  const auto table = page.html.in("table", {{"class", "layers"}});
  page.table_head(page.say("hazard.layers.caption"), {{"hazard.layers.layer"},
                                                      {"hazard.layers.theme"},
                                                      {"hazard.layers.as_of", Column::Short},
                                                      {"hazard.layers.read", Column::Number},
                                                      {"hazard.layers.kept", Column::Number},
                                                      {"hazard.layers.repaired", Column::Number},
                                                      {"hazard.layers.refused", Column::Number},
                                                      {"hazard.layers.why"}});
  const auto body = page.html.in("tbody");
  for (const auto& layer : page.data.assessment.imports) {
    const auto row = page.html.in("tr");
    {
      const auto cell = page.html.in("th", {{"scope", "row"}, {"class", "source"}});
      page.html.text(layer.name);
      page.html.text(" ");
      const auto note = page.html.in("small");
      page.source(layer.source.empty() ? layer.file : layer.source);
    }
    page.cell(word(page, "theme", theme_id(layer.theme)));
    const auto day = planner::parse_day(layer.as_of.substr(0, 10));
    page.short_cell(day                   ? page.locale.day(*day)
                    : layer.as_of.empty() ? page.say("report.sources.not_given")
                                          : layer.as_of);
    for (const auto count : {layer.counts.read, layer.counts.kept, layer.counts.repaired, layer.counts.refused}) {
      page.number_cell(page.locale.whole(static_cast<long long>(count)));
    }
    page.cell(reasons_text(page, layer.counts));
  }
}

}  // namespace

void write_hazards(Page& page) {
  if (page.data.assessment.empty()) {
    return;
  }
  const auto section = page.section("hazards", "hazard.heading");
  page.paragraph(page.say("hazard.intro"));
  const auto incidents = by_priority(page.data.assessment);
  write_incident_table(page, incidents);
  write_details(page, incidents);
  write_clusters(page);
  write_risks(page);
  write_layers(page);
}

}  // namespace relevo::cli
