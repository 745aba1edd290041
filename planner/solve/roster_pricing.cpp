// SPDX-License-Identifier: MIT
#include "planner/solve/roster_pricing.hpp"

#include "planner/solve/day_recursion.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/network_search.hpp"

#include <algorithm>
#include <mutex>
#include <optional>

namespace relevo::planner {

namespace {

/// (D4) of every deployment.
bool are_short_enough(const UnitClass& unit_class, const Roster& roster) {
  return std::all_of(roster.begin(), roster.end(), [&](const Deployment& deployment) {
    const Block& last = deployment.blocks.back();
    const auto since = unit_class.duties[deployment.first_duty()].option.terms.counted_from(deployment.depart);
    return unit_class.duties[last.duty].option.may_end(since, last.end() - 1);
  });
}

}  // namespace

struct RosterPricing::Impl {
  Impl(const Problem& of_problem, const RowTable& of_rows, std::size_t of_class)
      : problem(of_problem), rows(of_rows), unit_class(of_class) {
    if (rows.pins_of(problem.classes[unit_class]).empty())
      recursion.emplace(problem, rows, unit_class);
  }

  /// False: the rosters of the recursion may be longer than (D4) allows.
  bool knows_lengths() const { return recursion && recursion->knows_lengths(); }

  /// Made when it is first needed.
  const NetworkSearch& network() const {
    std::call_once(once, [this] { made.emplace(problem, rows, unit_class); });
    return *made;
  }

  const Problem& problem;
  const RowTable& rows;
  std::size_t unit_class;
  std::optional<DayRecursion> recursion;  // none for a class with pins
  mutable std::once_flag once;
  mutable std::optional<NetworkSearch> made;
};

RosterPricing::RosterPricing(const Problem& problem, const RowTable& rows, std::size_t unit_class)
    : impl_(std::make_unique<const Impl>(problem, rows, unit_class)) {}

RosterPricing::~RosterPricing() = default;
RosterPricing::RosterPricing(RosterPricing&&) noexcept = default;
RosterPricing& RosterPricing::operator=(RosterPricing&&) noexcept = default;

std::vector<PricedRoster> RosterPricing::cheapest(const RosterPrices& prices, std::size_t most, double below,
                                                  Workspace& workspace) const {
  if (prices.duties.empty() || most == 0)
    return {};
  if (!impl_->recursion)
    return impl_->network().cheapest(prices, most, below);
  auto found = impl_->recursion->cheapest(prices, most, below, workspace.tables, workspace.home);
  // Among more rosters than there are, the cheapest ones are those sought when they are short enough.
  const bool are_legal =
      impl_->knows_lengths() || std::all_of(found.begin(), found.end(), [&](const PricedRoster& one) {
        return are_short_enough(impl_->problem.classes[impl_->unit_class], one.roster);
      });
  return are_legal ? found : impl_->network().cheapest(prices, most, below);
}

double RosterPricing::least_price(const RosterPrices& prices, Workspace& workspace) const {
  if (prices.duties.empty())
    return 0.0;
  if (impl_->knows_lengths())
    return impl_->recursion->least_price(prices, workspace.tables, workspace.home);
  const auto found = cheapest(prices, 1, 0.0, workspace);
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
