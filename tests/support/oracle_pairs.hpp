// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::test {

/// Codes of the rules (P1)-(P11) that the pair breaks under the agreement, in the order of docs/model.md; empty: the
/// unit may serve the request.
std::vector<std::string> lasting_faults(const planner::ScenarioData& data, planner::UnitIndex unit,
                                        planner::RequestIndex request, planner::AgreementIndex agreement);

/// Codes of the rules (P12)-(P14) that a departure on the day breaks.
std::vector<std::string> dated_faults(const planner::ScenarioData& data, planner::UnitIndex unit,
                                      planner::AgreementIndex agreement, planner::Day day);

/// (P6): the agreement lets this agency lend to that one.
bool agreement_joins(const planner::ScenarioData& data, const planner::Agreement& agreement,
                     planner::AgencyIndex lender, planner::AgencyIndex borrower);

/// (P4): none: on all requests.
bool is_forbidden(const planner::ScenarioData& data, planner::UnitIndex unit,
                  const std::optional<planner::RequestIndex>& request);

/// The first day on which no unit of the lender may be on duty or off under the agreement (D9).
planner::Day recalled_from(const planner::ScenarioData& data, planner::AgencyIndex lender,
                           const planner::Agreement& agreement);

planner::Destination place_of(const planner::Request& request);

bool holds(const std::vector<std::string>& all, const std::string& word);
bool share_word(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace relevo::test
