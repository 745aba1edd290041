// SPDX-License-Identifier: MIT
#include "cli/gpkg/plan_geopackage.hpp"

#include "cli/gpkg/plan_layers.hpp"
#include "cli/report/hazard_words.hpp"

namespace relevo::cli {

GeoPackageValue text_value(const std::string& text) {
  return text.empty() ? GeoPackageValue() : GeoPackageValue(text);
}

GeoPackageValue day_value(planner::Day day) {
  return planner::format_day(day);
}

GeoPackageValue whole_value(long long value) {
  return static_cast<std::int64_t>(value);
}

GeoPackageValue instant_value(const std::optional<geo::Instant>& instant) {
  if (!instant) {
    return {};
  }
  std::string text = format_instant(*instant);
  return text.insert(text.size() - 1, ".000");
}

std::string plan_geopackage(const ReportInput& input) {
  const Page page(input);
  // No clock: the file is dated by the plan's own day.
  GeoPackage file(planner::format_day(page.data.as_of) + "T00:00:00.000Z");
  const PlanLayers out{file, page};
  add_incidents(out);
  add_perimeters(out);
  add_exposure_rings(out);
  add_bases(out);
  add_routes(out);
  add_assignments_by_day(out);
  add_contingents(out);
  add_clusters(out);
  add_hazards(out);
  add_lenders(out);
  add_requests(out);
  add_priority_parts(out);
  add_imports(out);
  add_sources(out);
  return file.finish();
}

}  // namespace relevo::cli
