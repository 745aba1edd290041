// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/text/message.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The catalogue of changes (docs/explain.md), in its published order: what the borrower decides about the line, what
/// the coordinator has decided, what lenders answer, what is in the papers and dates of units, what agreements say, and
/// last what has to be found somewhere.
enum class ChangeKind {
  Unname,           ///< the line names no unit any more
  OpenChannel,      ///< the line may be filled under any agreement
  LowerMinFill,     ///< fewer are of use: one less a step
  SplitPackage,     ///< the line is filled apart from its package
  LowerType,        ///< the next lower type is accepted
  CalmFire,         ///< fire behaviour at the line is one level lower
  NeedLater,        ///< the whole need one day later
  NeedEarlier,      ///< and one day earlier
  LiftForbid,       ///< a forbid is taken back
  LiftPin,          ///< a pin is taken back
  Accept,           ///< the lender's last answer to the line is "accepted"
  EnlargeOffer,     ///< one unit more is offered
  ReleaseReserve,   ///< a lender keeps one unit of the kind less at home
  PostponeRecall,   ///< a recall takes effect a day later
  ShrinkMovement,   ///< one person fewer must travel together
  GiveDocument,     ///< the people of a roster row get a document
  RenewFitness,     ///< and a fitness result that does not run out
  GiveInterpreter,  ///< an interpreter goes with each unit of a roster row
  Qualify,          ///< a roster row gets a qualification that the line asks
  ComeEarlier,      ///< a roster row is available a day earlier
  StayLater,        ///< and a day longer
  EndDowntime,      ///< and in its down periods
  Rest,             ///< one line day less worked on the present tour
  ShortenNotice,    ///< the agreement's notice, then its muster, a day shorter
  ProlongForce,     ///< the agreement is in force a day longer, both ways
  ExtendTour,       ///< the extension of its tours a day longer
  ProlongStay,      ///< its longest deployment a day longer
  ShortenStay,      ///< its shortest stay a day shorter
  CoverKind,        ///< it covers the kind
  AddParty,         ///< it lets one more lender lend to the line's borrower
  AddEscort,        ///< one representative, lead or interpreter more
  AddLift,          ///< one use of a lift more a day
  EnlargePool,      ///< a pool larger by the people of one unit
  EnlargeCapacity,  ///< the incident takes the people of one unit more
  AddUnit           ///< one unit more of the kind at a base
};
inline constexpr std::size_t kChangeKinds = static_cast<std::size_t>(ChangeKind::AddUnit) + 1;

/// Most steps of a change that does not end by itself, as a notice does that cannot be shorter than nothing.
inline constexpr int kMostSteps = 7;

/// The stable code of a kind: "accept", "reserve" ... (docs/explain.md).
std::string_view code_of(ChangeKind kind);

/// A change to a scenario for the sake of one line. Which of the subjects are set follows from the kind.
struct Change {
  ChangeKind kind = ChangeKind::AddUnit;
  int size = 1;                          ///< in steps
  RequestIndex line{0U};                 ///< the line it is for
  std::optional<AgencyIndex> agency{};   ///< lender
  std::optional<KindIndex> unit_kind{};  ///< of units or escorts that come new
  std::optional<UnitIndex> unit{};       ///< a roster row
  std::optional<BaseIndex> base{};       ///< of units that come new and are like no other row
  std::optional<AgreementIndex> agreement{};
  std::optional<PoolIndex> pool{};
  std::size_t row = 0;  ///< of decisions, recalls, lifts; of offers the first of those that are one sum
  int people = 0;       ///< of a step of EnlargePool and EnlargeCapacity
  std::string word{};   ///< a document or qualification

  friend bool operator==(const Change&, const Change&) = default;
};

/// Whether the kind only widens what is allowed, so that what one step does more steps do too.
bool is_widening(ChangeKind kind) noexcept;

/// A change of the catalogue and how many steps of it there are.
struct CatalogueEntry {
  Change change;  ///< one step
  int most = 1;   ///< steps
};

/// All of the catalogue that can make a difference to the scenario, for a line: about the line itself, roster rows of
/// its kind and of escorts, lenders' offers and reserves of its kind, and all agreements, pools, recalls and lifts. In
/// the published order, then in that of the tables.
std::vector<CatalogueEntry> catalogue_for(const Scenario& scenario, RequestIndex line);

/// The scenario's data with the change. Indices stay what they are; new rows come last.
ScenarioData changed(const Scenario& scenario, const Change& change);
/// With all of the changes, which are of one catalogue and come in its order, each of its own subject.
ScenarioData changed(const Scenario& scenario, const std::vector<Change>& changes);

/// The change in words: key "change.<code>" with its facts as arguments.
text::Message describe(const Scenario& scenario, const Change& change);

}  // namespace relevo::planner
