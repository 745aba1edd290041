// SPDX-License-Identifier: MIT
#include "cli/plan_table_ordinals.hpp"

#include <algorithm>
#include <map>

namespace relevo::cli {

namespace {

using planner::Assignment;
using planner::Day;
using planner::Days;
using planner::kFirstDay;
using planner::ScenarioData;
using planner::UnitIndex;

/// A deployment as far as others of its unit are concerned.
struct Absence {
  Day depart;
  Day home;
  Day rested;
};

Absence absence_of(const ScenarioData& data, const Assignment& a) {
  const auto& kind = data.kinds.kinds[data.units[a.unit].kind];
  const int rest =
      kind.crewed && !kind.relieved ? data.agreements[a.agreement].tour.rest_days_home.value : kind.refurbish_days;
  return {a.commitment ? kFirstDay : a.depart, a.home, a.home + Days{1 + rest}};
}

/// Who of a roster row is away when.
class Absences {
 public:
  void add(int ordinal, const Absence& absence) { all_[ordinal].push_back(absence); }

  int free_ordinal(const Absence& wanted, int count) const {
    for (int ordinal = 1; ordinal <= count; ++ordinal)
      if (suits(ordinal, [&](const Absence& a) { return a.rested <= wanted.depart || wanted.rested <= a.depart; }))
        return ordinal;
    int ordinal = 1;
    while (!suits(ordinal, [&](const Absence& a) { return a.home < wanted.depart || wanted.home < a.depart; }))
      ++ordinal;
    return ordinal;
  }

 private:
  template <class Test>
  bool suits(int ordinal, const Test& does_not_collide) const {
    const auto it = all_.find(ordinal);
    return it == all_.end() || std::ranges::all_of(it->second, does_not_collide);
  }

  std::map<int, std::vector<Absence>> all_;
};

}  // namespace

void set_open_ordinals(const ScenarioData& data, std::vector<Assignment>& assignments) {
  std::map<UnitIndex, Absences> rows;
  std::vector<Assignment*> open;
  for (Assignment& a : assignments)
    if (a.ordinal == kOpenOrdinal)
      open.push_back(&a);
    else
      rows[a.unit].add(a.ordinal, absence_of(data, a));
  std::ranges::stable_sort(open, {}, &Assignment::depart);
  for (Assignment* a : open) {
    Absences& row = rows[a->unit];
    const Absence absence = absence_of(data, *a);
    a->ordinal = row.free_ordinal(absence, data.units[a->unit].count);
    row.add(a->ordinal, absence);
  }
}

}  // namespace relevo::cli
