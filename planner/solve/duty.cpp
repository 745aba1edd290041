// SPDX-License-Identifier: MIT
#include "planner/solve/duty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

/// The first day on which a committed unit may go again (D5): rest as under the commitment's agreement.
Day rested_after(const Scenario& scenario, const Commitment& commitment) {
  const Unit& unit = scenario->units[commitment.unit];
  const Agreement& agreement = scenario->agreements[commitment.agreement];
  return commitment.home + Days{1 + deployment_terms(scenario, unit, agreement, 0, 0).rest_days};
}

/// Availability of each ordinal of a unit, after its commitments.
std::vector<Availability> availabilities(const Scenario& scenario, UnitIndex index) {
  const Unit& unit = scenario->units[index];
  std::vector<Availability> all(static_cast<std::size_t>(unit.count), availability_of(unit));
  for (const auto& commitment : scenario->commitments) {
    if (commitment.unit != index)
      continue;
    const Day rested = rested_after(scenario, commitment);
    for (int ordinal : commitment.ordinals) {
      auto& one = all[static_cast<std::size_t>(ordinal - 1)];
      one.first = std::max(one.first, rested);
      one.days_worked = 0;
    }
  }
  return all;
}

/// What pins, forbids and named requests single out: units they name must not be exchanged for others.
std::string singled_out(const Scenario& scenario, UnitIndex index) {
  const bool pinned_or_forbidden = std::any_of(scenario->decisions.begin(), scenario->decisions.end(),
                                               [&](const auto& d) { return d.unit && *d.unit == index; });
  const bool named = std::any_of(scenario->requests.begin(), scenario->requests.end(),
                                 [&](const auto& r) { return r.unit && *r.unit == index; });
  return pinned_or_forbidden || named ? scenario->units[index].id : std::string{};
}

/// Requests that commitments of one ordinal serve; they matter to pins only.
std::string committed_requests(const Scenario& scenario, UnitIndex index, int ordinal) {
  std::string requests;
  for (const auto& commitment : scenario->commitments)
    if (commitment.unit == index && commitment.request &&
        std::find(commitment.ordinals.begin(), commitment.ordinals.end(), ordinal) != commitment.ordinals.end())
      requests += fmt::format("{};", commitment.request->value());
  return requests;
}

std::string class_key(const Scenario& scenario, UnitIndex index, int ordinal, const Availability& a) {
  const Unit& u = scenario->units[index];
  const std::string name = singled_out(scenario, index);
  std::string pools;
  for (const auto& share : u.pools)
    pools += fmt::format("{}:{};", share.pool.value(), share.persons);
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", u.agency.value(), u.kind.value(), u.type,
                     u.persons, u.base.value(), (a.first - kFirstDay).count(), (a.last - kFirstDay).count(),
                     a.days_worked, fmt::join(u.languages, ","), fmt::join(u.qualifications, ","),
                     fmt::join(u.documents, ","), u.fitness_valid_to ? format_day(*u.fitness_valid_to) : std::string{},
                     pools, u.daily_cost ? u.daily_cost->value() : -1.0,
                     name.empty() ? name : name + "|" + committed_requests(scenario, index, ordinal));
}

std::vector<UnitClass> group_units(const Scenario& scenario) {
  std::vector<UnitClass> classes;
  std::map<std::string, std::size_t> by_key;
  for (auto index : scenario->units.indices()) {
    const auto all = availabilities(scenario, index);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto [it, is_new] =
          by_key.try_emplace(class_key(scenario, index, static_cast<int>(i) + 1, all[i]), classes.size());
      if (is_new)
        classes.push_back({index, all[i], {}, {}});
      classes[it->second].members.push_back({index, static_cast<int>(i) + 1});
    }
  }
  return classes;
}

using Route = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex>;  // agreement, lender, borrower

/// Columns on which somebody of a route may be present, which is when escorts can be of use.
struct Window {
  int first = 0;
  int last = 0;
};

std::map<Route, Window> find_routes(const Scenario& scenario, const std::vector<UnitClass>& classes) {
  std::map<Route, Window> routes;
  const auto widen = [&](const Route& route, int first, int last) {
    const auto [it, is_new] = routes.try_emplace(route, Window{first, last});
    if (is_new)
      return;
    it->second.first = std::min(it->second.first, first);
    it->second.last = std::max(it->second.last, last);
  };
  for (const auto& c : classes) {
    for (const auto& duty : c.duties)
      widen({duty.option.agreement, scenario->units[c.exemplar].agency, duty.borrower}, duty.option.need_first,
            duty.option.need_last);
  }
  for (const auto& commitment : scenario->commitments)
    widen({commitment.agreement, scenario->units[commitment.unit].agency, commitment.borrower},
          scenario->horizon.column(commitment.first_line_day), scenario->horizon.column(commitment.release));
  return routes;
}

void add_request_duties(const Scenario& scenario, UnitClass& unit_class) {
  for (auto request : scenario->requests.indices()) {
    auto verdict = judge_pair(scenario, unit_class.exemplar, unit_class.availability, request);
    for (auto& option : verdict.options)
      unit_class.duties.push_back({request, std::nullopt, scenario->requests[request].borrower, std::move(option)});
  }
}

void add_escort_duties(Problem& problem, const std::vector<Window>& windows) {
  const Scenario& scenario = *problem.scenario;
  for (std::size_t g = 0; g < problem.escort_groups.size(); ++g) {
    const EscortGroup& group = problem.escort_groups[g];
    const EscortTerms& term = problem.term_of(group);
    if (term.supply != EscortTerms::Supply::Roster)
      continue;
    for (auto& c : problem.classes) {
      if (scenario->units[c.exemplar].agency != group.lender)
        continue;
      auto option = judge_escort(scenario, c.exemplar, c.availability, group.agreement, term, group.borrower,
                                 windows[g].first, windows[g].last);
      if (option)
        c.duties.push_back({std::nullopt, g, group.borrower, std::move(*option)});
    }
  }
}

int columns_needed(const Problem& problem) {
  const Horizon& horizon = problem.data().horizon;
  int columns = horizon.days;
  for (const auto& c : problem.classes) {
    for (const auto& duty : c.duties)
      columns = std::max(columns, duty.option.departures.back() + duty.option.terms.longest_span() + 1);
  }
  for (const auto& commitment : problem.data().commitments)
    columns = std::max(columns, horizon.column(rested_after(*problem.scenario, commitment)) + 1);
  return columns;
}

}  // namespace

std::optional<std::size_t> escort_term_of(const Scenario& scenario, const Unit& unit, const Agreement& agreement) {
  const std::string& kind = scenario->kinds.kinds[unit.kind].id;
  for (std::size_t i = 0; i < agreement.escorts.size(); ++i)
    if (agreement.escorts[i].kind == kind && agreement.escorts[i].supply == EscortTerms::Supply::Roster)
      return i;
  return std::nullopt;
}

Problem make_problem(const Scenario& scenario) {
  Problem problem;
  problem.scenario = &scenario;
  problem.classes = group_units(scenario);
  for (auto& c : problem.classes)
    add_request_duties(scenario, c);
  std::vector<Window> windows;
  for (const auto& [route, window] : find_routes(scenario, problem.classes)) {
    const auto& [agreement, lender, borrower] = route;
    for (std::size_t i = 0; i < scenario->agreements[agreement].escorts.size(); ++i) {
      problem.escort_groups.push_back({agreement, lender, borrower, i});
      windows.push_back(window);
    }
  }
  add_escort_duties(problem, windows);
  problem.columns = columns_needed(problem);
  return problem;
}

}  // namespace relevo::planner
