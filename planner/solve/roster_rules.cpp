// SPDX-License-Identifier: MIT
#include "planner/solve/roster_rules.hpp"

#include <algorithm>
#include <optional>

namespace relevo::planner {

namespace {

/// Follows a deployment block by block.
class Walk {
 public:
  Walk(const UnitClass& unit_class, const Deployment& deployment) : units_(unit_class), deployment_(deployment) {}

  bool is_allowed() {
    if (deployment_.blocks.empty() || !begins())
      return false;
    for (std::size_t i = 0; i < deployment_.blocks.size(); ++i)
      if (!works(i) || !goes_on(i))
        return false;
    return true;
  }

 private:
  const PairOption& option(const Block& block) const { return units_.duties[block.duty].option; }
  const Block& block(std::size_t i) const { return deployment_.blocks[i]; }

  /// (D1), (D2): the departure, and the first block's shadow day and least line days.
  bool begins() {
    const Block& first = block(0);
    const PairOption& to = option(first);
    const auto cap = to.first_departures().first_tour_cap_on(deployment_.depart);
    if (!cap)
      return false;
    used_ = to.worked_before(deployment_.depart);
    next_day_ = to.terms.first_line(deployment_.depart);
    least_ = to.terms.min_line_days;
    return (!first.shadow || to.terms.shadow_days > 0) && to.terms.first_block_fits(*cap, first.shadow);
  }

  /// (D2), (D3): the days of a block, within the need and what is left of the tour.
  bool works(std::size_t i) {
    const Block& here = block(i);
    const int first = here.first_line - (here.shadow ? 1 : 0);
    used_ += (here.shadow ? 1 : 0) + here.line_days;
    return (i == 0 || !here.shadow) && first == next_day_ && here.line_days >= least_ &&
           first >= option(here).need_first && here.end() <= option(here).need_last &&
           used_ <= option(here).terms.longest_tour();
  }

  bool goes_on(std::size_t i) {
    const Block& here = block(i);
    const bool is_last = i + 1 == deployment_.blocks.size();
    least_ = 1;
    switch (here.then) {
      case Block::Then::GoesHome:
        return is_last && comes_home(here);
      case Block::Then::TakesDaysOff:
        return !is_last && rests(here, block(i + 1));
      case Block::Then::MovesOn:
        return !is_last && moves(here, block(i + 1));
    }
    return false;
  }

  /// (D3), (D4), (D6), (D9)
  bool comes_home(const Block& here) const {
    const auto since = option(block(0)).terms.counted_from(deployment_.depart);
    const int last = here.end() - 1;
    return option(here).may_end(since, last) &&
           option(here).may_be_away(deployment_.depart, option(here).terms.home(last) + 1);
  }

  /// (D2), and (D8) where the unit moves in its days off.
  bool rests(const Block& here, const Block& next) {
    const DeploymentTerms& terms = option(here).terms;
    ++tours_;
    used_ = 0;
    next_day_ = here.end() + terms.days_off;
    if (terms.days_off == 0 || tours_ > terms.max_tours)
      return false;
    if (!next.moved_from)
      return next.duty == here.duty;
    const auto days = move_days(here.duty, next.duty);
    return *next.moved_from == here.duty && days && *days <= terms.days_off && ++moves_ <= terms.max_moves;
  }

  /// (D8) within a tour
  bool moves(const Block& here, const Block& next) {
    const auto days = move_days(here.duty, next.duty);
    used_ += here.move_days;
    next_day_ = here.end() + here.move_days;
    return here.next == next.duty && !next.moved_from && days && *days == here.move_days &&
           ++moves_ <= option(here).terms.max_moves;
  }

  std::optional<int> move_days(std::size_t from, std::size_t to) const {
    for (const auto& move : units_.moves[from])
      if (move.to == to)
        return move.days;
    return std::nullopt;
  }

  const UnitClass& units_;
  const Deployment& deployment_;
  int used_ = 0;   ///< duty days of the running tour
  int tours_ = 1;  ///< the running one included
  int moves_ = 0;
  int next_day_ = 0;  ///< on which the next block begins
  int least_ = 1;     ///< line days of it
};

}  // namespace

bool obeys_terms(const UnitClass& unit_class, const Deployment& deployment) {
  return Walk(unit_class, deployment).is_allowed();
}

}  // namespace relevo::planner
