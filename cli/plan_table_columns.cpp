// SPDX-License-Identifier: MIT
#include "cli/plan_table.hpp"

namespace relevo::cli {

namespace {

using planner::CellType;
using planner::TableSpec;

constexpr int kMostUnits = 10'000;

}  // namespace

const TableSpec& plan_table() {
  static const TableSpec kTable{
      .name = "plan",
      .about = "A plan made by hand: one row per stay of one unit.",
      .columns = {
          {.name = "unit_id",
           .type = CellType::Reference,
           .required = true,
           .about = "which roster row",
           .aliases = {"unit", "unidad", "unite"},
           .refers_to = "units"},
          {.name = "ordinal",
           .type = CellType::Integer,
           .about = "which of the row's identical units",
           .default_value = "one that is free",
           .least = 1},
          {.name = "quantity",
           .type = CellType::Integer,
           .about = "how many of them do the same, instead of `ordinal`",
           .unit = "units",
           .default_value = "1",
           .least = 1,
           .most = kMostUnits,
           .aliases = {"cantidad", "quantite"}},
          {.name = "request_id",
           .type = CellType::Reference,
           .about = "line it serves",
           .default_value = "an escort, who serves none",
           .aliases = {"request", "solicitud", "demande"},
           .refers_to = "requests"},
          {.name = "escort",
           .type = CellType::Word,
           .about = "role of an escort",
           .default_value = "none",
           .words = {"representative", "lead", "interpreter"}},
          {.name = "borrower",
           .type = CellType::Reference,
           .about = "borrowing agency, for escorts",
           .default_value = "of the request",
           .refers_to = "agencies"},
          {.name = "agreement",
           .about = "agreement id",
           .default_value = "the only one under which the unit can go on that day",
           .aliases = {"agreement_id"}},
          {.name = "depart",
           .type = CellType::Date,
           .required = true,
           .about = "day it leaves home",
           .aliases = {"departure", "salida"}},
          {.name = "first_line_day",
           .type = CellType::Date,
           .about = "first line day of the stay",
           .default_value = "after the journey, orientation and shadow day; required of later stays"},
          {.name = "shadow_days",
           .type = CellType::Integer,
           .about = "shadow days before the first line day",
           .default_value = "0",
           .least = 0,
           .most = 1},
          {.name = "release",
           .type = CellType::Date,
           .required = true,
           .about = "day it sets out for home; the last day present where the journey takes none",
           .aliases = {"liberacion", "liberation"}},
          {.name = "home",
           .type = CellType::Date,
           .about = "day it arrives home",
           .default_value = "release + days of the journey - 1",
           .aliases = {"return", "regreso", "retour"}},
          {.name = "days_off_on",
           .type = CellType::List,
           .about = "days off in place: dates and ranges such as 2016-06-19..2016-06-21, or none",
           .default_value = "the agreement's, after each full tour"},
          {.name = "stays",
           .type = CellType::List,
           .about = "all stays of a unit that moves, in one row: QC-2:2023-06-28;QC-3:2023-07-10",
           .default_value = "the stay of request_id and first_line_day"},
          {.name = "assignment_id", .type = CellType::Identifier, .about = "name of it", .default_value = "A-0001 ..."},
          {.name = "commitment",
           .type = CellType::Word,
           .about = "yes: a commitment of the scenario, which is in the plan anyway",
           .default_value = "no",
           .words = {"yes", "no"}},
      }};
  return kTable;
}

}  // namespace relevo::cli
