// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/rules/departure_days.hpp"
#include "planner/rules/terms.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// The pair rules (P1)-(P15) of docs/model.md, in the order in which they are tried.
enum class PairRule {
  Kind,
  Type,
  FireBehaviour,
  Named,
  Forbidden,
  Declined,
  Agreement,
  Channel,
  Covered,
  Qualification,
  Language,
  Travel,
  InForce,
  Recalled,
  Document,
  Fitness,
  Available,
  DaysWorked,
  TooLate,
  TooShort
};

/// The stable code of a rule: "kind", "in_force", "too_short" ...
std::string_view code_of(PairRule rule);

/// A rule that fails: the clause it stands in where there is one, the facts as named arguments of the catalogue
/// sentence "reason.<code>", and by how much it fails.
struct Blocking {
  PairRule rule = PairRule::Kind;
  std::string clause;
  std::vector<std::pair<std::string, std::string>> args;
  int amount = 0;  ///< days or ranks that are missing; 0: the rule has no measure
};

/// One way in which a unit may serve a request (or escort a contingent): the agreement, the journey, the terms and the
/// columns of the horizon on which it may depart.
struct PairOption {
  AgreementIndex agreement{0U};
  const geo::Itinerary* journey = nullptr;  ///< owned by the scenario
  DeploymentTerms terms;
  int need_first = 0;        ///< first column on which a line day may lie
  int need_last = 0;         ///< one past the last
  DepartureDays departures;  ///< within the horizon
  /// Where units may move: departures for a deployment that begins here and may go on to another request, from which
  /// the way home may be shorter; those above are among them. Else empty.
  DepartureDays departures_to_move_on;
  int home_before = 0;                    ///< home < this column
  int present_before = 0;                 ///< last day present < this column, where the lender recalls its units (D9)
  std::vector<std::pair<int, int>> down;  ///< columns [first, last) on which the unit is not away (D6)

  /// Whether the unit may be away on all days of [first, last) as far as (D6) and its down periods go.
  bool may_be_away(int first, int last) const noexcept;
  /// (D4), (D6) and (D9) for a deployment counted from `since` (DeploymentTerms::counted_from; none: (D4) cannot bind)
  /// whose last day present, at this place, is `last_present`; down periods apart.
  bool may_end(std::optional<int> since, int last_present) const noexcept;
  /// All departures of deployments that begin here.
  const DepartureDays& first_departures() const noexcept {
    return departures_to_move_on.empty() ? departures : departures_to_move_on;
  }
  /// Duty days of tour 1 without extension that are left to a unit departing on `depart`, one of first_departures().
  int first_tour_cap_on(int depart) const { return first_departures().first_tour_cap_on(depart).value(); }
  /// Duty days of tour 1 that such a unit has behind it (w).
  int worked_before(int depart) const { return terms.max_line_days - first_tour_cap_on(depart); }
};

struct PairVerdict {
  std::vector<PairOption> options;  ///< one per agreement that allows it, in the scenario's order
  /// Under agreements that let units move: (P1)-(P11) hold, and yet nobody can come straight from the base.
  std::vector<PairOption> by_move_only;
  std::optional<Blocking> blocking;  ///< set when there is no option: the first of `blockings`
  /// Every rule that fails, in the order of PairRule, when there is no option; under the agreement that gets farthest.
  /// A unit of another kind fails `kind` and is not judged further; nor is one that no agreement lets go, beyond
  /// `agreement`.
  std::vector<Blocking> blockings;
};

/// What a class of identical units shares beyond the roster row: when it is free again after its commitments.
struct Availability {
  Day first;        ///< may depart from here on
  Day last;         ///< home before this
  int days_worked;  ///< of the present tour
};

/// As the roster row says, for an ordinal without commitments.
Availability availability_of(const Unit& unit);

/// Whether people's answers and decisions count: (P4) and (P5) can be waived to see what lies behind them.
enum class Answers { Count, Waived };

/// May `unit` serve `request`, and when? (docs/model.md, section 2)
PairVerdict judge_pair(const Scenario& scenario, UnitIndex unit, const Availability& availability, RequestIndex request,
                       Answers answers = Answers::Count);

/// May `unit` escort the people whom its agency lends to `borrower` under `agreement`, with line days in
/// [need_first, need_last)? Empty when not.
std::optional<PairOption> judge_escort(const Scenario& scenario, UnitIndex unit, const Availability& availability,
                                       AgreementIndex agreement, const EscortTerms& term, AgencyIndex borrower,
                                       int need_first, int need_last);

/// True when the agreement lets `lender` lend to `borrower` (P6); an agreement for own forces asks for the same agency.
bool agreement_covers_parties(const Scenario& scenario, const Agreement& agreement, AgencyIndex lender,
                              AgencyIndex borrower);

/// The clauses that allow lending under an agreement, and escorting under a term of it.
std::vector<std::string> allowing_clauses(const Agreement& agreement, const EscortTerms* term = nullptr);

/// Persons of the largest unit on the roster of the request's kind and acceptable type; 1 when there is none.
int largest_unit_persons(const Scenario& scenario, const Request& request);

}  // namespace relevo::planner
