// SPDX-License-Identifier: MIT
// What the report sets beside the plan: figures that sources give differently, and what really happened.
#include "planner/model/load_context.hpp"

namespace relevo::planner::detail {

const TableSpec& conflicts_table() {
  static const TableSpec kTable{
      .name = "conflicts",
      .about = "Figures that another source gives differently; both stay, and the report says which was used.",
      .columns = with_provenance({
          {.name = "subject", .required = true, .about = "what the figure is about"},
          {.name = "used", .required = true, .about = "the figure used"},
          {.name = "used_source", .about = "where it comes from"},
          {.name = "other", .required = true, .about = "the figure not used"},
          {.name = "other_source", .about = "where that comes from"},
      })};
  return kTable;
}

void load_conflicts(std::vector<Record>& records, LoadContext& context) {
  for (const auto& record : records)
    if (record.valid())
      context.data.conflicts.push_back({.subject = record.text("subject"),
                                        .used = record.text("used"),
                                        .used_source = record.text("used_source"),
                                        .other = record.text("other"),
                                        .other_source = record.text("other_source")});
}

const TableSpec& history_table() {
  static const TableSpec kTable{
      .name = "history",
      .about = "What really happened, to set beside the plan.",
      .columns = with_provenance({
          {.name = "what", .required = true, .about = "persons, depart, home, line_days, or free text"},
          {.name = "agreement", .about = "agreement id or family it is about", .default_value = "none"},
          {.name = "agency", .about = "id of the lending agency", .default_value = "none"},
          {.name = "happened", .required = true, .about = "the figure or date"},
      })};
  return kTable;
}

void load_history(std::vector<Record>& records, LoadContext& context) {
  for (const auto& record : records)
    if (record.valid())
      context.data.history.push_back({.what = record.text("what"),
                                      .agreement = record.text("agreement"),
                                      .agency = record.text("agency"),
                                      .happened = record.text("happened"),
                                      .source = record.text("source")});
}

}  // namespace relevo::planner::detail
