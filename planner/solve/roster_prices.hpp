// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace relevo::planner {

/// What the days of a deployment cost one unit of a class at one duty, in points, by column of the problem; infinite
/// where there can be no such day. Every deployment of the duty network is a sum of these numbers, of the extension
/// days and of the fares of its moves (docs/model.md, section 6), so that they price all of them without making any.
struct DutyPrices {
  std::vector<double> depart;   ///< by day of departure: the way out and all before the first duty day
  std::vector<double> line;     ///< a line day
  std::vector<double> shadow;   ///< a shadow day
  std::vector<double> off;      ///< a day off in place
  std::vector<double> move_to;  ///< a day on the way to this duty within a tour
  std::vector<double> leave;    ///< by last line day: the unit leaves the duty, wherever it goes
  std::vector<double> go_home;  ///< by last line day: the way home and all after; without `leave`
  double relief = 0.0;          ///< each crew that relieves the first one (D7)
};

/// Prices of all duties of a class.
struct RosterPrices {
  std::vector<DutyPrices> duties;
  std::vector<std::vector<double>> fares;  ///< of the moves, as in UnitClass::moves
  std::vector<double> pins;                ///< for each pin of RowTable::pins_of() met, whatever the days
  double extension_day = 0.0;              ///< each duty day of a tour beyond its L (D2)
};

}  // namespace relevo::planner
