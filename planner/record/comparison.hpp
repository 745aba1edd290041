// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/plan.hpp"
#include "planner/model/scenario.hpp"
#include "planner/record/plan_record.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relevo::planner {

/// Who travels together: a contingent, or an agency's own units that set out and come back on the same days.
struct TravelGroup {
  std::string lender;
  std::string borrower;
  std::string agreement;
  std::string muster;  ///< base_id; empty: own forces, or not said
  Day depart;
  Day release;
  Day home;
  int persons = 0;
  bool commitment = false;
  std::vector<std::string> assignments;               ///< their ids in the plan, which say nothing in another plan
  std::map<std::string, int> units;                   ///< roster rows: how many of their identical units
  std::map<std::string, int> kinds;                   ///< kind, or the escort's role: how many
  std::map<std::string, std::map<Day, int>> at_work;  ///< units on the line, by request and day

  /// Unit-days on the line, by request.
  std::map<std::string, int> line_days() const;
};

/// A group of the one plan beside the group of the other that stands for it.
struct GroupChange {
  std::optional<TravelGroup> before;  ///< none: added
  std::optional<TravelGroup> after;   ///< none: dropped

  bool is_added() const { return !before.has_value(); }
  bool is_dropped() const { return !after.has_value(); }
  /// The same people, days, lines and terms, whether or not the unit was promised in between.
  bool is_kept() const;
  /// After less before; 0 for those added and dropped.
  int days_later() const;   ///< departure
  int days_longer() const;  ///< of the days from departure to release
  int home_later() const;
  int persons_more() const;
  std::map<std::string, int> kinds_more() const;      ///< without those that stay the same
  std::map<std::string, int> line_days_more() const;  ///< by request, without those that stay the same
  bool other_borrower() const;
  bool other_agreement() const;
  bool other_muster() const;
  bool other_units() const;  ///< as many of each kind, from other roster rows
};

/// One order line in both plans, over the days they share; in its measure.
struct LineChange {
  std::string request;
  std::string incident;
  std::string kind;
  Measure measure = Measure::Units;
  struct Side {
    int priority = 3;
    int wanted = 0;  ///< unit-days (person-days)
    int worked = 0;  ///< of what is wanted: wanted less unmet
    int unmet = 0;
    std::string status;
    std::string reason_code;
    friend bool operator==(const Side&, const Side&) = default;
  };
  Side before;
  Side after;
  std::vector<std::pair<Day, int>> filled_more;  ///< days on which more (or, negative, less) is filled, and by how much

  bool is_kept() const { return before == after && filled_more.empty(); }
};

/// Unit-days (person-days) of all shared lines of a priority and measure.
struct PriorityChange {
  int priority = 3;  ///< each plan's own
  Measure measure = Measure::Units;
  struct Side {
    int wanted = 0;
    int unmet = 0;
    friend bool operator==(const Side&, const Side&) = default;
  };
  Side before;
  Side after;
};

/// What a lender keeps of a kind, over the shared days.
struct ReserveChange {
  std::string agency;
  std::string kind;
  struct Side {
    int least_home = 0;  ///< units at home on the day it has fewest there
    Day least_day;       ///< the first such day
    int away_days = 0;   ///< unit-days away
    int days_below = 0;  ///< days on which fewer than its reserve are at home
    friend bool operator==(const Side&, const Side&) = default;
  };
  Side before;
  Side after;
};

/// Two plans of one scenario, of two days of it, or of two scenarios.
struct PlanComparison {
  struct Side {
    std::string name;
    std::string scenario;
    std::string title;
    Day as_of;
    Horizon horizon;
    std::string currency;
    std::string status;
    double objective = 0.0;
    double bound = 0.0;
    double gap = 0.0;
    ObjectiveVector vector;
  };
  Side before;
  Side after;

  /// Planning days of both; lines and reserves are compared on these alone. Empty: the plans share no day.
  DayInterval shared;
  std::vector<std::string> lines_only_before;  ///< requests the other plan does not have
  std::vector<std::string> lines_only_after;
  /// Groups that are home before the shared days or set out after them: not compared.
  int groups_outside_before = 0;
  int groups_outside_after = 0;

  std::vector<GroupChange> groups;         ///< by departure, lender, ...; those kept included
  std::vector<LineChange> lines;           ///< of both plans, in the order of the first; those kept included
  std::vector<PriorityChange> priorities;  ///< 1 first; units before people
  std::vector<ReserveChange> reserves;     ///< of both plans; only where something differs
  std::map<std::string, std::pair<double, double>> cost;  ///< by item (cost_by_item): before, after

  bool same_scenario() const { return before.scenario == after.scenario; }
  bool same_day() const { return before.as_of == after.as_of; }
  /// Nothing that was compared differs: who goes where and when, what is filled, what it costs. Proof, bound and names
  /// may differ.
  bool identical() const;
  int count_groups(bool (*is)(const GroupChange&)) const;
};

/// What `after` does otherwise than `before`, over published identifiers.
///
/// Groups stand for one another when they are of the same lender, have a kind in common and are away on a common day; a
/// group that finds no counterpart is added or dropped. Of all pairs that may, the most alike are taken first: equal in
/// everything, then by borrower, agreement, base, most units of the same roster rows, fewest days moved, size, lines
/// served. The order of the arguments decides nothing: compare_plans(b, a) is compare_plans(a, b) seen from the other
/// side.
PlanComparison compare_plans(const PlanRecord& before, const PlanRecord& after);

/// The same for two plans of one scenario.
PlanComparison compare_plans(const Scenario& scenario, const Plan& before, const Plan& after);

/// The groups of a plan by departure, release, lender, borrower, agreement and base.
std::vector<TravelGroup> travel_groups(const PlanRecord& plan);

}  // namespace relevo::planner
