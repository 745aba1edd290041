// SPDX-License-Identifier: MIT
// The figures a plan shows per request, lender, escort term and pool must be those its assignments add up to. The
// vectors run over the horizon's days.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <numeric>

namespace relevo::planner::checking {

namespace {

using DayFigures = std::vector<int>;

// One figure per planning day.
template <class FigureOfDay>
DayFigures over_horizon(const Horizon& horizon, const FigureOfDay& figure_of) {
  DayFigures figures;
  for (int t = 0; t < horizon.days; ++t)
    figures.push_back(figure_of(horizon.day(t)));
  return figures;
}

struct Comparison {
  std::string_view code;
  std::string subject;
  std::string_view figure;  ///< name of the vector, as in the plan's files
};

// Reports the first day that differs, with the difference there.
void compare(const Comparison& what, const Horizon& horizon, const DayFigures& said, const DayFigures& real,
             Verdict& verdict) {
  if (said == real)
    return;
  Fault fault{.code = what.code, .subject = what.subject, .args = {{"figure", std::string(what.figure)}}};
  const auto [it_said, it_real] = std::ranges::mismatch(said, real);
  if (it_said != said.end() && it_real != real.end()) {
    fault.day = horizon.day(static_cast<int>(it_said - said.begin()));
    fault.amount = static_cast<double>(*it_said) - *it_real;
  } else {
    fault.day = horizon.first;
    fault.amount = static_cast<double>(said.size()) - static_cast<double>(real.size());
  }
  verdict.report(std::move(fault));
}

struct FillFigures {
  DayFigures wanted;
  DayFigures working;
  DayFigures assigned;
  DayFigures unmet;
  DayFigures drops;  ///< empty where no handover is asked
};

FillFigures fill_of(const Horizon& horizon, const Request& request, const RequestTally& tally) {
  FillFigures fill;
  fill.wanted = over_horizon(horizon, [&](Day day) { return request.need.contains(day) ? request.quantity : 0; });
  fill.working = over_horizon(horizon, [&](Day day) { return on(tally.working, day).all; });
  fill.assigned = over_horizon(horizon, [&](Day day) { return on(tally.assigned, day).all; });
  for (std::size_t t = 0; t < fill.wanted.size(); ++t)
    fill.unmet.push_back(std::max(0, fill.wanted[t] - fill.working[t]));
  if (request.handover)
    fill.drops = over_horizon(horizon, [&](Day day) { return drops_on(horizon, request, tally, day); });
  return fill;
}

// Filled: as many as wanted are assigned on every day; days off in place leave no line open. Partial: somebody works.
// Otherwise pending or unable to fill; pending is also a line whose need lies outside the planning days.
bool is_status_right(RequestStatus status, const FillFigures& fill) {
  const auto sum = [](const DayFigures& figures) { return std::accumulate(figures.begin(), figures.end(), 0L); };
  if (sum(fill.wanted) == 0)
    return status == RequestStatus::Filled || status == RequestStatus::Pending;
  bool is_filled = true;
  for (std::size_t t = 0; t < fill.wanted.size(); ++t)
    is_filled = is_filled && fill.assigned[t] >= fill.wanted[t];
  if (is_filled)
    return status == RequestStatus::Filled;
  if (sum(fill.working) > 0)
    return status == RequestStatus::Partial;
  return status == RequestStatus::Pending || status == RequestStatus::UnableToFill;
}

void judge_fill(const Evidence& evidence, const Ledger& ledger, const RequestFill& said, Verdict& verdict) {
  const Request& request = evidence.data().requests[said.request];
  const Horizon& horizon = evidence.data().horizon;
  const FillFigures real = fill_of(horizon, request, ledger.requests[said.request.value()]);
  compare({"request.wanted", request.id, "wanted"}, horizon, said.wanted, real.wanted, verdict);
  compare({"request.working", request.id, "working"}, horizon, said.working, real.working, verdict);
  compare({"request.assigned", request.id, "assigned"}, horizon, said.assigned, real.assigned, verdict);
  compare({"request.unmet", request.id, "unmet"}, horizon, said.unmet, real.unmet, verdict);
  compare({"request.drops", request.id, "drops"}, horizon, said.drops, real.drops, verdict);
  if (!is_status_right(said.status, real))
    verdict.report({.code = "request.status", .subject = request.id});
}

void judge_fills(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const auto& requests = evidence.data().requests;
  std::vector<int> seen(requests.size(), 0);
  for (const RequestFill& fill : evidence.plan->requests) {
    if (!knows(requests, fill.request)) {
      verdict.report({.code = "plan.index", .subject = "requests"});
      continue;
    }
    ++seen[fill.request.value()];
    judge_fill(evidence, ledger, fill, verdict);
  }
  for (const RequestIndex index : requests.indices())
    if (const int times = seen[index.value()]; times != 1)
      verdict.report({.code = "request.listed",
                      .subject = requests[index].id,
                      .amount = times - 1.0,
                      .args = {{"times", std::to_string(times)}}});
}

void judge_reserve_line(const Evidence& evidence, const Ledger& ledger, const ReserveLine& said, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  const Horizon& horizon = data.horizon;
  const std::string subject = data.agencies[said.agency].id + "/" + data.kinds.kinds[said.kind].id;
  const auto available_on = [&](Day day) { return available_units(evidence, ledger, said.agency, said.kind, day); };
  const auto compare_with = [&](std::string_view figure, const DayFigures& shown, const auto& real_on) {
    compare({"reserve.figures", subject, figure}, horizon, shown, over_horizon(horizon, real_on), verdict);
  };
  compare_with("available", said.available, available_on);
  compare_with("reserve", said.reserve, [&](Day day) {
    const int available = available_on(day);
    return available - exportable_units(evidence, said.agency, available, day);
  });
  compare_with("away", said.away, [&](Day day) {
    const auto it = ledger.lent_away.find({said.agency, said.kind});
    return it == ledger.lent_away.end() ? 0 : on(it->second, day).all;
  });
  compare_with("level", said.level, [&](Day day) { return evidence.scenario->level_on(said.agency, day); });
}

const EscortGroup* group_of(const Ledger& ledger, const EscortLine& line) {
  for (const EscortGroup& group : ledger.escorts)
    if (group.agreement == line.agreement && group.lender == line.lender && group.borrower == line.borrower &&
        group.terms->role == line.role && group.terms->supply == line.supply)
      return &group;
  return nullptr;
}

void judge_escort_line(const Evidence& evidence, const Ledger& ledger, const EscortLine& said, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  const Horizon& horizon = data.horizon;
  const std::string subject =
      data.agreements[said.agreement].id + "/" + data.agencies[said.lender].id + "/" + data.agencies[said.borrower].id;
  static const EscortTerms kNone;
  EscortGroup nobody;
  nobody.terms = &kNone;
  const EscortGroup* found = group_of(ledger, said);
  const EscortGroup& group = found == nullptr ? nobody : *found;
  const auto persons_on = [&](Day day) { return on(group.persons, day).all; };
  const auto required_on = [&](Day day) { return on(group.demand, day).all; };
  const auto compare_with = [&](std::string_view figure, const DayFigures& shown, const auto& real_on) {
    compare({"escort.figures", subject, figure}, horizon, shown, over_horizon(horizon, real_on), verdict);
  };
  compare_with("persons", said.persons, persons_on);
  compare_with("required", said.required, required_on);
  if (said.supply == EscortTerms::Supply::Implicit)
    compare_with("present", said.present, required_on);
  else
    compare_with("present", said.present, [&](Day day) { return on(group.present, day).all; });
}

void judge_pool_line(const Evidence& evidence, const Ledger& ledger, const PoolLine& said, Verdict& verdict) {
  const Pool& pool = evidence.data().pools[said.pool];
  const Horizon& horizon = evidence.data().horizon;
  compare({"pool.figures", pool.id, "people"}, horizon, said.people,
          over_horizon(horizon, [&](Day day) { return pool.people_on(day); }), verdict);
  compare({"pool.figures", pool.id, "away"}, horizon, said.away,
          over_horizon(horizon, [&](Day day) { return on(ledger.pool_away[said.pool.value()], day).all; }), verdict);
}

}  // namespace

void judge_figures(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  judge_fills(evidence, ledger, verdict);
  for (const ReserveLine& line : evidence.plan->reserve) {
    if (knows(data.agencies, line.agency) && knows(data.kinds.kinds, line.kind))
      judge_reserve_line(evidence, ledger, line, verdict);
    else
      verdict.report({.code = "plan.index", .subject = "reserve"});
  }
  for (const EscortLine& line : evidence.plan->escorts) {
    if (knows(data.agreements, line.agreement) && knows(data.agencies, line.lender) &&
        knows(data.agencies, line.borrower))
      judge_escort_line(evidence, ledger, line, verdict);
    else
      verdict.report({.code = "plan.index", .subject = "escorts"});
  }
  for (const PoolLine& line : evidence.plan->pools) {
    if (knows(data.pools, line.pool))
      judge_pool_line(evidence, ledger, line, verdict);
    else
      verdict.report({.code = "plan.index", .subject = "pools"});
  }
}

}  // namespace relevo::planner::checking
