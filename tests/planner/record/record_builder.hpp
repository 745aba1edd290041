// SPDX-License-Identifier: MIT
#pragma once

#include "planner/record/plan_record.hpp"

#include <algorithm>
#include <string>

namespace relevo::test {

/// Days as columns: 0 is the first planning day, 3 June 2030.
inline planner::Day on(int column) {
  return planner::Day{std::chrono::year{2030} / 6 / 3} + planner::Days{column};
}

/// A plan in identifiers, in a few lines; 20 planning days.
struct RecordBuilder {
  planner::PlanRecord plan{.name = "plan",
                           .scenario = "season",
                           .as_of = on(0),
                           .horizon = {on(0), 20},
                           .currency = "CAD",
                           .status = "optimal"};

  /// `count` crews of 20 of one roster row that set out on `depart`, are on the line from the next day to `last` and
  /// leave the day after, to be home on the same day.
  RecordBuilder& crews(const std::string& row, int count, int depart, int last, const std::string& request,
                       const std::string& borrower = "AB", const std::string& kind = "crew") {
    const std::string contingent = "K-" + std::to_string(plan.contingents.size() + 1);
    plan.contingents.push_back({.id = contingent, .muster = "base-of-" + lender_of(row)});
    for (int i = 1; i <= count; ++i) {
      planner::PlanRecord::Assignment assignment{.id = "A-" + std::to_string(plan.assignments.size() + 1),
                                                 .contingent = contingent,
                                                 .unit = row,
                                                 .ordinal = i,
                                                 .kind = kind,
                                                 .agency = lender_of(row),
                                                 .borrower = borrower,
                                                 .agreement = "pact",
                                                 .depart = on(depart),
                                                 .release = on(last + 1),
                                                 .home = on(last + 1),
                                                 .persons = 20};
      planner::PlanRecord::Stay stay{.request = request};
      for (int day = depart + 1; day <= last; ++day)
        stay.line_days.push_back(on(day));
      assignment.stays.push_back(stay);
      assignment.cost["wages"] = planner::Money(100.0 * (last - depart));
      plan.vector.cost += assignment.cost["wages"];
      plan.assignments.push_back(assignment);
    }
    return *this;
  }

  /// A line that wants `wanted` units on each day `from`..`to` and has `unmet` of them open.
  RecordBuilder& line(const std::string& request, int wanted, int unmet, int from, int to, int priority = 3) {
    planner::PlanRecord::Line line{.request = request,
                                   .borrower = "AB",
                                   .kind = "crew",
                                   .quantity = wanted,
                                   .priority = priority,
                                   .status = unmet == 0        ? "filled"
                                             : unmet == wanted ? "utf"
                                                               : "partial",
                                   .reason_code = unmet == 0 ? "none" : "reserve"};
    line.wanted.assign(static_cast<std::size_t>(plan.horizon.days), 0);
    line.working = line.unmet = line.wanted;
    for (int day = from; day <= to; ++day) {
      const auto column = static_cast<std::size_t>(day);
      line.wanted[column] = wanted;
      line.unmet[column] = unmet;
      line.working[column] = wanted - unmet;
      plan.vector.need += planner::Points(100.0 * unmet);
    }
    plan.lines.push_back(line);
    return *this;
  }

  /// A lender's units, its reserve, and how many are away on each day `from`..`to`.
  RecordBuilder& reserve(const std::string& agency, int available, int kept, int away, int from, int to) {
    planner::PlanRecord::Reserve line{.agency = agency, .kind = "crew"};
    const auto days = static_cast<std::size_t>(plan.horizon.days);
    line.available.assign(days, available);
    line.reserve.assign(days, kept);
    line.away.assign(days, 0);
    std::fill(line.away.begin() + from, line.away.begin() + to + 1, away);
    plan.reserve.push_back(line);
    return *this;
  }

  /// "BC-7" is a row of BC.
  static std::string lender_of(const std::string& row) { return row.substr(0, row.find('-')); }
};

}  // namespace relevo::test
