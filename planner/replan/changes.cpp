// SPDX-License-Identifier: MIT
#include "planner/replan/changes.hpp"

#include "planner/rules/pair_rules.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace relevo::planner {

namespace {

// A deployment as it is announced: row, agreement, borrower, first and last line, days.
using Told = std::tuple<UnitIndex, AgreementIndex, AgencyIndex, std::optional<RequestIndex>,
                        std::optional<RequestIndex>, Day, Day>;

Told told_of(const Assignment& a) {
  return {a.unit,
          a.agreement,
          a.borrower,
          a.stints.empty() ? std::nullopt : a.stints.front().request,
          a.stints.empty() ? std::nullopt : a.stints.back().request,
          a.depart,
          a.home};
}

Told told_of(const Announcement& a) {
  return {a.unit, a.agreement, a.borrower, a.request, a.last_request, a.depart, a.home};
}

std::optional<RequestIndex> first_line(const Told& told) {
  return std::get<3>(told);
}
Day depart_of(const Told& told) {
  return std::get<5>(told);
}
Day home_of(const Told& told) {
  return std::get<6>(told);
}

class ChangeList {
 public:
  ChangeList(const Scenario& scenario, const Plan& previous, const Plan& plan)
      : scenario_(scenario), previous_(previous), plan_(plan) {}

  std::vector<PlanChange> make() {
    list_released();
    list_announced();
    return std::move(changes_);
  }

 private:
  struct Open {
    Told told;
    int quantity = 0;
    bool firm = false;
  };

  void list_announced() {
    std::map<Told, int> now;
    for (const auto& a : plan_.assignments)
      if (!a.commitment && !a.stints.empty())
        ++now[told_of(a)];
    std::vector<Open> open;
    for (const auto& announcement : scenario_->announcements) {
      const Told told = told_of(announcement);
      if (!announcement.request)
        continue;  // escorts follow those whom they accompany
      const int kept = std::min(announcement.quantity, now[told]);
      now[told] -= kept;
      if (kept < announcement.quantity)
        open.push_back({told, announcement.quantity - kept, announcement.firm});
    }
    // First those who still go to the line, then those who go elsewhere; the rest stay home.
    for (auto& one : open)
      pair_up(one, now, PlanChange::What::Moved);
    for (auto& one : open)
      pair_up(one, now, PlanChange::What::Elsewhere);
    for (const auto& one : open)
      if (one.quantity > 0)
        add(one, one.quantity, PlanChange::What::Cancelled, std::nullopt);
  }

  void pair_up(Open& one, std::map<Told, int>& now, PlanChange::What what) {
    for (auto& [told, count] : now) {
      const bool same_line = first_line(told) == first_line(one.told) && std::get<2>(told) == std::get<2>(one.told);
      if (std::get<0>(told) != std::get<0>(one.told) || same_line != (what == PlanChange::What::Moved))
        continue;
      const int both = std::min(one.quantity, count);
      if (both == 0)
        continue;
      one.quantity -= both;
      count -= both;
      add(one, both, what, told);
    }
  }

  std::string place_of(const std::optional<RequestIndex>& request, AgencyIndex borrower) const {
    return request ? scenario_->requests[*request].id : scenario_->agencies[borrower].id;
  }

  void add(const Open& one, int quantity, PlanChange::What what, const std::optional<Told>& now) {
    PlanChange change;
    change.what = what;
    change.unit = std::get<0>(one.told);
    change.quantity = quantity;
    change.before_depart = depart_of(one.told);
    change.before_home = home_of(one.told);
    change.before_request = first_line(one.told);
    change.firm = one.firm;
    MessageArgs args{{"units", std::to_string(quantity)},
                     {"unit", scenario_->units[change.unit].id},
                     {"old_place", place_of(change.before_request, std::get<2>(one.told))},
                     {"old_depart", format_day(change.before_depart)},
                     {"old_home", format_day(change.before_home)}};
    if (now) {
      change.now_request = first_line(*now);
      change.now_depart = depart_of(*now);
      change.now_home = home_of(*now);
      args.emplace_back("place", place_of(change.now_request, std::get<2>(*now)));
      args.emplace_back("depart", format_day(*change.now_depart));
      args.emplace_back("home", format_day(*change.now_home));
    }
    change.sentence = {key_of(change), std::move(args)};
    explain(one.told, change);
    changes_.push_back(std::move(change));
  }

  static const char* key_of(const PlanChange& change) {
    switch (change.what) {
      case PlanChange::What::Moved:
        if (change.now_depart == change.before_depart)
          return change.now_home == change.before_home ? "replan.moved_on" : "replan.moved_home";
        return change.now_home == change.before_home ? "replan.moved_out" : "replan.moved";
      case PlanChange::What::Elsewhere:
        return "replan.elsewhere";
      case PlanChange::What::Cancelled:
        return "replan.cancelled";
      case PlanChange::What::Released:
        break;
    }
    return "replan.released";
  }

  MessageArgs unit_args(const PlanChange& change) const {
    const Agency& lender = scenario_->agencies[scenario_->units[change.unit].agency];
    return {{"units", std::to_string(change.quantity)}, {"agencies", lender.name}, {"agency_ids", lender.id}};
  }

  void give(PlanChange& change, std::string code, MessageArgs args = {}) const {
    change.why = {"replan.why." + code, std::move(args)};
    change.code = std::move(code);
  }

  void explain(const Told& told, PlanChange& change) const {
    const RequestIndex line = *change.before_request;
    const Request& request = scenario_->requests[line];
    const auto verdict = judge_pair(scenario_, change.unit, availability_of(scenario_->units[change.unit]), line);
    if (verdict.blocking) {
      change.code = std::string(code_of(verdict.blocking->rule));
      MessageArgs args = verdict.blocking->args;
      for (auto& arg : unit_args(change))
        args.push_back(std::move(arg));
      args.emplace_back("borrower", scenario_->agencies[request.borrower].name);
      change.why = {"reason." + change.code, std::move(args)};
      return;
    }
    const MessageArgs place{{"place", request.id}};
    const int column = scenario_->horizon.column(change.before_depart);
    const bool may_leave = std::ranges::any_of(verdict.options, [&](const PairOption& option) {
      return option.agreement == std::get<1>(told) && option.first_departures().contains(column);
    });
    if (!may_leave)
      return give(change, "day", {{"day", format_day(change.before_depart)}});
    if (request.need.last <= change.before_home && !request.need.contains(change.before_home) &&
        request.need.last <= change.before_depart)
      return give(change, "not_wanted", place);
    if (change.what == PlanChange::What::Elsewhere && change.now_request)
      return give(change, "elsewhere",
                  {{"place", scenario_->requests[*change.now_request].id},
                   {"priority", std::to_string(scenario_->requests[*change.now_request].priority)},
                   {"old_place", request.id},
                   {"old_priority", std::to_string(request.priority)}});
    const auto fill = std::ranges::find(plan_.requests, line, &RequestFill::request);
    if (fill != plan_.requests.end() && fill->reason.code == "package") {  // what it asks for now cannot come together
      MessageArgs args = unit_args(change);
      args.emplace_back("package", request.package);
      change.code = "package";
      change.why = {"reason.package", std::move(args)};
      return;
    }
    const bool is_covered =
        fill != plan_.requests.end() && std::ranges::all_of(fill->unmet, [](int unmet) { return unmet == 0; });
    give(change, is_covered ? "covered" : "worth", place);
  }

  // Those under way: the plan's commitments beside the earlier plan's assignments.
  void list_released() {
    using Group = std::tuple<UnitIndex, std::optional<RequestIndex>, Day, Day, Day>;
    std::map<std::tuple<UnitIndex, AgreementIndex, Day>, std::map<Day, int>> now;
    for (const auto& a : plan_.assignments)
      if (a.commitment)
        ++now[{a.unit, a.agreement, a.depart}][a.home];
    std::map<Group, int> groups;
    std::vector<const Assignment*> open;
    for (const auto& a : previous_.assignments) {
      if (a.depart >= scenario_->as_of)
        continue;
      const auto found = now.find({a.unit, a.agreement, a.depart});
      if (found == now.end())
        continue;
      if (auto& same = found->second[a.home]; same > 0)
        --same;
      else
        open.push_back(&a);
    }
    for (const auto* a : open)
      for (auto& [home, count] : now[{a->unit, a->agreement, a->depart}])
        if (count > 0) {
          --count;
          const auto request = a->stints.empty() ? std::nullopt : a->stints.front().request;
          ++groups[{a->unit, request, a->depart, a->home, home}];
          break;
        }
    for (const auto& [group, count] : groups)
      add_released(group, count);
  }

  void add_released(const std::tuple<UnitIndex, std::optional<RequestIndex>, Day, Day, Day>& group, int count) {
    PlanChange change;
    change.what = PlanChange::What::Released;
    change.quantity = count;
    Day now_home;
    std::tie(change.unit, change.before_request, change.before_depart, change.before_home, now_home) = group;
    change.now_request = change.before_request;
    change.now_depart = change.before_depart;
    change.now_home = now_home;
    change.sentence = {"replan.released",
                       {{"units", std::to_string(count)},
                        {"unit", scenario_->units[change.unit].id},
                        {"home", format_day(now_home)},
                        {"old_home", format_day(change.before_home)}}};
    const AgencyIndex lender = scenario_->units[change.unit].agency;
    const auto recall = std::ranges::find(scenario_->recalls, lender, &Recall::lender);
    if (recall != scenario_->recalls.end() && now_home < change.before_home) {
      change.code = "recalled";
      MessageArgs args = unit_args(change);
      args.emplace_back("day", format_day(recall->effective));
      args.emplace_back("why", recall->reason);
      change.why = {"reason.recalled", std::move(args)};
    } else {
      give(change, "given");
    }
    changes_.push_back(std::move(change));
  }

  const Scenario& scenario_;
  const Plan& previous_;
  const Plan& plan_;
  std::vector<PlanChange> changes_;
};

}  // namespace

std::vector<PlanChange> changes_of(const Scenario& scenario, const Plan& previous, const Plan& plan) {
  return ChangeList(scenario, previous, plan).make();
}

Disturbance disturbance_of(const Scenario& scenario, const Plan& plan) {
  using Departure = std::tuple<UnitIndex, AgreementIndex, std::optional<RequestIndex>, AgencyIndex, Day>;
  std::map<Departure, int> announced;
  for (const auto& a : scenario->announcements)
    if (a.depart >= scenario->horizon.first && a.request)
      announced[{a.unit, a.agreement, a.request, a.borrower, a.depart}] += a.quantity;
  Disturbance sum;
  for (const auto& [departure, quantity] : announced)
    sum.announced += quantity;
  for (const auto& a : plan.assignments) {
    if (a.commitment || a.stints.empty())
      continue;
    const auto it = announced.find({a.unit, a.agreement, a.stints.front().request, a.borrower, a.depart});
    if (it != announced.end() && it->second > 0)
      --it->second;
  }
  for (const auto& [departure, left] : announced)
    sum.changed += left;
  return sum;
}

}  // namespace relevo::planner
