// SPDX-License-Identifier: MIT
#include "planner/solve/search_index.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace relevo::planner {

namespace {

/// Days by which another borrower counts as farther off in time.
constexpr int kOtherBorrower = 7;

void add_once(std::vector<std::uint32_t>& all, std::size_t value) {
  if (all.empty() || all.back() != value)
    all.push_back(static_cast<std::uint32_t>(value));
}

/// How far apart two requests are: between the middles of their needs, in half days.
int distance(const Horizon& horizon, const Request& a, const Request& b) {
  const auto middle = [&](const Request& r) { return horizon.column(r.need.first) + horizon.column(r.need.last); };
  return std::abs(middle(a) - middle(b)) + (a.borrower == b.borrower ? 0 : 2 * kOtherBorrower);
}

void index_classes(const PlanModel& model, SearchIndex& index) {
  const Problem& problem = model.problem();
  for (std::size_t c = 0; c < problem.classes.size(); ++c) {
    const UnitClass& unit_class = problem.classes[c];
    for (const auto& duty : unit_class.duties) {
      if (duty.request)
        add_once(index.classes_at[duty.request->value()], c);
      else
        add_once(index.classes_of_escorts[*duty.escort_group], c);
    }
    index.only_escorts.push_back(std::all_of(unit_class.duties.begin(), unit_class.duties.end(),
                                             [](const Duty& duty) { return duty.escort_group.has_value(); })
                                     ? 1
                                     : 0);
    for (const auto& use : model.class_uses(c).uses)
      if (const auto& group = model.group(use.group); group.family == RowFamily::EscortPersons)
        add_once(index.classes_escorted[group.subject], c);
    if (unit_class.duties.empty())
      continue;
    auto& seats = index.seats_of_lender[problem.data().units[unit_class.exemplar].agency.value()];
    for (std::size_t m = 0; m < unit_class.members.size(); ++m)
      seats.push_back(model.seat(c, m));
  }
}

void relate_requests(const ScenarioData& data, SearchIndex& index) {
  std::map<KindIndex, std::vector<RequestIndex>> of_kind;
  for (auto request : index.requests)
    of_kind[data.requests[request].kind].push_back(request);
  for (auto request : index.requests) {
    std::vector<std::pair<int, RequestIndex>> others;
    for (auto other : of_kind[data.requests[request].kind])
      if (other != request)
        others.emplace_back(distance(data.horizon, data.requests[request], data.requests[other]), other);
    std::sort(others.begin(), others.end());
    if (others.size() > SearchIndex::kMostRelated)
      others.resize(SearchIndex::kMostRelated, {0, request});
    for (const auto& [far, other] : others)
      index.related[request.value()].push_back(other);
  }
}

}  // namespace

SearchIndex::SearchIndex(const PlanModel& model) {
  const Problem& problem = model.problem();
  const ScenarioData& data = problem.data();
  classes_at.resize(data.requests.size());
  related.resize(data.requests.size());
  seats_of_lender.resize(data.agencies.size());
  classes_of_escorts.resize(problem.escort_groups.size());
  classes_escorted.resize(problem.escort_groups.size());
  packages.resize(model.packages());
  index_classes(model, *this);
  for (auto request : data.requests.indices()) {
    const auto priority = static_cast<std::size_t>(data.requests[request].priority - 1);
    unit_points = std::max(unit_points, data.policy.unmet_points.at(priority).value);
    if (!classes_at[request.value()].empty())
      requests.push_back(request);
    const std::size_t assigned = model.rows().assigned_group(request);
    if (assigned != RowTable::kNone && model.group(static_cast<GroupIndex>(assigned)).in_package)
      packages[model.group(static_cast<GroupIndex>(assigned)).subject].push_back(request);
  }
  for (auto agency : data.agencies.indices())
    if (!seats_of_lender[agency.value()].empty())
      lenders.push_back(agency);
  for (std::size_t g = 0; g < problem.escort_groups.size(); ++g)
    if (!model.escorts()[g].is_implicit && !classes_of_escorts[g].empty())
      escort_groups.push_back(g);
  relate_requests(data, *this);
}

}  // namespace relevo::planner
