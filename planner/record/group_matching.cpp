// SPDX-License-Identifier: MIT
#include "planner/record/group_matching.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace relevo::planner::detail {

namespace {

int in_common(const std::map<std::string, int>& a, const std::map<std::string, int>& b) {
  int sum = 0;
  for (const auto& [name, count] : a)
    if (const auto it = b.find(name); it != b.end())
      sum += std::min(count, it->second);
  return sum;
}

int apart(const std::map<std::string, int>& a, const std::map<std::string, int>& b) {
  int sum = 0;
  for (const auto& [name, count] : a) {
    const auto it = b.find(name);
    sum += std::abs(count - (it == b.end() ? 0 : it->second));
  }
  for (const auto& [name, count] : b)
    sum += a.contains(name) ? 0 : count;
  return sum;
}

/// How unlike two groups are, the least unlike first. The places in their plans come last and in their order, so that
/// it does not matter which plan is which: two pairs with the same two places have no group in common.
using Unlikeness = std::tuple<bool, bool, bool, bool, int, int, int, int, std::size_t, std::size_t>;

struct Pair {
  Unlikeness unlikeness;
  std::size_t before = 0;
  std::size_t after = 0;
};

bool may_stand_for(const TravelGroup& a, const TravelGroup& b) {
  return a.lender == b.lender && a.depart <= b.home && b.depart <= a.home && in_common(a.kinds, b.kinds) > 0;
}

Unlikeness unlikeness_of(const GroupChange& change, std::size_t before, std::size_t after) {
  const auto& a = *change.before;
  const auto& b = *change.after;
  const auto days = (a.depart - b.depart).count();
  const auto release = (a.release - b.release).count();
  return {!change.is_kept(),
          change.other_borrower(),
          change.other_agreement(),
          change.other_muster(),
          -in_common(a.units, b.units),
          static_cast<int>(std::abs(days) + std::abs(release)),
          std::abs(change.persons_more()),
          apart(a.line_days(), b.line_days()),
          std::min(before, after),
          std::max(before, after)};
}

const TravelGroup& first_of(const GroupChange& change) {
  if (!change.before)
    return *change.after;
  return change.after && in_order(*change.after, *change.before) ? *change.after : *change.before;
}

const TravelGroup& second_of(const GroupChange& change) {
  if (!change.after)
    return *change.before;
  return change.before && in_order(*change.after, *change.before) ? *change.before : *change.after;
}

std::vector<Pair> possible_pairs(const std::vector<TravelGroup>& before, const std::vector<TravelGroup>& after) {
  std::map<std::string, std::vector<std::size_t>> of_lender;
  for (std::size_t i = 0; i < after.size(); ++i)
    of_lender[after[i].lender].push_back(i);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < before.size(); ++i)
    for (const std::size_t j : of_lender[before[i].lender])
      if (may_stand_for(before[i], after[j]))
        pairs.push_back({unlikeness_of({before[i], after[j]}, i, j), i, j});
  std::ranges::sort(pairs, {}, &Pair::unlikeness);
  return pairs;
}

}  // namespace

bool in_order(const TravelGroup& a, const TravelGroup& b) {
  const auto content = [](const TravelGroup& g) {
    return std::tie(g.depart, g.release, g.lender, g.borrower, g.agreement, g.muster, g.home, g.kinds, g.units,
                    g.at_work, g.persons, g.assignments);
  };
  return content(a) < content(b);
}

std::vector<GroupChange> match_groups(const std::vector<TravelGroup>& before, const std::vector<TravelGroup>& after) {
  std::vector<bool> before_taken(before.size());
  std::vector<bool> after_taken(after.size());
  std::vector<GroupChange> changes;
  for (const auto& pair : possible_pairs(before, after)) {
    if (before_taken[pair.before] || after_taken[pair.after])
      continue;
    before_taken[pair.before] = after_taken[pair.after] = true;
    changes.push_back({before[pair.before], after[pair.after]});
  }
  for (std::size_t i = 0; i < before.size(); ++i)
    if (!before_taken[i])
      changes.push_back({before[i], std::nullopt});
  for (std::size_t i = 0; i < after.size(); ++i)
    if (!after_taken[i])
      changes.push_back({std::nullopt, after[i]});
  std::ranges::sort(changes, [](const GroupChange& a, const GroupChange& b) {
    if (in_order(first_of(a), first_of(b)) || in_order(first_of(b), first_of(a)))
      return in_order(first_of(a), first_of(b));
    return in_order(second_of(a), second_of(b));
  });
  return changes;
}

}  // namespace relevo::planner::detail
