// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/duty.hpp"
#include "planner/solve/rows.hpp"

#include <functional>
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

/// What using `amount` more of a row of the RowTable costs, in points; may be negative (need that is met) or infinite.
using RowPrice = std::function<double(int row, double amount)>;

/// Prices the days of one class. What does not change is found once.
class DayPricing {
 public:
  DayPricing(const Problem& problem, const RowTable& rows, std::size_t unit_class);

  /// The price of a day: what a unit costs by itself (money and points of docs/model.md, section 5) and what its use of
  /// rows costs. Days on which the unit cannot be away, or would use more of a row than its limit, are infinite.
  void fill(const RowPrice& price, RosterPrices& prices) const;
  /// The same where the price of a row is a number for each unit of use, by row of the table.
  void fill(const std::vector<double>& price_of_row, RosterPrices& prices) const;

 private:
  /// Uses of a state at a duty, as [first, last) in shares_.
  struct Shares {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  struct DutyShares {
    std::size_t away = 0;  ///< position in away_
    Shares working;
    Shares assigned;
    Shares accompanied;
    Shares out;
    Shares home;
    Shares come_home;
    double way_out = 0.0;  // fares
    double way_home = 0.0;
  };
  template <class PriceOf>
  void fill_with(const PriceOf& price_of, RosterPrices& prices) const;
  template <class PriceOf>
  void fill_duty(const PriceOf& price_of, std::size_t index, const std::vector<double>& away, DutyPrices& prices) const;
  template <class PriceOf>
  double sum(const PriceOf& price_of, const Shares& shares, int column) const;
  Shares keep(const std::vector<DutyRows::Share>& shares);
  std::size_t keep_away(std::size_t duty, const std::vector<DutyRows::Share>& shares);

  const Problem* problem_;
  const RowTable* rows_;
  std::size_t unit_class_;
  std::vector<std::size_t> pins_;
  std::vector<DutyRows::Share> shares_;
  std::vector<DutyShares> duties_;
  std::vector<double> fares_;  // of all moves, duty by duty
  struct Away {
    AgreementIndex agreement{0U};
    bool is_escort = false;
    Shares shares;
    std::vector<std::pair<int, int>> down;
  };
  std::vector<Away> away_;  ///< one for each agreement, and one more for its escorts
};

}  // namespace relevo::planner
