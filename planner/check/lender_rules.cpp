// SPDX-License-Identifier: MIT
// Rules (3), (3b), (4) and (7) of section 3: what lenders give.
#include "planner/check/rules.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace relevo::planner::checking {

namespace {

// (3). Only days on which something is away can break it.
void judge_reserve(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  for (const auto& [lender_and_kind, tally] : ledger.lent_away) {
    const auto [lender, kind] = lender_and_kind;
    const Excess excess = excess_over(tally, [&, agency = lender, what = kind](Day day) {
      return exportable_units(evidence, agency, what, available_units(evidence, ledger, agency, what, day), day);
    });
    report_excess(excess,
                  {.code = "plan.reserve",
                   .subject = data.agencies[lender].id + "/" + data.kinds.kinds[kind].id,
                   .args = {{"agency", data.agencies[lender].id}, {"kind", data.kinds.kinds[kind].id}}},
                  data.as_of, verdict);
  }
}

// Offers with the same agency, kind, type and channel form one sum.
using OfferKey = std::tuple<AgencyIndex, KindIndex, std::string, std::string>;

bool is_limited_by(const OfferKey& offer, const Timeline& timeline) {
  const auto& [agency, kind, type, channel] = offer;
  return timeline.is_lent() && !timeline.committed && timeline.unit->agency == agency && timeline.unit->kind == kind &&
         (type.empty() || timeline.unit->type == type) &&
         (channel.empty() || channel == timeline.agreement->id || channel == timeline.agreement->family);
}

int offered_on(const std::vector<const Offer*>& offers, Day day) {
  int sum = 0;
  for (const Offer* offer : offers)
    if (offer->when.contains(day))
      sum += offer->quantity;
  return sum;
}

// (3b): new lent assignments only.
void judge_offers(const Evidence& evidence, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  std::map<OfferKey, std::vector<const Offer*>> groups;
  for (const Offer& offer : data.offers)
    groups[{offer.agency, offer.kind, offer.type, offer.channel}].push_back(&offer);
  for (const auto& [key, offers] : groups) {
    DayTally away;
    for (const Timeline& timeline : evidence.timelines)
      if (is_limited_by(key, timeline))
        add_days(away, timeline.away_first(), timeline.away_last(), 1, false);
    const Excess excess = excess_over(away, [&group = offers](Day day) { return offered_on(group, day); });
    const Offer& any = *offers.front();
    const std::string kind = data.kinds.kinds[any.kind].id;
    for (const Run& run : runs_of(excess.plan))
      verdict.report(over_run({.code = "plan.offer",
                               .subject = data.agencies[any.agency].id + "/" + kind,
                               .args = {{"agency", data.agencies[any.agency].id}, {"kind", kind}}},
                              run));
  }
}

int shortfall(const EscortGroup& group, int demand, int present) {
  // Implicit escorts are as many as are needed: they are only counted and paid.
  return group.terms->supply == EscortTerms::Supply::Implicit ? 0 : std::max(0, demand - present);
}

std::string role_key(EscortTerms::Role role) {
  switch (role) {
    case EscortTerms::Role::Representative:
      return "word.representative";
    case EscortTerms::Role::Lead:
      return "word.lead";
    case EscortTerms::Role::Interpreter:
      return "word.interpreter";
  }
  return "";
}

// (4): the plan may leave commitments as short of escorts as they are, not shorter.
void judge_escorts(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  const ScenarioData& data = evidence.data();
  for (const EscortGroup& group : ledger.escorts) {
    Excess excess;
    for (const auto& [day, demand] : group.demand) {
      const Share present = on(group.present, day);
      const int before = shortfall(group, demand.committed, present.committed);
      excess.plan[day] = shortfall(group, demand.all, present.all) - before;
      excess.commitments[day] = before;
    }
    const std::string& agreement = data.agreements[group.agreement].id;
    const std::string& clause = group.terms->from.clause;
    report_excess(excess,
                  {.code = "plan.escort",
                   .subject = agreement + "/" + data.agencies[group.lender].id + "/" + data.agencies[group.borrower].id,
                   .args = {{"role", role_key(group.terms->role)},
                            {"lender", data.agencies[group.lender].id},
                            {"borrower", data.agencies[group.borrower].id},
                            {"clause", clause.empty() ? agreement : clause}}},
                  data.as_of, verdict);
  }
}

// (7).
void judge_pools(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  for (const PoolIndex index : evidence.data().pools.indices()) {
    const Pool& pool = evidence.data().pools[index];
    report_excess(excess_over(ledger.pool_away[index.value()], [&](Day day) { return pool.people_on(day); }),
                  {.code = "plan.pool", .subject = pool.id}, evidence.data().as_of, verdict);
  }
}

}  // namespace

void judge_lenders(const Evidence& evidence, const Ledger& ledger, Verdict& verdict) {
  judge_reserve(evidence, ledger, verdict);
  judge_offers(evidence, verdict);
  judge_escorts(evidence, ledger, verdict);
  judge_pools(evidence, ledger, verdict);
}

}  // namespace relevo::planner::checking
