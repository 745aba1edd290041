// SPDX-License-Identifier: MIT
#include "planner/explain/candidates.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

namespace relevo::planner {

namespace {

using Kinds = std::vector<ChangeKind>;

const Kinds& kinds_for(const std::string& code) {
  static const std::map<std::string, Kinds> kKinds = {
      {"type", {ChangeKind::LowerType}},
      {"fire_behaviour", {ChangeKind::CalmFire}},
      {"named", {ChangeKind::Unname}},
      {"forbidden", {ChangeKind::LiftForbid}},
      {"declined", {ChangeKind::Accept}},
      {"agreement", {ChangeKind::AddParty}},
      {"channel", {ChangeKind::OpenChannel}},
      {"covered", {ChangeKind::CoverKind}},
      {"qualification", {ChangeKind::Qualify}},
      {"language", {ChangeKind::GiveInterpreter}},
      {"in_force", {ChangeKind::ProlongForce}},
      {"recalled", {ChangeKind::PostponeRecall}},
      {"document", {ChangeKind::GiveDocument}},
      {"fitness", {ChangeKind::RenewFitness}},
      {"available",
       {ChangeKind::ComeEarlier, ChangeKind::StayLater, ChangeKind::EndDowntime, ChangeKind::ShortenNotice,
        ChangeKind::NeedLater, ChangeKind::NeedEarlier}},
      {"days_worked", {ChangeKind::Rest, ChangeKind::ExtendTour}},
      {"too_short",
       {ChangeKind::ShortenStay, ChangeKind::NeedLater, ChangeKind::NeedEarlier, ChangeKind::ExtendTour,
        ChangeKind::ProlongStay}},
      {"too_late", {ChangeKind::ShortenNotice, ChangeKind::ComeEarlier, ChangeKind::NeedLater}},
      {"early", {ChangeKind::ShortenNotice, ChangeKind::ComeEarlier, ChangeKind::NeedLater}},
      {"in_use", {ChangeKind::LiftPin}},
      {"reserve", {ChangeKind::ReleaseReserve}},
      {"offer", {ChangeKind::EnlargeOffer}},
      {"pool", {ChangeKind::EnlargePool}},
      {"capacity", {ChangeKind::EnlargeCapacity}},
      {"escort", {ChangeKind::AddEscort}},
      {"lift", {ChangeKind::AddLift}},
      {"movement", {ChangeKind::ShrinkMovement}},
      {"min_stay", {ChangeKind::ShortenStay}},
      {"min_fill", {ChangeKind::LowerMinFill}},
      {"package", {ChangeKind::SplitPackage}}};
  static const Kinds kNone;
  const auto found = kKinds.find(code);
  return found == kKinds.end() ? kNone : found->second;
}

/// Whose the change is, where it is somebody's; a row of the line's kind, or an escort of the same lender.
bool concerns(const Scenario& scenario, const Change& change, const std::vector<UnitsOfRow>& units) {
  const auto is_of = [&](AgencyIndex agency) {
    return std::any_of(units.begin(), units.end(),
                       [&](const UnitsOfRow& row) { return scenario->units[row.unit].agency == agency; });
  };
  if (change.kind == ChangeKind::AddEscort)
    return is_of(change.unit ? scenario->units[*change.unit].agency : scenario->bases[*change.base].agency);
  if (change.kind == ChangeKind::EnlargeOffer)
    return is_of(scenario->offers[change.row].agency);
  if (change.kind == ChangeKind::PostponeRecall)
    return is_of(scenario->recalls[change.row].lender);
  if (change.unit)
    return std::any_of(units.begin(), units.end(), [&](const UnitsOfRow& row) { return row.unit == *change.unit; });
  return !change.agency || is_of(*change.agency);
}

}  // namespace

std::vector<CatalogueEntry> candidates_of(const Scenario& scenario, const std::vector<CatalogueEntry>& catalogue,
                                          const std::vector<ListedReason>& reasons) {
  std::vector<CatalogueEntry> candidates;
  std::copy_if(catalogue.begin(), catalogue.end(), std::back_inserter(candidates), [&](const CatalogueEntry& entry) {
    // One unit more lifts any reason that is about how many there are.
    return entry.change.kind == ChangeKind::AddUnit ||
           std::any_of(reasons.begin(), reasons.end(), [&](const ListedReason& listed) {
             const auto& kinds = kinds_for(listed.reason.code);
             return std::find(kinds.begin(), kinds.end(), entry.change.kind) != kinds.end() &&
                    concerns(scenario, entry.change, listed.units);
           });
  });
  return candidates;
}

}  // namespace relevo::planner
