// SPDX-License-Identifier: MIT
#include "planner/explain/least_open.hpp"

#include "planner/explain/max_flow.hpp"
#include "planner/solve/coupling.hpp"
#include "planner/solve/day_pricing.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

constexpr double kNoneBetter = -0.5;  // of a price that is a number of days

/// All that is possible costs nothing.
void make_free(std::vector<double>& prices) {
  for (double& price : prices)
    price = price < kInfinity ? 0.0 : price;
}

RosterPrices free_prices(const PlanModel& model, std::size_t unit_class) {
  RosterPrices prices;
  DayPricing(model, unit_class).fill([](int, double) { return 0.0; }, prices);
  for (auto& duty : prices.duties) {
    for (auto* days : {&duty.depart, &duty.line, &duty.shadow, &duty.off, &duty.move_to, &duty.leave, &duty.go_home})
      make_free(*days);
    duty.relief = 0.0;
  }
  for (auto& fares : prices.fares)
    make_free(fares);
  prices.extension_day = 0.0;
  return prices;
}

int whole(double amount) {
  return static_cast<int>(std::floor(amount + kAmountTolerance));
}

}  // namespace

LeastOpen::LeastOpen(const Problem& problem)
    : problem_(problem), rows_(problem), model_(problem, rows_), searches_(problem.classes.size()) {
  limits_.reserve(rows_.size());
  for (std::size_t row = 0; row < rows_.size(); ++row)
    limits_.push_back(rows_.limit(static_cast<int>(row)));
  limit_escorts();
}

// (4): the people on s are no more than all escorts that can be there on each day of s - ahead .. s have room for.
void LeastOpen::limit_escorts() {
  const Reach reach = reach_of_duties(problem_, rows_);
  for (std::size_t g = 0; g < problem_.escort_groups.size(); ++g) {
    const EscortTerms& term = problem_.term_of(problem_.escort_groups[g]);
    if (term.supply == EscortTerms::Supply::Implicit)
      continue;
    for (int s = 0; s < rows_.columns(); ++s) {
      const int persons = rows_.row(rows_.escort_persons_group(g), s);
      double& limit = limits_[static_cast<std::size_t>(persons)];
      for (int t = std::max(0, s - term.ahead_days); t <= s; ++t) {
        const int present = rows_.row(rows_.escorts_present_group(g), t);
        const double escorts = reach.most(present) + rows_.committed(present) + rows_.wanted(present);
        const double room = std::max<double>(term.threshold, term.per_persons * escorts);
        limit = std::min(limit, std::max(0.0, room - rows_.committed(persons)));
      }
    }
  }
}

LeastOpen::ClassSearch& LeastOpen::search_of(std::size_t unit_class) {
  auto& search = searches_[unit_class];
  if (!search)
    search = ClassSearch{DayRecursion(problem_, rows_, unit_class), free_prices(model_, unit_class)};
  return *search;
}

LeastOpen::Supply LeastOpen::supply_of(std::size_t unit_class, RequestIndex line) {
  const UnitClass& of_class = problem_.classes[unit_class];
  Supply supply;
  supply.unit_class = unit_class;
  const Request& request = problem_.data().requests[line];
  if (request.measure == Measure::People)
    supply.value = problem_.data().units[of_class.exemplar].persons;
  for (std::size_t d = 0; d < of_class.duties.size(); ++d) {
    if (of_class.duties[d].request != line)
      continue;
    const DutyRows rows = rows_.rows_of(of_class, d);
    Option option = rows.away;
    option.insert(option.end(), rows.accompanied.begin(), rows.accompanied.end());
    option.insert(option.end(), rows.assigned.begin(), rows.assigned.end());
    supply.assigned.push_back(option);
    option.insert(option.end(), rows.working.begin(), rows.working.end());
    supply.at_work.push_back(std::move(option));
  }
  if (!supply.at_work.empty())
    find_days(line, supply);
  return supply;
}

/// The roster with most days on the line, then those with most days on which no roster before was there.
void LeastOpen::find_days(RequestIndex line, Supply& supply) {
  const UnitClass& of_class = problem_.classes[supply.unit_class];
  ClassSearch& search = search_of(supply.unit_class);
  const auto columns = static_cast<std::size_t>(rows_.columns());
  supply.days.assign(columns, false);
  std::vector<double> table;
  std::vector<double> home;
  for (bool is_first = true;; is_first = false) {
    for (std::size_t d = 0; d < of_class.duties.size(); ++d)
      for (std::size_t t = 0; t < columns && of_class.duties[d].request == line; ++t)
        if (double& price = search.prices.duties[d].line[t]; price < kInfinity) {
          const bool is_open = rows_.wanted(rows_.row(rows_.coverage_group(line), static_cast<int>(t))) > 0.0;
          price = is_open && !supply.days[t] ? -1.0 : 0.0;
        }
    const auto found = search.recursion.cheapest(search.prices, 1, kNoneBetter, table, home);
    if (found.empty())
      break;
    if (is_first)
      supply.most_days = static_cast<int>(std::lround(-found.front().price));
    for (const auto& deployment : found.front().roster)
      for (const auto& block : deployment.blocks)
        for (int t = block.first_line; t < block.end() && of_class.duties[block.duty].request == line; ++t)
          supply.days[static_cast<std::size_t>(t)] = true;
  }
  for (std::size_t d = 0; d < of_class.duties.size(); ++d)
    if (of_class.duties[d].request == line)
      make_free(search.prices.duties[d].line);
}

std::vector<LeastOpen::Together> LeastOpen::by_lender(const std::vector<Supply>& supplies) const {
  std::map<AgencyIndex, Together> lenders;
  for (const auto& supply : supplies)
    lenders[problem_.data().units[problem_.classes[supply.unit_class].exemplar].agency].push_back(&supply);
  std::vector<Together> all;
  all.reserve(lenders.size());
  for (auto& [agency, units] : lenders)
    all.push_back(std::move(units));
  return all;
}

bool LeastOpen::may_use(const Option& option, int column) const {
  return std::all_of(option.begin(), option.end(), [&](const DutyRows::Share& share) {
    return share.amount <= limits_[static_cast<std::size_t>(rows_.row(share.group, column))] + kAmountTolerance;
  });
}

/// The most that units of some classes together can count for on a day: all of them, or as many as the limit of a row
/// allows that each of them uses whichever duty it has.
int LeastOpen::most_of(const Together& units, State state, int column) const {
  struct Use {
    int options = 0;              ///< that use the row
    int last = -1;                ///< of them
    double units_of_limit = 0.0;  ///< the most units for one of the limit
    double value_of_limit = 0.0;
  };
  std::map<int, Use> uses;
  int options = 0;
  int all = 0;
  int largest = 0;
  int smallest = std::numeric_limits<int>::max();
  for (const Supply* supply : units) {
    if (state == State::AtWork && !supply->days[static_cast<std::size_t>(column)])
      continue;
    int possible = 0;
    for (const auto& option : state == State::AtWork ? supply->at_work : supply->assigned) {
      if (!may_use(option, column))
        continue;
      for (const auto& share : option) {
        Use& use = uses[rows_.row(share.group, column)];
        use.options += use.last == options + possible ? 0 : 1;
        use.last = options + possible;
        use.units_of_limit = std::max(use.units_of_limit, 1.0 / share.amount);
        use.value_of_limit = std::max(use.value_of_limit, supply->value / share.amount);
      }
      ++possible;
    }
    if (possible == 0)
      continue;
    options += possible;
    all += supply->value * static_cast<int>(problem_.classes[supply->unit_class].members.size());
    largest = std::max(largest, supply->value);
    smallest = std::min(smallest, supply->value);
  }
  int most = all;
  for (const auto& [row, use] : uses)
    if (const double limit = limits_[static_cast<std::size_t>(row)]; use.options == options && limit < kInfinity)
      most = std::min(
          most, largest == smallest ? largest * whole(limit * use.units_of_limit) : whole(limit * use.value_of_limit));
  return most;
}

// (6) min_fill: whether all who could be assigned on a day are fewer than are of use.
bool LeastOpen::is_too_few(RequestIndex line, const std::vector<Together>& lenders, int column) const {
  const int least = problem_.data().requests[line].min_fill;
  const std::size_t group = rows_.assigned_group(line);
  if (least <= 1 || group == RowTable::kNone)
    return false;
  double assigned = rows_.committed(rows_.row(group, column));
  for (const auto& units : lenders)
    assigned += most_of(units, State::Assigned, column);
  return assigned < least - kAmountTolerance;
}

int LeastOpen::most_covered(RequestIndex line, const std::vector<Supply>& supplies) const {
  const auto lenders = by_lender(supplies);
  MaxFlow flow;
  const auto source = flow.add_node();
  const auto sink = flow.add_node();
  std::map<const Supply*, std::size_t> node_of_class;
  for (const auto& supply : supplies) {
    const auto node = node_of_class[&supply] = flow.add_node();
    flow.add_arc(source, node,
                 MaxFlow::Amount{supply.value} * supply.most_days *
                     static_cast<MaxFlow::Amount>(problem_.classes[supply.unit_class].members.size()));
  }
  Together everybody;
  for (const auto& supply : supplies)
    everybody.push_back(&supply);
  for (int t = 0; t < problem_.data().horizon.days; ++t) {
    const int wanted = whole(rows_.wanted(rows_.row(rows_.coverage_group(line), t)));
    if (wanted == 0 || is_too_few(line, lenders, t))
      continue;
    const auto day = flow.add_node();
    flow.add_arc(day, sink, std::min(wanted, most_of(everybody, State::AtWork, t)));
    for (const auto& units : lenders) {
      const auto lender = flow.add_node();
      flow.add_arc(lender, day, most_of(units, State::AtWork, t));
      for (const Supply* supply : units)
        flow.add_arc(node_of_class.at(supply), lender, most_of({supply}, State::AtWork, t));
    }
  }
  return static_cast<int>(flow.between(source, sink));
}

int LeastOpen::of(RequestIndex line) {
  std::vector<Supply> supplies;
  for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
    auto supply = supply_of(c, line);
    if (!supply.at_work.empty())
      supplies.push_back(std::move(supply));
  }
  int wanted = 0;
  for (int t = 0; t < problem_.data().horizon.days; ++t)
    wanted += whole(rows_.wanted(rows_.row(rows_.coverage_group(line), t)));
  return wanted - most_covered(line, supplies);
}

}  // namespace relevo::planner
