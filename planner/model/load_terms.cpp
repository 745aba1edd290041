// SPDX-License-Identifier: MIT
// What bears on many deployments at once: units that are down, consents to move on, recalls, lifts.
#include "planner/model/load_context.hpp"

#include <algorithm>

namespace relevo::planner::detail {

namespace {

ColumnSpec first_day() {
  return {.name = "from",
          .type = CellType::Date,
          .about = "first day",
          .default_value = "always",
          .aliases = {"desde", "de"}};
}

ColumnSpec last_day() {
  return {.name = "to",
          .type = CellType::Date,
          .about = "last day, inclusive",
          .default_value = "always",
          .aliases = {"hasta"}};
}

ColumnSpec channel(std::string_view default_value) {
  return {.name = "channel",
          .about = "agreement id or family it is about",
          .default_value = default_value,
          .aliases = {"agreement"}};
}

ColumnSpec lender(std::string_view about) {
  return {.name = "agency",
          .type = CellType::Reference,
          .required = true,
          .about = about,
          .aliases = {"agency_id", "lender"},
          .refers_to = "agencies"};
}

/// Ascending and disjoint: rows that touch or overlap become one period.
void add_period(std::vector<DayInterval>& periods, const DayInterval& period) {
  periods.push_back(period);
  std::ranges::sort(periods, {}, &DayInterval::first);
  std::vector<DayInterval> merged;
  for (const auto& next : periods) {
    if (!merged.empty() && next.first <= merged.back().last)
      merged.back().last = std::max(merged.back().last, next.last);
    else
      merged.push_back(next);
  }
  periods = std::move(merged);
}

/// Whole days that a recall leaves: the longest notice of the agreements it is about.
int notice_days(const ScenarioData& data, const std::string& channel) {
  int hours = 0;
  for (const auto& agreement : data.agreements) {
    const bool meant = channel.empty() ? !agreement.own_forces : channel == agreement.id || channel == agreement.family;
    if (meant)
      hours = std::max(hours, agreement.recall_notice_hours.value.value_or(0));
  }
  return (hours + 23) / 24;
}

}  // namespace

const TableSpec& unavailable_table() {
  static const TableSpec kTable{
      .name = "unavailable",
      .about = "Periods in which a unit is down (repair, training, leave): neither available nor away.",
      .columns = with_provenance({
          {.name = "unit_id",
           .type = CellType::Reference,
           .required = true,
           .about = "which roster row; all of its identical units",
           .aliases = {"unit"},
           .refers_to = "units"},
          first_day(),
          last_day(),
          {.name = "reason", .about = "why", .default_value = "none"},
      })};
  return kTable;
}

void load_unavailable(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto unit = resolve(context, record, "unit_id", "units", context.units);
    const auto period = interval_of(context, record, "from", "to");
    if (unit && record.valid())
      add_period(context.data.units[*unit].down, period);
  }
}

const TableSpec& consents_table() {
  static const TableSpec kTable{
      .name = "consents",
      .about = "A lender lets its units move on to another borrower of the agreement they are lent under.",
      .columns = with_provenance({
          lender("the lender"),
          {.name = "borrower",
           .type = CellType::Reference,
           .required = true,
           .about = "the borrower they may move on to",
           .aliases = {"borrowing_agency"},
           .refers_to = "agencies"},
          channel("any"),
      })};
  return kTable;
}

void load_consents(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto agency = resolve_agency(context, record, "agency");
    const auto borrower = resolve_agency(context, record, "borrower");
    const auto word = checked_channel(context, record, "channel");
    if (agency && borrower && record.valid())
      context.data.consents.push_back({*agency, *borrower, word, provenance_of(record)});
  }
}

const TableSpec& recalls_table() {
  static const TableSpec kTable{.name = "recalls",
                                .about = "A lender calls all its units back: after the notice none of them works on.",
                                .columns = with_provenance({
                                    lender("the lender"),
                                    channel("all but own forces"),
                                    {.name = "date",
                                     .type = CellType::Date,
                                     .required = true,
                                     .about = "day it was said; the agreement's recall notice is added",
                                     .aliases = {"when", "fecha"}},
                                    {.name = "reason", .about = "why", .default_value = "none"},
                                })};
  return kTable;
}

void load_recalls(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto agency = resolve_agency(context, record, "agency");
    const auto word = checked_channel(context, record, "channel");
    const auto day = record.day("date");
    if (!agency || !day || !record.valid())
      continue;
    context.data.recalls.push_back({.lender = *agency,
                                    .channel = word,
                                    .day = *day,
                                    .effective = *day + Days{notice_days(context.data, word)},
                                    .reason = record.text("reason"),
                                    .from = provenance_of(record)});
  }
}

const TableSpec& lifts_table() {
  static const TableSpec kTable{
      .name = "lifts",
      .about = "Seats between two airports that lenders share. Routes without a row have no limit.",
      .columns = with_provenance({
          {.name = "lift_id",
           .type = CellType::Identifier,
           .required = true,
           .about = "published id",
           .aliases = {"lift", "id"}},
          {.name = "from_airport", .required = true, .about = "ICAO code", .aliases = {"origin"}},
          {.name = "to_airport", .required = true, .about = "ICAO code", .aliases = {"destination"}},
          first_day(),
          last_day(),
          {.name = "seats",
           .type = CellType::Integer,
           .required = true,
           .about = "seats of one use",
           .unit = "people",
           .least = 1,
           .most = 1000},
          {.name = "max_uses",
           .type = CellType::Integer,
           .about = "most uses on one day",
           .default_value = "1",
           .least = 1,
           .most = 100},
          {.name = "cost",
           .type = CellType::Number,
           .about = "of one use",
           .unit = "currency",
           .default_value = "0",
           .least = 0},
          {.name = "currency", .about = "ISO 4217 code of cost", .default_value = "the policy's"},
      })};
  return kTable;
}

void load_lifts(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    Lift lift;
    lift.id = record.text("lift_id");
    lift.from = record.text("from_airport");
    lift.to = record.text("to_airport");
    lift.when = interval_of(context, record, "from", "to");
    lift.seats = record.integer("seats").value_or(0);
    lift.max_uses = record.integer("max_uses").value_or(1);
    lift.cost = money_of(context, record, "cost", "currency").value_or(Money{});
    lift.provenance = provenance_of(record);
    if (record.valid())
      context.data.lifts.push_back(std::move(lift));
  }
}

}  // namespace relevo::planner::detail
