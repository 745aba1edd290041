// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/scenario.hpp"
#include "planner/record/plan_record.hpp"
#include "planner/text/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// What a plan said of a line on its planning date. A workspace keeps those that were news.
struct PlanEvent {
  std::string request;
  std::string state;  ///< word of plan.json: "filled", "partial", "pending", "utf"
  Day when;           ///< the plan's planning date
  int wanted = 0;     ///< unit-days (person-days) of the planning days
  int unmet = 0;
  std::string reason_code;  ///< "none" only where the line is not unable to fill
  text::Message why;        ///< empty key: not said
  std::string plan;         ///< its name

  friend bool operator==(const PlanEvent&, const PlanEvent&) = default;
};

/// One for each line of the plan that wants anything. A line that is unable to fill always has a reason code:
/// `unknown` where the plan gives none.
std::vector<PlanEvent> plan_events(const PlanRecord& plan);

/// Those of `now` that say something else than what `recorded` (oldest first) says last of their line: another state,
/// open need or reason. Saying the same again is no news.
std::vector<PlanEvent> news_of(const std::vector<PlanEvent>& now, const std::vector<PlanEvent>& recorded);

/// One thing that happened to an order, or is expected to.
struct OrderEntry {
  enum class State {
    Created,
    Asked,
    Offered,
    Accepted,
    Declined,
    Withdrawn,  ///< the lender takes back what it had said
    Filled,
    PartlyFilled,
    Pending,
    UnableToFill,
    Reassigned,
    Released,
    Cancelled
  };
  /// Who says so: the row of the line itself, the centre's table, a lender's answer, an assignment already made, a plan
  /// about the line as a whole, a plan about those it sends.
  enum class Origin { Request, Table, Response, Commitment, Plan, Sent };
  State state = State::Created;
  Origin origin = Origin::Request;
  std::optional<Day> when;   ///< none: not recorded
  std::optional<Day> until;  ///< Filled by a commitment or a plan: last day there
  bool expected = false;     ///< later than the planning date, or only planned
  std::string agency;
  std::string unit;
  std::string to_request;
  int quantity = 0;  ///< in the line's measure; 0: not said
  int wanted = 0;    ///< Origin::Plan: unit-days (person-days), and those of them that stay open
  int unmet = 0;
  std::string reason_code;  ///< empty: none
  std::string reason;       ///< in somebody's own words
  text::Message why;        ///< in the plan's
  std::string name;         ///< of the plan or commitment
  std::string source;       ///< URL or citation of the row
  std::string remark;       ///< note of the row
};

std::string_view word_of(OrderEntry::State state);
std::string_view word_of(OrderEntry::Origin origin);

struct OrderTimeline {
  RequestIndex request{0U};
  OrderEntry::State state = OrderEntry::State::Created;  ///< after the last entry that is not expected
  std::vector<OrderEntry> entries;  ///< by day, those without one beside the creation; of one day as Origin lists them
};

/// Everything that is known of every order of a scenario: its table request_history, the answers of lenders, the
/// commitments, what stored plans said (`recorded`), and what `plan` says and sends, merged by day. What two of them
/// say alike - state, day, lender - stands once, as the centre's table has it.
std::vector<OrderTimeline> order_timelines(const Scenario& scenario, const std::vector<PlanEvent>& recorded,
                                           const PlanRecord* plan);

}  // namespace relevo::planner
