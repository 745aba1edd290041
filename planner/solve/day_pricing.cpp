// SPDX-License-Identifier: MIT
#include "planner/solve/day_pricing.hpp"

#include "planner/solve/deployment.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace relevo::planner {

namespace {

/// One call of DayPricing::fill().
template <class PriceOf>
class Pricing {
  using Days = std::vector<double>;  // by column

 public:
  Pricing(const PlanModel& model, std::size_t unit_class, const PriceOf& price_of)
      : model_(model),
        rows_(model.rows()),
        units_(model.problem().classes[unit_class]),
        uses_(model.class_uses(unit_class)),
        costs_(model.costs(unit_class)),
        price_of_(price_of) {}

  void fill(RosterPrices& prices, std::size_t of_day) {
    const Problem& problem = model_.problem();
    prices.extension_day = problem.data().policy.extension_points.value;
    prices.duties.resize(units_.duties.size());
    prices.fares.resize(units_.duties.size());
    for (std::size_t d = 0; d < units_.duties.size(); ++d)
      fill_days(d, away(d), prices.duties[d]);
    const auto is_open = open_duties(prices.duties, of_day);
    for (std::size_t d = 0; d < units_.duties.size(); ++d) {
      auto& fares = prices.fares[d];
      fares.clear();
      if (!is_open[d]) {
        auto& line = prices.duties[d].line;
        std::fill(line.begin(), line.end(), kInfinity);
        fares.resize(units_.moves[d].size(), 0.0);
        continue;
      }
      fill_ways(d, away(d), prices.duties[d]);
      for (const auto& move : units_.moves[d])
        fares.push_back(model_.points_per_money() * move_fare(problem, units_, move.move).value());
    }
    prices.pins.clear();
    for (const std::size_t pin : rows_.pins_of(units_))
      prices.pins.push_back(price_of_(rows_.row(pin, 0), 1.0));
  }

 private:
  double of(GroupIndex group, int t, double amount) const {
    if (group == kNoGroup || t < 0 || t >= rows_.columns())
      return 0.0;
    const int row = rows_.row(group, t);
    return amount > rows_.limit(row) + kAmountTolerance ? kInfinity : price_of_(row, amount);
  }

  double of(DutyUses::Range uses, int t) const {
    double total = 0.0;
    for (auto i = uses.first; i < uses.last; ++i)
      total += of(uses_.uses[i].group, t, uses_.uses[i].amount);
    return total;
  }

  double of_flights(DutyUses::Range flights, int day) const {
    double total = 0.0;
    for (auto i = flights.first; i < flights.last; ++i)
      total += of(uses_.flights[i].group, day + uses_.flights[i].day, uses_.persons);
    return total;
  }

  /// Wages and the rows of the days away, made once for all duties that share them: those under one agreement.
  const Days& away(std::size_t d) {
    const Duty& duty = units_.duties[d];
    const std::pair key(duty.option.agreement, duty.escort_group.has_value());
    const auto it = std::find_if(away_.begin(), away_.end(), [&](const auto& one) { return one.first == key; });
    if (it != away_.end())
      return it->second;
    Days days(static_cast<std::size_t>(rows_.columns()));
    for (int t = 0; t < rows_.columns(); ++t)
      days[static_cast<std::size_t>(t)] = costs_.wages + of(uses_.duties[d].away, t);
    for (const auto& [first, last] : duty.option.down)
      for (int t = std::max(first, 0); t < std::min(last, rows_.columns()); ++t)
        days[static_cast<std::size_t>(t)] = kInfinity;
    away_.emplace_back(key, std::move(days));
    return away_.back().second;
  }

  static double with_days(double total, const Days& days, int first, int last) {
    for (int t = first; t < std::min(last, static_cast<int>(days.size())); ++t)
      total += days[static_cast<std::size_t>(t)];
    return total;
  }

  /// Whether a duty has one of the `of_day` cheapest line days below 0 of some day, by duty.
  std::vector<bool> open_duties(const std::vector<DutyPrices>& duties, std::size_t of_day) const {
    if (of_day >= duties.size())
      return std::vector<bool>(duties.size(), true);
    // Of each day the cheapest prices, ascending.
    std::vector<double> least(static_cast<std::size_t>(rows_.columns()) * of_day, 0.0);
    const auto for_each_line_day = [&](std::size_t d, const auto& visit) {
      const PairOption& option = units_.duties[d].option;
      for (int t = std::max(0, option.need_first); t < std::min(option.need_last, rows_.columns()); ++t) {
        const auto at = static_cast<std::size_t>(t);
        if (visit(duties[d].line[at], &least[at * of_day]))
          return;
      }
    };
    for (std::size_t d = 0; d < duties.size(); ++d)
      for_each_line_day(d, [&](double price, double* of) {
        double* const end = of + of_day;
        double* const at = std::upper_bound(of, end, price);
        if (at != end) {
          std::move_backward(at, end - 1, end);
          *at = price;
        }
        return false;
      });
    std::vector<bool> is_open(duties.size(), false);
    for (std::size_t d = 0; d < duties.size(); ++d)
      for_each_line_day(d, [&](double price, const double* of) {
        is_open[d] = is_open[d] || (price < 0.0 && price <= of[of_day - 1]);
        return is_open[d];
      });
    return is_open;
  }

  void fill_ways(std::size_t d, const Days& away, DutyPrices& prices) const {
    fill_departures(d, away, prices.depart);
    fill_ways_home(d, away, prices.go_home);
    prices.relief = 2.0 * costs_.duties[d].out;
  }

  void fill_days(std::size_t d, const Days& away, DutyPrices& prices) const {
    for (auto* days :
         {&prices.depart, &prices.line, &prices.shadow, &prices.off, &prices.move_to, &prices.leave, &prices.go_home})
      days->assign(static_cast<std::size_t>(rows_.columns()) + 1, kInfinity);
    const PairOption& option = units_.duties[d].option;
    const DeploymentTerms& terms = option.terms;
    const DutyUses& duty = uses_.duties[d];
    const int first = std::max(0, option.need_first - std::max(terms.shadow_days, 0));
    const int last = std::min(rows_.columns(), option.need_last + terms.days_off);
    for (int t = first; t < last; ++t) {
      const auto at = static_cast<std::size_t>(t);
      prices.move_to[at] = away[at] + costs_.lodging + of(duty.on_duty, t);
      prices.off[at] = prices.move_to[at] + (of(duty.assigned, t, duty.amount) + of(duty.capacity, t, uses_.persons) +
                                             of(duty.present, t, 1.0));
      const bool can_drop = t >= duty.handover_first && t < duty.handover_last && duty.handover != kNoGroup;
      const int handover = can_drop ? rows_.row(duty.handover, t) : -1;
      prices.leave[at] = can_drop ? price_of_(handover, 1.0) : 0.0;
      prices.shadow[at] = prices.off[at] + (can_drop ? price_of_(handover, -1.0) : 0.0);
      if (t >= option.need_first && t < option.need_last && t < option.home_before && t < option.present_before)
        prices.line[at] = prices.off[at] + of(duty.coverage, t, duty.amount);
    }
    // Days on the way to this duty may lie before its need.
    for (int t = 0; t < first && terms.max_moves > 0; ++t)
      prices.move_to[static_cast<std::size_t>(t)] =
          away[static_cast<std::size_t>(t)] + costs_.lodging + of(duty.on_duty, t);
  }

  void fill_departures(std::size_t d, const Days& away, Days& depart) const {
    const PairOption& option = units_.duties[d].option;
    const DutyUses& duty = uses_.duties[d];
    const double alone = costs_.duties[d].tier + costs_.duties[d].out + costs_.lodging * option.terms.orientation_days;
    for (const auto& departure : option.first_departures()) {
      const int t = departure.day;
      const double rows = of_flights(duty.out, t) + of(duty.moves_out, t, 1.0) +
                          of(duty.persons_out, t, uses_.persons) + of(duty.announced_out, t, 1.0);
      depart[static_cast<std::size_t>(t)] = with_days(alone + rows, away, t, option.terms.first_line(t));
    }
  }

  void fill_ways_home(std::size_t d, const Days& away, Days& go_home) const {
    const PairOption& option = units_.duties[d].option;
    const DutyUses& duty = uses_.duties[d];
    for (int e = std::max(0, option.need_first); e < std::min(option.need_last, rows_.columns()); ++e) {
      if (!option.may_end(std::nullopt, e))
        continue;
      const int home = option.terms.home(e);
      const double alone = costs_.duties[d].home + of_flights(duty.home, option.terms.release(e)) +
                           (of(duty.moves_home, home, 1.0) + of(duty.announced_home, home, 1.0));
      go_home[static_cast<std::size_t>(e)] = with_days(alone, away, e + 1, home + 1);
    }
  }

  const PlanModel& model_;
  const RowTable& rows_;
  const UnitClass& units_;
  const ClassUses& uses_;
  const PlanModel::ClassCosts& costs_;
  const PriceOf& price_of_;
  std::vector<std::pair<std::pair<AgreementIndex, bool>, Days>> away_;  // by agreement, escorts apart
};

}  // namespace

void DayPricing::fill(const RowPrice& price, RosterPrices& prices) const {
  Pricing(model_, unit_class_, price).fill(prices, kAllDuties);
}

void DayPricing::fill(const std::vector<double>& price_of_row, RosterPrices& prices, std::size_t of_day) const {
  const auto price = [&](int row, double amount) { return price_of_row[static_cast<std::size_t>(row)] * amount; };
  Pricing(model_, unit_class_, price).fill(prices, of_day);
}

}  // namespace relevo::planner
