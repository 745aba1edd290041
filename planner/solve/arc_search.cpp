// SPDX-License-Identifier: MIT
#include "planner/solve/arc_search.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace relevo::planner {

namespace {

/// The arcs that the rosters of one seat take.
class Walker {
 public:
  explicit Walker(const DutyNetwork& network) : network_(network), out_(arcs_from_nodes(network)) {}

  /// False: the roster is no path.
  bool walk(const Roster* roster, const std::function<void(std::size_t)>& take) const {
    int node = 0;
    for (std::size_t d = 0; roster != nullptr && d < roster->size(); ++d) {
      const Deployment& deployment = (*roster)[d];
      for (std::size_t b = 0; b < deployment.blocks.size(); ++b) {
        std::optional<int> depart;
        if (b == 0)
          depart = deployment.depart;
        auto arc = find(node, &deployment.blocks[b], depart);
        while (!arc && b == 0) {
          const auto wait = find(node, nullptr, std::nullopt);
          if (!wait)
            return false;
          take(*wait);
          node = network_.arcs[*wait].to;
          arc = find(node, &deployment.blocks[b], depart);
        }
        if (!arc)
          return false;
        take(*arc);
        node = network_.arcs[*arc].to;
      }
    }
    while (node != network_.sink) {
      const auto wait = find(node, nullptr, std::nullopt);
      if (!wait)
        return false;
      take(*wait);
      node = network_.arcs[*wait].to;
    }
    return true;
  }

 private:
  std::optional<std::size_t> find(int node, const Block* block, std::optional<int> depart) const {
    for (const std::size_t i : out_[static_cast<std::size_t>(node)]) {
      const Arc& arc = network_.arcs[i];
      if (block == nullptr ? !arc.block : arc.block == *block && arc.depart == depart)
        return i;
    }
    return std::nullopt;
  }

  const DutyNetwork& network_;
  std::vector<std::vector<std::size_t>> out_;
};

/// A model without the columns that can only be 0, the others' upper bounds lowered.
struct NarrowedModel {
  LinearModel model;
  std::vector<int> columns;  // of the whole model, by column

  /// Values by column of the whole model.
  std::vector<double> widened(const std::vector<double>& values, std::size_t whole) const {
    std::vector<double> all(whole, 0.0);
    for (std::size_t j = 0; j < values.size(); ++j)
      all[static_cast<std::size_t>(columns[j])] = values[j];
    return all;
  }
};

NarrowedModel narrowed(const LinearModel& whole, const std::vector<double>& most) {
  NarrowedModel result;
  std::vector<int> column_of(whole.columns.size(), -1);
  for (std::size_t j = 0; j < whole.columns.size(); ++j) {
    if (most[j] <= 0.0 && whole.columns[j].lower <= 0.0)
      continue;
    LinearModel::Column column = whole.columns[j];
    column.upper = std::min(column.upper, most[j]);
    column_of[j] = result.model.add_column(std::move(column));
    result.columns.push_back(static_cast<int>(j));
  }
  result.model.rows = whole.rows;
  for (const auto& term : whole.terms)
    if (const int column = column_of[static_cast<std::size_t>(term.column)]; column >= 0)
      result.model.add_term(term.row, column, term.value);
  return result;
}

/// The model of what is left where some columns have their values: these are in the sides of the rows.
struct RestOfModel {
  LinearModel model;
  std::vector<int> columns;  // of the whole model, by column
};

RestOfModel rest_of(const LinearModel& whole, const std::vector<bool>& has_value, const std::vector<double>& values) {
  RestOfModel rest;
  std::vector<int> column_of(whole.columns.size(), -1);
  for (std::size_t j = 0; j < whole.columns.size(); ++j)
    if (!has_value[j]) {
      column_of[j] = rest.model.add_column(whole.columns[j]);
      rest.columns.push_back(static_cast<int>(j));
    }
  std::vector<double> used(whole.rows.size(), 0.0);
  for (const auto& term : whole.terms) {
    const auto j = static_cast<std::size_t>(term.column);
    if (has_value[j])
      used[static_cast<std::size_t>(term.row)] += term.value * values[j];
    else
      rest.model.add_term(term.row, column_of[j], term.value);
  }
  for (std::size_t i = 0; i < whole.rows.size(); ++i)
    rest.model.add_row({whole.rows[i].name, whole.rows[i].lower - used[i], whole.rows[i].upper - used[i]});
  return rest;
}

/// The plan by column of the formulation: the arcs of its rosters, and what the rows then ask of the other columns.
std::vector<double> solution_of(const Problem& problem, const Formulation& formulation, const PlanState& plan,
                                const MipOptions& options) {
  auto values = units_on_arcs(problem, formulation, plan);
  if (!values)
    return {};
  std::vector<bool> is_arc(values->size(), false);
  for (const auto& network : formulation.networks())
    for (const int column : formulation.columns_of(network.unit_class))
      is_arc[static_cast<std::size_t>(column)] = true;
  const RestOfModel rest = rest_of(formulation.model(), is_arc, *values);
  MipOptions mip;
  mip.in_child = options.in_child;
  mip.stop = options.stop;
  const MipResult found = solve_mip(rest.model, mip);
  if (found.end != MipResult::End::Optimal)
    return {};
  for (std::size_t j = 0; j < rest.columns.size(); ++j)
    (*values)[static_cast<std::size_t>(rest.columns[j])] = found.values[j];
  return *std::move(values);
}

PlanState state_of(const PlanModel& model, const std::vector<Formulation::UnitDeployment>& deployments) {
  std::vector<Roster> rosters(model.seats());
  for (const auto& unit : deployments) {
    const auto& members = model.problem().classes[unit.deployment.unit_class].members;
    const auto it = std::find_if(members.begin(), members.end(), [&](const Member& member) {
      return member.unit == unit.member.unit && member.ordinal == unit.member.ordinal;
    });
    const auto position = static_cast<std::size_t>(it - members.begin());
    rosters[model.seat(unit.deployment.unit_class, position)].push_back(unit.deployment);
  }
  PlanState state(model);
  for (Seat seat = 0; seat < model.seats(); ++seat)
    if (!rosters[seat].empty())
      state.set(seat, model.make_record(model.class_of(seat), std::move(rosters[seat])));
  return state;
}

}  // namespace

std::optional<std::vector<double>> units_on_arcs(const Problem& problem, const Formulation& formulation,
                                                 const PlanState& plan) {
  std::vector<double> units(formulation.model().columns.size(), 0.0);
  for (const auto& network : formulation.networks()) {
    const Walker walker(network);
    const auto& columns = formulation.columns_of(network.unit_class);
    for (std::size_t m = 0; m < problem.classes[network.unit_class].members.size(); ++m) {
      const RecordPtr& record = plan.record(plan.model().seat(network.unit_class, m));
      const bool is_path = walker.walk(record ? &record->roster : nullptr,
                                       [&](std::size_t arc) { units[static_cast<std::size_t>(columns[arc])] += 1.0; });
      if (!is_path)
        return std::nullopt;
    }
  }
  return units;
}

ArcSearchResult search_arcs(const PlanModel& model, const Formulation& formulation, const std::vector<double>& most,
                            const PlanState& plan, MipOptions mip) {
  const NarrowedModel narrow = narrowed(formulation.model(), most);
  const auto start = solution_of(model.problem(), formulation, plan, mip);
  mip.start.clear();
  for (const int column : narrow.columns)
    if (!start.empty())
      mip.start.push_back(start[static_cast<std::size_t>(column)]);
  const MipResult found = solve_mip(narrow.model, mip);
  ArcSearchResult result;
  result.end = found.end;
  result.nodes = found.nodes;
  result.columns = narrow.columns.size();
  if (found.end == MipResult::End::Infeasible) {  // of the columns left out none is better either
    result.end = MipResult::End::Optimal;
    result.bound = plan.value().points;
    return result;
  }
  result.bound = std::min(found.bound, plan.value().points);
  if (!found.values.empty()) {
    PlanState other =
        state_of(model, formulation.deployments_of(narrow.widened(found.values, formulation.model().columns.size())));
    if (other.is_feasible() && other.value().points < plan.value().points)
      result.plan = std::move(other);
  }
  return result;
}

}  // namespace relevo::planner
