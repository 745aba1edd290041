// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

#include <fmt/format.h>

namespace relevo::planner::detail {

namespace {

Commitment::Status status_of(const std::string& word) {
  if (word == "planned")
    return Commitment::Status::Planned;
  if (word == "mobilizing")
    return Commitment::Status::Mobilizing;
  if (word == "demobilizing")
    return Commitment::Status::Demobilizing;
  return Commitment::Status::OnIncident;
}

void set_borrower(Commitment& commitment, Record& record, LoadContext& context) {
  const auto named = resolve_agency(context, record, "borrower");
  std::optional<AgencyIndex> derived;
  if (commitment.request)
    derived = context.data.requests[*commitment.request].borrower;
  if (!derived && commitment.incident)
    derived = context.data.incidents[*commitment.incident].agency;
  if (named && derived && *named != *derived)
    record.report(context.diagnostics, Severity::Warning, "borrower", "commitment.borrower_differs",
                  {{"other", context.data.agencies[*derived].id}});
  if (named || derived)
    commitment.borrower = named ? *named : *derived;
  else if (record.valid())
    record.report(context.diagnostics, Severity::Error, "borrower", "commitment.borrower");
}

/// Faults of the order depart, first_line_day, release, home; a later date of an empty cell is no fault.
void check_order(Record& record, LoadContext& context) {
  std::string_view earlier = "depart";
  for (const std::string_view column : {"first_line_day", "release", "home"}) {
    const auto first = record.day(earlier);
    const auto second = record.day(column);
    if (first && second && *second < *first)
      record.report(context.diagnostics, Severity::Error, column, "table.date_order",
                    {{"earlier", std::string(earlier)}, {"date", record.written(earlier)}});
    if (second)
      earlier = column;
  }
}

void set_days(Commitment& commitment, OpenCommitment& open, Record& record, LoadContext& context) {
  check_order(record, context);
  commitment.depart = record.day("depart").value_or(kFirstDay);
  commitment.release = record.day("release").value_or(kFirstDay);
  commitment.first_line_day = record.day("first_line_day").value_or(commitment.depart);
  commitment.home = record.day("home").value_or(commitment.release);
  open.first_line_day_open = !record.has("first_line_day");
  open.home_open = !record.has("home");
}

void set_ordinals(Commitment& commitment, OpenCommitment& open, Record& record, LoadContext& context) {
  if (!record.valid())
    return;
  const auto& unit = context.data.units[commitment.unit];
  if (record.has("ordinal") && record.has("quantity")) {
    record.report(context.diagnostics, Severity::Error, "quantity", "commitment.ordinal_and_quantity");
    return;
  }
  const std::string_view column = record.has("ordinal") ? "ordinal" : "quantity";
  const int number = record.integer(column).value_or(1);
  if (number > unit.count) {
    record.report(context.diagnostics, Severity::Error, column, "commitment.count",
                  {{"unit", unit.id}, {"count", std::to_string(unit.count)}});
    return;
  }
  if (record.has("ordinal"))
    commitment.ordinals = {number};
  else
    open.quantity = number;
}

void load_commitment(Record& record, LoadContext& context) {
  Commitment commitment;
  OpenCommitment open;
  open.place = record.place("home");
  commitment.id = record.has("commitment_id") ? record.text("commitment_id") : fmt::format("row-{}", record.line());
  if (const auto unit = resolve(context, record, "unit_id", "units", context.units))
    commitment.unit = *unit;
  commitment.request = resolve(context, record, "request_id", "requests", context.requests);
  commitment.incident = resolve(context, record, "incident_id", "incidents", context.incidents);
  if (!commitment.incident && commitment.request)
    commitment.incident = context.data.requests[*commitment.request].incident;
  set_borrower(commitment, record, context);
  set_days(commitment, open, record, context);
  if (const auto agreement = resolve_agreement(context, record, "agreement", commitment.depart))
    commitment.agreement = *agreement;
  commitment.status = status_of(record.text("status"));
  commitment.from = provenance_of(record);
  set_ordinals(commitment, open, record, context);
  if (!record.valid())
    return;
  open.index = context.data.commitments.size();
  if (open.quantity > 0 || open.home_open || open.first_line_day_open)
    context.open_commitments.push_back(open);
  context.data.commitments.push_back(std::move(commitment));
}

}  // namespace

const TableSpec& commitments_table() {
  static const TableSpec kTable{
      .name = "commitments",
      .about = "Assignments already made; the plan keeps them.",
      .columns = with_provenance({
          {.name = "unit_id",
           .type = CellType::Reference,
           .required = true,
           .about = "which roster row",
           .aliases = {"unit"},
           .refers_to = "units"},
          {.name = "commitment_id",
           .type = CellType::Identifier,
           .about = "published id",
           .default_value = "row-N, the line of the file",
           .aliases = {"id"}},
          {.name = "ordinal", .type = CellType::Integer, .about = "which of the row's identical units", .least = 1},
          {.name = "quantity",
           .type = CellType::Integer,
           .about = "how many of them, instead of `ordinal`: free ones are taken in order",
           .unit = "units",
           .default_value = "1",
           .least = 1},
          {.name = "agreement",
           .required = true,
           .about = "agreement id, or a family with an edition in force on `depart`",
           .aliases = {"agreement_id", "channel"}},
          {.name = "request_id",
           .type = CellType::Reference,
           .about = "line it serves",
           .default_value = "none",
           .aliases = {"request"},
           .refers_to = "requests"},
          {.name = "incident_id",
           .type = CellType::Reference,
           .about = "where it is",
           .default_value = "the request's incident",
           .aliases = {"incident"},
           .refers_to = "incidents"},
          {.name = "borrower",
           .type = CellType::Reference,
           .about = "borrowing agency",
           .default_value = "of the request, or of the incident",
           .aliases = {"agency", "borrowing_agency"},
           .refers_to = "agencies"},
          {.name = "depart", .type = CellType::Date, .required = true, .about = "day it leaves home"},
          {.name = "first_line_day",
           .type = CellType::Date,
           .about = "first line day",
           .default_value = "after the journey and the agreement's orientation"},
          {.name = "release",
           .type = CellType::Date,
           .required = true,
           .about = "first day no longer at the incident: the day it leaves"},
          {.name = "home",
           .type = CellType::Date,
           .about = "day it arrives home",
           .default_value = "release + days of the journey - 1",
           .aliases = {"return"}},
          {.name = "status",
           .type = CellType::Word,
           .about = "how far it is",
           .default_value = "on-incident",
           .words = {"planned", "mobilizing", "on-incident", "demobilizing"}},
      })};
  return kTable;
}

void load_commitments(std::vector<Record>& records, LoadContext& context) {
  std::map<std::string, std::size_t> line_of;
  for (auto& record : records) {
    if (const auto id = record.text("commitment_id"); !id.empty()) {
      const auto [it, is_new] = line_of.emplace(id, record.line());
      if (!is_new)
        record.report(context.diagnostics, Severity::Error, "commitment_id", "table.duplicate_id",
                      {{"line", std::to_string(it->second)}});
    }
    load_commitment(record, context);
  }
}

}  // namespace relevo::planner::detail
