// SPDX-License-Identifier: MIT
// What an earlier plan announced and what has not begun.
#include "planner/model/load_context.hpp"

namespace relevo::planner::detail {

namespace {

/// The agency that a line is for, or the one that is named.
std::optional<AgencyIndex> borrower_of(const LoadContext& context, const std::optional<RequestIndex>& request,
                                       const std::optional<AgencyIndex>& named) {
  return request ? std::optional(context.data.requests[*request].borrower) : named;
}

void load_announcement(Record& record, LoadContext& context) {
  Announcement a;
  if (const auto unit = resolve(context, record, "unit_id", "units", context.units))
    a.unit = *unit;
  a.quantity = record.integer("quantity").value_or(1);
  a.request = resolve(context, record, "request_id", "requests", context.requests);
  a.last_request =
      record.has("last_request") ? resolve(context, record, "last_request", "requests", context.requests) : a.request;
  const auto named = resolve_agency(context, record, "borrower");
  const auto borrower = borrower_of(context, a.request, named);
  const auto last_borrower = borrower_of(context, a.last_request, named);
  if (borrower && last_borrower) {
    a.borrower = *borrower;
    a.last_borrower = *last_borrower;
  } else if (record.valid()) {
    record.report(context.diagnostics, Severity::Error, "borrower", "commitment.borrower");
  }
  a.depart = record.day("depart").value_or(kFirstDay);
  a.home = record.day("home").value_or(a.depart);
  if (record.has("depart") && record.has("home") && a.home < a.depart)
    record.report(context.diagnostics, Severity::Error, "home", "table.date_order",
                  {{"earlier", "depart"}, {"date", record.written("depart")}});
  if (const auto agreement = resolve_agreement(context, record, "agreement", a.depart))
    a.agreement = *agreement;
  a.firm = record.text("phase") == "firm";
  a.from = provenance_of(record);
  if (record.valid())
    context.data.announcements.push_back(std::move(a));
}

}  // namespace

const TableSpec& announcements_table() {
  static const TableSpec kTable{
      .name = "announcements",
      .about = "Deployments that an earlier plan announced and that have not begun; changing them has a price.",
      .columns = with_provenance({
          {.name = "unit_id",
           .type = CellType::Reference,
           .required = true,
           .about = "which roster row",
           .aliases = {"unit"},
           .refers_to = "units"},
          {.name = "quantity",
           .type = CellType::Integer,
           .about = "how many of its identical units",
           .unit = "units",
           .default_value = "1",
           .least = 1},
          {.name = "agreement",
           .required = true,
           .about = "agreement id, or a family with an edition in force on `depart`",
           .aliases = {"agreement_id", "channel"}},
          {.name = "request_id",
           .type = CellType::Reference,
           .about = "line it goes to first",
           .default_value = "none: escorts",
           .aliases = {"request"},
           .refers_to = "requests"},
          {.name = "last_request",
           .type = CellType::Reference,
           .about = "line it comes home from",
           .default_value = "`request_id`",
           .refers_to = "requests"},
          {.name = "borrower",
           .type = CellType::Reference,
           .about = "borrowing agency",
           .default_value = "of the request",
           .aliases = {"agency", "borrowing_agency"},
           .refers_to = "agencies"},
          {.name = "depart", .type = CellType::Date, .required = true, .about = "day it leaves home"},
          {.name = "home",
           .type = CellType::Date,
           .required = true,
           .about = "day it arrives home",
           .aliases = {"return"}},
          {.name = "phase",
           .type = CellType::Word,
           .about = "how it was announced",
           .default_value = "outlook",
           .words = {"firm", "outlook"}},
      })};
  return kTable;
}

void load_announcements(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records)
    load_announcement(record, context);
}

}  // namespace relevo::planner::detail
