// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/ledger.hpp"
#include "planner/model/plan.hpp"

namespace relevo::planner::checking {

// The figures that the assignments of a plan add up to, over the horizon's days. judge_figures compares them with those
// the plan says; restate writes them.

/// The status is the sort of it: pending and unable to fill are told apart by the answers of lenders.
RequestFill fill_of(const Evidence& evidence, const Ledger& ledger, RequestIndex index);
ReserveLine reserve_of(const Evidence& evidence, const Ledger& ledger, AgencyIndex agency, KindIndex kind);
/// `persons` is P of rule (4), `required` how many must be there on the day.
EscortLine escorts_of(const Evidence& evidence, const EscortGroup& group);
PoolLine pool_of(const Evidence& evidence, const Ledger& ledger, PoolIndex index);
/// Passengers of the route of a lift on the day.
int passengers_on(const Ledger& ledger, const Lift& lift, Day day);

}  // namespace relevo::planner::checking
