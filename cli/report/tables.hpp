// SPDX-License-Identifier: MIT
#pragma once

#include "cli/report/report_input.hpp"

#include <string>

namespace relevo::cli {

// Tables for spreadsheets: UTF-8 without a byte order mark, RFC 4180 (CRLF, cells quoted where they must be), one
// header line of column names that are the same in every language.
//
// A text cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return, or with
// one of their full-width forms) gets a leading apostrophe. Numbers and dates are written as they are.

/// One line per assignment, in the order of the plan.
std::string assignments_csv(const ReportInput& input);

/// One line per request that is not filled: what was wanted, what is met and why the rest is open. Quantities are
/// unit-days, or person-days for requests for people, as the column `measure` says.
std::string unfilled_csv(const ReportInput& input);

/// One line per incident with its assessment: priority, area, people nearby, danger, access. The header alone where
/// nothing was assessed.
std::string incidents_csv(const ReportInput& input);

}  // namespace relevo::cli
