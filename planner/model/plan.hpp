// SPDX-License-Identifier: MIT
#pragma once

#include "geo/itinerary.hpp"
#include "planner/model/agreement.hpp"
#include "planner/model/day.hpp"
#include "planner/model/index.hpp"
#include "planner/model/quantities.hpp"
#include "planner/model/stint.hpp"
#include "planner/text/message.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

enum class Phase { Firm, Outlook };

/// One deployment of one unit (one ordinal of a roster row) to one borrower: out, stints, home. Consecutive days,
///   depart .. arrive        travel out (depart == arrive where it takes one day; both the first line day where none)
///   arrive+1 ..             orientation, line, shadow, off in place
///   release .. home         travel home; `release` is the first of these days
///   home+1 .. rested-1      rest at home; on `rested` it may go again
/// A journey of 0 days has release == home == its last day present.
struct Assignment {
  std::string id;             ///< "A-0001", in the order of the plan
  std::string contingent_id;  ///< "K-001"
  UnitIndex unit{0U};
  int ordinal = 1;
  int class_id = 0;  ///< class of identical units it was planned in; -1 for commitments and hand-made plans
  AgencyIndex borrower{0U};
  AgreementIndex agreement{0U};
  std::vector<std::string> clauses;  ///< clause ids that allow it
  bool commitment = false;
  std::optional<EscortTerms::Role> escort;  ///< representative or lead; none: ordinary resource
  Phase phase = Phase::Outlook;
  Day depart;
  Day arrive;
  std::vector<Stint> stints;
  Day release;
  Day home;
  Day rested;
  int persons = 0;
  int extension_days = 0;             ///< duty days beyond the tour's own (D2)
  int reliefs = 0;                    ///< crews that relieve the first one (D7)
  geo::Itinerary outbound;            ///< empty legs: not known (commitments of other tools)
  std::map<std::string, Money> cost;  ///< by item: "wages", "travel", "lodging", "relief"

  friend bool operator==(const Assignment&, const Assignment&) = default;
};

/// What travels together: same agreement, lender, borrower, base, departure and return.
struct Contingent {
  std::string id;
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  BaseIndex muster{0U};
  Day depart;
  Day release;  ///< the day it leaves for home
  Day home;
  std::string lead;  ///< assignment_id of its lead: travels with it or is there when it arrives; empty: nobody
  std::string representative;  ///< assignment_id of the representative who stands for it, "implicit", or empty
  int persons = 0;             ///< all who travel, escorts included
  bool commitment = false;

  friend bool operator==(const Contingent&, const Contingent&) = default;
};

/// Why (part of) a line is open.
struct Reason {
  std::string code;  ///< stable code, docs/formats.md; "none" when filled
  text::Message why;

  friend bool operator==(const Reason&, const Reason&) = default;
};

enum class RequestStatus { Filled, Partial, Pending, UnableToFill };

/// One line over the planning days; the vectors run over the horizon's columns, in the line's own measure.
struct RequestFill {
  RequestIndex request{0U};
  RequestStatus status = RequestStatus::Filled;
  std::vector<int> wanted;
  std::vector<int> working;   ///< line days only
  std::vector<int> assigned;  ///< line, shadow and off in place
  std::vector<int> unmet;
  std::vector<int> drops;  ///< units that leave unrelieved, by their last day; empty: no handover asked
  Reason reason;
  std::vector<Reason> further;  ///< other binding reasons, most people first

  friend bool operator==(const RequestFill&, const RequestFill&) = default;
};

/// One lender's kind over the planning days: what it has, must keep and has away.
struct ReserveLine {
  AgencyIndex agency{0U};
  KindIndex kind{0U};
  std::vector<int> available;
  std::vector<int> reserve;  ///< what the level tells it to keep home
  std::vector<int> away;     ///< lent, commitments included
  std::vector<int> level;

  friend bool operator==(const ReserveLine&, const ReserveLine&) = default;
};

/// Escorts of one lender at one borrower under one agreement.
struct EscortLine {
  AgreementIndex agreement{0U};
  AgencyIndex lender{0U};
  AgencyIndex borrower{0U};
  EscortTerms::Role role = EscortTerms::Role::Representative;
  EscortTerms::Supply supply = EscortTerms::Supply::Implicit;
  std::vector<int> persons;  ///< people present, escorts not counted
  std::vector<int> required;
  std::vector<int> present;  ///< roster escorts present, or the implicit number

  friend bool operator==(const EscortLine&, const EscortLine&) = default;
};

struct PoolLine {
  PoolIndex pool{0U};
  std::vector<int> people;
  std::vector<int> away;

  friend bool operator==(const PoolLine&, const PoolLine&) = default;
};

/// Uses of one lift on one day, and who of its route flies that day.
struct LiftLine {
  std::size_t lift = 0;  ///< in Scenario::lifts
  Day day;
  int uses = 0;
  int passengers = 0;  ///< of the whole route that day, all its lifts
  Money cost;

  friend bool operator==(const LiftLine&, const LiftLine&) = default;
};

/// Compared in this order (docs/model.md, section 5).
struct ObjectiveVector {
  Points need;         ///< points of unmet unit-days
  Points disturbance;  ///< points of changes to what was announced
  Money cost;
  friend auto operator<=>(const ObjectiveVector&, const ObjectiveVector&) = default;
};

enum class PlanStatus { Optimal, GapLimit, WorkLimit, TimeLimit, Interrupted, Heuristic };

/// What is known about how good a plan is. objective >= bound; gap = (objective - bound) / |objective|.
struct PlanResult {
  PlanStatus status = PlanStatus::Heuristic;
  double objective = 0.0;
  double bound = 0.0;
  double gap = 0.0;
  double influenceable_gap = 0.0;  ///< gap over what a plan can influence: constants and unavoidable need taken off
  double constant = 0.0;           ///< unavoidable need and cost of commitments, part of objective and bound
  ObjectiveVector vector;
  std::string proof;  ///< how the bound was proved

  friend bool operator==(const PlanResult&, const PlanResult&) = default;
};

/// What `check` found: a broken rule of the plan (violation), or one it inherited or that is only worth knowing.
struct Finding {
  std::string code;     ///< stable code, docs/formats.md
  std::string subject;  ///< assignment_id, request_id, or agency/kind
  std::optional<Day> day;
  double amount = 0.0;  ///< by how much, in the rule's own unit
  text::Message what;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// A deployment plan. Every Plan that leaves the program has been through check().
struct Plan {
  std::string name;  ///< "plan", "baseline"
  std::vector<Assignment> assignments;
  std::vector<Contingent> contingents;
  std::vector<RequestFill> requests;
  std::vector<ReserveLine> reserve;
  std::vector<EscortLine> escorts;
  std::vector<PoolLine> pools;
  std::vector<LiftLine> lifts;  ///< by day, then lift; only those in use
  PlanResult result;
  std::vector<Finding> findings;
};

}  // namespace relevo::planner
