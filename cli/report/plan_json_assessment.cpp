// SPDX-License-Identifier: MIT
#include "cli/report/plan_json_assessment.hpp"

#include "cli/report/hazard_words.hpp"
#include "cli/report/json_values.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace relevo::cli {

namespace {

using Json = nlohmann::ordered_json;
using planner::AgencyRisk;
using planner::DetectionCluster;
using planner::IncidentAssessment;
using planner::LayerImport;
using planner::ScenarioData;

// Beyond this a double no longer holds every whole number.
constexpr double kLargestWhole = 9007199254740992.0;

// A position beyond the list would lead nowhere.
Json import_or_null(const ScenarioData& data, std::size_t import) {
  return import < data.assessment.imports.size() ? Json(import) : Json(nullptr);
}

Json layer_json(const LayerImport& layer) {
  Json reasons = Json::array();
  for (const auto& reason : layer.counts.reasons) {
    reasons.push_back({{"code", reason.code}, {"count", reason.count}, {"examples", reason.examples}});
  }
  return {{"name", layer.name},
          {"theme", theme_id(layer.theme)},
          {"file", layer.file},
          {"sha256", layer.sha256},
          {"source", text_or_null(layer.source)},
          {"as_of", text_or_null(layer.as_of)},
          {"profile", text_or_null(layer.profile)},
          {"format", text_or_null(layer.format)},
          {"crs", text_or_null(layer.crs)},
          {"read", layer.counts.read},
          {"kept", layer.counts.kept},
          {"repaired", layer.counts.repaired},
          {"refused", layer.counts.refused},
          {"reasons", reasons}};
}

Json parts_json(const IncidentAssessment& incident) {
  Json out = Json::array();
  for (const auto& part : incident.parts) {
    out.push_back({{"part", part.part},
                   {"value", part.known ? json_number(part.value) : Json(nullptr)},
                   {"score", json_number(part.score)},
                   {"weight", json_number(part.weight)},
                   {"points", json_number(part.weight * part.score)}});
  }
  return out;
}

Json places_json(const IncidentAssessment& incident) {
  Json out = Json::array();
  for (const auto& place : incident.places) {
    out.push_back({{"name", place.name},
                   {"population", place.population},
                   {"distance_km", json_number(place.distance_km)},
                   {"bearing_deg", json_number(place.bearing_deg)}});
  }
  return out;
}

Json danger_json(const ScenarioData& data, const IncidentAssessment& incident) {
  Json out = Json::array();
  for (const auto& sample : incident.danger) {
    out.push_back({{"layer", import_or_null(data, sample.import)},
                   {"variable", sample.variable},
                   {"min", json_number(sample.min)},
                   {"mean", json_number(sample.mean)},
                   {"max", json_number(sample.max)},
                   {"pixels", sample.pixels}});
  }
  return out;
}

Json overlaps_json(const ScenarioData& data, const IncidentAssessment& incident) {
  Json out = Json::array();
  for (const auto& overlap : incident.overlaps) {
    out.push_back({{"layer", import_or_null(data, overlap.import)},
                   {"theme", theme_id(overlap.theme)},
                   {"name", overlap.name},
                   {"detail", text_or_null(overlap.detail)},
                   {"distance_km", json_number(overlap.distance_km)}});
  }
  return out;
}

Json links_json(const ScenarioData& data, const IncidentAssessment& incident) {
  Json out = Json::array();
  for (const auto& link : incident.links) {
    out.push_back({{"layer", import_or_null(data, link.import)},
                   {"key", link.key},
                   {"rule", link.rule},
                   {"distance_km", json_number(link.distance_km)}});
  }
  return out;
}

Json incident_json(const ScenarioData& data, const IncidentAssessment& assessed) {
  const auto& incident = data.incidents[assessed.incident];
  Json out = Json::object();
  out["incident_id"] = incident.id;
  out["name"] = incident.name;
  out["hazard"] = incident.hazard;
  out["lon"] = json_number(incident.point.lon);
  out["lat"] = json_number(incident.point.lat);
  out["from_layer"] = assessed.from_layer;
  out["priority"] = assessed.priority;
  out["score"] = json_number(assessed.score);
  out["parts"] = parts_json(assessed);
  out["area_ha"] = assessed.area_ha > 0.0 ? json_number(assessed.area_ha) : Json(nullptr);
  out["area_source"] = text_or_null(assessed.area_source);
  out["growth_ha_per_day"] = json_number(assessed.growth_ha_per_day);
  out["people_within_km"] = {
      {"10", assessed.people_within[0]}, {"25", assessed.people_within[1]}, {"50", assessed.people_within[2]}};
  out["people_source"] = text_or_null(assessed.people_source);
  out["places"] = places_json(assessed);
  out["danger"] = danger_json(data, assessed);
  out["overlaps"] = overlaps_json(data, assessed);
  out["airport"] = text_or_null(assessed.airport);
  out["airport_km"] = assessed.airport.empty() ? Json(nullptr) : json_number(assessed.airport_km);
  out["links"] = links_json(data, assessed);
  return out;
}

Json cluster_json(const ScenarioData& data, const DetectionCluster& cluster) {
  return {{"cluster_id", cluster.id},
          {"lon", json_number(cluster.centre.lon)},
          {"lat", json_number(cluster.centre.lat)},
          {"first", format_instant(cluster.first)},
          {"last", format_instant(cluster.last)},
          {"detections", cluster.detections},
          {"frp_mw", json_number(cluster.frp_mw)},
          {"incident_id", cluster.incident ? Json(data.incidents[*cluster.incident].id) : Json(nullptr)},
          {"rule", text_or_null(cluster.rule)},
          {"distance_km", json_number(cluster.distance_km)},
          {"nearest_place", text_or_null(cluster.nearest_place)}};
}

Json input_or_null(int value) {
  return value == 0 ? Json(nullptr) : Json(value);
}

Json risk_json(const ScenarioData& data, const AgencyRisk& risk) {
  return {{"agency", data.agencies[risk.agency].id},
          {"day", planner::format_day(risk.day)},
          {"danger", input_or_null(risk.danger)},
          {"fire_load", input_or_null(risk.fire_load)},
          {"anticipated_load", input_or_null(risk.anticipated_load)},
          {"resource_level", input_or_null(risk.resource_level)},
          {"ability_to_respond", input_or_null(risk.ability_to_respond)},
          {"danger_value", json_number(risk.danger_value)},
          {"fire_load_value", json_number(risk.fire_load_value)},
          {"level", input_or_null(risk.level)},
          {"given", risk.given}};
}

}  // namespace

Json json_number(double value) {
  if (!std::isfinite(value)) {
    return nullptr;
  }
  if (std::abs(value) < kLargestWhole && std::floor(value) == value) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

Json assessment_json(const ReportInput& input) {
  const auto& data = input.scenario.data();
  const auto& assessment = data.assessment;
  Json layers = Json::array();
  for (const auto& layer : assessment.imports) {
    layers.push_back(layer_json(layer));
  }
  Json incidents = Json::array();
  for (const auto& incident : assessment.incidents) {
    incidents.push_back(incident_json(data, incident));
  }
  Json clusters = Json::array();
  for (const auto& cluster : assessment.clusters) {
    clusters.push_back(cluster_json(data, cluster));
  }
  Json risks = Json::array();
  for (const auto& risk : assessment.risks) {
    risks.push_back(risk_json(data, risk));
  }
  return {{"layers", layers}, {"incidents", incidents}, {"clusters", clusters}, {"risks", risks}};
}

}  // namespace relevo::cli
