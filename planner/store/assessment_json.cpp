// SPDX-License-Identifier: MIT
#include "planner/store/assessment_json.hpp"

#include "planner/store/instant_text.hpp"

#include <nlohmann/json.hpp>

namespace relevo::planner {

namespace {

using Json = nlohmann::ordered_json;

Json import_json(const LayerImport& import) {
  return {{"name", import.name},       {"file", import.file},       {"sha256", import.sha256},
          {"source", import.source},   {"as_of", import.as_of},     {"theme", geo::word_of(import.theme)},
          {"profile", import.profile}, {"kept", import.counts.kept}};
}

std::string import_name(const Assessment& assessment, std::size_t import) {
  return import < assessment.imports.size() ? assessment.imports[import].name : std::string{};
}

Json links_json(const Assessment& assessment, const IncidentAssessment& incident) {
  auto list = Json::array();
  for (const auto& link : incident.links)
    list.push_back({{"layer", import_name(assessment, link.import)},
                    {"key", link.key},
                    {"rule", link.rule},
                    {"distance_km", link.distance_km}});
  return list;
}

Json places_json(const IncidentAssessment& incident) {
  auto list = Json::array();
  for (const auto& place : incident.places)
    list.push_back({{"name", place.name},
                    {"population", place.population},
                    {"distance_km", place.distance_km},
                    {"bearing_deg", place.bearing_deg}});
  return list;
}

Json danger_json(const Assessment& assessment, const IncidentAssessment& incident) {
  auto list = Json::array();
  for (const auto& sample : incident.danger)
    list.push_back({{"layer", import_name(assessment, sample.import)},
                    {"variable", sample.variable},
                    {"min", sample.min},
                    {"mean", sample.mean},
                    {"max", sample.max},
                    {"pixels", sample.pixels}});
  return list;
}

Json overlaps_json(const Assessment& assessment, const IncidentAssessment& incident) {
  auto list = Json::array();
  for (const auto& overlap : incident.overlaps)
    list.push_back({{"layer", import_name(assessment, overlap.import)},
                    {"theme", geo::word_of(overlap.theme)},
                    {"name", overlap.name},
                    {"detail", overlap.detail},
                    {"distance_km", overlap.distance_km}});
  return list;
}

Json parts_json(const IncidentAssessment& incident) {
  auto list = Json::array();
  for (const auto& part : incident.parts)
    list.push_back({{"part", part.part},
                    {"value", part.value},
                    {"score", part.score},
                    {"weight", part.weight},
                    {"known", part.known}});
  return list;
}

Json incident_json(const ScenarioData& data, const IncidentAssessment& incident) {
  const auto& assessment = data.assessment;
  return {{"incident_id", data.incidents[incident.incident].id},
          {"priority", incident.priority},
          {"score", incident.score},
          {"from_layer", incident.from_layer},
          {"area_ha", incident.area_ha},
          {"area_source", incident.area_source},
          {"growth_ha_per_day", incident.growth_ha_per_day},
          {"people_within", incident.people_within},
          {"people_source", incident.people_source},
          {"airport", incident.airport},
          {"airport_km", incident.airport_km},
          {"parts", parts_json(incident)},
          {"links", links_json(assessment, incident)},
          {"places", places_json(incident)},
          {"danger", danger_json(assessment, incident)},
          {"overlaps", overlaps_json(assessment, incident)}};
}

Json cluster_json(const ScenarioData& data, const DetectionCluster& cluster) {
  return {{"cluster_id", cluster.id},
          {"lon", cluster.centre.lon},
          {"lat", cluster.centre.lat},
          {"first", instant_text(cluster.first)},
          {"last", instant_text(cluster.last)},
          {"detections", cluster.detections},
          {"frp_mw", cluster.frp_mw},
          {"incident_id", cluster.incident ? Json(data.incidents[*cluster.incident].id) : Json()},
          {"rule", cluster.rule},
          {"distance_km", cluster.distance_km},
          {"nearest_place", cluster.nearest_place}};
}

Json risk_json(const ScenarioData& data, const AgencyRisk& risk) {
  return {{"agency_id", data.agencies[risk.agency].id},
          {"day", format_day(risk.day)},
          {"level", risk.level},
          {"given", risk.given},
          {"danger", risk.danger},
          {"fire_load", risk.fire_load},
          {"anticipated_load", risk.anticipated_load},
          {"resource_level", risk.resource_level},
          {"ability_to_respond", risk.ability_to_respond},
          {"danger_value", risk.danger_value},
          {"fire_load_value", risk.fire_load_value},
          {"hazard_floor", risk.hazard_floor}};
}

}  // namespace

std::string assessment_json(const ScenarioData& data) {
  Json json{
      {"imports", Json::array()}, {"incidents", Json::array()}, {"clusters", Json::array()}, {"risks", Json::array()}};
  for (const auto& import : data.assessment.imports)
    json["imports"].push_back(import_json(import));
  for (const auto& incident : data.assessment.incidents)
    json["incidents"].push_back(incident_json(data, incident));
  for (const auto& cluster : data.assessment.clusters)
    json["clusters"].push_back(cluster_json(data, cluster));
  for (const auto& risk : data.assessment.risks)
    json["risks"].push_back(risk_json(data, risk));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace relevo::planner
