// SPDX-License-Identifier: MIT
#include "planner/solve/formulation.hpp"

#include "planner/solve/escort_room.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace relevo::planner {

namespace {

constexpr double kTolerance = 1e-9;

double need_weight(const Scenario& scenario, const Request& request) {
  const double points = scenario->policy.unmet_points.at(static_cast<std::size_t>(request.priority - 1)).value;
  return request.measure == Measure::People ? points / scenario->policy.people_per_unit.value : points;
}

}  // namespace

Formulation::Formulation(const Problem& problem) : problem_(problem), rows_(problem) {
  users_.resize(rows_.size());
  most_.assign(rows_.size(), 0.0);
  add_flows();
  add_coverage();
  add_handover();
  add_limits();
  add_escorts();
  add_lifts();
  add_fill();
  add_packages();
  add_pins();
  add_movements();
  add_constant();
}

// (0) what enters a node leaves it; (1) the class's units start at node 0.
void Formulation::add_flows() {
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
      const int column = model_.add_column(
          {fmt::format("x_c{}_{}", c, i), 0.0, count, arc.points + points_per_money * arc.cost.value(), true});
      columns.push_back(column);
      model_.add_term(row_of_node[static_cast<std::size_t>(arc.from)], column, 1.0);
      if (arc.to != network.sink)
        model_.add_term(row_of_node[static_cast<std::size_t>(arc.to)], column, -1.0);
      for (const auto& entry : arc.uses) {
        users_[static_cast<std::size_t>(entry.row)].push_back({column, entry.amount, networks_.size()});
        double& most = most_here[entry.row];
        most = std::max(most, entry.amount);
      }
    }
    for (const auto& [row, amount] : most_here)
      most_[static_cast<std::size_t>(row)] += amount * count;
    networks_.push_back(std::move(network));
    columns_of_arcs_.push_back(std::move(columns));
  }
}

double Formulation::most(int row) const {
  return most_[static_cast<std::size_t>(row)];
}

void Formulation::add_uses(int model_row, int table_row, double factor) {
  for (const auto& use : users_[static_cast<std::size_t>(table_row)])
    model_.add_term(model_row, use.column, factor * use.amount);
}

// (2) working + unmet - over = wanted; without arcs the need is unavoidable and joins the constant.
void Formulation::add_coverage() {
  for (auto request : problem_.data().requests.indices()) {
    const double weight = need_weight(*problem_.scenario, problem_.data().requests[request]);
    const std::size_t group = rows_.coverage_group(request);
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      const double wanted = rows_.wanted(r);
      if (users_[static_cast<std::size_t>(r)].empty()) {
        constant_ += weight * wanted;
        continue;
      }
      const std::string name = fmt::format("q{}_{}", request.value(), t);
      if (wanted <= 0.0) {  // after the horizon, or covered by commitments: at most what the line takes
        if (most(r) > rows_.limit(r) + kTolerance)
          add_uses(model_.add_row({"cover_" + name, -kInfinity, rows_.limit(r)}), r, 1.0);
        continue;
      }
      const int row = model_.add_row({"cover_" + name, wanted, wanted});
      add_uses(row, r, 1.0);
      model_.add_term(row, model_.add_column({"u_" + name, 0.0, wanted, weight, false}), 1.0);
      const double over = rows_.limit(r) - wanted;
      if (over > 0.0)
        model_.add_term(row, model_.add_column({"v_" + name, 0.0, over, 0.0, false}), -1.0);
    }
  }
}

// (2b) w >= leave - shadow; what commitments leave alone joins the constant.
void Formulation::add_handover() {
  const double points = problem_.data().policy.handover_points.value;
  for (std::size_t group = 0; group < rows_.groups().size() && points > 0.0; ++group) {
    if (rows_.groups()[group].family != RowFamily::Handover)
      continue;
    for (int t = 0; t < problem_.data().horizon.days; ++t) {
      const int r = rows_.row(group, t);
      const auto& users = users_[static_cast<std::size_t>(r)];
      if (users.empty())
        constant_ += points * rows_.committed(r);
      const bool may_leave = rows_.committed(r) > 0.0 ||
                             std::any_of(users.begin(), users.end(), [](const Use& u) { return u.amount > 0; });
      if (users.empty() || !may_leave)
        continue;
      const std::string name = fmt::format("q{}_{}", rows_.groups()[group].subject, t);
      const int row = model_.add_row({"handover_" + name, -kInfinity, -rows_.committed(r)});
      add_uses(row, r, 1.0);
      model_.add_term(row, model_.add_column({"w_" + name, 0.0, most(r) + rows_.committed(r), points, false}), -1.0);
    }
  }
}

// (3) reserve, (3b) offers, (6) capacity, (7) pools: use <= limit, where the units together could exceed it.
void Formulation::add_limits() {
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    const char* name = nullptr;
    switch (rows_.groups()[group].family) {
      case RowFamily::Reserve:
        name = "reserve";
        break;
      case RowFamily::Offer:
        name = "offer";
        break;
      case RowFamily::Capacity:
        name = "capacity";
        break;
      case RowFamily::Pool:
        name = "pool";
        break;
      default:
        continue;
    }
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (most(r) <= rows_.limit(r) + kTolerance)
        continue;
      add_uses(
          model_.add_row({fmt::format("{}_{}_{}", name, rows_.groups()[group].subject, t), -kInfinity, rows_.limit(r)}),
          r, 1.0);
    }
  }
}

/// What row (4) of one escort group and day is made of.
struct Formulation::EscortDay {
  std::string name;
  int persons = 0;          // row of the table
  double committed = 0.0;   // persons there by commitment
  double most = 0.0;        // persons that may come on top
  double there = 0.0;       // escorts there by commitment, and the shortfall that commitments leave
  double most_escorts = 0;  // new ones that can come and be of use
  int escorts = -1;         // column R; none where no escort can come
};

/// What one group can bring to the escorts of an escort group, and the most people there on one day.
UsableRoom Formulation::usable_room(std::size_t escort_group) const {
  std::set<int> sizes;
  double most_persons = 0.0;
  for (int t = 0; t < rows_.columns(); ++t) {
    const int persons = rows_.row(rows_.escort_persons_group(escort_group), t);
    most_persons = std::max(most_persons, most(persons));
    for (const auto& use : users_[static_cast<std::size_t>(persons)])
      sizes.insert(static_cast<int>(std::lround(use.amount)));
  }
  return {sizes, static_cast<int>(std::lround(most_persons))};
}

/// Escorts on a day that all who may be there on it or soon after could require.
double Formulation::most_required(std::size_t escort_group, int t) const {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  int required = 0;
  for (int s = t; s <= std::min(t + term.ahead_days, rows_.columns() - 1); ++s) {
    const int persons = rows_.row(rows_.escort_persons_group(escort_group), s);
    required = std::max(required, required_escorts(term, rows_.committed(persons) + most(persons)));
  }
  return required;
}

/// R: paid for each day, or the roster's escorts present.
int Formulation::escorts_column(std::size_t escort_group, int t) {
  const Policy& policy = problem_.data().policy;
  const std::string name = fmt::format("{}_{}", escort_group, t);
  if (problem_.term_of(problem_.escort_groups[escort_group]).supply == EscortTerms::Supply::Implicit)
    return model_.add_column({"R_" + name, 0.0, most_required(escort_group, t),
                              policy.points_per_money.value * policy.escort_daily_cost.value, true});
  const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
  if (users_[static_cast<std::size_t>(present)].empty())
    return -1;
  const int column = model_.add_column({"R_" + name, 0.0, most(present), 0.0, true});
  const int row = model_.add_row({"escorts_" + name, 0.0, 0.0});
  add_uses(row, present, 1.0);
  model_.add_term(row, column, -1.0);
  return column;
}

// (4) the facets: for neighbouring corners, run x P - rise x R <= ...; without escorts a limit.
void Formulation::add_escort_facets(const EscortDay& day, const EscortTerms& term, const UsableRoom& usable) {
  const auto people_for = [&](int escorts) {
    const double allowed = std::max<double>(term.threshold, term.per_persons * (escorts + day.there)) - day.committed;
    return usable.within(static_cast<int>(std::floor(std::min(allowed, day.most) + kTolerance)));
  };
  auto corners = corners_of(static_cast<int>(day.most_escorts), people_for);
  if (corners.size() == 1)
    corners.push_back({1, corners.front().people});
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    const double run = corners[i + 1].escorts - corners[i].escorts;
    const double rise = corners[i + 1].people - corners[i].people;
    const int row = model_.add_row(
        {fmt::format("escort_{}_{}", day.name, i), -kInfinity, run * corners[i].people - rise * corners[i].escorts});
    add_uses(row, day.persons, run);
    if (rise > 0.0)
      model_.add_term(row, day.escorts, -rise);
  }
}

// (4) with a threshold: P <= m0 (1 - z) + N y, y <= R + shortfall, y <= Rmax z; `above` is the column z.
void Formulation::add_escort_threshold(const EscortDay& day, const EscortTerms& term, int above) {
  const double most_counted = std::ceil((day.committed + day.most) / term.per_persons);
  const int y = model_.add_column({"y_" + day.name, 0.0, most_counted, 0.0, false});
  const int row = model_.add_row({"escort_" + day.name, -kInfinity, term.threshold - day.committed});
  add_uses(row, day.persons, 1.0);
  model_.add_term(row, above, term.threshold);
  model_.add_term(row, y, -term.per_persons);
  const int counted = model_.add_row({"escort_y_" + day.name, -kInfinity, day.there});
  model_.add_term(counted, y, 1.0);
  if (day.escorts >= 0)
    model_.add_term(counted, day.escorts, -1.0);
  const int if_above = model_.add_row({"escort_z_" + day.name, -kInfinity, 0.0});
  model_.add_term(if_above, y, 1.0);
  model_.add_term(if_above, above, -most_counted);
}

/// Whether those who may be there on `accompanied_on` could need more escorts on `t` than are there without a plan.
bool Formulation::has_escort_rows(std::size_t escort_group, int t, int accompanied_on) const {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  const int persons = rows_.row(rows_.escort_persons_group(escort_group), accompanied_on);
  const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
  return !users_[static_cast<std::size_t>(persons)].empty() &&
         rows_.committed(persons) + most(persons) >
             std::max<double>(term.threshold, term.per_persons * (rows_.committed(present) + rows_.wanted(present)));
}

// (4) for each day t and each day s on which its escorts are asked for, t <= s <= t + ahead.
void Formulation::add_escort_rows(std::size_t escort_group, const UsableRoom& usable) {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  std::map<int, int> column_of_day;
  std::map<int, int> above_of_day;
  for (int t = 0; t < rows_.columns(); ++t) {
    for (int s = t; s <= std::min(t + term.ahead_days, rows_.columns() - 1); ++s) {
      if (!has_escort_rows(escort_group, t, s))
        continue;
      if (!column_of_day.contains(t))
        column_of_day[t] = escorts_column(escort_group, t);
      const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
      EscortDay day;
      day.name = s == t ? fmt::format("{}_{}", escort_group, t) : fmt::format("{}_{}a{}", escort_group, t, s);
      day.persons = rows_.row(rows_.escort_persons_group(escort_group), s);
      day.committed = rows_.committed(day.persons);
      day.most = most(day.persons);
      day.there = rows_.committed(present) + rows_.wanted(present);
      day.escorts = column_of_day[t];
      const double wanted = std::ceil((day.committed + day.most) / term.per_persons) - day.there;
      day.most_escorts = term.supply == EscortTerms::Supply::Implicit ? wanted : std::min(wanted, most(present));
      add_escort_facets(day, term, usable);
      if (term.threshold == 0)
        continue;
      if (!above_of_day.contains(s))
        above_of_day[s] = model_.add_column({fmt::format("z_{}_{}", escort_group, s), 0.0, 1.0, 0.0, true});
      add_escort_threshold(day, term, above_of_day[s]);
    }
  }
}

void Formulation::add_escorts() {
  for (std::size_t g = 0; g < problem_.escort_groups.size(); ++g)
    add_escort_rows(g, usable_room(g));
}

// (5) passengers of a route <= seats of the lifts that fly; nobody can break a row of lifts that cost nothing and hold
// all.
void Formulation::add_lifts() {
  const ScenarioData& data = problem_.data();
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::Lift)
      continue;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (users_[static_cast<std::size_t>(r)].empty())
        continue;
      const int row = model_.add_row({fmt::format("lift_{}_{}", rows_.groups()[group].subject, t), -kInfinity, 0.0});
      add_uses(row, r, 1.0);
      for (const std::size_t f : lifts_on(data, problem_.routes[rows_.groups()[group].subject], data.horizon.day(t))) {
        const Lift& lift = data.lifts[f];
        const double uses = std::min<double>(lift.max_uses, std::ceil(most(r) / lift.seats));
        model_.add_term(row,
                        model_.add_column({fmt::format("n_{}_{}", f, t), 0.0, uses,
                                           data.policy.points_per_money.value * lift.cost.value(), true}),
                        -lift.seats);
      }
    }
  }
}

// (8) those who go to one request (or come from it) on the day all work there on the first (or last) line day: no more
// of them than the line takes.
void Formulation::add_movement_rows(const std::string& name, Direction direction, int table_row, int b) {
  struct Line {
    double most = 0.0;   // what the classes together could send
    bool counts = true;  // false: somebody works there who does not count
    std::set<std::size_t> networks;
    std::vector<Use> uses;
  };
  std::map<int, Line> lines;  // by coverage row
  for (const auto& use : users_[static_cast<std::size_t>(table_row)]) {
    const DutyNetwork& network = networks_[use.network];
    const UnitClass& unit_class = problem_.classes[network.unit_class];
    const auto arc = static_cast<std::size_t>(use.column - columns_of_arcs_[use.network].front());
    const Block& block = *network.arcs[arc].block;
    const RequestIndex request = *unit_class.duties[block.duty].request;
    const int persons = problem_.data().units[unit_class.exemplar].persons;
    const bool in_people = problem_.data().requests[request].measure == Measure::People;
    const double amount = in_people && persons > 0 ? persons : 1.0;
    const int day = direction == Direction::Out ? block.first_line : block.end() - 1;
    Line& line = lines[rows_.row(rows_.coverage_group(request), day)];
    line.uses.push_back({use.column, amount, use.network});
    line.counts = line.counts && (!in_people || persons > 0);
    if (line.networks.insert(use.network).second)
      line.most += amount * static_cast<double>(unit_class.members.size());
  }
  for (const auto& [coverage, line] : lines) {
    const int row = model_.add_row({fmt::format("moves_{}_r{}", name, coverage), -kInfinity, 0.0});
    for (const auto& use : line.uses)
      model_.add_term(row, use.column, use.amount);
    model_.add_term(row, b, -(line.counts ? std::min(line.most, rows_.limit(coverage)) : line.most));
  }
}

// (8) units <= M b, persons >= min b.
void Formulation::add_movements() {
  const double points = problem_.data().policy.movement_points.value;
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::MovementUnits)
      continue;
    const std::size_t movement = rows_.groups()[group].subject;
    const std::size_t persons = rows_.movement_persons_group(movement);
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (users_[static_cast<std::size_t>(r)].empty())
        continue;
      const std::string name = fmt::format("{}_{}", movement, t);
      const int b = model_.add_column({"b_" + name, 0.0, 1.0, points, true});
      add_movement_rows(name, rows_.movement_subjects()[movement].direction, r, b);
      if (persons == RowTable::kNone)
        continue;
      const int enough = model_.add_row({"together_" + name, 0.0, kInfinity});
      add_uses(enough, rows_.row(persons, t), 1.0);
      model_.add_term(enough, b, -rows_.least_persons(persons));
    }
  }
}

// (6) working <= .. f: follows from the other two for integer f, and holds its fractions up.
void Formulation::add_working_if_filled(RequestIndex request, int t, int f) {
  const int r = rows_.row(rows_.coverage_group(request), t);
  if (users_[static_cast<std::size_t>(r)].empty() || rows_.limit(r) >= most(r))
    return;
  const int row = model_.add_row({fmt::format("works_q{}_{}", request.value(), t), -kInfinity, 0.0});
  add_uses(row, r, 1.0);
  model_.add_term(row, f, -rows_.limit(r));
}

// (6) m f <= committed + assigned, assigned <= M f.
void Formulation::add_fill() {
  for (auto request : problem_.data().requests.indices()) {
    const int min_fill = problem_.data().requests[request].min_fill;
    const std::size_t group = rows_.assigned_group(request);
    if (min_fill <= 1 || group == RowTable::kNone)
      continue;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (users_[static_cast<std::size_t>(r)].empty() || rows_.committed(r) >= min_fill)
        continue;
      const std::string name = fmt::format("q{}_{}", request.value(), t);
      const int f = model_.add_column({"f_" + name, 0.0, 1.0, 0.0, true});
      const int least = model_.add_row({"fill_" + name, -rows_.committed(r), kInfinity});
      add_uses(least, r, 1.0);
      model_.add_term(least, f, -min_fill);
      const int some = model_.add_row({"filled_" + name, -kInfinity, 0.0});
      add_uses(some, r, 1.0);
      model_.add_term(some, f, -most(r));
      add_working_if_filled(request, t, f);
    }
  }
}

// (6) a package is filled whole, over the whole need, or gets nothing new.
void Formulation::add_packages() {
  std::map<std::string, int> switches;
  for (auto request : problem_.data().requests.indices()) {
    const Request& line = problem_.data().requests[request];
    if (line.package.empty())
      continue;
    const auto [it, is_new] = switches.try_emplace(line.package, 0);
    if (is_new)
      it->second = model_.add_column({fmt::format("h_{}", switches.size()), 0.0, 1.0, 0.0, true});
    const std::size_t group = rows_.assigned_group(request);
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      const std::string name = fmt::format("q{}_{}", request.value(), t);
      const bool needed = t < problem_.data().horizon.days && line.need.contains(problem_.data().horizon.day(t));
      if (needed && line.quantity > rows_.committed(r)) {
        const int whole = model_.add_row({"package_" + name, -rows_.committed(r), kInfinity});
        add_uses(whole, r, 1.0);
        model_.add_term(whole, it->second, -line.quantity);
      }
      if (users_[static_cast<std::size_t>(r)].empty())
        continue;
      const int some = model_.add_row({"packaged_" + name, -kInfinity, 0.0});
      add_uses(some, r, 1.0);
      model_.add_term(some, it->second, -most(r));
    }
  }
}

void Formulation::add_pins() {
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::Pin)
      continue;
    const int r = rows_.row(group, 0);
    if (rows_.wanted(r) <= 0.0)
      continue;
    const int row = model_.add_row({fmt::format("pin_{}", rows_.groups()[group].subject), rows_.wanted(r), kInfinity});
    add_uses(row, r, 1.0);
  }
}

void Formulation::add_constant() {
  model_.add_column({"constant", 1.0, 1.0, constant_, false});
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
