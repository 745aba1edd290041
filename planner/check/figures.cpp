// SPDX-License-Identifier: MIT
#include "planner/check/figures.hpp"

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

long sum(const DayFigures& figures) {
  return std::accumulate(figures.begin(), figures.end(), 0L);
}

// A lender's last answer to the line is that it has been asked.
bool is_pending(const ScenarioData& data, RequestIndex request) {
  std::map<AgencyIndex, const Response*> last;
  for (const Response& response : data.responses) {
    const Response*& kept = last[response.agency];
    if (response.request == request && (kept == nullptr || response.when >= kept->when))
      kept = &response;
  }
  return std::ranges::any_of(last, [](const auto& entry) {
    return entry.second != nullptr && entry.second->answer == Response::Answer::Asked;
  });
}

// Filled: as many as wanted are assigned on every day; days off in place leave no line open. Partial: somebody works.
RequestStatus status_of(const ScenarioData& data, const RequestFill& fill) {
  const bool is_filled =
      std::ranges::equal(fill.assigned, fill.wanted, [](int assigned, int wanted) { return assigned >= wanted; });
  if (is_filled)
    return RequestStatus::Filled;
  if (sum(fill.working) > 0)
    return RequestStatus::Partial;
  return is_pending(data, fill.request) ? RequestStatus::Pending : RequestStatus::UnableToFill;
}

}  // namespace

RequestFill fill_of(const Evidence& evidence, const Ledger& ledger, RequestIndex index) {
  const Horizon& horizon = evidence.data().horizon;
  const Request& request = evidence.data().requests[index];
  const RequestTally& tally = ledger.requests[index.value()];
  RequestFill fill{.request = index};
  fill.wanted = over_horizon(horizon, [&](Day day) { return request.need.contains(day) ? request.quantity : 0; });
  fill.working = over_horizon(horizon, [&](Day day) { return on(tally.working, day).all; });
  fill.assigned = over_horizon(horizon, [&](Day day) { return on(tally.assigned, day).all; });
  for (std::size_t t = 0; t < fill.wanted.size(); ++t)
    fill.unmet.push_back(std::max(0, fill.wanted[t] - fill.working[t]));
  if (request.handover)
    fill.drops = over_horizon(horizon, [&](Day day) { return drops_on(horizon, request, tally, day); });
  fill.status = status_of(evidence.data(), fill);
  fill.reason.code = "none";
  return fill;
}

ReserveLine reserve_of(const Evidence& evidence, const Ledger& ledger, AgencyIndex agency, KindIndex kind) {
  const Horizon& horizon = evidence.data().horizon;
  const auto available_on = [&](Day day) { return available_units(evidence, ledger, agency, kind, day); };
  const auto away = ledger.lent_away.find({agency, kind});
  return {.agency = agency,
          .kind = kind,
          .available = over_horizon(horizon, available_on),
          .reserve = over_horizon(horizon,
                                  [&](Day day) {
                                    const int available = available_on(day);
                                    return available - exportable_units(evidence, agency, kind, available, day);
                                  }),
          .away = over_horizon(horizon,
                               [&](Day day) { return away == ledger.lent_away.end() ? 0 : on(away->second, day).all; }),
          .level = over_horizon(horizon, [&](Day day) { return evidence.scenario->level_on(agency, day); })};
}

EscortLine escorts_of(const Evidence& evidence, const EscortGroup& group) {
  const Horizon& horizon = evidence.data().horizon;
  const bool implicit = group.terms->supply == EscortTerms::Supply::Implicit;
  return {
      .agreement = group.agreement,
      .lender = group.lender,
      .borrower = group.borrower,
      .role = group.terms->role,
      .supply = group.terms->supply,
      .persons = over_horizon(horizon, [&](Day day) { return on(group.persons, day).all; }),
      .required = over_horizon(horizon, [&](Day day) { return on(group.demand, day).all; }),
      .present = over_horizon(horizon, [&](Day day) { return on(implicit ? group.demand : group.present, day).all; })};
}

PoolLine pool_of(const Evidence& evidence, const Ledger& ledger, PoolIndex index) {
  const Horizon& horizon = evidence.data().horizon;
  const Pool& pool = evidence.data().pools[index];
  return {.pool = index,
          .people = over_horizon(horizon, [&](Day day) { return pool.people_on(day); }),
          .away = over_horizon(horizon, [&](Day day) { return on(ledger.pool_away[index.value()], day).all; })};
}

int passengers_on(const Ledger& ledger, const Lift& lift, Day day) {
  const auto flights = ledger.passengers.find({lift.from, lift.to});
  if (flights == ledger.passengers.end())
    return 0;
  const auto it = flights->second.find(day);
  return it == flights->second.end() ? 0 : it->second;
}

}  // namespace relevo::planner::checking
