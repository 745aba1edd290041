// SPDX-License-Identifier: MIT
#include "planner/solve/formulation.hpp"

#include "planner/solve/coupling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace relevo::planner {

Formulation::Formulation(const Problem& problem) : problem_(problem), rows_(problem) {
  users_.resize(rows_.size());
  Reach reach(rows_, problem.escort_groups.size());
  add_flows(reach);
  for (std::size_t g = 0; g < problem.escort_groups.size(); ++g)
    for (int t = 0; t < rows_.columns(); ++t)
      for (const auto& use : users_[static_cast<std::size_t>(rows_.row(rows_.escort_persons_group(g), t))])
        reach.add_size(g, static_cast<int>(std::lround(use.amount)));
  std::vector<LinearModel::Term> movement_terms;
  const Coupling coupling =
      make_coupling(problem, rows_, reach,
                    [&](LinearModel& model, const std::string& name, Direction direction, int table_row, int b) {
                      add_movement_rows(model, movement_terms, {name, direction, table_row, b});
                    });
  constant_ = coupling.constant;
  append(coupling, movement_terms);
  model_.add_column({"constant", 1.0, 1.0, constant_, false});
}

// The terms of the units' columns stand in ascending order of rows, as the rows were made.
void Formulation::append(const Coupling& coupling, const std::vector<LinearModel::Term>& movement_terms) {
  const auto rows = static_cast<int>(model_.rows.size());
  const auto columns = static_cast<int>(model_.columns.size());
  for (const auto& column : coupling.model.columns)
    model_.add_column(column);
  for (const auto& unmet : coupling.unmet)
    unmet_.push_back({unmet.request, columns + unmet.column});
  unavoidable_ = coupling.unavoidable;
  for (const auto& row : coupling.model.rows)
    model_.add_row(row);
  for (const auto& link : coupling.links)
    for (const auto& use : users_[static_cast<std::size_t>(link.table_row)])
      model_.add_term(rows + link.model_row, use.column, link.factor * use.amount);
  for (const auto& term : movement_terms)
    model_.add_term(rows + term.row, term.column, term.value);
  for (const auto& term : coupling.model.terms)
    model_.add_term(rows + term.row, columns + term.column, term.value);
}

// (0) what enters a node leaves it; (1) the class's units start at node 0.
void Formulation::add_flows(Reach& reach) {
  const double points_per_money = problem_.data().policy.points_per_money.value;
  for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
    const UnitClass& unit_class = problem_.classes[c];
    if (unit_class.duties.empty())
      continue;
    DutyNetwork network = make_network(problem_, rows_, c);
    const auto count = static_cast<double>(unit_class.members.size());
    std::vector<int> row_of_node(static_cast<std::size_t>(network.nodes), -1);
    for (int v = 0; v < network.nodes; ++v) {
      if (v == network.sink)
        continue;
      const double supply = v == 0 ? count : 0.0;
      row_of_node[static_cast<std::size_t>(v)] = model_.add_row({fmt::format("flow_c{}_{}", c, v), supply, supply});
    }
    std::vector<int> columns;
    std::map<int, double> most_here;  // row -> largest use by one unit at a time
    for (std::size_t i = 0; i < network.arcs.size(); ++i) {
      const Arc& arc = network.arcs[i];
      const int column =
          model_.add_column({.name = fmt::format("x_c{}_{}", c, i),
                             .upper = count,
                             .cost = arc.points + points_per_money * arc.cost.value(),
                             .integer = true,
                             .disturbance = problem_.data().policy.extension_points.value * arc.extension_days});
      columns.push_back(column);
      model_.add_term(row_of_node[static_cast<std::size_t>(arc.from)], column, 1.0);
      if (arc.to != network.sink)
        model_.add_term(row_of_node[static_cast<std::size_t>(arc.to)], column, -1.0);
      for (const auto& entry : arc.uses) {
        users_[static_cast<std::size_t>(entry.row)].push_back({column, entry.amount, networks_.size()});
        const auto [it, is_new] = most_here.try_emplace(entry.row, std::max(0.0, entry.amount));
        it->second = std::max(it->second, entry.amount);
      }
    }
    for (const auto& [row, amount] : most_here)
      reach.add(row, amount, count);
    networks_.push_back(std::move(network));
    columns_of_arcs_.push_back(std::move(columns));
  }
}

// (8) those who go to one request (or come from it) on the day all work there on the first (or last) line day: no more
// of them than the line takes.
void Formulation::add_movement_rows(LinearModel& coupling, std::vector<LinearModel::Term>& terms,
                                    const Movement& movement) const {
  struct Line {
    double most = 0.0;   // what the classes together could send
    bool counts = true;  // false: somebody works there who does not count
    std::set<std::size_t> networks;
    std::vector<Use> uses;
  };
  std::map<int, Line> lines;  // by coverage row
  for (const auto& use : users_[static_cast<std::size_t>(movement.table_row)]) {
    const DutyNetwork& network = networks_[use.network];
    const UnitClass& unit_class = problem_.classes[network.unit_class];
    const auto arc = static_cast<std::size_t>(use.column - columns_of_arcs_[use.network].front());
    const Block& block = *network.arcs[arc].block;
    const RequestIndex request = *unit_class.duties[block.duty].request;
    const int persons = problem_.data().units[unit_class.exemplar].persons;
    const bool in_people = problem_.data().requests[request].measure == Measure::People;
    const double amount = in_people && persons > 0 ? persons : 1.0;
    const int day = movement.direction == Direction::Out ? block.first_line : block.end() - 1;
    Line& line = lines[rows_.row(rows_.coverage_group(request), day)];
    line.uses.push_back({use.column, amount, use.network});
    line.counts = line.counts && (!in_people || persons > 0);
    if (line.networks.insert(use.network).second)
      line.most += amount * static_cast<double>(unit_class.members.size());
  }
  for (const auto& [coverage, line] : lines) {
    const int row = coupling.add_row({fmt::format("moves_{}_r{}", movement.name, coverage), -kInfinity, 0.0});
    for (const auto& use : line.uses)
      terms.push_back({row, use.column, use.amount});
    coupling.add_term(row, movement.b, -(line.counts ? std::min(line.most, rows_.limit(coverage)) : line.most));
  }
}

const std::vector<int>& Formulation::columns_of(std::size_t unit_class) const {
  static const std::vector<int> kNone;
  for (std::size_t n = 0; n < networks_.size(); ++n)
    if (networks_[n].unit_class == unit_class)
      return columns_of_arcs_[n];
  return kNone;
}

std::vector<bool> Formulation::classes_among(const std::vector<bool>& columns) const {
  std::vector<bool> classes(problem_.classes.size(), false);
  for (std::size_t n = 0; n < networks_.size(); ++n)
    classes[networks_[n].unit_class] =
        std::any_of(columns_of_arcs_[n].begin(), columns_of_arcs_[n].end(),
                    [&](int column) { return columns[static_cast<std::size_t>(column)]; });
  return classes;
}

std::vector<Formulation::UnitDeployment> Formulation::deployments_of(const std::vector<double>& values) const {
  std::vector<UnitDeployment> all;
  for (std::size_t n = 0; n < networks_.size(); ++n) {
    const DutyNetwork& network = networks_[n];
    std::vector<long> flow;
    for (int column : columns_of_arcs_[n])
      flow.push_back(std::lround(values[static_cast<std::size_t>(column)]));
    std::vector<std::vector<std::size_t>> out(static_cast<std::size_t>(network.nodes));
    // Waiting comes last, so that the first members of a class are those who depart first.
    for (std::size_t i = 0; i < network.arcs.size(); ++i)
      if (flow[i] > 0 && network.arcs[i].block)
        out[static_cast<std::size_t>(network.arcs[i].from)].push_back(i);
    for (std::size_t i = 0; i < network.arcs.size(); ++i)
      if (flow[i] > 0 && !network.arcs[i].block)
        out[static_cast<std::size_t>(network.arcs[i].from)].push_back(i);
    for (const Member& member : problem_.classes[network.unit_class].members) {
      for (int node = 0; node != network.sink;) {
        auto& choices = out[static_cast<std::size_t>(node)];
        while (!choices.empty() && flow[choices.front()] == 0)
          choices.erase(choices.begin());
        if (choices.empty())
          break;  // cannot happen for a flow; a truncated one is caught by check
        const std::size_t i = choices.front();
        const Arc& arc = network.arcs[i];
        --flow[i];
        node = arc.to;
        if (!arc.block)
          continue;
        if (arc.depart)
          all.push_back({member, {network.unit_class, *arc.depart, {*arc.block}}});
        else
          all.back().deployment.blocks.push_back(*arc.block);
      }
    }
  }
  return all;
}

}  // namespace relevo::planner
