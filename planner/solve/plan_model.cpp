// SPDX-License-Identifier: MIT
#include "planner/solve/plan_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

namespace {

/// Points of one unit, or person, that is wanted on a day and not there.
double unmet_points(const Policy& policy, const Request& request) {
  const double points = policy.unmet_points.at(static_cast<std::size_t>(request.priority - 1)).value;
  return request.measure == Measure::People ? points / policy.people_per_unit.value : points;
}

double tier_points(const Problem& problem, const Duty& duty) {
  if (duty.escort_group)
    return 0.0;
  const auto tier = static_cast<std::size_t>(problem.data().agreements[duty.option.agreement].precedence.tier);
  return problem.data().policy.tier_points.at(tier).value;
}

}  // namespace

bool is_same_roster(const RecordPtr& a, const RecordPtr& b) {
  return a == b || (a && b && a->roster == b->roster);
}

PlanModel::PlanModel(const Problem& problem, const RowTable& rows)
    : problem_(&problem), rows_(&rows), points_per_money_(problem.data().policy.points_per_money.value) {
  count_seats();
  const GroupFinder finder(problem, rows);
  class_uses_.reserve(problem.classes.size());
  for (const auto& unit_class : problem.classes) {
    class_uses_.push_back(finder.uses_of(unit_class));
    costs_.push_back(costs_of(unit_class));
  }
  find_pins();
  make_groups();
  make_escorts();
  add_points_alone();
}

void PlanModel::count_seats() {
  for (std::size_t c = 0; c < problem_->classes.size(); ++c) {
    first_seat_.push_back(class_of_.size());
    class_of_.insert(class_of_.end(), problem_->classes[c].members.size(), static_cast<std::uint32_t>(c));
  }
}

PlanModel::ClassCosts PlanModel::costs_of(const UnitClass& unit_class) const {
  const Scenario& scenario = *problem_->scenario;
  const Unit& unit = scenario->units[unit_class.exemplar];
  ClassCosts costs;
  costs.wages = points_per_money_ * scenario.daily_cost_of(unit).value();
  costs.lodging = points_per_money_ * scenario->policy.lodging_per_person_day.value * unit.persons;
  costs.longest_move = unit_class.longest_move();
  for (std::size_t d = 0; d < unit_class.duties.size(); ++d) {
    ClassCosts::OfDuty of_duty;
    of_duty.out = points_per_money_ * journey_fare(*problem_, unit_class, d, Direction::Out).value();
    of_duty.home = points_per_money_ * journey_fare(*problem_, unit_class, d, Direction::Home).value();
    of_duty.tier = tier_points(*problem_, unit_class.duties[d]);
    costs.duties.push_back(of_duty);
  }
  return costs;
}

void PlanModel::find_pins() {
  pins_.resize(problem_->classes.size());
  for (std::size_t c = 0; c < problem_->classes.size(); ++c) {
    const UnitClass& unit_class = problem_->classes[c];
    for (const std::size_t group : rows_->pins_of(unit_class))
      pins_[c].push_back({static_cast<GroupIndex>(group), *rows_->pin_of(group).request,
                          rows_->is_met_by_commitments(unit_class, group)});
  }
}

bool PlanModel::meets(const UnitClass& unit_class, const Roster& roster, RequestIndex request) {
  return std::any_of(roster.begin(), roster.end(), [&](const Deployment& deployment) {
    return std::any_of(deployment.blocks.begin(), deployment.blocks.end(),
                       [&](const Block& block) { return unit_class.duties[block.duty].request == request; });
  });
}

std::vector<GroupIndex> PlanModel::pins_met(std::size_t unit_class, const Roster& roster) const {
  std::vector<GroupIndex> met;
  for (const auto& pin : pins_of(unit_class))
    if (!pin.met_by_commitments && meets(problem_->classes[unit_class], roster, pin.request))
      met.push_back(pin.group);
  return met;
}

RecordPtr PlanModel::make_record(std::size_t unit_class, Roster roster) const {
  auto record = std::make_shared<RosterRecord>();
  for (const auto& deployment : roster) {
    std::optional<int> depart = deployment.depart;
    for (const auto& block : deployment.blocks) {
      append_runs(problem_->classes[unit_class], class_uses_[unit_class], columns(), block, depart, record->runs);
      depart.reset();
    }
  }
  record->points = own_points(*problem_, roster);
  record->roster = std::move(roster);
  return record;
}

void PlanModel::make_groups() {
  const ScenarioData& data = problem_->data();
  for (const auto& row_group : rows_->groups()) {
    Group group;
    group.family = row_group.family;
    group.subject = static_cast<std::uint32_t>(row_group.subject);
    switch (row_group.family) {
      case RowFamily::Coverage:
        group.points = unmet_points(data.policy, data.requests[RequestIndex(row_group.subject)]);
        break;
      case RowFamily::Handover:
        group.points = data.policy.handover_points.value;
        break;
      case RowFamily::Assigned:
        make_assigned(data.requests[RequestIndex(row_group.subject)], group);
        break;
      case RowFamily::Lift:
        make_lift(row_group.subject, group);
        break;
      case RowFamily::MovementUnits: {
        group.points = data.policy.movement_points.value;
        const std::size_t persons = rows_->movement_persons_group(row_group.subject);
        group.partner = persons == RowTable::kNone ? kNoGroup : static_cast<GroupIndex>(persons);
        group.least = persons == RowTable::kNone ? 0 : rows_->least_persons(persons);
        break;
      }
      case RowFamily::Announced:
        for (int t = 0; t < columns(); ++t)
          group.changed.push_back(rows_->announced_points(rows_->row(groups_.size(), t)));
        break;
      default:
        break;
    }
    groups_.push_back(std::move(group));
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].family != RowFamily::MovementUnits || groups_[g].partner == kNoGroup)
      continue;
    Group& persons = groups_[groups_[g].partner];
    persons.partner = static_cast<GroupIndex>(g);
    persons.least = groups_[g].least;
  }
  packages_ = package_names_.size();
}

void PlanModel::make_assigned(const Request& request, Group& group) {
  group.least = request.min_fill;
  group.in_package = !request.package.empty();
  if (!group.in_package)
    return;
  const auto it = std::find(package_names_.begin(), package_names_.end(), request.package);
  group.subject = static_cast<std::uint32_t>(it - package_names_.begin());
  if (it == package_names_.end())
    package_names_.push_back(request.package);
}

void PlanModel::make_lift(std::size_t route, Group& group) {
  const ScenarioData& data = problem_->data();
  for (int t = 0; t < columns(); ++t) {
    const auto lifts = lifts_on(data, problem_->routes[route], data.horizon.day(t));
    const auto it = std::find(lift_sets_.begin(), lift_sets_.end(), lifts);
    group.tables.push_back(static_cast<std::uint32_t>(it - lift_sets_.begin()));
    if (it != lift_sets_.end())
      continue;
    int seats = 0;
    for (const std::size_t f : lifts)
      seats += data.lifts[f].seats * data.lifts[f].max_uses;
    lift_sets_.push_back(lifts);
    seat_points_.push_back(least_seat_costs(data, lifts, seats));
    for (double& cost : seat_points_.back())
      cost *= points_per_money_;
  }
}

double PlanModel::lift_points(GroupIndex group, int column, double passengers) const {
  const auto& table = seat_points_[groups_[group].tables[static_cast<std::size_t>(column)]];
  const auto seated = static_cast<std::size_t>(std::lround(passengers));
  return table[std::min(seated, table.size() - 1)];
}

void PlanModel::make_escorts() {
  const auto length = static_cast<std::size_t>(columns());
  for (std::size_t g = 0; g < problem_->escort_groups.size(); ++g) {
    Escorts escorts;
    escorts.persons = static_cast<GroupIndex>(rows_->escort_persons_group(g));
    escorts.present = static_cast<GroupIndex>(rows_->escorts_present_group(g));
    escorts.term = &problem_->term_of(problem_->escort_groups[g]);
    escorts.is_implicit = escorts.term->supply == EscortTerms::Supply::Implicit;
    escorts.daily_points = points_per_money_ * problem_->data().policy.escort_daily_cost.value;
    escorts.required_alone.resize(length);
    escorts.needed_alone.resize(length);
    escorts.there.resize(length);
    for (int t = 0; t < columns(); ++t)
      escorts.required_alone[static_cast<std::size_t>(t)] =
          required_escorts(*escorts.term, rows_->committed(rows_->row(escorts.persons, t)));
    for (int t = 0; t < columns(); ++t) {
      const auto first = escorts.required_alone.begin() + t;
      const auto last = escorts.required_alone.begin() + std::min(t + escorts.term->ahead_days + 1, columns());
      escorts.needed_alone[static_cast<std::size_t>(t)] = *std::max_element(first, last);
      const int present = rows_->row(escorts.present, t);
      escorts.there[static_cast<std::size_t>(t)] =
          static_cast<int>(std::lround(rows_->committed(present) + rows_->wanted(present)));
    }
    groups_[escorts.persons].subject = groups_[escorts.present].subject = static_cast<std::uint32_t>(g);
    escorts_.push_back(std::move(escorts));
  }
}

void PlanModel::add_points_alone() {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (int t = 0; t < columns(); ++t) {
      const int row = rows_->row(g, t);
      if (groups_[g].family == RowFamily::Coverage)
        points_alone_ += groups_[g].points * rows_->wanted(row);
      else if (groups_[g].family == RowFamily::Announced)
        points_alone_ += groups_[g].changed[static_cast<std::size_t>(t)] * rows_->wanted(row);
      else if (groups_[g].family == RowFamily::Handover)
        points_alone_ += groups_[g].points * std::max(0.0, rows_->committed(row));
    }
  }
}

}  // namespace relevo::planner
