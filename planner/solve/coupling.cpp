// SPDX-License-Identifier: MIT
#include "planner/solve/coupling.hpp"

#include "planner/solve/escort_room.hpp"
#include "planner/solve/tolerances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

class CouplingBuilder {
 public:
  CouplingBuilder(const Problem& problem, const RowTable& rows, const Reach& reach,
                  const AddMovementRows& movement_rows)
      : problem_(problem), rows_(rows), reach_(reach), movement_rows_(movement_rows) {}

  Coupling build() {
    add_coverage();
    add_handover();
    add_limits();
    add_escorts();
    add_lifts();
    add_fill();
    add_packages();
    add_pins();
    add_movements();
    add_announced();
    return std::move(coupling_);
  }

 private:
  void add_coverage();  // (2)
  void add_handover();  // (2b)
  void add_limits();    // (3), (3b), (6) capacity, (7)
  void add_escorts();   // (4)
  struct EscortDay;
  UsableRoom usable_room(std::size_t escort_group) const;
  double most_required(std::size_t escort_group, int t) const;
  int escorts_column(std::size_t escort_group, int t);
  bool has_escort_rows(std::size_t escort_group, int t, int accompanied_on) const;
  void add_escort_rows(std::size_t escort_group, const UsableRoom& usable);
  void add_escort_facets(const EscortDay& day, const EscortTerms& term, const UsableRoom& usable);
  void add_escort_threshold(const EscortDay& day, const EscortTerms& term, int above);
  void add_lifts();  // (5)
  void add_fill();   // (6) min_fill
  void add_working_if_filled(RequestIndex request, int t, int f);
  void add_packages();   // (6) packages
  void add_pins();       // (6) pins
  void add_movements();  // (8)
  void add_announced();  // (10)
  void add_movement_rows(const std::string& name, std::size_t movement, int table_row, int b);

  void add_uses(int model_row, int table_row, double factor) {
    coupling_.links.push_back({model_row, table_row, factor});
  }

  const Problem& problem_;
  const RowTable& rows_;
  const Reach& reach_;
  const AddMovementRows& movement_rows_;
  Coupling coupling_;
};

// (2) working + unmet - over = wanted; without arcs the need is unavoidable and joins the constant.
void CouplingBuilder::add_coverage() {
  coupling_.unavoidable.assign(problem_.data().requests.size(), 0.0);
  for (auto request : problem_.data().requests.indices()) {
    const double weight = need_weight(*problem_.scenario, problem_.data().requests[request]);
    const std::size_t group = rows_.coverage_group(request);
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      const double wanted = rows_.wanted(r);
      if (!reach_.reached(r)) {
        coupling_.constant += weight * wanted;
        coupling_.unavoidable[request.value()] += wanted;
        continue;
      }
      const std::string name = fmt::format("q{}_{}", request.value(), t);
      if (wanted <= 0.0) {  // after the horizon, or covered by commitments: at most what the line takes
        if (reach_.most(r) > rows_.limit(r) + kAmountTolerance)
          add_uses(coupling_.model.add_row({"cover_" + name, -kInfinity, rows_.limit(r)}), r, 1.0);
        continue;
      }
      const int row = coupling_.model.add_row({"cover_" + name, wanted, wanted});
      add_uses(row, r, 1.0);
      const int unmet =
          coupling_.model.add_column({.name = "u_" + name, .upper = wanted, .cost = weight, .need = weight});
      coupling_.unmet.push_back({request, unmet});
      coupling_.model.add_term(row, unmet, 1.0);
      const double over = rows_.limit(r) - wanted;
      if (over > 0.0)
        coupling_.model.add_term(row, coupling_.model.add_column({"v_" + name, 0.0, over, 0.0, false}), -1.0);
    }
  }
}

// (2b) w >= leave - shadow; what commitments leave alone joins the constant.
void CouplingBuilder::add_handover() {
  const double points = problem_.data().policy.handover_points.value;
  for (std::size_t group = 0; group < rows_.groups().size() && points > 0.0; ++group) {
    if (rows_.groups()[group].family != RowFamily::Handover)
      continue;
    for (int t = 0; t < problem_.data().horizon.days; ++t) {
      const int r = rows_.row(group, t);
      if (!reach_.reached(r))
        coupling_.constant += points * std::max(0.0, rows_.committed(r));
      const bool may_leave = rows_.committed(r) > 0.0 || reach_.rises(r);
      if (!reach_.reached(r) || !may_leave)
        continue;
      const std::string name = fmt::format("q{}_{}", rows_.groups()[group].subject, t);
      const int row = coupling_.model.add_row({"handover_" + name, -kInfinity, -rows_.committed(r)});
      add_uses(row, r, 1.0);
      coupling_.model.add_term(row,
                               coupling_.model.add_column({.name = "w_" + name,
                                                           .upper = reach_.most(r) + rows_.committed(r),
                                                           .cost = points,
                                                           .disturbance = points}),
                               -1.0);
    }
  }
}

// (3) reserve, (3b) offers, (6) capacity, (7) pools: use <= limit, where the units together could exceed it.
void CouplingBuilder::add_limits() {
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
      if (reach_.most(r) <= rows_.limit(r) + kAmountTolerance)
        continue;
      add_uses(coupling_.model.add_row(
                   {fmt::format("{}_{}_{}", name, rows_.groups()[group].subject, t), -kInfinity, rows_.limit(r)}),
               r, 1.0);
    }
  }
}

/// What row (4) of one escort group and day is made of.
struct CouplingBuilder::EscortDay {
  std::string name;
  int persons = 0;          // row of the table
  double committed = 0.0;   // persons there by commitment
  double most = 0.0;        // persons that may come on top
  double there = 0.0;       // escorts there by commitment, and the shortfall that commitments leave
  double most_escorts = 0;  // new ones that can come and be of use
  int escorts = -1;         // column R; none where no escort can come
};

/// What one group can bring to the escorts of an escort group, and the most people there on one day.
UsableRoom CouplingBuilder::usable_room(std::size_t escort_group) const {
  double most_persons = 0.0;
  for (int t = 0; t < rows_.columns(); ++t) {
    const int persons = rows_.row(rows_.escort_persons_group(escort_group), t);
    most_persons = std::max(most_persons, reach_.most(persons));
  }
  return {reach_.sizes(escort_group), static_cast<int>(std::lround(most_persons))};
}

/// Escorts on a day that all who may be there on it or soon after could require.
double CouplingBuilder::most_required(std::size_t escort_group, int t) const {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  int required = 0;
  for (int s = t; s <= std::min(t + term.ahead_days, rows_.columns() - 1); ++s) {
    const int persons = rows_.row(rows_.escort_persons_group(escort_group), s);
    required = std::max(required, required_escorts(term, rows_.committed(persons) + reach_.most(persons)));
  }
  return required;
}

/// R: paid for each day, or the roster's escorts present.
int CouplingBuilder::escorts_column(std::size_t escort_group, int t) {
  const Policy& policy = problem_.data().policy;
  const std::string name = fmt::format("{}_{}", escort_group, t);
  if (problem_.term_of(problem_.escort_groups[escort_group]).supply == EscortTerms::Supply::Implicit)
    return coupling_.model.add_column({"R_" + name, 0.0, most_required(escort_group, t),
                                       policy.points_per_money.value * policy.escort_daily_cost.value, true, true});
  const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
  if (!reach_.reached(present))
    return -1;
  const int column = coupling_.model.add_column({"R_" + name, 0.0, reach_.most(present), 0.0, true, true});
  const int row = coupling_.model.add_row({"escorts_" + name, 0.0, 0.0});
  add_uses(row, present, 1.0);
  coupling_.model.add_term(row, column, -1.0);
  return column;
}

// (4) the facets: for neighbouring corners, run x P - rise x R <= ...; without escorts a limit.
void CouplingBuilder::add_escort_facets(const EscortDay& day, const EscortTerms& term, const UsableRoom& usable) {
  const auto people_for = [&](int escorts) {
    const double allowed = std::max<double>(term.threshold, term.per_persons * (escorts + day.there)) - day.committed;
    return usable.within(static_cast<int>(std::floor(std::min(allowed, day.most) + kAmountTolerance)));
  };
  auto corners = corners_of(static_cast<int>(day.most_escorts), people_for);
  if (corners.size() == 1)
    corners.push_back({1, corners.front().people});
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    const double run = corners[i + 1].escorts - corners[i].escorts;
    const double rise = corners[i + 1].people - corners[i].people;
    const int row = coupling_.model.add_row(
        {fmt::format("escort_{}_{}", day.name, i), -kInfinity, run * corners[i].people - rise * corners[i].escorts});
    add_uses(row, day.persons, run);
    if (rise > 0.0)
      coupling_.model.add_term(row, day.escorts, -rise);
  }
}

// (4) with a threshold: P <= m0 (1 - z) + N y, y <= R + shortfall, y <= Rmax z; `above` is the column z.
void CouplingBuilder::add_escort_threshold(const EscortDay& day, const EscortTerms& term, int above) {
  const double most_counted = std::ceil((day.committed + day.most) / term.per_persons);
  const int y = coupling_.model.add_column({"y_" + day.name, 0.0, most_counted, 0.0, false});
  const int row = coupling_.model.add_row({"escort_" + day.name, -kInfinity, term.threshold - day.committed});
  add_uses(row, day.persons, 1.0);
  coupling_.model.add_term(row, above, term.threshold);
  coupling_.model.add_term(row, y, -term.per_persons);
  const int counted = coupling_.model.add_row({"escort_y_" + day.name, -kInfinity, day.there});
  coupling_.model.add_term(counted, y, 1.0);
  if (day.escorts >= 0)
    coupling_.model.add_term(counted, day.escorts, -1.0);
  const int if_above = coupling_.model.add_row({"escort_z_" + day.name, -kInfinity, 0.0});
  coupling_.model.add_term(if_above, y, 1.0);
  coupling_.model.add_term(if_above, above, -most_counted);
}

/// Whether those who may be there on `accompanied_on` could need more escorts on `t` than are there without a plan.
bool CouplingBuilder::has_escort_rows(std::size_t escort_group, int t, int accompanied_on) const {
  const EscortTerms& term = problem_.term_of(problem_.escort_groups[escort_group]);
  const int persons = rows_.row(rows_.escort_persons_group(escort_group), accompanied_on);
  const int present = rows_.row(rows_.escorts_present_group(escort_group), t);
  return reach_.reached(persons) &&
         rows_.committed(persons) + reach_.most(persons) >
             std::max<double>(term.threshold, term.per_persons * (rows_.committed(present) + rows_.wanted(present)));
}

// (4) for each day t and each day s on which its escorts are asked for, t <= s <= t + ahead.
void CouplingBuilder::add_escort_rows(std::size_t escort_group, const UsableRoom& usable) {
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
      day.most = reach_.most(day.persons);
      day.there = rows_.committed(present) + rows_.wanted(present);
      day.escorts = column_of_day[t];
      const double wanted = std::ceil((day.committed + day.most) / term.per_persons) - day.there;
      day.most_escorts = term.supply == EscortTerms::Supply::Implicit ? wanted : std::min(wanted, reach_.most(present));
      add_escort_facets(day, term, usable);
      if (term.threshold == 0)
        continue;
      if (!above_of_day.contains(s))
        above_of_day[s] = coupling_.model.add_column({fmt::format("z_{}_{}", escort_group, s), 0.0, 1.0, 0.0, true});
      add_escort_threshold(day, term, above_of_day[s]);
    }
  }
}

void CouplingBuilder::add_escorts() {
  for (std::size_t g = 0; g < problem_.escort_groups.size(); ++g)
    add_escort_rows(g, usable_room(g));
}

// (5) passengers of a route <= seats of the lifts that fly; nobody can break a row of lifts that cost nothing and hold
// all.
void CouplingBuilder::add_lifts() {
  const ScenarioData& data = problem_.data();
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::Lift)
      continue;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (!reach_.reached(r))
        continue;
      const int row =
          coupling_.model.add_row({fmt::format("lift_{}_{}", rows_.groups()[group].subject, t), -kInfinity, 0.0});
      add_uses(row, r, 1.0);
      for (const std::size_t f : lifts_on(data, problem_.routes[rows_.groups()[group].subject], data.horizon.day(t))) {
        const Lift& lift = data.lifts[f];
        const double uses = std::min<double>(lift.max_uses, std::ceil(reach_.most(r) / lift.seats));
        coupling_.model.add_term(
            row,
            coupling_.model.add_column({fmt::format("n_{}_{}", f, t), 0.0, uses,
                                        data.policy.points_per_money.value * lift.cost.value(), true}),
            -lift.seats);
      }
    }
  }
}

void CouplingBuilder::add_movement_rows(const std::string& name, std::size_t movement, int table_row, int b) {
  if (movement_rows_) {
    movement_rows_(coupling_.model, name, rows_.movement_subjects()[movement].direction, table_row, b);
    return;
  }
  const int row = coupling_.model.add_row({"moves_" + name, -kInfinity, 0.0});
  add_uses(row, table_row, 1.0);
  coupling_.model.add_term(row, b, -reach_.most(table_row));
}

// (8) units <= M b, persons >= min b.
void CouplingBuilder::add_movements() {
  const double points = problem_.data().policy.movement_points.value;
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::MovementUnits)
      continue;
    const std::size_t movement = rows_.groups()[group].subject;
    const std::size_t persons = rows_.movement_persons_group(movement);
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (!reach_.reached(r))
        continue;
      const std::string name = fmt::format("{}_{}", movement, t);
      const int b = coupling_.model.add_column({"b_" + name, 0.0, 1.0, points, true});
      add_movement_rows(name, movement, r, b);
      if (persons == RowTable::kNone)
        continue;
      const int enough = coupling_.model.add_row({"together_" + name, 0.0, kInfinity});
      add_uses(enough, rows_.row(persons, t), 1.0);
      coupling_.model.add_term(enough, b, -rows_.least_persons(persons));
    }
  }
}

// (10) units as announced + changed >= announced, and no more than those who have been told where notice is too short.
void CouplingBuilder::add_announced() {
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::Announced)
      continue;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      const std::string name = fmt::format("{}_{}", rows_.groups()[group].subject, t);
      if (reach_.reached(r) && reach_.most(r) > rows_.limit(r) + kAmountTolerance)
        add_uses(coupling_.model.add_row({"told_" + name, -kInfinity, rows_.limit(r)}), r, 1.0);
      const double wanted = rows_.wanted(r);
      const double points = wanted > 0.0 ? rows_.announced_points(r) : 0.0;
      if (points <= 0.0)
        continue;
      if (!reach_.reached(r)) {
        coupling_.constant += points * wanted;
        continue;
      }
      const int row = coupling_.model.add_row({"announced_" + name, wanted, kInfinity});
      add_uses(row, r, 1.0);
      coupling_.model.add_term(
          row,
          coupling_.model.add_column({.name = "c_" + name, .upper = wanted, .cost = points, .disturbance = points}),
          1.0);
    }
  }
}

// (6) working <= .. f: follows from the other two for integer f, and holds its fractions up.
void CouplingBuilder::add_working_if_filled(RequestIndex request, int t, int f) {
  const int r = rows_.row(rows_.coverage_group(request), t);
  if (!reach_.reached(r) || rows_.limit(r) >= reach_.most(r))
    return;
  const int row = coupling_.model.add_row({fmt::format("works_q{}_{}", request.value(), t), -kInfinity, 0.0});
  add_uses(row, r, 1.0);
  coupling_.model.add_term(row, f, -rows_.limit(r));
}

// (6) m f <= committed + assigned, assigned <= M f.
void CouplingBuilder::add_fill() {
  for (auto request : problem_.data().requests.indices()) {
    const int min_fill = problem_.data().requests[request].min_fill;
    const std::size_t group = rows_.assigned_group(request);
    if (min_fill <= 1 || group == RowTable::kNone)
      continue;
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      if (!reach_.reached(r) || rows_.committed(r) >= min_fill)
        continue;
      const std::string name = fmt::format("q{}_{}", request.value(), t);
      const int f = coupling_.model.add_column({"f_" + name, 0.0, 1.0, 0.0, true});
      const int least = coupling_.model.add_row({"fill_" + name, -rows_.committed(r), kInfinity});
      add_uses(least, r, 1.0);
      coupling_.model.add_term(least, f, -min_fill);
      const int some = coupling_.model.add_row({"filled_" + name, -kInfinity, 0.0});
      add_uses(some, r, 1.0);
      coupling_.model.add_term(some, f, -reach_.most(r));
      add_working_if_filled(request, t, f);
    }
  }
}

// (6) a package is whole, over the whole need, or gets nothing new.
void CouplingBuilder::add_packages() {
  std::map<std::string, int> switches;
  for (auto request : problem_.data().requests.indices()) {
    const Request& line = problem_.data().requests[request];
    if (line.package.empty())
      continue;
    const auto [it, is_new] = switches.try_emplace(line.package, 0);
    if (is_new)
      it->second = coupling_.model.add_column({fmt::format("h_{}", switches.size()), 0.0, 1.0, 0.0, true});
    const std::size_t group = rows_.assigned_group(request);
    for (int t = 0; t < rows_.columns(); ++t) {
      const int r = rows_.row(group, t);
      const std::string name = fmt::format("q{}_{}", request.value(), t);
      if (rows_.whole(r) > rows_.committed(r)) {
        const int whole = coupling_.model.add_row({"package_" + name, -rows_.committed(r), kInfinity});
        add_uses(whole, r, 1.0);
        coupling_.model.add_term(whole, it->second, -rows_.whole(r));
      }
      if (!reach_.reached(r))
        continue;
      const int some = coupling_.model.add_row({"packaged_" + name, -kInfinity, 0.0});
      add_uses(some, r, 1.0);
      coupling_.model.add_term(some, it->second, -reach_.most(r));
    }
  }
}

void CouplingBuilder::add_pins() {
  for (std::size_t group = 0; group < rows_.groups().size(); ++group) {
    if (rows_.groups()[group].family != RowFamily::Pin)
      continue;
    const int r = rows_.row(group, 0);
    if (rows_.wanted(r) <= 0.0)
      continue;
    const int row =
        coupling_.model.add_row({fmt::format("pin_{}", rows_.groups()[group].subject), rows_.wanted(r), kInfinity});
    add_uses(row, r, 1.0);
  }
}

}  // namespace

double need_weight(const Scenario& scenario, const Request& request) {
  const double points = scenario->policy.unmet_points.at(static_cast<std::size_t>(request.priority - 1)).value;
  return request.measure == Measure::People ? points / scenario->policy.people_per_unit.value : points;
}

Coupling make_coupling(const Problem& problem, const RowTable& rows, const Reach& reach,
                       const AddMovementRows& movement_rows) {
  return CouplingBuilder(problem, rows, reach, movement_rows).build();
}

}  // namespace relevo::planner
