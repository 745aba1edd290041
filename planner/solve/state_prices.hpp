// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/plan_state.hpp"
#include "planner/solve/roster_prices.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <vector>

namespace relevo::planner {

/// The price of what must not be.
inline constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// While a plan is being made: what breaking a rule by one more costs, and what mending it by one earns.
struct RulePrice {
  double breaking = kInfinite;
  double mending = 0.0;
};

/// `change` is by how much a rule is broken more, or (negative) less.
inline double price_of_change(const RulePrice& price, double change) noexcept {
  if (change > 0.0)
    return price.breaking * change;
  return change < 0.0 ? price.mending * change : 0.0;
}

/// Of all rules; limits are never broken. Lines of a package that is not open take nobody.
struct RulePrices {
  RulePrice escorts;    ///< each escort and day
  RulePrice min_fill;   ///< each unit (person) and day
  RulePrice packages;   ///< the same; only mending counts
  RulePrice movements;  ///< each person
  RulePrice pins;       ///< each unit; only mending counts
  /// Where it is above 0, line days on a full line, which somebody else has to give up, earn this share of an unmet one
  /// (with a guide: of what the guide says).
  double crowding = 0.0;
  /// Points for each unit of use by row of the table, as duals of a relaxation give them, and their share in the
  /// prices: 0 the marginal prices of the state alone, 1 those points alone. What is infinite stays so.
  const std::vector<double>* guide = nullptr;
  double guide_share = 0.0;
  /// By escort group and column; each where it is given takes the place of escorts.breaking.
  const std::vector<double>* missing_escorts = nullptr;
};

/// What `amount` more of one row costs in this state (docs/model.md, section 5), and infinite beyond a hard limit. A
/// negative amount is a shadow day on a row of handover.
double marginal_price(const PlanState& state, const RulePrices& rules, int row, double amount);

/// Duties that are left out have no line days, and nothing but these is priced.
struct PricingScope {
  const std::vector<char>* open_requests = nullptr;  ///< by request; none: all are open
  bool only_useful = false;  ///< leaves out duties where no day earns anything: nobody goes there but to go on
};

/// The prices of the days of one unit in a state, as own_prices() and add_row_prices() with marginal_price() together
/// would give them. Rows count one by one, which is exact but for three things: an implicit escort that is asked for
/// ahead of its people is charged at their arrival; a flight of several legs, and both ways of a movement on one day,
/// are charged apart.
class StatePricer {
 public:
  /// Overwrites `prices`.
  void price(const PlanState& state, std::size_t unit_class, const RulePrices& rules, RosterPrices& prices,
             const PricingScope& scope = {});

 private:
  struct Pricing;
  using Days = std::vector<double>;  // by column
  /// What all duties with one range of uses share, on the columns [first, last) that were asked for.
  struct Shared {
    std::uint32_t key = 0;
    int first = 0;
    int last = 0;
    Days days;
  };
  std::vector<Shared> away_;     // by range of DutyUses::away
  std::vector<Shared> on_duty_;  // by range of DutyUses::on_duty
  std::vector<Shared> ahead_;    // the same ranges: escorts ahead of an arrival
};

}  // namespace relevo::planner
