// SPDX-License-Identifier: MIT
#pragma once

#include "planner/check/ledger.hpp"
#include "planner/check/timeline.hpp"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace relevo::planner::checking {

/// Who has the same travels together (section 4): agreement, lender, borrower, base, departure, release, home.
using JourneyKey = std::tuple<AgreementIndex, AgencyIndex, AgencyIndex, BaseIndex, Day, Day, Day>;
JourneyKey key_of(const Timeline& timeline);
JourneyKey key_of(const Contingent& contingent);

/// Has the same journey and is committed, or new, as the contingent is.
bool is_member(const Contingent& contingent, const Timeline& timeline);

/// Who of a plan travels together, and the escorts of each lender at each borrower. The evidence must outlive it.
class Journeys {
 public:
  explicit Journeys(const Evidence& evidence);

  /// Assignments that name this contingent as theirs, in the order of the plan.
  const std::vector<const Timeline*>& who_name(const std::string& contingent_id) const;
  /// The first day on which a unit of the contingent arrives; of a contingent of escorts alone, the first of theirs.
  /// None: it has no members.
  std::optional<Day> arrival_of(const Contingent& contingent) const;
  /// Escorts of the contingent's lender at its borrower under its agreement, in the order of the plan.
  const std::vector<const Timeline*>& escorts_for(const Contingent& contingent) const;
  /// An escort for the same lender and borrower who travels with the contingent or is there when it arrives: on that
  /// day, and as many days before as the agreement wants escorts of the role to be there.
  bool stands_for(const Contingent& contingent, const Timeline& escort) const;

 private:
  using Timelines = std::vector<const Timeline*>;
  std::map<std::string, Timelines> by_id_;
  /// By journey and whether committed: whether only escorts make it, and when the first one arrives.
  std::map<std::pair<JourneyKey, bool>, std::pair<bool, Day>> arrivals_;
  std::map<std::tuple<AgreementIndex, AgencyIndex, AgencyIndex>, Timelines> escorts_;
  Timelines nobody_;
};

/// Terms for representatives of the contingent's lender at its borrower.
std::vector<const EscortGroup*> representatives_of(const Ledger& ledger, const Contingent& contingent);
/// The term demands somebody on a day on which the contingent is away.
bool is_wanted(const EscortGroup& group, const Contingent& contingent);

/// Own forces go to their own agency's place and need not form one.
bool may_travel_alone(const Timeline& timeline);

}  // namespace relevo::planner::checking
