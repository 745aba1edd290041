// SPDX-License-Identifier: MIT
#include "planner/replan/carry_over.hpp"

#include "planner/model/recall.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace relevo::planner {

namespace {

bool overlap(Day first_a, Day last_a, Day first_b, Day last_b) {
  return first_a <= last_b && first_b <= last_a;
}

/// The stays at lines of an assignment; those of escorts are at none.
std::vector<AnnouncedStay> stays_of(const Assignment& a) {
  std::vector<AnnouncedStay> stays;
  for (const auto& stint : a.stints) {
    if (!stint.request)
      continue;
    std::vector<Day> assigned;  // one day after the other: moves lie before a stint
    for (const auto* days : {&stint.line_days, &stint.shadow_days, &stint.days_off})
      assigned.insert(assigned.end(), days->begin(), days->end());
    if (assigned.empty())
      continue;
    const auto [first, last] = std::ranges::minmax(assigned);
    stays.push_back({*stint.request, first, last + Days{1}});
  }
  return stays;
}

class Carrier {
 public:
  explicit Carrier(const ScenarioData& today) : made_{.data = today} {
    for (const auto& commitment : today.commitments)
      for (const int ordinal : commitment.ordinals)
        of_table_.push_back({commitment.unit, ordinal, commitment.depart, commitment.home});
  }

  CarriedOver carry(const Plan& previous) && {
    // Those of the table are matched with the same ordinal first, so that what is left over finds free ones.
    std::vector<const Assignment*> assignments;
    for (const auto& a : previous.assignments)
      assignments.push_back(&a);
    std::ranges::stable_sort(assignments, {},
                             [](const Assignment* a) { return std::tuple(a->unit, a->ordinal, a->depart); });
    for (const auto* a : assignments)
      if (has_left(*a))
        stay(*a);
      else
        announce(*a);
    for (auto& [key, announcement] : announcements_)
      made_.data.announcements.push_back(announcement);
    return std::move(made_);
  }

 private:
  struct Away {
    UnitIndex unit{0U};
    int ordinal = 0;
    Day depart;
    Day home;
    bool taken = false;
  };

  bool has_left(const Assignment& a) const { return a.depart < made_.data.as_of; }

  /// Whether today's table has a unit of the row away at the time; each of its units stands for one assignment.
  bool is_of_table(const Assignment& a) {
    Away* found = nullptr;
    for (auto& away : of_table_) {
      if (away.unit != a.unit || away.taken || !overlap(away.depart, away.home, a.depart, a.home))
        continue;
      if (found == nullptr || (away.ordinal == a.ordinal && found->ordinal != a.ordinal))
        found = &away;
    }
    if (found != nullptr)
      found->taken = true;
    return found != nullptr;
  }

  bool is_free(UnitIndex unit, int ordinal, Day depart, Day home) const {
    return std::ranges::none_of(made_.data.commitments, [&](const Commitment& c) {
      return c.unit == unit && overlap(c.depart, c.home, depart, home) &&
             std::ranges::find(c.ordinals, ordinal) != c.ordinals.end();
    });
  }

  /// Its own ordinal, or the first that is free.
  std::optional<int> ordinal_for(const Assignment& a) const {
    const int count = made_.data.units[a.unit].count;
    if (a.ordinal <= count && is_free(a.unit, a.ordinal, a.depart, a.home))
      return a.ordinal;
    for (int ordinal = 1; ordinal <= count; ++ordinal)
      if (is_free(a.unit, ordinal, a.depart, a.home))
        return ordinal;
    return std::nullopt;
  }

  void stay(const Assignment& a) {
    if (is_of_table(a)) {
      ++made_.known;
      return;
    }
    if (a.rested <= made_.data.as_of)
      return;
    const auto ordinal = ordinal_for(a);
    if (!ordinal) {
      made_.lost.push_back({a.id, made_.data.units[a.unit].id, "ordinal", std::to_string(a.ordinal)});
      return;
    }
    Commitment commitment = commitment_of(a);
    commitment.ordinals = {*ordinal};
    apply_recalls(made_.data, commitment);
    made_.data.commitments.push_back(std::move(commitment));
    ++made_.left;
  }

  Commitment commitment_of(const Assignment& a) const {
    Commitment c;
    c.id = "previous-" + a.id;
    c.unit = a.unit;
    c.agreement = a.agreement;
    c.borrower = a.borrower;
    c.depart = a.depart;
    c.release = a.release;
    c.home = a.home;
    c.stints = a.stints;
    std::optional<Day> first;
    for (auto& stint : c.stints) {
      if (stint.request)
        stint.incident = made_.data.requests[*stint.request].incident;
      for (const auto* days : {&stint.line_days, &stint.shadow_days, &stint.days_off, &stint.move_days})
        for (const Day day : *days)
          first = first ? std::min(*first, day) : day;
    }
    c.first_line_day = std::min(first.value_or(a.release), a.release);
    if (!c.stints.empty()) {
      c.request = c.stints.front().request;
      c.incident = c.stints.front().incident;
    }
    const Day today = made_.data.as_of;
    c.status = today < c.first_line_day ? Commitment::Status::Mobilizing
               : today < c.release      ? Commitment::Status::OnIncident
                                        : Commitment::Status::Demobilizing;
    return c;
  }

  void announce(const Assignment& a) {
    if (a.stints.empty() || is_of_table(a))
      return;
    const auto& last = a.stints.back().request;
    Announcement one;
    one.unit = a.unit;
    one.agreement = a.agreement;
    one.request = a.stints.front().request;
    one.last_request = last;
    one.borrower = a.borrower;
    one.last_borrower = last ? made_.data.requests[*last].borrower : a.borrower;
    one.depart = a.depart;
    one.home = a.home;
    one.firm = a.phase == Phase::Firm;
    one.stays = stays_of(a);
    const auto key = std::tuple(one.unit, one.agreement, one.request, one.last_request, one.borrower, one.depart,
                                one.home, one.firm, one.stays);
    const auto [it, is_new] = announcements_.try_emplace(key, one);
    if (!is_new)
      ++it->second.quantity;
    ++made_.announced;
  }

  using Key = std::tuple<UnitIndex, AgreementIndex, std::optional<RequestIndex>, std::optional<RequestIndex>,
                         AgencyIndex, Day, Day, bool, std::vector<AnnouncedStay>>;
  CarriedOver made_;
  std::vector<Away> of_table_;
  std::map<Key, Announcement> announcements_;
};

}  // namespace

CarriedOver carry_over(const ScenarioData& today, const Plan& previous) {
  return Carrier(today).carry(previous);
}

}  // namespace relevo::planner
