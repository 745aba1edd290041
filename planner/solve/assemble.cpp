// SPDX-License-Identifier: MIT
#include "planner/solve/assemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

namespace relevo::planner {

namespace {

void add_commitments(const Scenario& scenario, std::vector<Assignment>& assignments) {
  for (const auto& commitment : scenario->commitments)
    for (int ordinal : commitment.ordinals)
      assignments.push_back(make_assignment(scenario, commitment, ordinal));
}

void sort_and_number(std::vector<Assignment>& assignments) {
  std::stable_sort(assignments.begin(), assignments.end(), [](const Assignment& a, const Assignment& b) {
    return std::tuple(!a.commitment, a.depart, a.agreement, a.unit, a.ordinal) <
           std::tuple(!b.commitment, b.depart, b.agreement, b.unit, b.ordinal);
  });
  for (std::size_t i = 0; i < assignments.size(); ++i)
    assignments[i].id = fmt::format("A-{:04}", i + 1);
}

/// So many days before the people they are for, escorts of a role are there; 0 where no term says so.
Days days_ahead(const Agreement& agreement, EscortTerms::Role role) {
  Days ahead{0};
  for (const auto& term : agreement.escorts)
    if (term.role == role)
      ahead = std::max(ahead, Days{term.ahead_days});
  return ahead;
}

/// From the one day to the other, days off included: an escort goes home after a line day (D3).
bool is_there(const Assignment& a, Day first, Day last) {
  return a.arrive <= first && std::any_of(a.stints.begin(), a.stints.end(), [&](const Stint& stint) {
           return !stint.line_days.empty() && stint.line_days.back() >= last;
         });
}

using EscortKey = std::tuple<EscortTerms::Role, AgreementIndex, AgencyIndex, AgencyIndex>;
using EscortsByKey = std::map<EscortKey, std::vector<const Assignment*>>;

/// By role, agreement, lender and borrower, in the order of the plan.
EscortsByKey escorts_of(const Scenario& scenario, const std::vector<Assignment>& assignments) {
  EscortsByKey escorts;
  for (const auto& a : assignments)
    if (a.escort)
      escorts[{*a.escort, a.agreement, scenario->units[a.unit].agency, a.borrower}].push_back(&a);
  return escorts;
}

/// The escort of a role who stands for a contingent (section 4): one who travels with it, else one who is there when it
/// arrives.
std::string escort_for(const Scenario& scenario, const EscortsByKey& escorts, const Contingent& c, Day arrival,
                       EscortTerms::Role role) {
  const auto some = escorts.find({role, c.agreement, c.lender, c.borrower});
  if (some == escorts.end())
    return {};
  const Day expected = arrival - days_ahead(scenario->agreements[c.agreement], role);
  const Assignment* found = nullptr;
  for (const Assignment* a : some->second) {
    if (a->contingent_id == c.id)
      return a->id;
    if (found == nullptr && is_there(*a, expected, arrival))
      found = a;
  }
  return found == nullptr ? std::string{} : found->id;
}

bool has_implicit_representative(const Agreement& agreement) {
  return std::any_of(agreement.escorts.begin(), agreement.escorts.end(), [](const auto& term) {
    return term.role == EscortTerms::Role::Representative && term.supply == EscortTerms::Supply::Implicit;
  });
}

std::vector<Contingent> group_contingents(const Scenario& scenario, std::vector<Assignment>& assignments) {
  using Key = std::tuple<bool, Day, AgreementIndex, AgencyIndex, AgencyIndex, BaseIndex, Day, Day>;
  struct Group {
    Contingent contingent;
    /// When the first one of the units arrives; where all are escorts, of these.
    std::optional<std::pair<bool, Day>> arrival;
  };
  std::map<Key, Group> groups;
  const auto key_of = [&](const Assignment& a) {
    const Unit& unit = scenario->units[a.unit];
    return Key{!a.commitment, a.depart, a.agreement, unit.agency, a.borrower, unit.base, a.release, a.home};
  };
  for (const auto& a : assignments) {
    if (scenario->agreements[a.agreement].own_forces)
      continue;
    const Unit& unit = scenario->units[a.unit];
    auto& [c, first] = groups[key_of(a)];
    const std::pair arrival(a.escort.has_value(), a.arrive);
    first = std::min(first.value_or(arrival), arrival);
    c.agreement = a.agreement;
    c.lender = unit.agency;
    c.borrower = a.borrower;
    c.muster = unit.base;
    c.depart = a.depart;
    c.release = a.release;
    c.home = a.home;
    c.persons += a.persons;
    c.commitment = a.commitment;
  }
  std::size_t number = 0;
  for (auto& [key, group] : groups)
    group.contingent.id = fmt::format("K-{:03}", ++number);
  for (auto& a : assignments) {
    const auto it = groups.find(key_of(a));
    if (it != groups.end())
      a.contingent_id = it->second.contingent.id;
  }
  const EscortsByKey escorts = escorts_of(scenario, assignments);
  std::vector<Contingent> contingents;
  contingents.reserve(groups.size());
  for (auto& [key, group] : groups) {
    auto& [c, arrival] = group;
    c.lead = escort_for(scenario, escorts, c, arrival->second, EscortTerms::Role::Lead);
    c.representative = escort_for(scenario, escorts, c, arrival->second, EscortTerms::Role::Representative);
    if (c.representative.empty() && has_implicit_representative(scenario->agreements[c.agreement]))
      c.representative = "implicit";
    contingents.push_back(std::move(c));
  }
  return contingents;
}

/// Counts of `days` per column, weighted.
void count_days(const Horizon& horizon, const std::vector<Day>& days, int amount, std::vector<int>& counts) {
  for (Day day : days) {
    const int t = horizon.column(day);
    if (t >= 0 && t < static_cast<int>(counts.size()))
      counts[static_cast<std::size_t>(t)] += amount;
  }
}

void count_interval(const Horizon& horizon, Day first, Day last_inclusive, int amount, std::vector<int>& counts) {
  const int from = std::max(horizon.column(first), 0);
  const int to = std::min(horizon.column(last_inclusive) + 1, static_cast<int>(counts.size()));
  for (int t = from; t < to; ++t)
    counts[static_cast<std::size_t>(t)] += amount;
}

std::vector<int> zeros(const Scenario& scenario) {
  return std::vector<int>(static_cast<std::size_t>(scenario->horizon.days), 0);
}

/// Days off in place leave no line open: a line is filled when as many as wanted are assigned to it on every day.
RequestStatus status_of(const Scenario& scenario, const RequestFill& fill) {
  bool is_filled = true;
  bool any_works = false;
  for (std::size_t t = 0; t < fill.wanted.size(); ++t) {
    is_filled = is_filled && fill.assigned[t] >= fill.wanted[t];
    any_works = any_works || fill.working[t] > 0;
  }
  if (is_filled)
    return RequestStatus::Filled;
  if (any_works)
    return RequestStatus::Partial;
  const bool asked = std::any_of(scenario->responses.begin(), scenario->responses.end(), [&](const Response& r) {
    return r.request == fill.request && r.answer == Response::Answer::Asked;
  });
  return asked ? RequestStatus::Pending : RequestStatus::UnableToFill;
}

/// The last line day of each stay at the request that ends with the unit leaving it, and of a commitment's last stint
/// its last day (2b).
std::optional<Day> leaving_day(const Assignment& a, const Stint& stint) {
  if (a.commitment && &stint != &a.stints.back())
    return std::nullopt;
  std::optional<Day> last;
  for (const auto* days : {&stint.line_days, &stint.shadow_days, &stint.days_off, &stint.move_days})
    if (!days->empty())
      last = std::max(last.value_or(days->back()), days->back());
  if (a.commitment)
    return last;
  return stint.line_days.empty() ? std::nullopt : std::optional(stint.line_days.back());
}

std::vector<int> drops_of(const Scenario& scenario, const std::vector<Assignment>& assignments, RequestIndex index) {
  const DayInterval& need = scenario->requests[index].need;
  std::vector<int> drops = zeros(scenario);
  for (const auto& a : assignments) {
    for (const auto& stint : a.stints) {
      if (stint.request != index)
        continue;
      count_days(scenario->horizon, stint.shadow_days, -1, drops);
      if (const auto day = leaving_day(a, stint))
        count_days(scenario->horizon, {*day}, 1, drops);
    }
  }
  for (std::size_t t = 0; t < drops.size(); ++t) {
    const Day day = scenario->horizon.day(static_cast<int>(t));
    drops[t] = need.contains(day) && need.contains(day + Days{1}) ? std::max(0, drops[t]) : 0;
  }
  return drops;
}

RequestFill fill_of(const Scenario& scenario, const std::vector<Assignment>& assignments, RequestIndex index) {
  const Request& request = scenario->requests[index];
  RequestFill fill;
  fill.request = index;
  fill.wanted = fill.working = fill.assigned = fill.unmet = zeros(scenario);
  if (request.handover)
    fill.drops = drops_of(scenario, assignments, index);
  count_interval(scenario->horizon, request.need.first, request.need.last - Days{1}, request.quantity, fill.wanted);
  for (const auto& a : assignments) {
    const int amount = request.measure == Measure::People ? a.persons : 1;
    for (const auto& stint : a.stints) {
      if (stint.request != index)
        continue;
      count_days(scenario->horizon, stint.line_days, amount, fill.working);
      for (const auto* days : {&stint.line_days, &stint.shadow_days, &stint.days_off})
        count_days(scenario->horizon, *days, amount, fill.assigned);
    }
  }
  for (std::size_t t = 0; t < fill.unmet.size(); ++t)
    fill.unmet[t] = std::max(0, fill.wanted[t] - fill.working[t]);
  fill.status = status_of(scenario, fill);
  fill.reason.code = fill.status == RequestStatus::Filled ? "none" : "";
  return fill;
}

ReserveLine reserve_of(const Scenario& scenario, const RowTable& rows, const std::vector<Assignment>& assignments,
                       const ReserveSubject& subject) {
  ReserveLine line;
  line.agency = subject.agency;
  line.kind = subject.kind;
  line.available = line.reserve = line.away = line.level = zeros(scenario);
  for (std::size_t t = 0; t < line.available.size(); ++t) {
    const Day day = scenario->horizon.day(static_cast<int>(t));
    line.available[t] = rows.available(subject, day);
    line.level[t] = scenario.level_on(subject.agency, day);
    const double share = scenario->policy.exportable_share.at(static_cast<std::size_t>(line.level[t] - 1)).value;
    const int lent = static_cast<int>(std::floor(line.available[t] * share + 1e-9));
    line.reserve[t] =
        std::max(0, line.available[t] - lent - scenario->agencies[subject.agency].kept_less_of(subject.kind));
  }
  for (const auto& a : assignments) {
    const Unit& unit = scenario->units[a.unit];
    if (unit.agency == subject.agency && unit.kind == subject.kind && !a.escort &&
        !scenario->agreements[a.agreement].own_forces)
      count_interval(scenario->horizon, a.depart, a.home, 1, line.away);
  }
  return line;
}

/// Days of all columns of the problem, not of the horizon only: implicit escorts are paid to the end.
struct EscortCount {
  std::vector<int> persons;
  std::vector<int> committed_persons;
  std::vector<int> present;
};

/// Adds one stay to the count, at the borrower of its request.
void count_stint(const Scenario& scenario, const EscortGroup& group, const Assignment& a, const Stint& stint,
                 EscortCount& count) {
  const EscortTerms& term = scenario->agreements[group.agreement].escorts[group.term];
  const AgencyIndex borrower = stint.request ? scenario->requests[*stint.request].borrower : a.borrower;
  if (borrower != group.borrower)
    return;
  const int accompanied = escorted(scenario, scenario->units[a.unit], group);
  for (const auto* days : {&stint.move_days, &stint.line_days, &stint.shadow_days, &stint.days_off}) {
    if (!a.escort) {
      count_days(scenario->horizon, *days, accompanied, count.persons);
      if (a.commitment)
        count_days(scenario->horizon, *days, accompanied, count.committed_persons);
    } else if (*a.escort == term.role) {
      count_days(scenario->horizon, *days, 1, count.present);
    }
  }
}

EscortCount count_escorts(const Problem& problem, const std::vector<Assignment>& assignments,
                          const EscortGroup& group) {
  const Scenario& scenario = *problem.scenario;
  const auto columns = static_cast<std::size_t>(std::max(problem.columns, scenario->horizon.days));
  EscortCount count{std::vector<int>(columns, 0), std::vector<int>(columns, 0), std::vector<int>(columns, 0)};
  for (const auto& a : assignments) {
    if (a.agreement != group.agreement || scenario->units[a.unit].agency != group.lender)
      continue;
    for (const auto& stint : a.stints)
      count_stint(scenario, group, a, stint, count);
  }
  return count;
}

/// What the people there on column `t` or soon after require.
int required(const EscortTerms& term, const std::vector<int>& persons, std::size_t t) {
  int most = 0;
  for (std::size_t s = t; s <= t + static_cast<std::size_t>(term.ahead_days) && s < persons.size(); ++s)
    most = std::max(most, required_escorts(term, persons[s]));
  return most;
}

std::vector<EscortLine> escort_lines(const Problem& problem, const std::vector<Assignment>& assignments, Money& cost) {
  const Scenario& scenario = *problem.scenario;
  const auto days = static_cast<std::size_t>(scenario->horizon.days);
  std::vector<EscortLine> lines;
  for (const auto& group : problem.escort_groups) {
    const EscortTerms& term = problem.term_of(group);
    const auto count = count_escorts(problem, assignments, group);
    EscortLine line{group.agreement, group.lender, group.borrower, term.role, term.supply, {}, {}, {}};
    bool any = false;
    for (std::size_t t = 0; t < count.persons.size(); ++t) {
      const int needed = required(term, count.persons, t);
      const bool is_implicit = term.supply == EscortTerms::Supply::Implicit;
      if (is_implicit)
        cost += Money(scenario->policy.escort_daily_cost.value * (needed - required(term, count.committed_persons, t)));
      if (t >= days)
        continue;
      any = any || needed > 0 || count.present[t] > 0;
      line.persons.push_back(count.persons[t]);
      line.required.push_back(needed);
      line.present.push_back(is_implicit ? needed : count.present[t]);
    }
    if (any)
      lines.push_back(std::move(line));
  }
  return lines;
}

/// The journey home of an assignment: from its last request, or as it went out.
const geo::Itinerary& way_home(const Scenario& scenario, const Assignment& a) {
  const Unit& unit = scenario->units[a.unit];
  const auto& last = a.stints.back().request;
  if (!last || a.stints.size() == 1)
    return a.outbound;
  return *scenario->travel.find(
      {unit.base, scenario.destination_of(scenario->requests[*last]), unit.kind, a.agreement});
}

/// Passengers by day and route.
std::map<std::pair<Day, std::size_t>, int> count_passengers(const Problem& problem,
                                                            const std::vector<Assignment>& assignments) {
  std::map<std::pair<Day, std::size_t>, int> passengers;
  for (const auto& a : assignments) {
    if (a.commitment)
      continue;
    for (const auto& flight : lift_flights(problem.routes, a.outbound, Direction::Out))
      passengers[{a.depart + Days{flight.day}, flight.route}] += a.persons;
    for (const auto& flight : lift_flights(problem.routes, way_home(*problem.scenario, a), Direction::Home))
      passengers[{a.release + Days{flight.day}, flight.route}] += a.persons;
  }
  return passengers;
}

std::vector<LiftLine> lift_lines(const Problem& problem, const std::vector<Assignment>& assignments) {
  std::vector<LiftLine> lines;
  for (const auto& [key, passengers] : count_passengers(problem, assignments)) {
    const auto& [day, route] = key;
    const auto lifts = lifts_on(problem.data(), problem.routes[route], day);
    const auto uses = cheapest_uses(problem.data(), lifts, passengers);
    for (std::size_t i = 0; uses && i < lifts.size(); ++i)
      if ((*uses)[i] > 0)
        lines.push_back({lifts[i], day, (*uses)[i], passengers, problem.data().lifts[lifts[i]].cost * (*uses)[i]});
  }
  std::stable_sort(lines.begin(), lines.end(), [](const LiftLine& a, const LiftLine& b) {
    return std::tuple(a.day, a.lift) < std::tuple(b.day, b.lift);
  });
  return lines;
}

/// Movements out and home (8).
std::size_t count_movements(const Scenario& scenario, const std::vector<Assignment>& assignments) {
  std::set<std::pair<MovementSubject, Day>> movements;
  for (const auto& a : assignments) {
    if (a.commitment || a.escort || scenario->agreements[a.agreement].own_forces)
      continue;
    const Unit& unit = scenario->units[a.unit];
    const auto& last = a.stints.back().request;
    const AgencyIndex last_borrower = last ? scenario->requests[*last].borrower : a.borrower;
    movements.insert({{a.agreement, unit.agency, a.borrower, unit.base, Direction::Out}, a.depart});
    movements.insert({{a.agreement, unit.agency, last_borrower, unit.base, Direction::Home}, a.home});
  }
  return movements.size();
}

std::vector<PoolLine> pool_lines(const Scenario& scenario, const std::vector<Assignment>& assignments) {
  std::vector<PoolLine> lines;
  for (auto pool : scenario->pools.indices()) {
    PoolLine line{pool, zeros(scenario), zeros(scenario)};
    for (std::size_t t = 0; t < line.people.size(); ++t)
      line.people[t] = scenario->pools[pool].people_on(scenario->horizon.day(static_cast<int>(t)));
    for (const auto& a : assignments)
      for (const auto& share : scenario->units[a.unit].pools)
        if (share.pool == pool)
          count_interval(scenario->horizon, a.depart, a.home, share.persons, line.away);
    lines.push_back(std::move(line));
  }
  return lines;
}

double need_of(const Scenario& scenario, const Plan& plan) {
  const Policy& policy = scenario->policy;
  double need = 0.0;
  for (const auto& fill : plan.requests) {
    const Request& request = scenario->requests[fill.request];
    long unmet = 0;
    for (int n : fill.unmet)
      unmet += n;
    const double points = policy.unmet_points.at(static_cast<std::size_t>(request.priority - 1)).value;
    const double share = request.measure == Measure::People ? 1.0 / policy.people_per_unit.value : 1.0;
    need += points * share * static_cast<double>(unmet);
  }
  return need;
}

/// (10): units that do not depart, or do not come home, as announced.
double changes_of(const Scenario& scenario, const std::vector<Assignment>& assignments) {
  using Event = std::tuple<UnitIndex, AgreementIndex, std::optional<RequestIndex>, AgencyIndex, Direction, Day>;
  struct Count {
    int announced = 0;
    bool firm = false;
    int kept = 0;
  };
  std::map<Event, Count> events;
  const auto announce = [&](const Event& event, const Announcement& a) {
    if (scenario->horizon.column(std::get<Day>(event)) < 0 || !std::get<2>(event))
      return;  // over, or escorts: they follow those whom they accompany
    events[event].announced += a.quantity;
    events[event].firm |= a.firm;
  };
  for (const auto& a : scenario->announcements) {
    announce({a.unit, a.agreement, a.request, a.borrower, Direction::Out, a.depart}, a);
    announce({a.unit, a.agreement, a.last_request, a.last_borrower, Direction::Home, a.home}, a);
  }
  const auto keep = [&](const Event& event) {
    if (const auto it = events.find(event); it != events.end())
      ++it->second.kept;
  };
  for (const auto& a : assignments) {
    if (a.commitment)
      continue;
    const auto& last = a.stints.back().request;
    keep({a.unit, a.agreement, a.stints.front().request, a.borrower, Direction::Out, a.depart});
    keep({a.unit, a.agreement, last, last ? scenario->requests[*last].borrower : a.borrower, Direction::Home, a.home});
  }
  const Policy& policy = scenario->policy;
  double points = 0.0;
  for (const auto& [event, count] : events) {
    const double out = count.firm ? policy.changed_firm_points.value : policy.changed_outlook_points.value;
    points += std::max(0, count.announced - count.kept) *
              (std::get<Direction>(event) == Direction::Out ? out : policy.changed_return_points.value);
  }
  return points;
}

double disturbance_of(const Scenario& scenario, const Plan& plan) {
  long drops = 0;
  for (const auto& fill : plan.requests)
    drops = std::accumulate(fill.drops.begin(), fill.drops.end(), drops);
  long extended = 0;
  for (const auto& a : plan.assignments)
    if (!a.commitment)
      extended += a.extension_days;
  return scenario->policy.handover_points.value * static_cast<double>(drops) +
         scenario->policy.extension_points.value * static_cast<double>(extended) +
         changes_of(scenario, plan.assignments);
}

/// Section 5 of docs/model.md.
PlanResult price(const Scenario& scenario, const Plan& plan, Money implicit_escorts) {
  const Policy& policy = scenario->policy;
  PlanResult result;
  double tiers = 0.0;
  Money cost = implicit_escorts;
  for (const auto& a : plan.assignments) {
    if (a.commitment)
      continue;
    for (const auto& [item, amount] : a.cost)
      cost += amount;
    const auto tier = static_cast<std::size_t>(scenario->agreements[a.agreement].precedence.tier);
    if (!a.escort)
      tiers += policy.tier_points.at(tier).value;
  }
  for (const auto& lift : plan.lifts)
    cost += lift.cost;
  const double movements =
      policy.movement_points.value * static_cast<double>(count_movements(scenario, plan.assignments));
  const double need = need_of(scenario, plan);
  const double disturbance = disturbance_of(scenario, plan);
  result.vector = {Points(need), Points(disturbance), cost};
  result.objective = need + disturbance + policy.points_per_money.value * cost.value() + tiers + movements;
  return result;
}

}  // namespace

Plan assemble_plan(const Problem& problem, const RowTable& rows, std::vector<Assignment> assignments,
                   std::string name) {
  const Scenario& scenario = *problem.scenario;
  Plan plan;
  plan.name = std::move(name);
  plan.assignments = std::move(assignments);
  add_commitments(scenario, plan.assignments);
  sort_and_number(plan.assignments);
  plan.contingents = group_contingents(scenario, plan.assignments);
  for (auto request : scenario->requests.indices())
    plan.requests.push_back(fill_of(scenario, plan.assignments, request));
  for (const auto& subject : rows.reserve_subjects())
    plan.reserve.push_back(reserve_of(scenario, rows, plan.assignments, subject));
  Money implicit_escorts;
  plan.escorts = escort_lines(problem, plan.assignments, implicit_escorts);
  plan.pools = pool_lines(scenario, plan.assignments);
  plan.lifts = lift_lines(problem, plan.assignments);
  plan.result = price(scenario, plan, implicit_escorts);
  return plan;
}

}  // namespace relevo::planner
