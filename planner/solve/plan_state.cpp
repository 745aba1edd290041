// SPDX-License-Identifier: MIT
#include "planner/solve/plan_state.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace relevo::planner {

namespace {

double& broken(PlanValue& value, PlanRule rule) {
  return value.broken[static_cast<std::size_t>(rule)];
}

}  // namespace

double PlanValue::all_broken() const noexcept {
  return std::accumulate(broken.begin(), broken.end(), 0.0);
}

PlanValue& PlanValue::operator+=(const PlanValue& other) noexcept {
  points += other.points;
  for (std::size_t i = 0; i < kPlanRules; ++i)
    broken[i] += other.broken[i];
  return *this;
}

PlanState::PlanState(const PlanModel& model)
    : model_(&model),
      columns_(model.columns()),
      records_(model.seats()),
      use_(model.rows().size(), 0.0),
      package_short_(model.packages(), 0.0),
      package_days_(model.packages(), 0),
      seats_at_(model.problem().data().requests.size()) {
  for (const auto& escorts : model.escorts()) {
    required_.insert(required_.end(), escorts.required_alone.begin(), escorts.required_alone.end());
    needed_.insert(needed_.end(), escorts.needed_alone.begin(), escorts.needed_alone.end());
  }
  value_.points = model.points_alone();
  for (std::size_t g = 0; g < model.rows().groups().size(); ++g) {
    const auto& group = model.group(static_cast<GroupIndex>(g));
    for (int t = 0; group.in_package && t < columns_; ++t) {
      const int row = model.rows().row(g, t);
      package_short_[group.subject] += excess(model.rows().whole(row), model.rows().committed(row));
    }
    if (group.family == RowFamily::Pin)
      broken(value_, PlanRule::Pin) += model.rows().wanted(model.rows().row(g, 0));
  }
}

PlanValue PlanState::set(Seat seat, RecordPtr record) {
  PlanValue change;
  if (const auto& old = records_[seat]) {
    apply(*old, -1.0, change);
    add_pins(seat, *old, -1.0, change);
    index(seat, *old, false);
  }
  if (record) {
    apply(*record, 1.0, change);
    add_pins(seat, *record, 1.0, change);
    index(seat, *record, true);
  }
  records_[seat] = std::move(record);
  value_ += change;
  return change;
}

void PlanState::apply(const RosterRecord& record, double sign, PlanValue& change) {
  change.points += sign * record.points;
  for (const auto& run : record.runs)
    add(run, sign, change);
}

void PlanState::add(const RowRun& run, double sign, PlanValue& change) {
  const auto& group = model_->group(run.group);
  const RowTable& rows = model_->rows();
  double* const use = uses(run.group);
  const double amount = sign * run.amount;
  double points = 0.0;
  double limit = 0.0;
  switch (group.family) {
    case RowFamily::EscortPersons:
      return add_persons(run, sign, change);
    case RowFamily::EscortsPresent:
      return add_present(run, sign, change);
    case RowFamily::Assigned:
      return add_assigned(run, sign, change);
    case RowFamily::MovementUnits:
    case RowFamily::MovementPersons:
      return add_movement(run, sign, change);
    case RowFamily::Pin:
      return;  // kept by add_pins
    case RowFamily::Coverage:
      for (int t = run.first; t < run.last; ++t) {
        const int row = rows.row(run.group, t);
        points += excess(rows.wanted(row), use[t] + amount) - excess(rows.wanted(row), use[t]);
        limit += excess(use[t] + amount, rows.limit(row)) - excess(use[t], rows.limit(row));
        use[t] += amount;
      }
      break;
    case RowFamily::Announced:
      for (int t = run.first; t < run.last; ++t) {
        const int row = rows.row(run.group, t);
        points += group.changed[static_cast<std::size_t>(t)] *
                  (excess(rows.wanted(row), use[t] + amount) - excess(rows.wanted(row), use[t]));
        limit += excess(use[t] + amount, rows.limit(row)) - excess(use[t], rows.limit(row));
        use[t] += amount;
      }
      change.points += points;
      broken(change, PlanRule::Limit) += limit;
      return;
    case RowFamily::Handover:
      for (int t = run.first; t < run.last; ++t) {
        const double committed = rows.committed(rows.row(run.group, t));
        points += std::max(0.0, committed + use[t] + amount) - std::max(0.0, committed + use[t]);
        use[t] += amount;
      }
      break;
    case RowFamily::Lift:
      for (int t = run.first; t < run.last; ++t) {
        const double before = model_->lift_points(run.group, t, use[t]);
        const int row = rows.row(run.group, t);
        limit += excess(use[t] + amount, rows.limit(row)) - excess(use[t], rows.limit(row));
        use[t] += amount;
        change.points += model_->lift_points(run.group, t, use[t]) - before;
      }
      break;
    case RowFamily::Capacity:
    case RowFamily::Reserve:
    case RowFamily::Offer:
    case RowFamily::Pool:
      for (int t = run.first; t < run.last; ++t) {
        const int row = rows.row(run.group, t);
        limit += excess(use[t] + amount, rows.limit(row)) - excess(use[t], rows.limit(row));
        use[t] += amount;
      }
      break;
  }
  change.points += group.points * points;
  broken(change, PlanRule::Limit) += limit;
}

// (4): the day itself and those before it on which its escorts must be there.
void PlanState::add_persons(const RowRun& run, double sign, PlanValue& change) {
  const std::size_t g = model_->group(run.group).subject;
  const auto& escorts = model_->escorts()[g];
  const RowTable& rows = model_->rows();
  double* const use = uses(run.group);
  int* const required = &required_[g * static_cast<std::size_t>(columns_)];
  const int* const needed = &needed_[g * static_cast<std::size_t>(columns_)];
  const int ahead = escorts.term->ahead_days;
  for (int s = run.first; s < run.last; ++s) {
    use[s] += sign * run.amount;
    const int before = required[s];
    required[s] = required_escorts(*escorts.term, rows.committed(rows.row(run.group, s)) + use[s]);
    if (required[s] == before)
      continue;
    for (int t = std::max(0, s - ahead); t <= s; ++t) {
      if (required[s] >= needed[t])
        set_needed(g, t, required[s], change);
      else if (before == needed[t])
        set_needed(g, t, *std::max_element(required + t, required + std::min(t + ahead + 1, columns_)), change);
    }
  }
}

void PlanState::set_needed(std::size_t escort_group, int column, int needed, PlanValue& change) {
  const auto& escorts = model_->escorts()[escort_group];
  int& now = needed_[escort_group * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column)];
  if (escorts.is_implicit) {
    change.points += escorts.daily_points * (needed - now);
    now = needed;
    return;
  }
  const int before = std::max(0, missing_escorts(escort_group, column));
  now = needed;
  broken(change, PlanRule::Escort) += std::max(0, missing_escorts(escort_group, column)) - before;
}

void PlanState::add_present(const RowRun& run, double sign, PlanValue& change) {
  const std::size_t g = model_->group(run.group).subject;
  double* const use = uses(run.group);
  for (int t = run.first; t < run.last; ++t) {
    const int before = std::max(0, missing_escorts(g, t));
    use[t] += sign * run.amount;
    broken(change, PlanRule::Escort) += std::max(0, missing_escorts(g, t)) - before;
  }
}

int PlanState::needed_escorts(std::size_t escort_group, int column) const {
  return needed_[escort_group * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column)];
}

int PlanState::required_escorts_on(std::size_t escort_group, int column) const {
  return required_[escort_group * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column)];
}

int PlanState::missing_escorts(std::size_t escort_group, int column) const {
  const auto& escorts = model_->escorts()[escort_group];
  return needed_escorts(escort_group, column) - escorts.there[static_cast<std::size_t>(column)] -
         static_cast<int>(uses_of(escorts.present)[column]);  // a whole number
}

PlanValue PlanState::hold_open(std::size_t package, bool is_open) {
  PlanValue change;
  const double before = package_broken(package);
  package_days_[package] += is_open ? 1 : -1;
  broken(change, PlanRule::Package) = package_broken(package) - before;
  value_ += change;
  return change;
}

double PlanState::package_broken(std::size_t package) const {
  return package_days_[package] > 0 ? package_short_[package] : 0.0;
}

void PlanState::add_assigned(const RowRun& run, double sign, PlanValue& change) {
  const auto& group = model_->group(run.group);
  const RowTable& rows = model_->rows();
  double* const use = uses(run.group);
  const double package_before = group.in_package ? package_broken(group.subject) : 0.0;
  for (int t = run.first; t < run.last; ++t) {
    const int row = rows.row(run.group, t);
    const double committed = rows.committed(row);
    const double before = use[t];
    use[t] += sign * run.amount;
    broken(change, PlanRule::MinFill) += lacks(use[t], committed, group.least) - lacks(before, committed, group.least);
    if (!group.in_package)
      continue;
    package_days_[group.subject] += (use[t] > 0.0 ? 1 : 0) - (before > 0.0 ? 1 : 0);
    package_short_[group.subject] +=
        excess(rows.whole(row), committed + use[t]) - excess(rows.whole(row), committed + before);
  }
  if (group.in_package)
    broken(change, PlanRule::Package) += package_broken(group.subject) - package_before;
}

double PlanState::short_of_movement(GroupIndex units, int column) const {
  const auto& group = model_->group(units);
  if (group.partner == kNoGroup || uses_of(units)[column] <= 0.0)
    return 0.0;
  return excess(group.least, uses_of(group.partner)[column]);
}

void PlanState::add_movement(const RowRun& run, double sign, PlanValue& change) {
  const auto& group = model_->group(run.group);
  const bool is_units = group.family == RowFamily::MovementUnits;
  const GroupIndex units = is_units ? run.group : group.partner;
  double* const use = uses(run.group);
  for (int t = run.first; t < run.last; ++t) {
    const double short_before = short_of_movement(units, t);
    const bool there_before = use[t] > 0.0;
    use[t] += sign * run.amount;
    if (is_units)
      change.points += group.points * ((use[t] > 0.0 ? 1 : 0) - (there_before ? 1 : 0));
    broken(change, PlanRule::Movement) += short_of_movement(units, t) - short_before;
  }
}

void PlanState::add_pins(Seat seat, const RosterRecord& record, double sign, PlanValue& change) {
  for (const GroupIndex group : model_->pins_met(model_->class_of(seat), record.roster)) {
    const int row = model_->rows().row(group, 0);
    double& use = use_[static_cast<std::size_t>(row)];
    const double wanted = model_->rows().wanted(row);
    broken(change, PlanRule::Pin) += excess(wanted, use + sign) - excess(wanted, use);
    use += sign;
  }
}

void PlanState::index(Seat seat, const RosterRecord& record, bool is_there) {
  const UnitClass& unit_class = model_->unit_class_of(seat);
  for (const auto& deployment : record.roster) {
    for (const auto& block : deployment.blocks) {
      const auto& request = unit_class.duties[block.duty].request;
      if (!request)
        continue;
      auto& seats = seats_at_[request->value()];
      const auto it = std::lower_bound(seats.begin(), seats.end(), seat);
      const bool was_there = it != seats.end() && *it == seat;
      if (is_there && !was_there)
        seats.insert(it, seat);
      else if (!is_there && was_there)
        seats.erase(it);
    }
  }
}

void PlanState::restart_sum() {
  value_.points = model_->points_alone();
  const RowTable& rows = model_->rows();
  for (std::size_t g = 0; g < rows.groups().size(); ++g) {
    const auto& group = model_->group(static_cast<GroupIndex>(g));
    const double* const use = uses_of(static_cast<GroupIndex>(g));
    for (int t = 0; t < columns_; ++t) {
      if (use[t] == 0.0)
        continue;
      const int row = rows.row(g, t);
      if (group.family == RowFamily::Coverage)
        value_.points += group.points * (excess(rows.wanted(row), use[t]) - rows.wanted(row));
      else if (group.family == RowFamily::Announced)
        value_.points +=
            group.changed[static_cast<std::size_t>(t)] * (excess(rows.wanted(row), use[t]) - rows.wanted(row));
      else if (group.family == RowFamily::Handover)
        value_.points +=
            group.points * (std::max(0.0, rows.committed(row) + use[t]) - std::max(0.0, rows.committed(row)));
      else if (group.family == RowFamily::Lift)
        value_.points += model_->lift_points(static_cast<GroupIndex>(g), t, use[t]);
      else if (group.family == RowFamily::MovementUnits)
        value_.points += group.points;
    }
  }
  for (std::size_t g = 0; g < model_->escorts().size(); ++g) {
    const auto& escorts = model_->escorts()[g];
    for (int t = 0; escorts.is_implicit && t < columns_; ++t)
      value_.points +=
          escorts.daily_points * (needed_escorts(g, t) - escorts.needed_alone[static_cast<std::size_t>(t)]);
  }
  for (const auto& record : records_)
    if (record)
      value_.points += record->points;
}

bool PlanState::has_broken(GroupIndex index, int column) const {
  const auto& group = model_->group(index);
  const double committed = model_->rows().committed(model_->rows().row(index, column));
  const double use = uses_of(index)[column];
  if (group.family == RowFamily::MovementUnits)
    return short_of_movement(index, column) > 0.0;
  if (group.family == RowFamily::Assigned)
    return lacks(use, committed, group.least) > 0.0 || (group.in_package && package_broken(group.subject) > 0.0);
  // People whose escorts are missing, on the day or before it.
  const auto& escorts = model_->escorts()[group.subject];
  if (escorts.is_implicit || use <= 0.0)
    return false;
  const int required = required_escorts_on(group.subject, column);
  for (int t = std::max(0, column - escorts.term->ahead_days); t <= column; ++t)
    if (required > needed_escorts(group.subject, t) - missing_escorts(group.subject, t))
      return true;
  return false;
}

std::vector<char> PlanState::broken_columns(GroupIndex group) const {
  std::vector<char> columns(static_cast<std::size_t>(columns_), 0);
  bool any = false;
  for (int t = 0; t < columns_; ++t) {
    const bool is_broken = has_broken(group, t);
    columns[static_cast<std::size_t>(t)] = is_broken ? 1 : 0;
    any = any || is_broken;
  }
  if (!any)
    columns.clear();
  return columns;
}

std::vector<int> PlanState::broken_rows() const {
  std::vector<int> broken_rows;
  const RowTable& rows = model_->rows();
  for (std::size_t g = 0; g < rows.groups().size(); ++g) {
    const auto& group = model_->group(static_cast<GroupIndex>(g));
    for (int t = 0; t < columns_; ++t) {
      const int row = rows.row(g, t);
      const double committed = rows.committed(row);
      bool is_broken = use(row) > rows.limit(row);
      if (group.family == RowFamily::EscortsPresent)
        is_broken = !model_->escorts()[group.subject].is_implicit && missing_escorts(group.subject, t) > 0;
      else if (group.family == RowFamily::Assigned)
        is_broken = lacks(use(row), committed, group.least) > 0.0 ||
                    (group.in_package && package_days_[group.subject] > 0 && committed + use(row) < rows.whole(row));
      else if (group.family == RowFamily::MovementUnits)
        is_broken = short_of_movement(static_cast<GroupIndex>(g), t) > 0.0;
      else if (group.family == RowFamily::Pin && t == 0)
        is_broken = use(row) < rows.wanted(row);
      if (is_broken)
        broken_rows.push_back(row);
    }
  }
  return broken_rows;
}

}  // namespace relevo::planner
