// SPDX-License-Identifier: MIT
#include "planner/solve/travel_counts.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

bool is_lent(const Scenario& scenario, AgreementIndex agreement, AgencyIndex lender, AgencyIndex borrower) {
  return !scenario->agreements[agreement].own_forces && lender != borrower;
}

TravelKey key_of(const Unit& unit, AgreementIndex agreement, AgencyIndex borrower, bool home, Day first, Day last) {
  return {agreement, unit.agency, borrower, unit.base, unit.kind, unit.type, home, first, last};
}

/// Without the days and the agreement.
TravelKey who(const Unit& unit, AgencyIndex borrower) {
  return key_of(unit, AgreementIndex(0U), borrower, false, Day{}, Day{});
}

}  // namespace

std::map<TravelKey, int> travel_counts(const Scenario& scenario, const Plan& plan, PlanDifference difference) {
  std::map<TravelKey, int> counts;
  for (const auto& a : plan.assignments) {
    const Unit& unit = scenario->units[a.unit];
    if (a.commitment || a.escort || a.stints.empty())
      continue;
    const auto borrower = [&](const Stint& stint) {
      return stint.request ? scenario->requests[*stint.request].borrower : a.borrower;
    };
    if (difference == PlanDifference::Who) {
      ++counts[who(unit, borrower(a.stints.front()))];
      continue;
    }
    if (!is_lent(scenario, a.agreement, unit.agency, a.borrower))
      continue;
    ++counts[key_of(unit, a.agreement, borrower(a.stints.front()), false, a.depart, a.depart)];
    ++counts[key_of(unit, a.agreement, borrower(a.stints.back()), true, a.release, a.home)];
  }
  return counts;
}

bool is_other(const std::map<TravelKey, int>& before, const std::map<TravelKey, int>& after,
              PlanDifference difference) {
  if (difference == PlanDifference::Contingents)
    return before != after;
  return std::any_of(after.begin(), after.end(), [&](const auto& now) {
    const auto then = before.find(now.first);
    return now.second > (then == before.end() ? 0 : then->second);
  });
}

std::map<TravelKey, std::vector<int>> travel_columns(const Problem& problem, const Formulation& formulation,
                                                     PlanDifference difference) {
  std::map<TravelKey, std::vector<int>> columns;
  const Horizon& horizon = problem.data().horizon;
  for (const auto& network : formulation.networks()) {
    const UnitClass& unit_class = problem.classes[network.unit_class];
    const Unit& unit = problem.data().units[unit_class.exemplar];
    const auto& of_arcs = formulation.columns_of(network.unit_class);
    for (std::size_t i = 0; i < network.arcs.size(); ++i) {
      const Arc& arc = network.arcs[i];
      if (!arc.block)
        continue;
      const Duty& duty = unit_class.duties[arc.block->duty];
      const auto agreement = duty.option.agreement;
      if (duty.escort_group)
        continue;
      if (difference == PlanDifference::Who) {
        if (arc.depart)
          columns[who(unit, duty.borrower)].push_back(of_arcs[i]);
        continue;
      }
      if (!is_lent(*problem.scenario, agreement, unit.agency, duty.borrower))
        continue;
      if (arc.depart) {
        const Day depart = horizon.day(*arc.depart);
        columns[key_of(unit, agreement, duty.borrower, false, depart, depart)].push_back(of_arcs[i]);
      }
      if (arc.block->then == Block::Then::GoesHome) {
        const int last_present = arc.block->end() - 1;
        const auto& terms = duty.option.terms;
        columns[key_of(unit, agreement, duty.borrower, true, horizon.day(terms.release(last_present)),
                       horizon.day(terms.home(last_present)))]
            .push_back(of_arcs[i]);
      }
    }
  }
  return columns;
}

}  // namespace relevo::planner
