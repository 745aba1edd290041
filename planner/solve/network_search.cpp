// SPDX-License-Identifier: MIT
#include "planner/solve/network_search.hpp"

#include "planner/solve/tolerances.hpp"

#include <algorithm>

namespace relevo::planner {

/// The price of one block by its days; `used`: duty days of its tour before it.
double price_of_block(const UnitClass& unit_class, const RosterPrices& prices, const Block& block,
                      std::optional<int> depart, int extension) {
  const DutyPrices& duty = prices.duties[block.duty];
  const DeploymentTerms& terms = unit_class.duties[block.duty].option.terms;
  const auto at = [](const std::vector<double>& days, int t) { return days[static_cast<std::size_t>(t)]; };
  const auto fare = [&](std::size_t from, std::size_t to) {
    const auto& moves = unit_class.moves[from];
    const auto it = std::find_if(moves.begin(), moves.end(), [&](const DutyMove& m) { return m.to == to; });
    return prices.fares[from][static_cast<std::size_t>(it - moves.begin())];
  };
  double price = prices.extension_day * extension;
  if (depart)
    price += at(duty.depart, *depart);
  if (block.moved_from)
    price += at(prices.duties[*block.moved_from].leave, block.first_line - terms.days_off - 1) +
             fare(*block.moved_from, block.duty);
  if (block.shadow)
    price += at(duty.shadow, block.first_line - 1);
  for (int t = block.first_line; t < block.end(); ++t)
    price += at(duty.line, t);
  switch (block.then) {
    case Block::Then::GoesHome:
      price += at(duty.leave, block.end() - 1) + at(duty.go_home, block.end() - 1);
      if (terms.relief_days > 0)
        price += duty.relief * reliefs(terms, piece_of(terms, block, depart));
      break;
    case Block::Then::TakesDaysOff:
      for (int t = block.end(); t < block.end() + terms.days_off; ++t)
        price += at(duty.off, t);
      break;
    case Block::Then::MovesOn:
      price += at(duty.leave, block.end() - 1) + fare(block.duty, block.next);
      for (int t = block.end(); t < block.end() + block.move_days; ++t)
        price += at(prices.duties[block.next].move_to, t);
      break;
  }
  return price;
}

NetworkSearch::NetworkSearch(const Problem& problem, const RowTable& rows, std::size_t unit_class)
    : unit_class_(&problem.classes[unit_class]),
      network_(make_network(problem, rows, unit_class, ArcUses::Pins)),
      out_(arcs_from_nodes(network_)),
      order_(nodes_in_order(network_, out_)) {
  const auto pins = rows.pins_of(*unit_class_);
  for (const auto& arc : network_.arcs) {
    std::vector<std::size_t> met;
    for (const auto& entry : arc.uses)
      for (std::size_t i = 0; i < pins.size(); ++i)
        if (entry.row == rows.row(pins[i], 0))
          met.push_back(i);
    pins_of_arcs_.push_back(std::move(met));
  }
}

NetworkSearch::Priced NetworkSearch::price(const RosterPrices& prices) const {
  Priced priced;
  priced.of_arc.assign(network_.arcs.size(), 0.0);
  for (std::size_t i = 0; i < network_.arcs.size(); ++i) {
    const Arc& arc = network_.arcs[i];
    if (arc.block)
      priced.of_arc[i] = price_of_block(*unit_class_, prices, *arc.block, arc.depart, arc.extension_days);
    for (const std::size_t pin : pins_of_arcs_[i])
      priced.of_arc[i] += prices.pins[pin];
  }
  priced.rest.assign(static_cast<std::size_t>(network_.nodes), kInfinity);
  priced.best.assign(static_cast<std::size_t>(network_.nodes), 0);
  priced.rest[static_cast<std::size_t>(network_.sink)] = 0.0;
  std::for_each(order_.rbegin(), order_.rend(), [&](int node) {
    const auto at = static_cast<std::size_t>(node);
    for (const std::size_t i : out_[at]) {
      const double price = priced.of_arc[i] + priced.rest[static_cast<std::size_t>(network_.arcs[i].to)];
      if (price < priced.rest[at] - kPriceTolerance) {
        priced.rest[at] = price;
        priced.best[at] = i;
      }
    }
  });
  return priced;
}

// The best first deployment at each duty among those that a unit can wait for.
std::vector<PricedRoster> NetworkSearch::cheapest(const RosterPrices& prices, std::size_t most, double below) const {
  const Priced priced = price(prices);
  std::vector<First> firsts(unit_class_->duties.size());
  for (int node = 0;;) {
    std::optional<std::size_t> wait;
    for (const std::size_t i : out_[static_cast<std::size_t>(node)]) {
      const Arc& arc = network_.arcs[i];
      if (!arc.block) {
        wait = i;
        continue;
      }
      const double price = priced.of_arc[i] + priced.rest[static_cast<std::size_t>(arc.to)];
      First& first = firsts[arc.block->duty];
      if (price < first.price - kPriceTolerance)
        first = {price, arc.block->duty, i};
    }
    if (!wait)
      break;
    node = network_.arcs[*wait].to;
  }
  std::erase_if(firsts, [&](const First& first) { return !(first.price < below); });
  std::stable_sort(firsts.begin(), firsts.end(), [](const First& a, const First& b) { return a.price < b.price; });
  std::vector<PricedRoster> found;
  for (std::size_t i = 0; i < firsts.size() && found.size() < most; ++i)
    found.push_back({firsts[i].price, path(firsts[i].arc, priced.best)});
  return found;
}

void NetworkSearch::append(const Arc& arc, Roster& roster) const {
  if (arc.depart)
    roster.push_back({network_.unit_class, *arc.depart, {*arc.block}});
  else if (arc.block)
    roster.back().blocks.push_back(*arc.block);
}

Roster NetworkSearch::path(std::size_t arc_index, const std::vector<std::size_t>& best) const {
  Roster roster;
  while (true) {
    const Arc& arc = network_.arcs[arc_index];
    append(arc, roster);
    if (arc.to == network_.sink)
      return roster;
    arc_index = best[static_cast<std::size_t>(arc.to)];
  }
}

std::optional<std::vector<Roster>> NetworkSearch::within(const RosterPrices& prices, double limit,
                                                         std::size_t most) const {
  const Priced priced = price(prices);
  std::vector<Roster> found;
  struct Step {
    int node = 0;
    double paid = 0.0;
    std::size_t next = 0;  ///< of the node's arcs
  };
  std::vector<Step> steps = {{0, 0.0, 0}};
  std::vector<std::size_t> taken;
  while (!steps.empty()) {
    Step& step = steps.back();
    const auto& choices = out_[static_cast<std::size_t>(step.node)];
    if (step.node == network_.sink || step.next == choices.size()) {
      if (step.node == network_.sink) {
        Roster roster;
        for (const std::size_t i : taken)
          append(network_.arcs[i], roster);
        if (!roster.empty())
          found.push_back(std::move(roster));
        if (found.size() > most)
          return std::nullopt;
      }
      steps.pop_back();
      if (!taken.empty())
        taken.pop_back();
      continue;
    }
    const std::size_t i = choices[step.next++];
    const Arc& arc = network_.arcs[i];
    const double paid = step.paid + priced.of_arc[i];
    if (paid + priced.rest[static_cast<std::size_t>(arc.to)] > limit)
      continue;
    taken.push_back(i);
    steps.push_back({arc.to, paid, 0});
  }
  return found;
}

}  // namespace relevo::planner
