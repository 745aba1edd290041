// SPDX-License-Identifier: MIT
#include "planner/explain/reasons.hpp"

#include "planner/rules/pair_rules.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/ledger.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace relevo::planner {

namespace {

using Args = std::vector<std::pair<std::string, std::string>>;

/// How near a reason is to being lifted: what the plan decided, then what people decided, then what dates and papers
/// say, then what the line asks.
enum class Nearness { Plan, Answer, Date, Unit, Line };

struct Cause {
  std::string code;
  Nearness nearness = Nearness::Line;
  Args args;
};

/// One reason and the units under it.
struct Tally {
  Cause cause;
  int units = 0;
  std::vector<AgencyIndex> agencies;  // in roster order
  std::map<UnitIndex, int> rows;
};

Nearness nearness_of(PairRule rule) {
  if (rule == PairRule::Declined || rule == PairRule::Forbidden)
    return Nearness::Answer;
  if (rule >= PairRule::InForce)
    return Nearness::Date;
  return rule == PairRule::Qualification || rule == PairRule::Language || rule == PairRule::Travel ? Nearness::Unit
                                                                                                   : Nearness::Line;
}

std::string code_of(RowFamily family) {
  switch (family) {
    case RowFamily::Coverage:
      return "min_stay";
    case RowFamily::Capacity:
      return "capacity";
    case RowFamily::Reserve:
      return "reserve";
    case RowFamily::Offer:
      return "offer";
    case RowFamily::EscortsPresent:
      return "escort";
    case RowFamily::Pool:
      return "pool";
    case RowFamily::Lift:
      return "lift";
    default:
      return "in_use";
  }
}

class LineExplainer {
 public:
  LineExplainer(const Problem& problem, const RowTable& rows, Ledger& ledger, const RequestFill& fill)
      : problem_(problem), rows_(rows), ledger_(ledger), fill_(fill), request_(problem.data().requests[fill.request]) {
    for (std::size_t t = 0; t < fill.unmet.size(); ++t)
      if (fill.unmet[t] > 0)
        open_.push_back(static_cast<int>(t));
  }

  std::vector<ListedReason> reasons() {
    std::vector<Tally> tallies;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      const Unit& unit = problem_.data().units[problem_.classes[c].exemplar];
      if (unit.kind == request_.kind)
        count(cause_of(c), c, tallies);
    }
    std::stable_sort(tallies.begin(), tallies.end(), [](const Tally& a, const Tally& b) {
      return std::tuple(a.cause.nearness, -a.units) < std::tuple(b.cause.nearness, -b.units);
    });
    std::vector<ListedReason> all;
    all.reserve(tallies.size() + 1);
    for (const auto& tally : tallies) {
      all.push_back({reason_of(tally), {}});
      for (const auto& [unit, count] : tally.rows)
        all.back().units.push_back({unit, count});
    }
    if (all.empty())
      all.push_back({{"nobody", {"reason.nobody", {}}}, {}});
    return all;
  }

 private:
  void count(const Cause& cause, std::size_t c, std::vector<Tally>& tallies) const {
    auto it = std::find_if(tallies.begin(), tallies.end(), [&](const Tally& t) { return t.cause.code == cause.code; });
    if (it == tallies.end())
      it = tallies.insert(it, Tally{cause, 0, {}, {}});
    it->units += static_cast<int>(problem_.classes[c].members.size());
    for (const auto& member : problem_.classes[c].members)
      ++it->rows[member.unit];
    const AgencyIndex agency = problem_.data().units[problem_.classes[c].exemplar].agency;
    if (std::find(it->agencies.begin(), it->agencies.end(), agency) == it->agencies.end())
      it->agencies.push_back(agency);
  }

  Reason reason_of(const Tally& tally) const {
    std::string names;
    std::string ids;  // for lines too short for names
    for (std::size_t i = 0; i < tally.agencies.size() && i < 3; ++i) {
      const Agency& agency = problem_.data().agencies[tally.agencies[i]];
      names += (i == 0 ? "" : ", ") + agency.name;
      ids += (i == 0 ? "" : ", ") + agency.id;
    }
    if (tally.agencies.size() > 3) {
      names += fmt::format(" + {}", tally.agencies.size() - 3);
      ids += fmt::format(" + {}", tally.agencies.size() - 3);
    }
    Args args = tally.cause.args;
    args.emplace_back("units", std::to_string(tally.units));
    args.emplace_back("agencies", names);
    args.emplace_back("agency_ids", ids);
    args.emplace_back("borrower", problem_.data().agencies[request_.borrower].name);
    return {tally.cause.code, {"reason." + tally.cause.code, std::move(args)}};
  }

  /// Why the class does not do more for the line.
  Cause cause_of(std::size_t c) {
    const UnitClass& unit_class = problem_.classes[c];
    auto verdict = judge_pair(*problem_.scenario, unit_class.exemplar, unit_class.availability, fill_.request);
    if (!verdict.blocking)
      return cause_in_plan(c);
    const PairRule rule = verdict.blocking->rule;
    Cause cause{std::string(planner::code_of(rule)), nearness_of(rule), verdict.blocking->args};
    if (cause.nearness == Nearness::Answer) {
      const auto behind =
          judge_pair(*problem_.scenario, unit_class.exemplar, unit_class.availability, fill_.request, Answers::Waived);
      if (behind.blocking)
        cause.nearness = std::max(nearness_of(behind.blocking->rule), Nearness::Unit);
    }
    return cause;
  }

  /// The class may serve the line: try every shortest stay on an open day, and see what stops it.
  Cause cause_in_plan(std::size_t c) {
    std::map<std::string, int> broken;
    Args args;
    bool any_try = false;
    bool any_free = false;
    int earliest = rows_.columns();
    const UnitClass& unit_class = problem_.classes[c];
    for (std::size_t d = 0; d < unit_class.duties.size(); ++d) {
      const Duty& duty = unit_class.duties[d];
      if (duty.request != fill_.request || duty.option.departures.empty())
        continue;
      earliest = std::min(earliest, duty.option.terms.first_line(duty.option.departures.front()));
      for (int day : open_) {
        for (const auto& departure : duty.option.departures) {
          const auto trial = shortest_stay(c, d, departure, day);
          if (!trial)
            continue;
          any_try = true;
          if (!ledger_.free_member(*trial))
            continue;
          any_free = true;
          const std::size_t before = ledger_.bookings().size();
          std::optional<int> row;
          if (ledger_.book(*trial, &row)) {
            const auto too_few = too_few_to_travel(ledger_.bookings()[before]);
            ledger_.roll_back(before);
            return too_few ? *too_few : unused_cause();
          }
          if (!row)
            continue;
          const auto& group = rows_.groups()[rows_.group_of(*row)];
          ++broken[code_of(group.family)];
          if (group.family == RowFamily::Pool)
            args = {{"pool", problem_.data().pools[PoolIndex(group.subject)].id}};
        }
      }
    }
    if (!any_try)
      return {"early", Nearness::Date, {{"day", format_day(problem_.data().horizon.day(earliest))}}};
    if (!any_free)
      return {"in_use", Nearness::Plan, {}};
    const auto most = std::max_element(broken.begin(), broken.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == broken.end() ? Cause{"in_use", Nearness::Plan, {}} : Cause{most->first, Nearness::Plan, args};
  }

  /// A stay with that departure that lasts no longer than it must to work on `day`.
  std::optional<Deployment> shortest_stay(std::size_t c, std::size_t d, const DepartureDays::Departure& departure,
                                          int day) const {
    const PairOption& option = problem_.classes[c].duties[d].option;
    const int depart = departure.day;
    Block block;
    block.duty = d;
    block.first_line = option.terms.first_line(depart);
    block.line_days = std::max(option.terms.min_line_days, day - block.first_line + 1);
    const int longest = departure.first_tour_cap + option.terms.extension_days;
    if (day < block.first_line || block.line_days > longest || block.end() > option.need_last ||
        !option.may_end(option.terms.counted_from(depart), block.end() - 1) ||
        !option.may_be_away(depart, option.terms.home(block.end() - 1) + 1))
      return std::nullopt;
    return Deployment{c, depart, {block}};
  }

  /// Whether the booking would travel in a movement smaller than its agreement allows (8).
  std::optional<Cause> too_few_to_travel(const Ledger::Booking& booking) const {
    for (const auto& entry : booking.uses) {
      const std::size_t group = rows_.group_of(entry.row);
      if (rows_.groups()[group].family == RowFamily::MovementPersons &&
          ledger_.use(entry.row) < rows_.least_persons(group))
        return Cause{"movement", Nearness::Plan, {{"least", std::to_string(rows_.least_persons(group))}}};
    }
    return std::nullopt;
  }

  /// One more would fit every row and still is not in the plan.
  Cause unused_cause() const {
    if (request_.min_fill > 1)
      return {"min_fill", Nearness::Plan, {{"least", std::to_string(request_.min_fill)}}};
    if (!request_.package.empty() && !ledger_.is_whole(request_.package))
      return {"package", Nearness::Plan, {{"package", request_.package}}};
    return {"not_worth", Nearness::Plan, {}};
  }

  const Problem& problem_;
  const RowTable& rows_;
  Ledger& ledger_;
  const RequestFill& fill_;
  const Request& request_;
  std::vector<int> open_;
};

/// The plan's new assignments as bookings. One that is no deployment of the problem is left out.
void record_plan(const Problem& problem, const Plan& plan, Ledger& ledger) {
  std::map<std::pair<UnitIndex, int>, std::size_t> classes;
  for (std::size_t c = 0; c < problem.classes.size(); ++c)
    for (const auto& member : problem.classes[c].members)
      classes[{member.unit, member.ordinal}] = c;
  for (const auto& a : plan.assignments) {
    const auto unit_class = classes.find({a.unit, a.ordinal});
    if (a.commitment || unit_class == classes.end())
      continue;
    if (const auto deployment = deployment_of(problem, unit_class->second, a))
      ledger.record({a.unit, a.ordinal}, *deployment);
  }
}

/// For each line what stops it, and nothing for those that are filled.
class PlanExplainer {
 public:
  PlanExplainer(const Scenario& scenario, const Plan& plan)
      : problem_(make_problem(scenario)), rows_(problem_), ledger_(problem_, rows_) {
    record_plan(problem_, plan, ledger_);
  }

  std::vector<ListedReason> reasons_of(const RequestFill& fill) {
    if (fill.status == RequestStatus::Filled)
      return {};
    return LineExplainer(problem_, rows_, ledger_, fill).reasons();
  }

 private:
  Problem problem_;
  RowTable rows_;
  Ledger ledger_;
};

}  // namespace

void explain_lines(const Scenario& scenario, Plan& plan) {
  PlanExplainer explainer(scenario, plan);
  for (auto& fill : plan.requests) {
    fill.further.clear();
    auto reasons = explainer.reasons_of(fill);
    if (reasons.empty()) {
      fill.reason = {"none", {"reason.none", {}}};
      continue;
    }
    fill.reason = std::move(reasons.front().reason);
    for (std::size_t i = 1; i < reasons.size(); ++i)
      fill.further.push_back(std::move(reasons[i].reason));
  }
}

std::vector<std::vector<ListedReason>> list_reasons(const Scenario& scenario, const Plan& plan) {
  PlanExplainer explainer(scenario, plan);
  std::vector<std::vector<ListedReason>> all;
  all.reserve(plan.requests.size());
  for (const auto& fill : plan.requests)
    all.push_back(explainer.reasons_of(fill));
  return all;
}

}  // namespace relevo::planner
