// SPDX-License-Identifier: MIT
// The figures a plan shows per request, lender, escort term and pool must be those its assignments add up to. The
// vectors run over the horizon's days.
#include "planner/check/figures.hpp"
#include "planner/check/rules.hpp"

#include <algorithm>

namespace relevo::planner::checking {

namespace {

using DayFigures = std::vector<int>;

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

// Pending is also a line whose need lies outside the planning days.
bool is_status_right(const RequestFill& said, const RequestFill& real) {
  const bool is_open = real.status == RequestStatus::Pending || real.status == RequestStatus::UnableToFill;
  if (is_open)
    return said.status == RequestStatus::Pending || said.status == RequestStatus::UnableToFill;
  const bool is_wanted = std::ranges::any_of(real.wanted, [](int wanted) { return wanted > 0; });
  return said.status == real.status || (!is_wanted && said.status == RequestStatus::Pending);
}

void judge_fill(const Evidence& evidence, const Ledger& ledger, const RequestFill& said, Verdict& verdict) {
  const Request& request = evidence.data().requests[said.request];
  const Horizon& horizon = evidence.data().horizon;
  const RequestFill real = fill_of(evidence, ledger, said.request);
  compare({"request.wanted", request.id, "wanted"}, horizon, said.wanted, real.wanted, verdict);
  compare({"request.working", request.id, "working"}, horizon, said.working, real.working, verdict);
  compare({"request.assigned", request.id, "assigned"}, horizon, said.assigned, real.assigned, verdict);
  compare({"request.unmet", request.id, "unmet"}, horizon, said.unmet, real.unmet, verdict);
  compare({"request.drops", request.id, "drops"}, horizon, said.drops, real.drops, verdict);
  if (!is_status_right(said, real))
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
  const ReserveLine real = reserve_of(evidence, ledger, said.agency, said.kind);
  const auto compare_with = [&](std::string_view figure, const DayFigures& shown, const DayFigures& found) {
    compare({"reserve.figures", subject, figure}, horizon, shown, found, verdict);
  };
  compare_with("available", said.available, real.available);
  compare_with("reserve", said.reserve, real.reserve);
  compare_with("away", said.away, real.away);
  compare_with("level", said.level, real.level);
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
  const EscortTerms of_nobody{.role = said.role, .supply = said.supply};
  EscortGroup nobody;
  nobody.terms = &of_nobody;
  const EscortGroup* group = group_of(ledger, said);
  const EscortLine real = escorts_of(evidence, group == nullptr ? nobody : *group);
  const auto compare_with = [&](std::string_view figure, const DayFigures& shown, const DayFigures& found) {
    compare({"escort.figures", subject, figure}, horizon, shown, found, verdict);
  };
  compare_with("persons", said.persons, real.persons);
  compare_with("required", said.required, real.required);
  compare_with("present", said.present, real.present);
}

void judge_pool_line(const Evidence& evidence, const Ledger& ledger, const PoolLine& said, Verdict& verdict) {
  const Horizon& horizon = evidence.data().horizon;
  const std::string& subject = evidence.data().pools[said.pool].id;
  const PoolLine real = pool_of(evidence, ledger, said.pool);
  compare({"pool.figures", subject, "people"}, horizon, said.people, real.people, verdict);
  compare({"pool.figures", subject, "away"}, horizon, said.away, real.away, verdict);
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
