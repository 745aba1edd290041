// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/text/message.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

/// A plan in published identifiers only: what stands in a plan.json, readable without the scenario it was made for. Two
/// plans of different scenarios, or of one scenario on two days, can be set side by side in this form, and a plan can
/// be held against what happened long after its tables have gone.
struct PlanRecord {
  std::string name;  ///< how it is called in what is printed: a folder, a file, a plan of a workspace
  std::string scenario;
  std::string title;
  Day as_of;
  Horizon horizon;
  std::string currency;

  std::string status;  ///< word of plan.json: "optimal", ...
  double objective = 0.0;
  double bound = 0.0;
  double gap = 0.0;
  ObjectiveVector vector;

  /// What an agreement says of stays and of who pays; empty in a plan.json of before these were written.
  struct Agreement {
    std::string id;
    std::string family;
    int max_line_days = 0;  ///< 0: not known
    int days_off_in_place = 0;
    int max_tours = 1;
    std::map<std::string, Payer> payer;  ///< by cost item
  };
  std::vector<Agreement> agreements;

  /// A stay at one line; `request` empty: an escort. Days ascending.
  struct Stay {
    std::string request;
    std::string incident;
    std::vector<Day> line_days;
    std::vector<Day> shadow_days;
    std::vector<Day> days_off;
  };
  struct Assignment {
    std::string id;
    std::string contingent;  ///< empty: own forces, or a plan by hand
    std::string unit;
    int ordinal = 1;
    std::string kind;  ///< empty where neither the plan nor its lines say it
    std::string agency;
    std::string borrower;
    std::string agreement;
    std::string escort;  ///< "representative", "lead", "interpreter"; empty: an ordinary resource
    bool commitment = false;
    Day depart;
    std::vector<Stay> stays;
    Day release;
    Day home;
    int persons = 0;
    std::map<std::string, Money> cost;
  };
  std::vector<Assignment> assignments;

  struct Contingent {
    std::string id;
    std::string muster;
    std::string representative;
  };
  std::vector<Contingent> contingents;

  /// One order line; the series run over the horizon's columns, in the line's measure.
  struct Line {
    std::string request;
    std::string incident;
    std::string borrower;
    std::string kind;
    Measure measure = Measure::Units;
    int quantity = 0;
    int priority = 3;
    std::string status;  ///< word of plan.json: "filled", "partial", "pending", "utf"
    std::string reason_code;
    text::Message reason;  ///< empty key: not said
    std::vector<int> wanted;
    std::vector<int> working;
    std::vector<int> unmet;
  };
  std::vector<Line> lines;

  struct Reserve {
    std::string agency;
    std::string kind;
    std::vector<int> available;
    std::vector<int> reserve;
    std::vector<int> away;
  };
  std::vector<Reserve> reserve;

  struct Lift {
    std::string id;
    Day day;
    int uses = 0;
    Money cost;
  };
  std::vector<Lift> lifts;

  const Line* find_line(std::string_view request) const;
  /// By id, or by family where only one edition is there; nullptr: the plan does not say.
  const Agreement* find_agreement(std::string_view id) const;
};

/// The plan in the words of its scenario.
PlanRecord record_of(const Scenario& scenario, const Plan& plan);

/// A plan.json without its scenario. \param name how errors and texts call it. \throws InputError naming every key that
/// is missing or has the wrong type.
PlanRecord read_plan_record(std::string_view json, const std::string& name);

/// Cost of new deployments by item ("wages", "travel", ...), with "lifts" for shared seats and "representatives" for
/// those the lender names, which no assignment carries. Sums to vector.cost.
std::map<std::string, double> cost_by_item(const PlanRecord& plan);

}  // namespace relevo::planner
