// SPDX-License-Identifier: MIT
#include "planner/record/comparison.hpp"

#include "planner/record/group_matching.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace relevo::planner {

namespace {

constexpr double kCent = 0.005;  ///< sums in another order differ in their last digits

bool differs(double a, double b) {
  return std::abs(a - b) > kCent;
}

std::map<std::string, int> difference(const std::map<std::string, int>& before,
                                      const std::map<std::string, int>& after) {
  std::map<std::string, int> more = after;
  for (const auto& [name, count] : before)
    more[name] -= count;
  std::erase_if(more, [](const auto& entry) { return entry.second == 0; });
  return more;
}

int days_between(Day first, Day second) {
  return static_cast<int>((second - first).count());
}

int value_on(const std::vector<int>& series, const Horizon& horizon, Day day) {
  const int column = horizon.column(day);
  return column >= 0 && static_cast<std::size_t>(column) < series.size() ? series[static_cast<std::size_t>(column)] : 0;
}

std::vector<Day> days_of(const DayInterval& interval) {
  std::vector<Day> days;
  for (Day day = interval.first; day < interval.last; day += Days{1})
    days.push_back(day);
  return days;
}

PlanComparison::Side side_of(const PlanRecord& plan) {
  return {.name = plan.name,
          .scenario = plan.scenario,
          .title = plan.title,
          .as_of = plan.as_of,
          .horizon = plan.horizon,
          .currency = plan.currency,
          .status = plan.status,
          .objective = plan.objective,
          .bound = plan.bound,
          .gap = plan.gap,
          .vector = plan.vector};
}

/// Sets both records side by side, subject by subject.
class Comparer {
 public:
  Comparer(const PlanRecord& before, const PlanRecord& after) : before_(before), after_(after) {
    result_.before = side_of(before);
    result_.after = side_of(after);
    result_.shared = {std::max(before.horizon.first, after.horizon.first),
                      std::min(before.horizon.last(), after.horizon.last())};
    if (result_.shared.empty())
      result_.shared.last = result_.shared.first;
    days_ = days_of(result_.shared);
  }

  PlanComparison compare() {
    compare_groups();
    compare_lines();
    compare_reserves();
    compare_costs();
    return std::move(result_);
  }

 private:
  /// The groups that are away on a shared day; the others are counted.
  std::vector<TravelGroup> groups_within(const PlanRecord& plan, int& outside) const {
    auto groups = travel_groups(plan);
    const auto& shared = result_.shared;
    const auto is_outside = [&](const TravelGroup& g) { return g.home < shared.first || shared.last <= g.depart; };
    outside = static_cast<int>(std::erase_if(groups, is_outside));
    return groups;
  }

  void compare_groups() {
    const auto before = groups_within(before_, result_.groups_outside_before);
    const auto after = groups_within(after_, result_.groups_outside_after);
    result_.groups = detail::match_groups(before, after);
  }

  LineChange::Side side_on(const PlanRecord& plan, const PlanRecord::Line& line) const {
    LineChange::Side side{.priority = line.priority, .status = line.status, .reason_code = line.reason_code};
    for (const Day day : days_) {
      side.wanted += value_on(line.wanted, plan.horizon, day);
      side.unmet += value_on(line.unmet, plan.horizon, day);
    }
    side.worked = side.wanted - side.unmet;
    return side;
  }

  static int filled_on(const PlanRecord& plan, const PlanRecord::Line& line, Day day) {
    return value_on(line.wanted, plan.horizon, day) - value_on(line.unmet, plan.horizon, day);
  }

  LineChange change_of(const PlanRecord::Line& before, const PlanRecord::Line& after) const {
    LineChange change{.request = before.request,
                      .incident = before.incident,
                      .kind = before.kind,
                      .measure = before.measure,
                      .before = side_on(before_, before),
                      .after = side_on(after_, after)};
    for (const Day day : days_)
      if (const int more = filled_on(after_, after, day) - filled_on(before_, before, day); more != 0)
        change.filled_more.emplace_back(day, more);
    return change;
  }

  void compare_lines() {
    std::map<std::pair<int, Measure>, PriorityChange> sums;
    const auto sum_of = [&sums](int priority, Measure measure) -> PriorityChange& {
      auto& sum = sums[{priority, measure}];
      sum.priority = priority;
      sum.measure = measure;
      return sum;
    };
    for (const auto& line : before_.lines) {
      const auto* other = after_.find_line(line.request);
      // A line that counts something else by now is another line.
      if (other == nullptr || other->measure != line.measure) {
        result_.lines_only_before.push_back(line.request);
        continue;
      }
      const auto& change = result_.lines.emplace_back(change_of(line, *other));
      auto& before = sum_of(change.before.priority, change.measure).before;
      before.wanted += change.before.wanted;
      before.unmet += change.before.unmet;
      auto& after = sum_of(change.after.priority, change.measure).after;
      after.wanted += change.after.wanted;
      after.unmet += change.after.unmet;
    }
    for (const auto& line : after_.lines) {
      const auto* other = before_.find_line(line.request);
      if (other == nullptr || other->measure != line.measure)
        result_.lines_only_after.push_back(line.request);
    }
    for (const auto& [key, sum] : sums)
      result_.priorities.push_back(sum);
  }

  ReserveChange::Side side_on(const PlanRecord& plan, const PlanRecord::Reserve& line) const {
    ReserveChange::Side side;
    bool is_first = true;
    for (const Day day : days_) {
      const int away = value_on(line.away, plan.horizon, day);
      const int home = value_on(line.available, plan.horizon, day) - away;
      side.away_days += away;
      side.days_below += home < value_on(line.reserve, plan.horizon, day) ? 1 : 0;
      if (is_first || home < side.least_home) {
        side.least_home = home;
        side.least_day = day;
      }
      is_first = false;
    }
    return side;
  }

  void compare_reserves() {
    std::map<std::pair<std::string, std::string>, const PlanRecord::Reserve*> of_before;
    for (const auto& line : before_.reserve)
      of_before[{line.agency, line.kind}] = &line;
    std::map<std::pair<std::string, std::string>, ReserveChange> changes;
    for (const auto& line : after_.reserve)
      if (const auto it = of_before.find({line.agency, line.kind}); it != of_before.end())
        if (const ReserveChange change{line.agency, line.kind, side_on(before_, *it->second), side_on(after_, line)};
            change.before != change.after)
          changes[it->first] = change;
    for (const auto& [key, change] : changes)
      result_.reserves.push_back(change);
  }

  void compare_costs() {
    for (const auto& [item, amount] : cost_by_item(before_))
      result_.cost[item].first = amount;
    for (const auto& [item, amount] : cost_by_item(after_))
      result_.cost[item].second = amount;
  }

  const PlanRecord& before_;
  const PlanRecord& after_;
  std::vector<Day> days_;
  PlanComparison result_;
};

}  // namespace

bool GroupChange::is_kept() const {
  if (!before || !after)
    return false;
  const auto content = [](const TravelGroup& g) {
    return std::tie(g.lender, g.borrower, g.agreement, g.muster, g.depart, g.release, g.home, g.persons, g.units,
                    g.kinds, g.at_work);
  };
  return content(*before) == content(*after);
}

int GroupChange::days_later() const {
  return before && after ? days_between(before->depart, after->depart) : 0;
}

int GroupChange::days_longer() const {
  if (!before || !after)
    return 0;
  return days_between(after->depart, after->release) - days_between(before->depart, before->release);
}

int GroupChange::home_later() const {
  return before && after ? days_between(before->home, after->home) : 0;
}

int GroupChange::persons_more() const {
  return before && after ? after->persons - before->persons : 0;
}

std::map<std::string, int> GroupChange::kinds_more() const {
  return before && after ? difference(before->kinds, after->kinds) : std::map<std::string, int>{};
}

std::map<std::string, int> GroupChange::line_days_more() const {
  return before && after ? difference(before->line_days(), after->line_days()) : std::map<std::string, int>{};
}

bool GroupChange::other_borrower() const {
  return before && after && before->borrower != after->borrower;
}

bool GroupChange::other_agreement() const {
  return before && after && before->agreement != after->agreement;
}

bool GroupChange::other_muster() const {
  return before && after && before->muster != after->muster;
}

bool GroupChange::other_units() const {
  return before && after && before->kinds == after->kinds && before->units != after->units;
}

bool PlanComparison::identical() const {
  const auto is_kept = [](const auto& change) { return change.is_kept(); };
  const auto costs_same = [](const auto& item) { return !differs(item.second.first, item.second.second); };
  return std::ranges::all_of(groups, is_kept) && std::ranges::all_of(lines, is_kept) && lines_only_before.empty() &&
         lines_only_after.empty() && groups_outside_before == groups_outside_after && reserves.empty() &&
         std::ranges::all_of(cost, costs_same) && !differs(before.vector.need.value(), after.vector.need.value()) &&
         !differs(before.vector.disturbance.value(), after.vector.disturbance.value());
}

int PlanComparison::count_groups(bool (*is)(const GroupChange&)) const {
  return static_cast<int>(std::ranges::count_if(groups, is));
}

PlanComparison compare_plans(const PlanRecord& before, const PlanRecord& after) {
  return Comparer(before, after).compare();
}

PlanComparison compare_plans(const Scenario& scenario, const Plan& before, const Plan& after) {
  return compare_plans(record_of(scenario, before), record_of(scenario, after));
}

}  // namespace relevo::planner
