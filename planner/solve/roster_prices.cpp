// SPDX-License-Identifier: MIT
#include "planner/solve/roster_prices.hpp"

#include "planner/solve/deployment.hpp"
#include "planner/solve/lifts.hpp"
#include "planner/solve/linear_model.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>

namespace relevo::planner {

DayPricing::DayPricing(const Problem& problem, const RowTable& rows, std::size_t unit_class)
    : problem_(&problem), rows_(&rows), unit_class_(unit_class), pins_(rows.pins_of(problem.classes[unit_class])) {
  const UnitClass& c = problem.classes[unit_class];
  const double per_money = problem.data().policy.points_per_money.value;
  for (std::size_t d = 0; d < c.duties.size(); ++d) {
    const DutyRows of_duty = rows.rows_of(c, d);
    DutyShares shares;
    shares.away = keep_away(d, of_duty.away);
    shares.working = keep(of_duty.working);
    shares.assigned = keep(of_duty.assigned);
    shares.accompanied = keep(of_duty.accompanied);
    shares.out = keep(of_duty.out);
    shares.home = keep(of_duty.home);
    shares.come_home = keep(of_duty.come_home);
    shares.way_out = per_money * journey_fare(problem, c, d, Direction::Out).value();
    shares.way_home = per_money * journey_fare(problem, c, d, Direction::Home).value();
    duties_.push_back(shares);
    for (const auto& move : c.moves[d])
      fares_.push_back(per_money * move_fare(problem, c, move.move).value());
  }
}

DayPricing::Shares DayPricing::keep(const std::vector<DutyRows::Share>& shares) {
  const std::size_t first = shares_.size();
  shares_.insert(shares_.end(), shares.begin(), shares.end());
  return {first, shares_.size()};
}

std::size_t DayPricing::keep_away(std::size_t duty, const std::vector<DutyRows::Share>& shares) {
  const Duty& of_duty = problem_->classes[unit_class_].duties[duty];
  const bool is_escort = of_duty.escort_group.has_value();
  for (std::size_t i = 0; i < away_.size(); ++i)
    if (away_[i].agreement == of_duty.option.agreement && away_[i].is_escort == is_escort)
      return i;
  away_.push_back({of_duty.option.agreement, is_escort, keep(shares), of_duty.option.down});
  return away_.size() - 1;
}

template <class PriceOf>
double DayPricing::sum(const PriceOf& price_of, const Shares& shares, int column) const {
  double total = 0.0;
  for (std::size_t i = shares.first; i < shares.last; ++i) {
    const DutyRows::Share& share = shares_[i];
    const int t = column + share.day;
    if (t < 0 || t >= rows_->columns())
      continue;
    const int row = rows_->row(share.group, t);
    total += share.amount > rows_->limit(row) + kAmountTolerance ? kInfinity : price_of(row, share.amount);
  }
  return total;
}

template <class PriceOf>
void DayPricing::fill_duty(const PriceOf& price_of, std::size_t index, const std::vector<double>& away,
                           DutyPrices& prices) const {
  const ScenarioData& data = problem_->data();
  const UnitClass& unit_class = problem_->classes[unit_class_];
  const Duty& duty = unit_class.duties[index];
  const DutyShares& shares = duties_[index];
  const PairOption& option = duty.option;
  const DeploymentTerms& terms = option.terms;
  const int columns = rows_->columns();
  const double per_money = data.policy.points_per_money.value;
  const double lodging = per_money * data.policy.lodging_per_person_day.value * data.units[unit_class.exemplar].persons;

  for (auto* days :
       {&prices.depart, &prices.line, &prices.shadow, &prices.off, &prices.move_to, &prices.leave, &prices.go_home})
    days->assign(static_cast<std::size_t>(columns) + 1, kInfinity);
  const int first = std::max(0, option.need_first - std::max(terms.shadow_days, 0));
  const int last = std::min(columns, option.need_last + terms.days_off);
  for (int t = first; t < last; ++t) {
    const auto at = static_cast<std::size_t>(t);
    const double accompanied = sum(price_of, shares.accompanied, t);
    const double present = away[at] + lodging + accompanied;
    prices.move_to[at] = present;
    prices.off[at] = present + sum(price_of, shares.assigned, t);
    const int handover = rows_->handover_row(duty.request, t);
    prices.leave[at] = handover < 0 ? 0.0 : price_of(handover, 1.0);
    prices.shadow[at] = prices.off[at] + (handover < 0 ? 0.0 : price_of(handover, -1.0));
    if (t >= option.need_first && t < option.need_last && t < option.home_before && t < option.present_before)
      prices.line[at] = prices.off[at] + sum(price_of, shares.working, t);
  }
  // Days on the way to this duty may lie before its need.
  for (int t = 0; t < first && terms.max_moves > 0; ++t)
    prices.move_to[static_cast<std::size_t>(t)] =
        away[static_cast<std::size_t>(t)] + lodging + sum(price_of, shares.accompanied, t);

  double points = 0.0;
  if (!duty.escort_group)
    points =
        data.policy.tier_points.at(static_cast<std::size_t>(data.agreements[option.agreement].precedence.tier)).value;
  prices.relief = 2.0 * shares.way_out;
  for (const int d : option.first_departures()) {
    double total = points + shares.way_out + lodging * terms.orientation_days + sum(price_of, shares.out, d);
    for (int t = d; t < std::min(terms.first_line(d), columns); ++t)
      total += away[static_cast<std::size_t>(t)];
    prices.depart[static_cast<std::size_t>(d)] = total;
  }
  for (int e = std::max(0, option.need_first); e < std::min(option.need_last, columns); ++e) {
    if (!option.may_end(std::nullopt, e))
      continue;
    const int home = terms.home(e);
    double total =
        shares.way_home + sum(price_of, shares.home, terms.release(e)) + sum(price_of, shares.come_home, home);
    for (int t = e + 1; t <= home && t < columns; ++t)
      total += away[static_cast<std::size_t>(t)];
    prices.go_home[static_cast<std::size_t>(e)] = total;
  }
}

template <class PriceOf>
void DayPricing::fill_with(const PriceOf& price_of, RosterPrices& prices) const {
  const ScenarioData& data = problem_->data();
  const UnitClass& unit_class = problem_->classes[unit_class_];
  const auto columns = static_cast<std::size_t>(rows_->columns());
  const double per_money = data.policy.points_per_money.value;
  const double wages = per_money * problem_->scenario->daily_cost_of(data.units[unit_class.exemplar]).value();
  std::vector<std::vector<double>> away(away_.size());
  for (std::size_t i = 0; i < away_.size(); ++i) {
    away[i].resize(columns);
    for (std::size_t t = 0; t < columns; ++t)
      away[i][t] = wages + sum(price_of, away_[i].shares, static_cast<int>(t));
    for (const auto& [first, last] : away_[i].down)
      for (int t = std::max(first, 0); t < std::min(last, rows_->columns()); ++t)
        away[i][static_cast<std::size_t>(t)] = kInfinity;
  }
  prices.extension_day = data.policy.extension_points.value;
  prices.duties.resize(unit_class.duties.size());
  for (std::size_t d = 0; d < unit_class.duties.size(); ++d)
    fill_duty(price_of, d, away[duties_[d].away], prices.duties[d]);
  prices.fares.resize(unit_class.moves.size());
  auto fare = fares_.begin();
  for (std::size_t d = 0; d < unit_class.moves.size(); ++d) {
    const auto next = fare + static_cast<std::ptrdiff_t>(unit_class.moves[d].size());
    prices.fares[d].assign(fare, next);
    fare = next;
  }
  prices.pins.clear();
  for (const std::size_t pin : pins_)
    prices.pins.push_back(price_of(rows_->row(pin, 0), 1.0));
}

void DayPricing::fill(const RowPrice& price, RosterPrices& prices) const {
  fill_with(price, prices);
}

void DayPricing::fill(const std::vector<double>& price_of_row, RosterPrices& prices) const {
  fill_with([&](int row, double amount) { return price_of_row[static_cast<std::size_t>(row)] * amount; }, prices);
}

}  // namespace relevo::planner
