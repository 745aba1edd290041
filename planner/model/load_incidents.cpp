// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

#include <algorithm>

namespace relevo::planner::detail {

namespace {

std::optional<Incident> make_incident(Record& record, LoadContext& context) {
  Incident incident;
  incident.id = record.text("incident_id");
  incident.name = record.has("name") ? record.text("name") : incident.id;
  if (const auto agency = resolve_agency(context, record, "agency"))
    incident.agency = *agency;
  if (record.has("hazard"))
    incident.hazard = record.text("hazard");
  incident.point = {record.number("lon").value_or(0.0), record.number("lat").value_or(0.0)};
  incident.discovered = record.day("discovered");
  incident.stage_of_control = record.text("stage_of_control");
  incident.capacity_persons = record.integer("capacity_persons");
  incident.fire_behaviour = fire_behaviour_of(record.text("fire_behaviour"));
  incident.from = provenance_of(record);
  if (const auto hectares = record.number("area_ha"))
    incident.areas.push_back({context.data.as_of, geo::Area::from_hectares(*hectares), incident.from.source});
  if (!record.valid())
    return std::nullopt;
  return incident;
}

}  // namespace

const TableSpec& incidents_table() {
  static const TableSpec kTable{
      .name = "incidents",
      .required = true,
      .about = "Fires and other disasters that units are sent to.",
      .columns = with_provenance({
          {.name = "incident_id",
           .type = CellType::Identifier,
           .required = true,
           .about = "published id",
           .aliases = {"incident", "id"}},
          {.name = "name", .about = "name", .default_value = "the id", .aliases = {"nombre", "nom"}},
          {.name = "agency",
           .type = CellType::Reference,
           .required = true,
           .about = "the agency that owns it",
           .aliases = {"agency_id"},
           .refers_to = "agencies"},
          {.name = "hazard",
           .type = CellType::Word,
           .about = "what it is",
           .default_value = "wildfire",
           .words = {"wildfire", "flood", "earthquake", "cyclone", "tsunami", "volcano", "landslide", "storm",
                     "drought", "heat", "industrial", "other"},
           .aliases = {"peligro"}},
          {.name = "lon",
           .type = CellType::Number,
           .required = true,
           .about = "place, WGS 84",
           .unit = "degrees east",
           .least = -180,
           .most = 180,
           .aliases = {"longitude", "longitud"}},
          {.name = "lat",
           .type = CellType::Number,
           .required = true,
           .about = "place, WGS 84",
           .unit = "degrees north",
           .least = -90,
           .most = 90,
           .aliases = {"latitude", "latitud"}},
          {.name = "discovered",
           .type = CellType::Date,
           .about = "day it was discovered",
           .default_value = "not known"},
          {.name = "area_ha",
           .type = CellType::Number,
           .about = "area on the planning date",
           .unit = "hectares",
           .default_value = "not known",
           .least = 0},
          {.name = "stage_of_control",
           .about = "as the agency reports it, for example OC, BH, UC, OUT",
           .default_value = "not known"},
          {.name = "capacity_persons",
           .type = CellType::Integer,
           .about = "most people it can take on one day",
           .unit = "people",
           .default_value = "no limit",
           .least = 0},
          {.name = "fire_behaviour",
           .type = CellType::Word,
           .about = "what units there face",
           .default_value = "not stated: every type may go",
           .words = {"low", "moderate", "high", "extreme"}},
      })};
  return kTable;
}

void load_incidents(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto incident = make_incident(record, context);
    context.incidents.add(record.text("incident_id"),
                          incident ? std::optional(context.data.incidents.push(*incident)) : std::nullopt);
  }
}

const TableSpec& incident_areas_table() {
  static const TableSpec kTable{.name = "incident_areas",
                                .about = "Area of an incident over time.",
                                .columns = with_provenance({
                                    {.name = "incident_id",
                                     .type = CellType::Reference,
                                     .required = true,
                                     .about = "which incident",
                                     .aliases = {"incident"},
                                     .refers_to = "incidents"},
                                    {.name = "date",
                                     .type = CellType::Date,
                                     .required = true,
                                     .about = "day of the report",
                                     .aliases = {"fecha"}},
                                    {.name = "area_ha",
                                     .type = CellType::Number,
                                     .required = true,
                                     .about = "reported area",
                                     .unit = "hectares",
                                     .least = 0},
                                })};
  return kTable;
}

void load_incident_areas(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto incident = resolve(context, record, "incident_id", "incidents", context.incidents);
    const auto day = record.day("date");
    const auto hectares = record.number("area_ha");
    if (!incident || !day || !hectares)
      continue;
    context.data.incidents[*incident].areas.push_back(
        {*day, geo::Area::from_hectares(*hectares), record.text("source")});
  }
  for (auto& incident : context.data.incidents)
    std::ranges::stable_sort(incident.areas, {}, &AreaReport::day);
}

}  // namespace relevo::planner::detail
