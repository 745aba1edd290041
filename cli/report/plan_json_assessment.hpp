// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <nlohmann/json_fwd.hpp>

namespace relevo::cli {

/// The object `assessment` of plan.json (docs/plan-json.md); with empty lists where no layer was assessed. Shapes are
/// not in it: plan.gpkg has them.
nlohmann::ordered_json assessment_json(const ReportInput& input);

/// Whole numbers without ".0", others in the shortest form that reads back to the same value; null for what JSON lacks.
nlohmann::ordered_json json_number(double value);

}  // namespace relevo::cli
