// SPDX-License-Identifier: MIT
#include "planner/solve/state_prices.hpp"

#include <algorithm>
#include <utility>

namespace relevo::planner {

namespace {

/// Reads the prices of rows off a state.
class RowPricer {
 public:
  RowPricer(const PlanState& state, const RulePrices& rules)
      : state_(state),
        rules_(rules),
        model_(state.model()),
        rows_(model_.rows()),
        guide_(rules.guide == nullptr ? nullptr : rules.guide->data()),
        share_(rules.guide == nullptr ? 0.0 : rules.guide_share) {}

  /// What a marginal price becomes beside the guide.
  double mixed(GroupIndex group, int t, double amount, double price) const {
    if (share_ == 0.0)
      return price;
    const double guided = guide_[static_cast<std::size_t>(rows_.row(group, t))] * amount;
    return (1.0 - share_) * price + share_ * guided;
  }

  double limit(GroupIndex group, int t, double amount) const {
    return use(group, t) + amount > rows_.limit(rows_.row(group, t)) ? kInfinite : mixed(group, t, amount, 0.0);
  }

  double coverage(GroupIndex group, int t, double amount) const {
    const int row = rows_.row(group, t);
    const double before = use(group, t);
    if (before + amount > rows_.limit(row)) {
      if (rules_.crowding == 0.0 || before > rows_.limit(row) || rows_.wanted(row) == 0.0)
        return kInfinite;
      return rules_.crowding * (guide_ != nullptr ? guide_[static_cast<std::size_t>(row)] * amount
                                                  : -model_.group(group).points * amount);
    }
    const double wanted = rows_.wanted(row);
    return mixed(group, t, amount,
                 model_.group(group).points * (excess(wanted, before + amount) - excess(wanted, before)));
  }

  double handover(GroupIndex group, int t, double amount) const {
    const double before = rows_.committed(rows_.row(group, t)) + use(group, t);
    return mixed(group, t, amount,
                 model_.group(group).points * (std::max(0.0, before + amount) - std::max(0.0, before)));
  }

  double assigned(GroupIndex group, int t, double amount) const {
    const auto& terms = model_.group(group);
    const int row = rows_.row(group, t);
    const double committed = rows_.committed(row);
    const double before = use(group, t);
    const double more_lacking = lacks(before + amount, committed, terms.least) - lacks(before, committed, terms.least);
    double price = mixed(group, t, amount, price_of_change(rules_.min_fill, more_lacking));
    if (!terms.in_package)
      return price;
    if (!state_.is_package_open(terms.subject))
      return kInfinite;
    const double whole = rows_.whole(row);
    return price +
           rules_.packages.mending * (excess(whole, committed + before + amount) - excess(whole, committed + before));
  }

  /// What people on column `s` cost through the escorts that must be there on `t`.
  double escorts_on(std::size_t escort_group, int s, double amount, int t) const {
    const auto& escorts = model_.escorts()[escort_group];
    const double people = rows_.committed(rows_.row(escorts.persons, s)) + use(escorts.persons, s) + amount;
    const int more = required_escorts(*escorts.term, people) - state_.needed_escorts(escort_group, t);
    if (more <= 0)
      return 0.0;
    if (escorts.is_implicit)
      return escorts.daily_points * more;
    const int missing = state_.missing_escorts(escort_group, t);
    const int more_missing = std::max(0, missing + more) - std::max(0, missing);
    return more_missing == 0 ? 0.0 : breaking_escorts(escort_group, t) * more_missing;
  }

  double escorts_ahead(std::size_t escort_group, int s, double amount) const {
    double price = 0.0;
    for (int t = std::max(0, s - model_.escorts()[escort_group].term->ahead_days); t < s; ++t)
      price += escorts_on(escort_group, s, amount, t);
    return price;
  }

  /// Whether missing escorts are out of the question, so that each day counts for all days before it.
  bool are_escorts_hard(std::size_t escort_group) const {
    return !model_.escorts()[escort_group].is_implicit && rules_.missing_escorts == nullptr &&
           rules_.escorts.breaking == kInfinite;
  }

  double present(GroupIndex group, int t, double amount) const {
    const int missing = state_.missing_escorts(model_.group(group).subject, t);
    return mixed(group, t, amount, rules_.escorts.mending * (excess(missing, amount) - std::max(0, missing)));
  }

  double lift(GroupIndex group, int t, double passengers) const {
    if (limit(group, t, passengers) == kInfinite)
      return kInfinite;
    return mixed(
        group, t, passengers,
        model_.lift_points(group, t, use(group, t) + passengers) - model_.lift_points(group, t, use(group, t)));
  }

  double announced(GroupIndex group, int t, double amount) const {
    if (group == kNoGroup || t >= model_.columns())
      return 0.0;
    const int row = rows_.row(group, t);
    if (use(group, t) + amount > rows_.limit(row))
      return kInfinite;
    const double kept = excess(rows_.wanted(row), use(group, t)) - excess(rows_.wanted(row), use(group, t) + amount);
    return mixed(group, t, amount, -kept * model_.group(group).changed[static_cast<std::size_t>(t)]);
  }

  /// One more unit with so many persons.
  double movement(GroupIndex units, int t, double persons) const {
    const auto& terms = model_.group(units);
    const bool is_new = use(units, t) == 0.0;
    double price = mixed(units, t, 1.0, is_new ? terms.points : 0.0);
    if (terms.partner == kNoGroup)
      return price;
    const double there = use(terms.partner, t);
    const double change = excess(terms.least, there + persons) - (is_new ? 0.0 : excess(terms.least, there));
    return price + mixed(terms.partner, t, persons, price_of_change(rules_.movements, change));
  }

 private:
  double use(GroupIndex group, int t) const { return state_.uses_of(group)[t]; }

  double breaking_escorts(std::size_t escort_group, int t) const {
    return rules_.missing_escorts == nullptr
               ? rules_.escorts.breaking
               : (*rules_.missing_escorts)[escort_group * static_cast<std::size_t>(model_.columns()) +
                                           static_cast<std::size_t>(t)];
  }

  const PlanState& state_;
  const RulePrices& rules_;
  const PlanModel& model_;
  const RowTable& rows_;
  const double* guide_;
  double share_;
};

}  // namespace

double marginal_price(const PlanState& state, const RulePrices& rules, int row, double amount) {
  const RowPricer pricer(state, rules);
  const auto group = static_cast<GroupIndex>(state.model().rows().group_of(row));
  const int t = state.model().rows().column_of(row);
  const auto& terms = state.model().group(group);
  switch (terms.family) {
    case RowFamily::Coverage:
      return pricer.coverage(group, t, amount);
    case RowFamily::Handover:
      return pricer.handover(group, t, amount);
    case RowFamily::Assigned:
      return pricer.assigned(group, t, amount);
    case RowFamily::Announced:
      return pricer.announced(group, t, amount);
    case RowFamily::EscortPersons:
      return pricer.mixed(
          group, t, amount,
          pricer.escorts_on(terms.subject, t, amount, t) + pricer.escorts_ahead(terms.subject, t, amount));
    case RowFamily::EscortsPresent:
      return pricer.present(group, t, amount);
    case RowFamily::Lift:
      return pricer.lift(group, t, amount);
    case RowFamily::MovementUnits:
      return terms.partner == kNoGroup ? pricer.movement(group, t, 0.0) : 0.0;
    case RowFamily::MovementPersons:
      return pricer.movement(terms.partner, t, amount);
    case RowFamily::Capacity:
    case RowFamily::Reserve:
    case RowFamily::Offer:
    case RowFamily::Pool:
      return pricer.limit(group, t, amount);
    case RowFamily::Pin:
      return state.use(row) < state.model().rows().wanted(row) ? -rules.pins.mending * amount : 0.0;
  }
  return 0.0;
}

/// One call of StatePricer::price().
struct StatePricer::Pricing {
  StatePricer& scratch;
  const PlanModel& model;
  const UnitClass& units;
  const ClassUses& rows;
  const PlanModel::ClassCosts& costs;
  RowPricer pricer;
  int columns;
  std::size_t away_made = 0;
  std::size_t on_duty_made = 0;
  std::size_t ahead_made = 0;

  /// Whether a line day at the duty can earn anything.
  bool may_earn(std::size_t d) const {
    const PairOption& option = units.duties[d].option;
    const DutyUses& duty = rows.duties[d];
    if (duty.assigned != kNoGroup)
      return true;
    for (int t = std::max(0, option.need_first); t < std::min(option.need_last, columns); ++t)
      if ((duty.coverage != kNoGroup && pricer.coverage(duty.coverage, t, duty.amount) < 0.0) ||
          (duty.present != kNoGroup && pricer.present(duty.present, t, 1.0) < 0.0))
        return true;
    return false;
  }

  void price_duty(std::size_t d, DutyPrices& prices) {
    const DutyUses& duty = rows.duties[d];
    const PairOption& option = units.duties[d].option;
    const int longest_off = option.terms.max_tours > 1 ? option.terms.days_off : 0;
    const int first = std::max(0, option.need_first);
    const int last = std::min({columns, option.need_last + longest_off, option.present_before});
    const int first_move = option.terms.max_moves > 0 ? std::max(0, first - costs.longest_move) : first;
    const Days& away = shared(scratch.away_, away_made, duty.away, 0, columns,
                              [&](int t) { return price_away(option, duty.away, t); });
    const Days& on_duty = shared(scratch.on_duty_, on_duty_made, duty.on_duty, first_move, last,
                                 [&](int t) { return price_on_duty(duty.on_duty, t); });
    const Days& ahead = shared(scratch.ahead_, ahead_made, duty.on_duty, first, std::min(columns, option.need_last),
                               [&](int t) { return price_ahead(duty.on_duty, t); });
    price_departures(d, away, ahead, prices.depart);
    price_days(d, away, on_duty, {first, last}, prices);
    for (int t = first_move; t < last; ++t)
      prices.move_to[static_cast<std::size_t>(t)] =
          away[static_cast<std::size_t>(t)] + costs.lodging + on_duty[static_cast<std::size_t>(t)];
    price_ways_home(d, away, prices.go_home);
    prices.relief = 2.0 * costs.duties[d].out;
  }

  /// The prices of a range of uses on [first, last), each made once for all duties that share it.
  template <class Make>
  const Days& shared(std::vector<Shared>& all, std::size_t& count, DutyUses::Range range, int first, int last,
                     const Make& make) const {
    // An empty range has no place of its own.
    const std::uint32_t key = range.first == range.last ? kNoGroup : range.first;
    std::size_t i = 0;
    while (i < count && all[i].key != key)
      ++i;
    if (i == count) {
      if (all.size() == count)
        all.emplace_back();
      ++count;
      all[i].key = key;
      all[i].first = all[i].last = first;
      all[i].days.resize(static_cast<std::size_t>(columns));
    }
    Shared& one = all[i];
    for (; one.first > first; --one.first)
      one.days[static_cast<std::size_t>(one.first) - 1] = make(one.first - 1);
    for (; one.last < last; ++one.last)
      one.days[static_cast<std::size_t>(one.last)] = make(one.last);
    return one.days;
  }

  /// Wages and the rows of a day away; infinite while the unit is down.
  double price_away(const PairOption& option, DutyUses::Range range, int t) const {
    for (const auto& [first, last] : option.down)
      if (t >= first && t < last)
        return kInfinite;
    double price = costs.wages;
    for (auto i = range.first; i < range.last; ++i)
      price += pricer.limit(rows.uses[i].group, t, rows.uses[i].amount);
    return price;
  }

  double price_on_duty(DutyUses::Range range, int t) const {
    double price = 0.0;
    for (auto i = range.first; i < range.last; ++i) {
      const std::size_t g = model.group(rows.uses[i].group).subject;
      const double amount = rows.uses[i].amount;
      const double ahead = pricer.are_escorts_hard(g) ? pricer.escorts_ahead(g, t, amount) : 0.0;
      price += pricer.mixed(rows.uses[i].group, t, amount, pricer.escorts_on(g, t, amount, t) + ahead);
    }
    return price;
  }

  double price_ahead(DutyUses::Range range, int t) const {
    double price = 0.0;
    for (auto i = range.first; i < range.last; ++i) {
      const std::size_t g = model.group(rows.uses[i].group).subject;
      if (!pricer.are_escorts_hard(g))
        price += pricer.escorts_ahead(g, t, rows.uses[i].amount);
    }
    return price;
  }

  double flights(DutyUses::Range range, int day) const {
    double price = 0.0;
    for (auto i = range.first; i < range.last; ++i)
      if (const int t = day + rows.flights[i].day; t < columns)
        price += pricer.lift(rows.flights[i].group, t, rows.persons);
    return price;
  }

  double movement(GroupIndex group, int day) const {
    return group == kNoGroup || day >= columns ? 0.0 : pricer.movement(group, day, rows.persons);
  }

  static double sum(const Days& days, int first, int last) {
    double sum = 0.0;
    for (int t = first; t < std::min(last, static_cast<int>(days.size())); ++t)
      sum += days[static_cast<std::size_t>(t)];
    return sum;
  }

  void price_departures(std::size_t d, const Days& away, const Days& ahead, Days& depart) const {
    const PairOption& option = units.duties[d].option;
    const DutyUses& duty = rows.duties[d];
    const int orientation = option.terms.orientation_days;
    for (const auto& departure : option.first_departures()) {
      const int t = departure.day;
      const int first = option.terms.first_line(t);
      if (t < 0 || first >= columns)
        continue;
      depart[static_cast<std::size_t>(t)] = sum(away, t, first) + costs.lodging * orientation + costs.duties[d].out +
                                            costs.duties[d].tier + flights(duty.out, t) + movement(duty.moves_out, t) +
                                            pricer.announced(duty.announced_out, t, 1.0) +
                                            ahead[static_cast<std::size_t>(first)];
    }
  }

  void price_days(std::size_t d, const Days& away, const Days& on_duty, Span days, DutyPrices& prices) const {
    const PairOption& option = units.duties[d].option;
    const DutyUses& duty = rows.duties[d];
    const auto assigned = [&](int t) {
      double price = away[static_cast<std::size_t>(t)] + costs.lodging + on_duty[static_cast<std::size_t>(t)];
      if (duty.assigned != kNoGroup)
        price += pricer.assigned(duty.assigned, t, duty.amount);
      if (duty.capacity != kNoGroup)
        price += pricer.limit(duty.capacity, t, rows.persons);
      if (duty.present != kNoGroup)
        price += pricer.present(duty.present, t, 1.0);
      return price;
    };
    for (int t = days.first; t < days.last; ++t) {
      const auto i = static_cast<std::size_t>(t);
      const double price = assigned(t);
      prices.off[i] = price;
      if (t >= option.need_last)
        continue;
      prices.line[i] = price + (duty.coverage == kNoGroup ? 0.0 : pricer.coverage(duty.coverage, t, duty.amount));
      const bool can_drop = duty.handover != kNoGroup && t >= duty.handover_first && t < duty.handover_last;
      prices.shadow[i] = price + (can_drop ? pricer.handover(duty.handover, t, -1.0) : 0.0);
      prices.leave[i] = can_drop ? pricer.handover(duty.handover, t, 1.0) : 0.0;
    }
  }

  void price_ways_home(std::size_t d, const Days& away, Days& go_home) const {
    const PairOption& option = units.duties[d].option;
    const DutyUses& duty = rows.duties[d];
    const int last = std::min({columns, option.need_last, option.present_before});
    for (int t = std::max(0, option.need_first); t < last; ++t) {
      const int home = option.terms.home(t);
      if (home >= option.home_before)
        break;
      go_home[static_cast<std::size_t>(t)] =
          sum(away, t + 1, home + 1) + costs.duties[d].home + flights(duty.home, option.terms.release(t)) +
          movement(duty.moves_home, home) + pricer.announced(duty.announced_home, home, 1.0);
    }
  }
};

void StatePricer::price(const PlanState& state, std::size_t unit_class, const RulePrices& rules, RosterPrices& prices,
                        const PricingScope& scope) {
  const PlanModel& model = state.model();
  const UnitClass& units = model.problem().classes[unit_class];
  const Policy& policy = model.problem().data().policy;
  Pricing pricing{
      *this,          model, units, model.class_uses(unit_class), model.costs(unit_class), RowPricer(state, rules),
      model.columns()};
  const auto length = static_cast<std::size_t>(model.columns()) + 1;
  prices.pins.clear();
  for (const auto& pin : model.pins_of(unit_class))
    prices.pins.push_back(marginal_price(state, rules, model.rows().row(pin.group, 0), 1.0));
  // What was announced is worth keeping whatever the line days earn, and any duty may lead to it.
  const bool is_announced = std::ranges::any_of(pricing.rows.duties, [](const DutyUses& duty) {
    return duty.announced_out != kNoGroup || duty.announced_home != kNoGroup;
  });
  prices.extension_day = policy.extension_points.value;
  prices.duties.resize(units.duties.size());
  prices.fares.resize(units.duties.size());
  for (std::size_t d = 0; d < units.duties.size(); ++d) {
    DutyPrices& made = prices.duties[d];
    const auto& request = units.duties[d].request;
    const bool is_closed =
        (scope.open_requests != nullptr && request && (*scope.open_requests)[request->value()] == 0) ||
        (scope.only_useful && !is_announced && !pricing.may_earn(d));
    made.line.assign(length, kInfinite);
    for (auto* days : {&made.depart, &made.shadow, &made.off, &made.move_to, &made.leave, &made.go_home})
      if (!is_closed || days->size() != length)
        days->assign(length, kInfinite);
    auto& fares = prices.fares[d];
    fares.resize(units.moves[d].size());
    if (is_closed)
      continue;
    pricing.price_duty(d, made);
    for (std::size_t k = 0; k < fares.size(); ++k)
      fares[k] = model.points_per_money() * move_fare(model.problem(), units, units.moves[d][k].move).value();
  }
}

}  // namespace relevo::planner
