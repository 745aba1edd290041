// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::test {

/// What a unit does in one place within a deployment.
struct Part {
  planner::AgencyIndex borrower{0U};
  std::optional<planner::RequestIndex> request;  ///< none: an escort
  std::vector<planner::Day> move;                ///< on the way here, within a tour
  std::vector<planner::Day> shadow;
  std::vector<planner::Day> line;
  std::vector<planner::Day> off;
};

/// A flight as a passenger.
struct Flight {
  std::string from;
  std::string to;
  planner::Day day;
};

/// One deployment within a word.
struct Stay {
  planner::AgreementIndex agreement{0U};
  std::optional<std::size_t> escort_term;
  std::vector<Part> parts;
  planner::Day depart;
  planner::Day home;
  std::vector<std::pair<planner::RequestIndex, planner::Day>> leaves;  ///< last line days at requests left (2b)
  std::vector<Flight> flights;                                         ///< on routes of the table of lifts
  int extension_days = 0;
  int reliefs = 0;
  double cost = 0;  ///< money
};

/// What one unit does, day by day from the first day of the horizon until it is home and rested. Letters: '.' at home,
/// 't' travel out, 'o' orientation, 'S' shadow, 'L' line, 'm' move, 'f' off in place, 'h' travel home, 'r' rest.
struct Word {
  std::string states;
  std::vector<Stay> stays;
};

/// Every legal word of a unit that may not depart before `first_departure` (docs/model.md, sections 1 and 2); nothing
/// where there are more than `most`.
std::optional<std::vector<Word>> words_of(const planner::Scenario& scenario, planner::UnitIndex unit,
                                          planner::Day first_departure, std::size_t most = 200'000);

/// The days on which the unit, as if it had no commitments, can depart for the request under the agreement, for a
/// deployment of one stint ((P12)-(P15); the other pair rules are not asked). Ascending.
std::vector<planner::Day> departures_for(const planner::Scenario& scenario, planner::UnitIndex unit,
                                         planner::RequestIndex request, planner::AgreementIndex agreement);

}  // namespace relevo::test
