// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

namespace relevo::planner::detail {

const TableSpec& bases_table() {
  static const TableSpec kTable{
      .name = "bases",
      .required = true,
      .about = "Where units live and leave from.",
      .columns = with_provenance({
          {.name = "base_id",
           .type = CellType::Identifier,
           .required = true,
           .about = "published id",
           .aliases = {"base", "id"}},
          {.name = "name", .about = "name", .default_value = "the id", .aliases = {"nombre", "nom"}},
          {.name = "agency",
           .type = CellType::Reference,
           .required = true,
           .about = "whose base it is",
           .aliases = {"agency_id"},
           .refers_to = "agencies"},
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
          {.name = "airport",
           .about = "ICAO code of the airport its people fly from",
           .default_value = "the nearest suitable one",
           .aliases = {"icao", "nearest_airport"}},
      })};
  return kTable;
}

void load_bases(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    Base base;
    base.id = record.text("base_id");
    base.name = record.has("name") ? record.text("name") : base.id;
    if (const auto agency = resolve_agency(context, record, "agency"))
      base.agency = *agency;
    base.point = {record.number("lon").value_or(0.0), record.number("lat").value_or(0.0)};
    base.airport = record.text("airport");
    context.bases.add(base.id, record.valid() ? std::optional(context.data.bases.push(base)) : std::nullopt);
  }
}

}  // namespace relevo::planner::detail
