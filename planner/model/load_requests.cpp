// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

namespace relevo::planner::detail {

namespace {

void set_place(Request& request, Record& record, LoadContext& context) {
  const auto incident = resolve(context, record, "incident", "incidents", context.incidents);
  const auto agency = resolve_agency(context, record, "agency");
  request.incident = incident;
  if (agency)
    request.borrower = *agency;
  else if (incident)
    request.borrower = context.data.incidents[*incident].agency;
  else if (!record.has("incident") && !record.has("agency"))
    record.report(context.diagnostics, Severity::Error, "incident", "request.place");
}

void set_need(Request& request, Record& record, LoadContext& context) {
  request.need = interval_of(context, record, "from", "to");
  const auto& horizon = context.data.horizon;
  if (!record.valid() || !record.has("from") || !record.has("to"))
    return;
  if (request.need.last <= horizon.first || request.need.first >= horizon.last())
    record.report(context.diagnostics, Severity::Warning, "from", "request.outside_horizon",
                  {{"first", format_day(horizon.first)}, {"last", format_day(horizon.last() - Days{1})}});
}

void check_fill(const Request& request, Record& record, LoadContext& context) {
  if (request.unit && (request.quantity != 1 || request.measure != Measure::Units))
    record.report(context.diagnostics, Severity::Error, "quantity", "request.named_quantity");
  if (request.min_fill > request.quantity)
    record.report(context.diagnostics, Severity::Warning, "min_fill", "request.min_fill",
                  {{"quantity", std::to_string(request.quantity)}});
}

struct LoadedRequest {
  Request request;
  bool automatic_priority = false;
};

std::optional<LoadedRequest> make_request(Record& record, LoadContext& context) {
  LoadedRequest loaded;
  Request& request = loaded.request;
  request.id = record.text("request_id");
  set_place(request, record, context);
  if (const auto kind = resolve_kind(context, record, EmptyType::Lowest)) {
    request.kind = kind->kind;
    request.type = kind->type;
    request.rank = kind->rank;
  }
  request.quantity = record.integer("quantity").value_or(1);
  request.measure = record.text("measure") == "people" ? Measure::People : Measure::Units;
  set_need(request, record, context);
  loaded.automatic_priority = record.text("priority") == "auto";
  request.automatic_priority = loaded.automatic_priority;
  request.priority = parse_integer(record.text("priority")).value_or(request.priority);
  request.languages = checked_languages(context, record, "languages");
  request.qualifications = sorted_words(record.list("qualifications"));
  request.channel = checked_channel(context, record, "channel");
  request.unit = resolve(context, record, "unit", "units", context.units);
  request.min_fill = record.integer("min_fill").value_or(1);
  request.package = record.text("package");
  request.fire_behaviour = fire_behaviour_of(record.text("fire_behaviour"));
  request.handover = record.text("handover") == "yes";
  request.note = record.text("note");
  request.from = provenance_of(record);
  if (!record.valid())
    return std::nullopt;
  check_fill(request, record, context);
  if (!record.valid())
    return std::nullopt;
  return loaded;
}

}  // namespace

const TableSpec& requests_table() {
  static const TableSpec kTable{
      .name = "requests",
      .required = true,
      .about = "Order lines: somebody wants a quantity of a kind from a first to a last day.",
      .columns = with_provenance({
          {.name = "request_id",
           .type = CellType::Identifier,
           .required = true,
           .about = "published id, as C-12",
           .aliases = {"request", "id", "solicitud"}},
          {.name = "incident",
           .type = CellType::Reference,
           .about = "where it is needed",
           .default_value = "the borrowing agency as a whole",
           .aliases = {"incident_id"},
           .refers_to = "incidents"},
          {.name = "agency",
           .type = CellType::Reference,
           .about = "the borrowing agency",
           .default_value = "the agency that owns the incident",
           .aliases = {"borrower", "agency_id", "borrowing_agency"},
           .refers_to = "agencies"},
          {.name = "kind",
           .required = true,
           .about = "kind of data/reference/kinds.toml, or an alias that implies a type",
           .aliases = {"clase"}},
          {.name = "type",
           .about = "lowest acceptable type",
           .default_value = "the alias's type, or the least capable one",
           .aliases = {"tipo"}},
          {.name = "quantity",
           .type = CellType::Integer,
           .required = true,
           .about = "how many, in `measure`",
           .least = 1,
           .most = 1000000,
           .aliases = {"cantidad", "quantite"}},
          {.name = "measure",
           .type = CellType::Word,
           .about = "what quantity counts",
           .default_value = "units",
           .words = {"units", "people"}},
          {.name = "from",
           .type = CellType::Date,
           .required = true,
           .about = "first day needed",
           .aliases = {"needed_from", "desde", "de"}},
          {.name = "to",
           .type = CellType::Date,
           .required = true,
           .about = "last day needed, inclusive",
           .aliases = {"needed_to", "hasta"}},
          {.name = "priority",
           .type = CellType::Word,
           .about = "1 highest ... 5, or auto: from the assessment",
           .default_value = "3",
           .words = {"1", "2", "3", "4", "5", "auto"},
           .aliases = {"prioridad", "priorite"}},
          {.name = "languages",
           .type = CellType::List,
           .about = "the unit speaks one of them, as en;fr",
           .default_value = "no rule",
           .aliases = {"idiomas", "langues"}},
          {.name = "qualifications",
           .type = CellType::List,
           .about = "the unit has all of them",
           .default_value = "none"},
          {.name = "channel",
           .about = "agreement id or family that alone may serve it",
           .default_value = "any",
           .aliases = {"agreement"}},
          {.name = "unit",
           .type = CellType::Reference,
           .about = "named request: this unit only, quantity 1",
           .default_value = "any",
           .aliases = {"unit_id"},
           .refers_to = "units"},
          {.name = "min_fill",
           .type = CellType::Integer,
           .about = "smallest useful quantity on each day it is filled at all, in `measure`",
           .default_value = "1",
           .least = 1,
           .most = 1000000},
          {.name = "package",
           .about = "lines with the same word are filled together or not at all",
           .default_value = "none"},
          {.name = "fire_behaviour",
           .type = CellType::Word,
           .about = "what its units face",
           .default_value = "as at the incident",
           .words = {"low", "moderate", "high", "extreme"}},
          {.name = "handover",
           .type = CellType::Word,
           .about = "whether those who leave should be relieved by somebody who shadowed them",
           .default_value = "no",
           .words = {"yes", "no"}},
      })};
  return kTable;
}

void load_requests(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto loaded = make_request(record, context);
    if (!loaded) {
      context.requests.add(record.text("request_id"), std::nullopt);
      continue;
    }
    const auto index = context.data.requests.push(loaded->request);
    context.requests.add(loaded->request.id, index);
    if (loaded->automatic_priority)
      context.automatic_priorities.push_back(index);
  }
}

}  // namespace relevo::planner::detail
