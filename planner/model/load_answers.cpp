// SPDX-License-Identifier: MIT
// What lenders and coordinators have said: offers, responses, decisions.
#include "planner/model/load_context.hpp"

namespace relevo::planner::detail {

namespace {

Response::Answer answer_of(const std::string& word) {
  if (word == "accepted")
    return Response::Answer::Accepted;
  if (word == "conditional")
    return Response::Answer::Conditional;
  if (word == "declined")
    return Response::Answer::Declined;
  if (word == "recalled")
    return Response::Answer::Recalled;
  return Response::Answer::Asked;
}

void check_decision(const Decision& decision, Record& record, LoadContext& context) {
  if (!record.valid())
    return;
  if (!decision.unit && !decision.agency)
    record.report(context.diagnostics, Severity::Error, "unit", "decision.subject");
  if (decision.action != Decision::Action::Pin)
    return;
  if (!decision.request)
    record.report(context.diagnostics, Severity::Error, "request", "decision.pin_request");
  if (!decision.unit) {
    record.report(context.diagnostics, Severity::Error, "unit", "decision.pin_unit");
    return;
  }
  const int count = context.data.units[*decision.unit].count;
  if (decision.quantity > count)
    record.report(context.diagnostics, Severity::Error, "quantity", "decision.pin_quantity",
                  {{"count", std::to_string(count)}});
}

}  // namespace

const TableSpec& offers_table() {
  static const TableSpec kTable{
      .name = "offers",
      .about = "What a lender has said it can release. An agency without a row for a kind is not limited by offers.",
      .columns = with_provenance({
          {.name = "agency",
           .type = CellType::Reference,
           .required = true,
           .about = "the lender",
           .aliases = {"agency_id", "lender"},
           .refers_to = "agencies"},
          {.name = "kind",
           .required = true,
           .about = "kind of data/reference/kinds.toml, or an alias that implies a type",
           .aliases = {"clase"}},
          {.name = "type", .about = "type of that kind", .default_value = "any", .aliases = {"tipo"}},
          {.name = "quantity",
           .type = CellType::Integer,
           .required = true,
           .about = "most units away at once",
           .unit = "units",
           .least = 0,
           .most = 1000000,
           .aliases = {"cantidad"}},
          {.name = "from",
           .type = CellType::Date,
           .about = "first day",
           .default_value = "always",
           .aliases = {"desde"}},
          {.name = "to",
           .type = CellType::Date,
           .about = "last day, inclusive",
           .default_value = "always",
           .aliases = {"hasta"}},
          {.name = "channel",
           .about = "agreement id or family it is made under",
           .default_value = "any",
           .aliases = {"agreement"}},
          {.name = "conditions", .about = "as the lender put them", .default_value = "none"},
      })};
  return kTable;
}

void load_offers(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    Offer offer;
    if (const auto agency = resolve_agency(context, record, "agency"))
      offer.agency = *agency;
    if (const auto kind = resolve_kind(context, record, EmptyType::Any)) {
      offer.kind = kind->kind;
      offer.type = kind->type;
    }
    offer.quantity = record.integer("quantity").value_or(0);
    offer.when = interval_of(context, record, "from", "to");
    offer.channel = checked_channel(context, record, "channel");
    offer.conditions = record.text("conditions");
    offer.from = provenance_of(record);
    if (record.valid())
      context.data.offers.push_back(std::move(offer));
  }
}

const TableSpec& responses_table() {
  static const TableSpec kTable{.name = "responses",
                                .about = "A lender's answer to a request.",
                                .columns = with_provenance({
                                    {.name = "request",
                                     .type = CellType::Reference,
                                     .required = true,
                                     .about = "which line",
                                     .aliases = {"request_id"},
                                     .refers_to = "requests"},
                                    {.name = "agency",
                                     .type = CellType::Reference,
                                     .required = true,
                                     .about = "who answers",
                                     .aliases = {"agency_id", "lender"},
                                     .refers_to = "agencies"},
                                    {.name = "answer",
                                     .type = CellType::Word,
                                     .required = true,
                                     .about = "what it says",
                                     .words = {"asked", "accepted", "conditional", "declined", "recalled"},
                                     .aliases = {"respuesta", "reponse"}},
                                    {.name = "reason", .about = "why", .default_value = "none"},
                                    {.name = "when",
                                     .type = CellType::Date,
                                     .about = "day of the answer",
                                     .default_value = "not known",
                                     .aliases = {"date"}},
                                })};
  return kTable;
}

void load_responses(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto request = resolve(context, record, "request", "requests", context.requests);
    const auto agency = resolve_agency(context, record, "agency");
    if (!request || !agency || !record.valid())
      continue;
    context.data.responses.push_back({.request = *request,
                                      .agency = *agency,
                                      .answer = answer_of(record.text("answer")),
                                      .reason = record.text("reason"),
                                      .when = record.day("when"),
                                      .from = provenance_of(record)});
  }
}

const TableSpec& decisions_table() {
  static const TableSpec kTable{.name = "decisions",
                                .about = "What the coordinator has pinned or forbidden, and why.",
                                .columns = with_provenance({
                                    {.name = "action",
                                     .type = CellType::Word,
                                     .required = true,
                                     .about = "pin or forbid",
                                     .words = {"pin", "forbid"}},
                                    {.name = "unit",
                                     .type = CellType::Reference,
                                     .about = "which unit; a pin needs one",
                                     .default_value = "every unit of the agency",
                                     .aliases = {"unit_id"},
                                     .refers_to = "units"},
                                    {.name = "agency",
                                     .type = CellType::Reference,
                                     .about = "whose units are forbidden",
                                     .default_value = "none",
                                     .aliases = {"agency_id"},
                                     .refers_to = "agencies"},
                                    {.name = "request",
                                     .type = CellType::Reference,
                                     .about = "on which request; a pin needs one",
                                     .default_value = "all",
                                     .aliases = {"request_id"},
                                     .refers_to = "requests"},
                                    {.name = "quantity",
                                     .type = CellType::Integer,
                                     .about = "units of the row to pin",
                                     .unit = "units",
                                     .default_value = "1",
                                     .least = 1,
                                     .most = 100000},
                                    {.name = "reason", .about = "why", .default_value = "none"},
                                })};
  return kTable;
}

void load_decisions(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    Decision decision;
    decision.action = record.text("action") == "pin" ? Decision::Action::Pin : Decision::Action::Forbid;
    decision.unit = resolve(context, record, "unit", "units", context.units);
    decision.agency = resolve_agency(context, record, "agency");
    decision.request = resolve(context, record, "request", "requests", context.requests);
    decision.quantity = record.integer("quantity").value_or(1);
    decision.reason = record.text("reason");
    check_decision(decision, record, context);
    if (record.valid())
      context.data.decisions.push_back(std::move(decision));
  }
}

}  // namespace relevo::planner::detail
