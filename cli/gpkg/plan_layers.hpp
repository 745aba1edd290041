// SPDX-License-Identifier: MIT
#pragma once

#include "cli/gpkg/geopackage.hpp"
#include "cli/report/page.hpp"
#include "geo/instant.hpp"
#include "planner/model/day.hpp"

#include <optional>
#include <string>

namespace relevo::cli {

// The layers of plan.gpkg, each written by one function; docs/plan-gpkg.md has their columns.

/// What the writers share: the file, and a Page for words and names (nothing is written into its HTML).
struct PlanLayers {
  GeoPackage& file;
  const Page& page;
};

void add_incidents(const PlanLayers& out);
void add_perimeters(const PlanLayers& out);
void add_exposure_rings(const PlanLayers& out);
void add_clusters(const PlanLayers& out);
/// One for each layer of the assessment's map.
void add_hazards(const PlanLayers& out);
void add_priority_parts(const PlanLayers& out);
void add_imports(const PlanLayers& out);

void add_bases(const PlanLayers& out);
void add_routes(const PlanLayers& out);
void add_assignments_by_day(const PlanLayers& out);
void add_contingents(const PlanLayers& out);
void add_lenders(const PlanLayers& out);
void add_requests(const PlanLayers& out);
void add_sources(const PlanLayers& out);

/// NULL for an empty text.
GeoPackageValue text_value(const std::string& text);
GeoPackageValue day_value(planner::Day day);
GeoPackageValue whole_value(long long value);
/// "2016-06-04T05:30:00.000Z", NULL for none.
GeoPackageValue instant_value(const std::optional<geo::Instant>& instant);

}  // namespace relevo::cli
