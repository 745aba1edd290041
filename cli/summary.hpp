// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <optional>
#include <string>

namespace relevo::cli {

/// The plan in at most 25 lines for a person at a terminal: how good it is, what is covered, what is not and why, who
/// moves when, what each lender keeps. `has_baseline` is false where no baseline could be made; `report` is where the
/// report stands.
std::string summary_text(const ReportInput& input, bool has_baseline, const std::string& report);

/// What the plan changes of an earlier one and why, in at most a dozen lines; empty where it follows none.
std::string changes_text(const ReportInput& input);

}  // namespace relevo::cli
