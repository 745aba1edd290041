// SPDX-License-Identifier: MIT
#include "planner/explain/reasons.hpp"

#include "planner/rules/pair_rules.hpp"
#include "planner/solve/duty.hpp"
#include "planner/solve/ledger.hpp"
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

  std::vector<Reason> reasons() {
    std::vector<Tally> tallies;
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      const Unit& unit = problem_.data().units[problem_.classes[c].exemplar];
      if (unit.kind == request_.kind)
        count(cause_of(c), c, tallies);
    }
    std::stable_sort(tallies.begin(), tallies.end(), [](const Tally& a, const Tally& b) {
      return std::tuple(a.cause.nearness, -a.units) < std::tuple(b.cause.nearness, -b.units);
    });
    std::vector<Reason> all;
    all.reserve(tallies.size() + 1);
    for (const auto& tally : tallies)
      all.push_back(reason_of(tally));
    if (all.empty())
      all.push_back({"nobody", {"reason.nobody", {}}});
    return all;
  }

 private:
  void count(const Cause& cause, std::size_t c, std::vector<Tally>& tallies) const {
    auto it = std::find_if(tallies.begin(), tallies.end(), [&](const Tally& t) { return t.cause.code == cause.code; });
    if (it == tallies.end())
      it = tallies.insert(it, Tally{cause, 0, {}});
    it->units += static_cast<int>(problem_.classes[c].members.size());
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
        for (std::size_t i = 0; i < duty.option.departures.size(); ++i) {
          const auto trial = shortest_stay(c, d, i, day);
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

  /// A stay that departs with departure `i` and lasts no longer than it must to work on `day`.
  std::optional<Deployment> shortest_stay(std::size_t c, std::size_t d, std::size_t i, int day) const {
    const PairOption& option = problem_.classes[c].duties[d].option;
    const int depart = option.departures[i];
    Block block;
    block.duty = d;
    block.first_line = option.terms.first_line(depart);
    block.line_days = std::max(option.terms.min_line_days, day - block.first_line + 1);
    const int longest = option.first_tour_cap[i] + option.terms.extension_days;
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
    if (!request_.package.empty())
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

/// The duty of the class that a stay of the assignment is; none: it is not a plan for this scenario.
std::optional<std::size_t> duty_of(const Problem& problem, const Assignment& a, const Stint& stint) {
  const auto& duties = problem.classes[static_cast<std::size_t>(a.class_id)].duties;
  for (std::size_t d = 0; d < duties.size(); ++d) {
    const auto& group = duties[d].escort_group;
    const bool same_role =
        !group || (duties[d].borrower == a.borrower && problem.term_of(problem.escort_groups[*group]).role == a.escort);
    if (duties[d].option.agreement == a.agreement && duties[d].request == stint.request && same_role)
      return d;
  }
  return std::nullopt;
}

/// The blocks of one stay: runs of line days, with days off between them.
std::vector<Block> blocks_of(const Horizon& horizon, const Stint& stint, std::size_t duty) {
  std::vector<Block> blocks;
  for (const Day day : stint.line_days) {
    const int t = horizon.column(day);
    if (!blocks.empty() && blocks.back().end() == t) {
      ++blocks.back().line_days;
      continue;
    }
    if (!blocks.empty())
      blocks.back().then = Block::Then::TakesDaysOff;
    Block block;
    block.duty = duty;
    block.first_line = t;
    block.line_days = 1;
    block.shadow = blocks.empty() && !stint.shadow_days.empty();
    blocks.push_back(block);
  }
  return blocks;
}

/// Joins the blocks of the next stay: after a move in the days off, or within the tour.
void append_stay(std::vector<Block>& blocks, std::vector<Block> next, const Stint& before, const Stint& stint) {
  if (!blocks.empty() && !next.empty()) {
    Block& last = blocks.back();
    if (!before.days_off.empty() && before.line_days.back() < before.days_off.back()) {
      last.then = Block::Then::TakesDaysOff;
      next.front().moved_from = last.duty;
    } else {
      last.then = Block::Then::MovesOn;
      last.next = next.front().duty;
      last.move_days = static_cast<int>(stint.move_days.size());
    }
  }
  blocks.insert(blocks.end(), next.begin(), next.end());
}

/// The plan's new assignments as bookings; what the class or duty of an assignment is, is found again from its facts.
void record_plan(const Problem& problem, const Plan& plan, Ledger& ledger) {
  const Horizon& horizon = problem.data().horizon;
  for (const auto& a : plan.assignments) {
    if (a.commitment || a.class_id < 0)
      continue;
    Deployment deployment{static_cast<std::size_t>(a.class_id), horizon.column(a.depart), {}};
    const Stint* before = nullptr;
    bool known = true;
    for (const auto& stint : a.stints) {
      const auto duty = duty_of(problem, a, stint);
      known = known && duty;
      if (known)
        append_stay(deployment.blocks, blocks_of(horizon, stint, *duty), before == nullptr ? stint : *before, stint);
      before = &stint;
    }
    if (known && !deployment.blocks.empty())
      ledger.record({a.unit, a.ordinal}, deployment);
  }
}

}  // namespace

void explain_lines(const Scenario& scenario, Plan& plan) {
  const Problem problem = make_problem(scenario);
  const RowTable rows(problem);
  Ledger ledger(problem, rows);
  record_plan(problem, plan, ledger);
  for (auto& fill : plan.requests) {
    fill.further.clear();
    if (fill.status == RequestStatus::Filled) {
      fill.reason = {"none", {"reason.none", {}}};
      continue;
    }
    auto reasons = LineExplainer(problem, rows, ledger, fill).reasons();
    fill.reason = std::move(reasons.front());
    fill.further.assign(std::make_move_iterator(reasons.begin() + 1), std::make_move_iterator(reasons.end()));
  }
}

}  // namespace relevo::planner
