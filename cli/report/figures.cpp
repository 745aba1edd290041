// SPDX-License-Identifier: MIT
#include "cli/report/figures.hpp"

#include "cli/report/page.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace relevo::cli {

namespace {

using planner::Assignment;
using planner::Day;
using planner::RequestStatus;

bool concerns(const Assignment& assignment, const planner::HistoryFact& fact, const planner::ScenarioData& data) {
  const auto& agreement = data.agreements[assignment.agreement];
  const bool agreement_fits =
      fact.agreement.empty() || fact.agreement == agreement.id || fact.agreement == agreement.family;
  const bool agency_fits = fact.agency.empty() || fact.agency == data.agencies[data.units[assignment.unit].agency].id;
  return !assignment.commitment && agreement_fits && agency_fits;
}

int line_days_of(const Assignment& assignment) {
  int days = 0;
  for (const auto& stint : assignment.stints) {
    days += static_cast<int>(stint.line_days.size());
  }
  return days;
}

}  // namespace

LineDay line_day(const planner::RequestFill& fill, int column) {
  LineDay day;
  day.wanted = value_at(fill.wanted, column);
  day.working = value_at(fill.working, column);
  const int not_worked = std::max(0, day.wanted - day.working);
  day.resting = std::min(not_worked, std::max(0, value_at(fill.assigned, column) - day.working));
  day.open = not_worked - day.resting;
  return day;
}

RequestStatus shown_status(const planner::RequestFill& fill) {
  bool anybody = false;
  for (int column = 0; column < static_cast<int>(fill.wanted.size()); ++column) {
    anybody = anybody || value_at(fill.assigned, column) > 0;
    if (line_day(fill, column).open > 0) {
      return fill.status;
    }
  }
  return fill.status == RequestStatus::Partial && anybody ? RequestStatus::Filled : fill.status;
}

Coverage coverage_of(const planner::Plan& plan, const planner::ScenarioData& data) {
  Coverage coverage;
  for (const auto& fill : plan.requests) {
    const planner::Request& request = data.requests[fill.request];
    if (request.cancelled && request.need.empty()) {
      ++coverage.cancelled;
      continue;
    }
    switch (shown_status(fill)) {
      case RequestStatus::Filled:
        ++coverage.filled;
        break;
      case RequestStatus::Partial:
        ++coverage.partial;
        break;
      case RequestStatus::Pending:
        ++coverage.pending;
        break;
      case RequestStatus::UnableToFill:
        ++coverage.unable_to_fill;
        break;
    }
    const bool people = request.measure == planner::Measure::People;
    const double weight = people ? 1.0 / std::max(1, data.policy.people_per_unit.value) : 1.0;
    for (int column = 0; column < static_cast<int>(fill.wanted.size()); ++column) {
      const LineDay day = line_day(fill, column);
      auto& kind = coverage.kinds[request.kind];
      kind.wanted += weight * day.wanted;
      kind.present += weight * (day.wanted - day.open);
    }
  }
  return coverage;
}

int persons_of(const std::vector<const Assignment*>& assignments) {
  int persons = 0;
  for (const auto* assignment : assignments) {
    persons += assignment->persons;
  }
  return persons;
}

std::map<std::string, std::vector<const Assignment*>> by_contingent(const planner::Plan& plan) {
  std::map<std::string, std::vector<const Assignment*>> out;
  for (const auto& assignment : plan.assignments) {
    out[assignment.contingent_id].push_back(&assignment);
  }
  return out;
}

std::vector<const Assignment*> own_forces(const planner::Plan& plan) {
  std::set<std::string> listed;
  for (const auto& contingent : plan.contingents) {
    listed.insert(contingent.id);
  }
  std::vector<const Assignment*> out;
  for (const auto& assignment : plan.assignments) {
    if (!listed.contains(assignment.contingent_id)) {
      out.push_back(&assignment);
    }
  }
  return out;
}

bool is_soon(const planner::ScenarioData& data, Day day) {
  const planner::Days window{(data.policy.firm_hours.value + 23) / 24};
  return planner::DayInterval{data.as_of, data.as_of + window + planner::Days{1}}.contains(day);
}

Movements movements_within_firm_hours(const ReportInput& input) {
  Movements movements;
  for (const auto& contingent : input.plan.contingents) {
    if (is_soon(input.scenario.data(), contingent.depart)) {
      movements.departing.push_back(&contingent);
    }
    if (is_soon(input.scenario.data(), contingent.release)) {
      movements.returning.push_back(&contingent);
    }
  }
  return movements;
}

double CostLine::total() const {
  double sum = 0.0;
  for (const auto& [item, amount] : items) {
    sum += amount;
  }
  return sum;
}

std::vector<CostLine> cost_by_payer(const ReportInput& input) {
  const auto& data = input.scenario.data();
  std::map<std::tuple<planner::AgreementIndex, std::optional<planner::AgencyIndex>>, std::map<std::string, double>>
      sums;
  for (const auto& assignment : input.plan.assignments) {
    if (assignment.commitment) {
      continue;
    }
    const auto& terms = data.agreements[assignment.agreement].cost.payer;
    for (const auto& [item, amount] : assignment.cost) {
      std::optional<planner::AgencyIndex> payer;
      if (const auto it = terms.find(item); it != terms.end()) {
        payer = it->second.value == planner::Payer::Lender ? data.units[assignment.unit].agency : assignment.borrower;
      }
      sums[{assignment.agreement, payer}][item] += amount.value();
    }
  }
  std::vector<CostLine> lines;
  lines.reserve(sums.size());
  for (const auto& [key, items] : sums) {
    lines.push_back({std::get<0>(key), std::get<1>(key), items});
  }
  return lines;
}

double cost_of_implicit_escorts(const planner::Plan& plan) {
  double assigned = 0.0;
  for (const auto& assignment : plan.assignments) {
    if (!assignment.commitment) {
      for (const auto& [item, amount] : assignment.cost) {
        assigned += amount.value();
      }
    }
  }
  const double rest = plan.result.vector.cost.value() - assigned;
  // Sums in another order differ in their last digits.
  return rest > 0.005 ? rest : 0.0;
}

PlannedFigure planned_figure(const ReportInput& input, const planner::HistoryFact& fact) {
  PlannedFigure figure;
  if (fact.what == "persons") {
    figure.first = figure.last = 0;
  }
  for (const auto& assignment : input.plan.assignments) {
    // A lead goes with the crews and is counted with them; a representative is not.
    if (assignment.escort == planner::EscortTerms::Role::Representative ||
        !concerns(assignment, fact, input.scenario.data())) {
      continue;
    }
    if (fact.what == "persons") {
      figure.first = figure.last = figure.last.value_or(0) + assignment.persons;
    } else if (fact.what == "line_days" && !assignment.escort) {
      const int days = line_days_of(assignment);
      figure.first = std::min(figure.first.value_or(days), days);
      figure.last = std::max(figure.last.value_or(days), days);
    } else if (fact.what == "depart") {
      figure.day = std::min(figure.day.value_or(assignment.depart), assignment.depart);
    } else if (fact.what == "home") {
      figure.day = std::max(figure.day.value_or(assignment.home), assignment.home);
    }
  }
  return figure;
}

}  // namespace relevo::cli
