// SPDX-License-Identifier: MIT
#include "planner/check/restate.hpp"

#include "planner/check/contingents.hpp"
#include "planner/check/costs.hpp"
#include "planner/check/figures.hpp"
#include "planner/check/rules.hpp"
#include "planner/check/tours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

using checking::Evidence;
using checking::Journeys;
using checking::Ledger;
using checking::Timeline;

bool has_commitment(const Plan& plan, const Commitment& commitment, int ordinal) {
  return std::ranges::any_of(plan.assignments, [&](const Assignment& a) {
    return a.commitment && a.unit == commitment.unit && a.ordinal == ordinal && a.depart == commitment.depart;
  });
}

void name_assignments(Plan& plan) {
  std::set<std::string> ids;
  for (const Assignment& a : plan.assignments)
    ids.insert(a.id);
  int number = 0;
  for (Assignment& a : plan.assignments)
    while (a.id.empty()) {
      const std::string id = fmt::format("A-{:04}", ++number);
      if (ids.insert(id).second)
        a.id = id;
    }
}

void restate_assignment(const ScenarioData& data, const Timeline& timeline, Assignment& a) {
  a.persons = timeline.unit->persons;
  const long hours = 24L * checking::days_between(data.as_of, a.depart);
  a.phase = hours <= data.policy.firm_hours.value ? Phase::Firm : Phase::Outlook;
  a.rested = timeline.rested();
  if (timeline.outward != nullptr) {
    a.outbound = *timeline.outward;
    a.arrive = a.depart + Days{std::max(timeline.outward->days, 1) - 1};
  }
  a.cost.clear();
  a.extension_days = 0;
  a.reliefs = 0;
  if (timeline.committed)
    return;
  a.extension_days = extension_days(checking::tours_of(data, timeline));
  a.reliefs = checking::reliefs_of(timeline);
  const checking::CostItems cost = checking::cost_of(data, timeline);
  a.cost = {{"wages", Money{cost.wages}}, {"travel", Money{cost.travel}}, {"lodging", Money{cost.lodging}}};
  if (a.reliefs > 0)
    a.cost["relief"] = Money{cost.relief};
}

// Who travels with the contingent comes before who is there when it arrives.
std::string escort_of(const Journeys& journeys, const Contingent& contingent, EscortTerms::Role role) {
  std::string found;
  for (const Timeline* escort : journeys.escorts_for(contingent)) {
    if (escort->assignment->escort != role || !journeys.stands_for(contingent, *escort))
      continue;
    if (is_member(contingent, *escort))
      return escort->assignment->id;
    if (found.empty())
      found = escort->assignment->id;
  }
  return found;
}

std::string representative_of(const Journeys& journeys, const Ledger& ledger, const Contingent& contingent) {
  if (std::string on_the_roster = escort_of(journeys, contingent, EscortTerms::Role::Representative);
      !on_the_roster.empty())
    return on_the_roster;
  for (const checking::EscortGroup* group : checking::representatives_of(ledger, contingent))
    if (group->terms->supply == EscortTerms::Supply::Implicit && is_wanted(*group, contingent))
      return "implicit";
  return "";
}

Contingent contingent_of(const Journeys& journeys, const Ledger& ledger, const std::vector<const Timeline*>& members,
                         std::string id) {
  const Timeline& first = *members.front();
  const Assignment& a = *first.assignment;
  Contingent contingent{.id = std::move(id),
                        .agreement = a.agreement,
                        .lender = first.unit->agency,
                        .borrower = a.borrower,
                        .muster = first.unit->base,
                        .depart = a.depart,
                        .release = a.release,
                        .home = a.home,
                        .commitment = first.committed};
  for (const Timeline* member : members)
    contingent.persons += member->unit->persons;
  contingent.lead = escort_of(journeys, contingent, EscortTerms::Role::Lead);
  contingent.representative = representative_of(journeys, ledger, contingent);
  return contingent;
}

// Own forces form none. Committed and new assignments form two.
void restate_contingents(const Evidence& evidence, const Ledger& ledger, Plan& plan) {
  plan.contingents.clear();
  std::map<std::pair<checking::JourneyKey, bool>, std::vector<const Timeline*>> groups;
  std::vector<std::pair<checking::JourneyKey, bool>> order;
  for (const Timeline& timeline : evidence.timelines) {
    if (timeline.agreement->own_forces)
      continue;
    auto& members = groups[{key_of(timeline), timeline.committed}];
    if (members.empty())
      order.emplace_back(key_of(timeline), timeline.committed);
    members.push_back(&timeline);
  }
  for (Assignment& a : plan.assignments)
    a.contingent_id.clear();
  const Journeys journeys(evidence);
  for (const auto& key : order) {
    const std::string id = fmt::format("K-{:03}", plan.contingents.size() + 1);
    plan.contingents.push_back(contingent_of(journeys, ledger, groups[key], id));
    for (const Timeline* member : groups[key])
      plan.assignments[static_cast<std::size_t>(member->assignment - plan.assignments.data())].contingent_id = id;
  }
}

void restate_lines(const Evidence& evidence, const Ledger& ledger, Plan& plan) {
  plan.requests.clear();
  for (const RequestIndex request : evidence.data().requests.indices())
    plan.requests.push_back(fill_of(evidence, ledger, request));
  plan.reserve.clear();
  for (const auto& [lender_and_kind, tally] : ledger.lent_away)
    plan.reserve.push_back(reserve_of(evidence, ledger, lender_and_kind.first, lender_and_kind.second));
  plan.escorts.clear();
  for (const checking::EscortGroup& group : ledger.escorts)
    if (!group.persons.empty())
      plan.escorts.push_back(escorts_of(evidence, group));
  plan.pools.clear();
  for (const PoolIndex pool : evidence.data().pools.indices())
    plan.pools.push_back(pool_of(evidence, ledger, pool));
}

// The lifts of a route on a day.
std::vector<std::size_t> lifts_of(const ScenarioData& data, const checking::Route& route, Day day) {
  std::vector<std::size_t> lifts;
  for (std::size_t i = 0; i < data.lifts.size(); ++i)
    if (data.lifts[i].from == route.first && data.lifts[i].to == route.second && data.lifts[i].when.contains(day))
      lifts.push_back(i);
  return lifts;
}

// Uses of each of the lifts that carry so many passengers at the least cost, the first such in the order of the uses;
// all there are where those are too few. Of lifts 0..i, cost[n] is the least that carries n.
std::vector<int> cheapest_uses(const ScenarioData& data, const std::vector<std::size_t>& lifts, int passengers) {
  std::vector<int> uses;
  long seats = 0;
  for (const std::size_t index : lifts) {
    uses.push_back(data.lifts[index].max_uses);
    seats += static_cast<long>(data.lifts[index].seats) * data.lifts[index].max_uses;
  }
  if (passengers >= seats)
    return uses;
  const auto people = static_cast<std::size_t>(std::max(passengers, 0));
  std::vector<double> cost(people + 1, std::numeric_limits<double>::infinity());
  cost[0] = 0;
  std::vector<std::vector<int>> chosen;
  for (const std::size_t index : lifts) {
    const Lift& lift = data.lifts[index];
    const auto one = static_cast<std::size_t>(lift.seats);
    std::vector<double> with(cost);
    std::vector<int> best(people + 1, 0);
    for (std::size_t n = 1; n <= people; ++n)
      for (int k = 1; k <= lift.max_uses && static_cast<std::size_t>(k - 1) * one < n; ++k) {
        const std::size_t left = n - std::min(n, static_cast<std::size_t>(k) * one);
        if (const double sum = cost[left] + lift.cost.value() * k; sum < with[n]) {
          with[n] = sum;
          best[n] = k;
        }
      }
    cost = std::move(with);
    chosen.push_back(std::move(best));
  }
  std::size_t left = people;
  for (std::size_t i = lifts.size(); i-- > 0;) {
    uses[i] = chosen[i][left];
    left -= std::min(left, static_cast<std::size_t>(uses[i]) * static_cast<std::size_t>(data.lifts[lifts[i]].seats));
  }
  return uses;
}

void restate_lifts(const ScenarioData& data, const Ledger& ledger, Plan& plan) {
  plan.lifts.clear();
  for (const auto& [route, flights] : ledger.passengers)
    for (const auto& [day, passengers] : flights) {
      const auto lifts = lifts_of(data, route, day);
      const auto uses = cheapest_uses(data, lifts, passengers);
      for (std::size_t i = 0; i < lifts.size(); ++i)
        if (uses[i] > 0)
          plan.lifts.push_back(
              {lifts[i], day, uses[i], passengers, Money{data.lifts[lifts[i]].cost.value() * uses[i]}});
    }
  std::ranges::sort(plan.lifts, {}, [](const LiftLine& line) { return std::pair(line.day, line.lift); });
}

void restate_result(const Evidence& evidence, const Ledger& ledger, PlanResult& result) {
  const checking::ObjectiveParts parts = objective_of(evidence, ledger);
  result = PlanResult{};
  result.vector = {Points{parts.need}, Points{parts.disturbance}, Money{parts.cost}};
  result.objective = parts.value(evidence.data().policy);
}

}  // namespace

void add_commitments(const Scenario& scenario, Plan& plan) {
  for (const Commitment& commitment : scenario->commitments)
    for (const int ordinal : commitment.ordinals)
      if (!has_commitment(plan, commitment, ordinal))
        plan.assignments.push_back(checking::assignment_of(scenario.data(), commitment, ordinal));
}

void restate(const Scenario& scenario, Plan& plan) {
  name_assignments(plan);
  checking::Verdict unheard;
  Evidence evidence = checking::gather(scenario, plan, unheard);
  checking::match_commitments(evidence, unheard);
  for (const Timeline& timeline : evidence.timelines)
    restate_assignment(scenario.data(), timeline,
                       plan.assignments[static_cast<std::size_t>(timeline.assignment - plan.assignments.data())]);
  const Ledger ledger = checking::add_up(evidence);
  restate_contingents(evidence, ledger, plan);
  restate_lines(evidence, ledger, plan);
  restate_lifts(scenario.data(), ledger, plan);
  restate_result(evidence, ledger, plan.result);
}

}  // namespace relevo::planner
