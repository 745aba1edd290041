// SPDX-License-Identifier: MIT
#include "planner/model/tables.hpp"

#include "planner/model/load_context.hpp"

namespace relevo::planner {

const std::vector<const TableSpec*>& all_tables() {
  using namespace detail;  // NOLINT(google-build-using-namespace): twenty names of the same room
  static const std::vector<const TableSpec*> kTables{
      &agencies_table(),        &preparedness_table(),   &bases_table(),         &pools_table(),     &units_table(),
      &incidents_table(),       &incident_areas_table(), &requests_table(),      &offers_table(),    &responses_table(),
      &request_history_table(), &decisions_table(),      &unavailable_table(),   &consents_table(),  &recalls_table(),
      &lifts_table(),           &commitments_table(),    &announcements_table(), &conflicts_table(), &history_table()};
  return kTables;
}

}  // namespace relevo::planner
