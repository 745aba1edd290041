// SPDX-License-Identifier: MIT
#include "planner/solve/roster_pricing.hpp"

#include "planner/solve/day_recursion.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network.hpp"

#include <algorithm>
#include <optional>

namespace relevo::planner {

namespace {

constexpr double kTolerance = 1e-9;

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

/// The network of a class, made once and searched backwards.
class NetworkSearch {
 public:
  NetworkSearch(const Problem& problem, const RowTable& rows, std::size_t unit_class)
      : unit_class_(&problem.classes[unit_class]), network_(make_network(problem, rows, unit_class)) {
    const auto pins = rows.pins_of(*unit_class_);
    for (const auto& arc : network_.arcs) {
      std::vector<std::size_t> met;
      for (const auto& entry : arc.uses)
        for (std::size_t i = 0; i < pins.size(); ++i)
          if (entry.row == rows.row(pins[i], 0))
            met.push_back(i);
      pins_of_arcs_.push_back(std::move(met));
    }
    sort_nodes();
  }

  std::vector<PricedRoster> cheapest(const RosterPrices& prices, std::size_t most, double below) const {
    std::vector<double> price_of_arc(network_.arcs.size(), 0.0);
    for (std::size_t i = 0; i < network_.arcs.size(); ++i) {
      const Arc& arc = network_.arcs[i];
      if (arc.block)
        price_of_arc[i] = price_of_block(*unit_class_, prices, *arc.block, arc.depart, arc.extension_days);
      for (const std::size_t pin : pins_of_arcs_[i])
        price_of_arc[i] += prices.pins[pin];
    }
    std::vector<double> rest(static_cast<std::size_t>(network_.nodes), kInfinity);
    std::vector<std::size_t> best(static_cast<std::size_t>(network_.nodes), 0);
    rest[static_cast<std::size_t>(network_.sink)] = 0.0;
    for (auto node = order_.rbegin(); node != order_.rend(); ++node)
      for (const std::size_t i : out_[static_cast<std::size_t>(*node)]) {
        const double price = price_of_arc[i] + rest[static_cast<std::size_t>(network_.arcs[i].to)];
        if (price < rest[static_cast<std::size_t>(*node)] - kTolerance) {
          rest[static_cast<std::size_t>(*node)] = price;
          best[static_cast<std::size_t>(*node)] = i;
        }
      }
    return candidates(price_of_arc, rest, best, most, below);
  }

 private:
  struct First {
    double price = kInfinity;
    std::size_t duty = 0;
    std::size_t arc = 0;
  };

  /// The best first deployment at each duty among those that a unit can wait for.
  std::vector<PricedRoster> candidates(const std::vector<double>& price_of_arc, const std::vector<double>& rest,
                                       const std::vector<std::size_t>& best, std::size_t most, double below) const {
    std::vector<First> firsts(unit_class_->duties.size());
    for (int node = 0;;) {
      std::optional<std::size_t> wait;
      for (const std::size_t i : out_[static_cast<std::size_t>(node)]) {
        const Arc& arc = network_.arcs[i];
        if (!arc.block) {
          wait = i;
          continue;
        }
        const double price = price_of_arc[i] + rest[static_cast<std::size_t>(arc.to)];
        First& first = firsts[arc.block->duty];
        if (price < first.price - kTolerance)
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
      found.push_back({firsts[i].price, path(firsts[i].arc, best)});
    return found;
  }

  Roster path(std::size_t arc_index, const std::vector<std::size_t>& best) const {
    Roster roster;
    while (true) {
      const Arc& arc = network_.arcs[arc_index];
      if (arc.depart)
        roster.push_back({network_.unit_class, *arc.depart, {*arc.block}});
      else if (arc.block)
        roster.back().blocks.push_back(*arc.block);
      if (arc.to == network_.sink)
        return roster;
      arc_index = best[static_cast<std::size_t>(arc.to)];
    }
  }

  void sort_nodes() {
    out_.resize(static_cast<std::size_t>(network_.nodes));
    std::vector<int> entering(static_cast<std::size_t>(network_.nodes), 0);
    for (std::size_t i = 0; i < network_.arcs.size(); ++i) {
      out_[static_cast<std::size_t>(network_.arcs[i].from)].push_back(i);
      ++entering[static_cast<std::size_t>(network_.arcs[i].to)];
    }
    for (int node = 0; node < network_.nodes; ++node)
      if (entering[static_cast<std::size_t>(node)] == 0)
        order_.push_back(node);
    for (std::size_t next = 0; next < order_.size(); ++next)
      for (const std::size_t i : out_[static_cast<std::size_t>(order_[next])])
        if (--entering[static_cast<std::size_t>(network_.arcs[i].to)] == 0)
          order_.push_back(network_.arcs[i].to);
  }

  const UnitClass* unit_class_;
  DutyNetwork network_;
  std::vector<std::vector<std::size_t>> pins_of_arcs_;
  std::vector<std::vector<std::size_t>> out_;
  std::vector<int> order_;
};

}  // namespace

struct RosterPricing::Impl {
  std::optional<DayRecursion> recursion;
  std::optional<NetworkSearch> network;
};

RosterPricing::RosterPricing(const Problem& problem, const RowTable& rows, std::size_t unit_class) {
  auto impl = std::make_unique<Impl>();
  if (DayRecursion::holds(problem, rows, unit_class))
    impl->recursion.emplace(problem, rows, unit_class);
  else
    impl->network.emplace(problem, rows, unit_class);
  impl_ = std::move(impl);
}

RosterPricing::~RosterPricing() = default;
RosterPricing::RosterPricing(RosterPricing&&) noexcept = default;
RosterPricing& RosterPricing::operator=(RosterPricing&&) noexcept = default;

std::vector<PricedRoster> RosterPricing::cheapest(const RosterPrices& prices, std::size_t most, double below,
                                                  Workspace& workspace) const {
  if (prices.duties.empty() || most == 0)
    return {};
  if (impl_->network)
    return impl_->network->cheapest(prices, most, below);
  return impl_->recursion->cheapest(prices, most, below, workspace.tables, workspace.home);
}

double RosterPricing::least_price(const RosterPrices& prices, Workspace& workspace) const {
  if (prices.duties.empty())
    return 0.0;
  if (impl_->recursion)
    return impl_->recursion->least_price(prices, workspace.tables, workspace.home);
  const auto found = impl_->network->cheapest(prices, 1, 0.0);
  return found.empty() ? 0.0 : found.front().price;
}

namespace {

/// Calls `visit` with each block of a deployment, its departure where it is the first, and its extension days.
template <class Visit>
void for_each_block(const UnitClass& unit_class, const Deployment& deployment, const Visit& visit) {
  const PairOption& option = unit_class.duties[deployment.first_duty()].option;
  int used = option.worked_before(deployment.depart);
  std::optional<int> depart = deployment.depart;
  for (const auto& block : deployment.blocks) {
    const int after = used + block.duty_days();
    visit(block, depart, extension_days(option.terms, after) - extension_days(option.terms, used));
    used = block.then == Block::Then::TakesDaysOff ? 0 : after;
    depart.reset();
  }
}

}  // namespace

double price_of(const UnitClass& unit_class, const RosterPrices& prices, const Roster& roster) {
  double price = 0.0;
  for (const auto& deployment : roster)
    for_each_block(unit_class, deployment, [&](const Block& block, std::optional<int> depart, int extension) {
      price += price_of_block(unit_class, prices, block, depart, extension);
    });
  return price;
}

double own_points(const Problem& problem, const Roster& roster) {
  const Policy& policy = problem.data().policy;
  double points = 0.0;
  for (const auto& deployment : roster) {
    const UnitClass& unit_class = problem.classes[deployment.unit_class];
    for_each_block(unit_class, deployment, [&](const Block& block, std::optional<int> depart, int extension) {
      points += policy.points_per_money.value * cost_of(problem, unit_class, block, depart).total().value() +
                policy.extension_points.value * extension;
    });
    const Duty& duty = unit_class.duties[deployment.first_duty()];
    const auto tier = static_cast<std::size_t>(problem.data().agreements[duty.option.agreement].precedence.tier);
    if (!duty.escort_group)
      points += policy.tier_points.at(tier).value;
  }
  return points;
}

std::vector<Entry> uses_of(const Problem& problem, const RowTable& rows, std::size_t unit_class, const Roster& roster) {
  const UnitClass& c = problem.classes[unit_class];
  std::vector<Entry> all;
  std::vector<bool> served(c.duties.size(), false);
  for (const auto& deployment : roster) {
    std::optional<int> depart = deployment.depart;
    for (const auto& block : deployment.blocks) {
      rows.use(c, block, depart, all);
      served[block.duty] = true;
      depart.reset();
    }
  }
  for (const std::size_t pin : rows.pins_of(c)) {
    bool met = false;
    for (std::size_t d = 0; d < c.duties.size(); ++d)
      met = met || (served[d] && c.duties[d].request == rows.pin_of(pin).request);
    if (met && !rows.is_met_by_commitments(c, pin))
      all.push_back({rows.row(pin, 0), 1.0});
  }
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.row < b.row; });
  std::vector<Entry> merged;
  for (const auto& entry : all) {
    if (!merged.empty() && merged.back().row == entry.row)
      merged.back().amount += entry.amount;
    else
      merged.push_back(entry);
  }
  std::erase_if(merged, [](const Entry& entry) { return entry.amount == 0.0; });
  return merged;
}

double price_of(const Problem& problem, const RowTable& rows, const Roster& roster, const RowPrice& price) {
  double total = own_points(problem, roster);
  if (roster.empty())
    return total;
  for (const auto& entry : uses_of(problem, rows, roster.front().unit_class, roster))
    total += price(entry.row, entry.amount);
  return total;
}

}  // namespace relevo::planner
