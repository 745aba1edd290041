// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/ledger.hpp"
#include "planner/check/timeline.hpp"

#include <tuple>
#include <vector>

namespace relevo::planner::checking {

/// Who has the same travels together (section 4): agreement, lender, borrower, base, departure, release, home.
using JourneyKey = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex, BaseIndex, Day, Day, Day>;
JourneyKey key_of(const Timeline& timeline);
JourneyKey key_of(const Contingent& contingent);

/// Under way together with the contingent, for the same lender and borrower.
bool goes_along(const Contingent& contingent, const Timeline& timeline);

/// Terms for representatives of the contingent's lender at its borrower.
std::vector<const EscortGroup*> representatives_of(const Ledger& ledger, const Contingent& contingent);
/// The term demands somebody on a day on which the contingent is away.
bool is_wanted(const EscortGroup& group, const Contingent& contingent);

/// Own forces go to their own agency's place and need not form one.
bool may_travel_alone(const Timeline& timeline);

}  // namespace relevo::planner::checking
