// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <string>

namespace relevo::cli {

/// plan.gpkg as docs/plan-gpkg.md describes it, as bytes: incidents, rings, routes, assignments by day and hazard
/// layers with default styles for QGIS. The same scenario, plan and language give the same bytes; nothing of
/// `input.run` is in it. \throws std::runtime_error when there is not enough memory
std::string plan_geopackage(const ReportInput& input);

}  // namespace relevo::cli
