// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/ledger.hpp"
#include "planner/check/timeline.hpp"
#include "planner/check/verdict.hpp"

namespace relevo::planner::checking {

// The rule families, one file each, in the order in which check applies them. docs/check.md lists the codes.

/// Section 3, "Commitments are part of the plan, unchanged": marks the timelines that are commitments
/// (plan.commitment*).
void match_commitments(Evidence& evidence, Verdict& verdict);

/// What an assignment says about itself: places of its stints, persons, phase (section 4) (stint.*, assignment.*).
void judge_statements(const Evidence& evidence, Verdict& verdict);

/// (D1)-(D9) of section 1 within one deployment (travel.*, tour.*, stint.*, deployment.*, unit.*).
void judge_deployments(const Evidence& evidence, Verdict& verdict);

/// (P1)-(P14) of section 2 (pair.*), and the kind of an escort by rule (4) (escort.kind).
void judge_pairs(const Evidence& evidence, Verdict& verdict);

/// (1) of section 3 and (D5), (D6) between the deployments of one ordinal (unit.*).
void judge_ordinals(const Evidence& evidence, Verdict& verdict);

/// (2) and (6) of section 3: what requests and incidents get (plan.coverage, min_fill, package, capacity, pin).
void judge_requests(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

/// (3), (3b), (4) and (7) of section 3: what lenders give (plan.reserve, offer, escort, pool).
void judge_lenders(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

/// (5): lifts, as the plan uses them (plan.lift, lift.*); and whether the lifts of the table could carry everybody.
void judge_lifts(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);
void judge_seats(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

/// (8): enough people in each movement out (plan.movement).
void judge_movements(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

/// Section 4: contingents (contingent.*).
void judge_contingents(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

/// The figures a plan shows: fills of requests, lines of reserve, escorts and pools (request.*, reserve.*, escort.*,
/// pool.*).
void judge_figures(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

/// Section 5, and of section 7 what can be seen from the figures alone (cost.*, objective.*).
void judge_objective(const Evidence& evidence, const Ledger& ledger, Verdict& verdict);

}  // namespace relevo::planner::checking
