// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::test {

/// What a deployment is for: a request, or an escort term of the agreement.
struct Service {
  planner::AgreementIndex agreement{0U};
  planner::AgencyIndex borrower{0U};
  std::optional<planner::RequestIndex> request;
  std::optional<std::size_t> escort_term;
};

/// One deployment within a word.
struct Stay {
  Service service;
  planner::Day depart;
  planner::Day home;
  std::vector<planner::Day> line;
  std::vector<planner::Day> off;
  double cost = 0;  ///< money
};

/// What one unit does, day by day from the first day of the horizon until it is home and rested. Letters: '.' at home,
/// 't' travel out, 'o' orientation, 'L' line, 'f' off in place, 'h' travel home, 'r' rest.
struct Word {
  std::string states;
  std::vector<Stay> stays;
};

/// Every legal word of a unit that may not depart before `first_departure` (docs/model.md, sections 1 and 2).
std::vector<Word> words_of(const planner::Scenario& scenario, planner::UnitIndex unit, planner::Day first_departure);

/// The agreement lets this agency lend to that one.
bool agreement_joins(const planner::ScenarioData& data, const planner::Agreement& agreement,
                     planner::AgencyIndex lender, planner::AgencyIndex borrower);

}  // namespace relevo::test
