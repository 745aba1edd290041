// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/solve/day_recursion.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/plan_model.hpp"
#include "planner/solve/roster_prices.hpp"
#include "planner/solve/rows.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace relevo::planner {

/// How much of a line stays open in every plan, whatever becomes of the others (docs/explain.md, section 3). It is
/// found as if there were no other line to serve: who could be at work there on which day, and for how many days,
/// within what lenders keep, offers, pools, capacity and the escorts there could be. Lifts, movements, packages and
/// pins are left out, and so is what ties one day's units to the next day's, so that it is never more than the least
/// there is. Where a line is open for want of units that others have it says 0.
class LeastOpen {
 public:
  /// \pre the problem outlives it
  explicit LeastOpen(const Problem& problem);

  /// Unit-days (people: person-days) of the line over the planning days that are open in every plan.
  int of(RequestIndex line);

 private:
  /// Rows that a unit of a class uses on a day at one of its duties.
  using Option = std::vector<DutyRows::Share>;
  /// What units of a class could do for the line.
  struct Supply {
    std::size_t unit_class = 0;
    int value = 1;           ///< of one unit on one day, in the line's measure
    int most_days = 0;       ///< of one unit at work on the line
    std::vector<bool> days;  ///< by column: whether one can be at work there
    std::vector<Option> at_work;
    std::vector<Option> assigned;
  };
  /// Whoever comes from one lender.
  using Together = std::vector<const Supply*>;
  enum class State { AtWork, Assigned };
  /// Least prices of a class, where nothing but days on the line has one.
  struct ClassSearch {
    DayRecursion recursion;
    RosterPrices prices;
  };

  void limit_escorts();
  ClassSearch& search_of(std::size_t unit_class);
  Supply supply_of(std::size_t unit_class, RequestIndex line);
  void find_days(RequestIndex line, Supply& supply);
  std::vector<Together> by_lender(const std::vector<Supply>& supplies) const;
  bool may_use(const Option& option, int column) const;
  int most_of(const Together& units, State state, int column) const;
  bool is_too_few(RequestIndex line, const std::vector<Together>& lenders, int column) const;
  int most_covered(RequestIndex line, const std::vector<Supply>& supplies) const;

  const Problem& problem_;
  RowTable rows_;
  PlanModel model_;
  std::vector<double> limits_;  ///< by row, those of the people whom escorts accompany included
  std::vector<std::optional<ClassSearch>> searches_;
};

}  // namespace relevo::planner
