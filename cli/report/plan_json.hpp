// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <string>
#include <string_view>

namespace relevo::cli {

/// Raised when a key changes its meaning or goes away; a new key does not raise it.
inline constexpr int kPlanSchemaVersion = 1;

/// plan.json as docs/plan-json.md describes it: the same bytes for the same scenario, plan, options and language,
/// except for the object `run`.
std::string plan_json(const ReportInput& input);

/// The plan in a plan.json, for `check --plan` and `compare`. Identifiers are looked up in the scenario. Only
/// `assignments` must be there: a plan written by hand needs nothing that check() derives itself.
/// \param file the name that errors give.
/// \throws planner::InputError naming every key that is missing, has the wrong type or names what the scenario lacks.
planner::Plan read_plan_json(std::string_view text, const planner::Scenario& scenario,
                             const std::string& file = "plan.json");

}  // namespace relevo::cli
