// SPDX-License-Identifier: MIT
#include "planner/record/comparison.hpp"
#include "planner/record/group_matching.hpp"

#include <algorithm>
#include <tuple>

namespace relevo::planner {

namespace {

TravelGroup empty_group(const PlanRecord::Assignment& assignment, const std::string& muster) {
  return {.lender = assignment.agency,
          .borrower = assignment.borrower,
          .agreement = assignment.agreement,
          .muster = muster,
          .depart = assignment.depart,
          .release = assignment.release,
          .home = assignment.home};
}

void add_member(TravelGroup& group, const PlanRecord::Assignment& assignment) {
  group.depart = std::min(group.depart, assignment.depart);
  group.release = std::max(group.release, assignment.release);
  group.home = std::max(group.home, assignment.home);
  group.persons += assignment.persons;
  group.commitment = group.commitment || assignment.commitment;
  group.assignments.push_back(assignment.id);
  ++group.units[assignment.unit];
  ++group.kinds[assignment.escort.empty() ? assignment.kind : assignment.escort];
  for (const auto& stay : assignment.stays)
    if (!stay.request.empty())
      for (const Day day : stay.line_days)
        ++group.at_work[stay.request][day];
}

}  // namespace

std::map<std::string, int> TravelGroup::line_days() const {
  std::map<std::string, int> sums;
  for (const auto& [request, days] : at_work)
    for (const auto& [day, working] : days)
      sums[request] += working;
  return sums;
}

std::vector<TravelGroup> travel_groups(const PlanRecord& plan) {
  std::map<std::string, std::string> muster_of;
  for (const auto& contingent : plan.contingents)
    muster_of[contingent.id] = contingent.muster;
  std::map<std::tuple<std::string, std::string, std::string, std::string, Day, Day, Day>, TravelGroup> groups;
  for (const auto& assignment : plan.assignments) {
    const bool travels_in_one = muster_of.contains(assignment.contingent);
    // Within a contingent all set out and come home together; the key says no more than its id.
    const auto key =
        travels_in_one
            ? std::tuple{assignment.contingent, std::string{}, std::string{}, std::string{}, Day{}, Day{}, Day{}}
            : std::tuple{std::string{},     assignment.agency,  assignment.borrower, assignment.agreement,
                         assignment.depart, assignment.release, assignment.home};
    const auto it =
        groups.try_emplace(key, empty_group(assignment, travels_in_one ? muster_of[assignment.contingent] : "")).first;
    add_member(it->second, assignment);
  }
  std::vector<TravelGroup> all;
  all.reserve(groups.size());
  for (auto& [key, group] : groups)
    all.push_back(std::move(group));
  std::ranges::sort(all, detail::in_order);
  return all;
}

}  // namespace relevo::planner
