// SPDX-License-Identifier: MIT
#include "planner/check/parties.hpp"

#include <algorithm>

namespace relevo::planner::checking {

namespace {

bool is_party(const ScenarioData& data, const std::vector<Party>& parties, AgencyIndex index) {
  const Agency& agency = data.agencies[index];
  return std::ranges::any_of(parties, [&](const Party& party) {
    switch (party.scope) {
      case Party::Scope::Agency:
        return party.id == agency.id;
      case Party::Scope::Country:
        return party.id == agency.country;
      case Party::Scope::Anyone:
        return true;
    }
    return false;
  });
}

}  // namespace

bool may_lend(const ScenarioData& data, const Agreement& agreement, AgencyIndex lender, AgencyIndex borrower) {
  // An agreement for own forces need not name anybody.
  if (agreement.own_forces && agreement.lenders.empty() && agreement.borrowers.empty())
    return true;
  const bool as_written = is_party(data, agreement.lenders, lender) && is_party(data, agreement.borrowers, borrower);
  const bool swapped = agreement.reciprocal && is_party(data, agreement.borrowers, lender) &&
                       is_party(data, agreement.lenders, borrower);
  return as_written || swapped;
}

}  // namespace relevo::planner::checking
