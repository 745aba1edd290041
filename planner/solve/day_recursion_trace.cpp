// SPDX-License-Identifier: MIT
// Rosters, followed through the tables of DayRecursion from their first choice to the end.
#include "planner/solve/day_recursion_search.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <optional>

namespace relevo::planner {

/// \pre the duty can be departed to on that day
const DayRecursion::Departures& DayRecursion::departures_on(std::size_t duty, int day) const {
  auto i = first_departure_[duty];
  while (departures_[i].last < day)
    ++i;
  return departures_[i];
}

/// Follows the tables from a choice to the end.
class DayRecursion::Trace {
 public:
  Trace(const DayRecursion& recursion, const Search& search)
      : r_(recursion), unit_class_(*recursion.unit_class_), search_(search) {}

  Roster roster(Choice choice) const {
    Roster all;
    while (true) {
      Deployment deployment{r_.index_, choice.depart, {}};
      const int rested =
          r_.groups_[r_.places_[choice.duty].group].one_block ? single(choice, deployment) : toured(choice, deployment);
      all.push_back(std::move(deployment));
      int t = rested;
      while (t < r_.horizon_ && !(search_.best_on(t).price <= search_.home(t)))
        ++t;
      if (t >= r_.horizon_ || !(search_.home(t) < -kPriceTolerance))
        return all;
      choice = search_.best_on(t);
    }
  }

 private:
  const DeploymentTerms& terms(std::size_t duty) const { return search_.terms(duty); }

  Block first_block(const Choice& choice) const {
    Block block;
    block.duty = choice.duty;
    block.shadow = choice.shadow;
    block.first_line = terms(choice.duty).first_line(choice.depart) + (choice.shadow ? 1 : 0);
    block.line_days = terms(choice.duty).min_line_days;
    return block;
  }

  int single(const Choice& choice, Deployment& deployment) const {
    Block block = first_block(choice);
    double best = kInfinity;
    search_.for_each_single_block(choice.duty, choice.depart, choice.shadow, [&](int line_days, double price) {
      if (price < best) {
        best = price;
        block.line_days = line_days;
      }
    });
    deployment.blocks.push_back(block);
    return terms(choice.duty).rested(block.end() - 1);
  }

  int toured(const Choice& choice, Deployment& deployment) const {
    const Group& group = r_.groups_[r_.places_[choice.duty].group];
    Block block = first_block(choice);
    int used = unit_class_.duties[choice.duty].option.worked_before(choice.depart) + block.duty_days();
    int layer = r_.departures_on(choice.duty, choice.depart).layer;
    int moves = 0;
    while (true) {
      const int t = block.end();
      const double go_home = used <= r_.last_end(group, block.duty, layer) ? search_.end(block.duty, t - 1) : kInfinity;
      const double rest = search_.rest_and_return(group, block.duty, layer, moves, t);
      const double on = search_.on_line(block.duty, layer, moves, t, used);
      std::size_t next = 0;
      const double move = moves < group.moves ? best_move(block.duty, layer, moves, t, used, next) : kInfinity;
      const double best = std::min(std::min(go_home, rest), std::min(on, move));
      if (go_home <= best) {
        deployment.blocks.push_back(block);
        return terms(block.duty).rested(t - 1);
      }
      if (on <= best) {
        ++block.line_days;
        ++used;
      } else if (rest <= best) {
        block = after_days_off(block, layer, moves, t, deployment);
        used = 1;
        ++layer;
      } else {
        block = moved(block, next, t, deployment);
        used += deployment.blocks.back().move_days + 1;
        ++moves;
      }
    }
  }

  double best_move(std::size_t duty, int layer, int moves, int t, int used, std::size_t& next) const {
    double best = kInfinity;
    for (std::size_t k = 0; k < unit_class_.moves[duty].size(); ++k) {
      const DutyMove& move = unit_class_.moves[duty][k];
      const int day = t + move.days;
      const double price = search_.moving(duty, k, t) + search_.moved_extension(duty, used, move.days) +
                           search_.on_line(move.to, layer, moves + 1, day, used + move.days);
      if (price < best) {
        best = price;
        next = k;
      }
    }
    return best;
  }

  Block after_days_off(Block block, int layer, int& moves, int t, Deployment& deployment) const {
    block.then = Block::Then::TakesDaysOff;
    deployment.blocks.push_back(block);
    Block next;
    next.duty = block.duty;
    next.first_line = t + terms(block.duty).days_off;
    next.line_days = 1;
    double best = search_.on_line(block.duty, layer + 1, moves, next.first_line, 0);
    std::optional<std::size_t> moved_to;
    if (moves < r_.groups_[r_.places_[block.duty].group].moves)
      for (std::size_t k = 0; k < unit_class_.moves[block.duty].size(); ++k) {
        const double price = search_.moved_in_days_off(block.duty, k, layer, moves, t);
        if (price < best) {
          best = price;
          moved_to = unit_class_.moves[block.duty][k].to;
        }
      }
    if (moved_to) {
      next.duty = *moved_to;
      next.moved_from = block.duty;
      ++moves;
    }
    return next;
  }

  Block moved(Block block, std::size_t k, int t, Deployment& deployment) const {
    const DutyMove& move = unit_class_.moves[block.duty][k];
    block.then = Block::Then::MovesOn;
    block.next = move.to;
    block.move_days = move.days;
    deployment.blocks.push_back(block);
    Block next;
    next.duty = move.to;
    next.first_line = t + move.days;
    next.line_days = 1;
    return next;
  }

  const DayRecursion& r_;
  const UnitClass& unit_class_;
  const Search& search_;
};

std::vector<PricedRoster> DayRecursion::cheapest(const RosterPrices& prices, std::size_t most, double below,
                                                 std::vector<double>& tables, std::vector<double>& home) const {
  Search search(*this, prices, tables, home);
  search.run();
  std::vector<Choice> choices = search.best_at();
  std::erase_if(choices, [&](const Choice& choice) { return !(choice.price < below); });
  std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.price < b.price; });
  if (choices.size() > most)
    choices.resize(most);
  const Trace trace(*this, search);
  std::vector<PricedRoster> found;
  found.reserve(choices.size());
  for (const auto& choice : choices)
    found.push_back({choice.price, trace.roster(choice)});
  return found;
}

}  // namespace relevo::planner
