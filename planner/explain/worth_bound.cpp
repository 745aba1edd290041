// SPDX-License-Identifier: MIT
#include "planner/explain/worth_bound.hpp"

#include "planner/solve/coupling.hpp"
#include "planner/solve/dual_ascent.hpp"
#include "planner/solve/first_duals.hpp"
#include "planner/solve/master.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/roster_oracle.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace relevo::planner {

namespace {

ScenarioData with_one_more_of_all(const Scenario& scenario, const std::vector<WorthSubject>& subjects) {
  ScenarioData data = scenario.data();
  std::set<UnitIndex> rows;
  for (const auto& subject : subjects)
    if (subject.unit && rows.insert(*subject.unit).second)
      ++data.units[*subject.unit].count;
  return data;
}

bool is_extra(const Scenario& scenario, const Member& member) {
  return member.ordinal > scenario->units[member.unit].count;
}

/// The classes without the units that are one more; a class of nobody else keeps them, which lowers the bound.
Problem without_extra(const Scenario& scenario, Problem problem) {
  for (auto& unit_class : problem.classes) {
    std::vector<Member> members;
    std::copy_if(unit_class.members.begin(), unit_class.members.end(), std::back_inserter(members),
                 [&](const Member& member) { return !is_extra(scenario, member); });
    if (!members.empty())
      unit_class.members = std::move(members);
  }
  return problem;
}

/// A row (3) of the coupling, with its limits.
struct ReserveRow {
  std::pair<AgencyIndex, KindIndex> lender;
  int row = 0;          ///< of the coupling
  double now = 0.0;     ///< the limit of the scenario as it is
  double larger = 0.0;  ///< where all subjects have one more
};

std::vector<ReserveRow> reserve_rows(const Coupling& coupling, const RowTable& rows, const RowTable& rows_now) {
  std::map<std::pair<AgencyIndex, KindIndex>, std::size_t> groups_now;
  for (std::size_t g = 0; g < rows_now.groups().size(); ++g)
    if (rows_now.groups()[g].family == RowFamily::Reserve) {
      const auto& subject = rows_now.reserve_subjects()[rows_now.groups()[g].subject];
      groups_now[{subject.agency, subject.kind}] = g;
    }
  std::vector<ReserveRow> found;
  for (const auto& link : coupling.links) {
    const auto& group = rows.groups()[rows.group_of(link.table_row)];
    if (group.family != RowFamily::Reserve)
      continue;
    const auto& subject = rows.reserve_subjects()[group.subject];
    ReserveRow row{{subject.agency, subject.kind}, link.model_row, 0.0, rows.limit(link.table_row)};
    const int t = rows.column_of(link.table_row);
    row.now = t < rows_now.columns() ? std::min(row.larger, rows_now.limit(rows_now.row(groups_now.at(row.lender), t)))
                                     : row.larger;
    found.push_back(row);
  }
  return found;
}

}  // namespace

WorthBound::WorthBound(const Scenario& scenario, const Plan& present, const std::vector<WorthSubject>& subjects,
                       const Options& options) {
  const Scenario larger(with_one_more_of_all(scenario, subjects));
  const Problem whole = make_problem(larger);
  const RowTable rows(whole);
  const Problem problem_now = make_problem(scenario);
  const RowTable rows_now(problem_now);
  const Problem problem = without_extra(scenario, whole);
  Coupling coupling = make_coupling(whole, rows, reach_of_duties(whole, rows));
  const auto reserves = reserve_rows(coupling, rows, rows_now);
  for (const auto& reserve : reserves)
    coupling.model.rows[static_cast<std::size_t>(reserve.row)].upper = reserve.now;

  const PlanModel model(problem, rows);
  const RosterOracle oracle(model, 1);
  const Master master(problem, rows, coupling);
  DualAscentOptions ascent;
  ascent.rounds = options.rounds;
  ascent.stop = options.stop;
  const auto raised =
      raise_bound(model, master, oracle, duals_of_plan(coupling, state_of(model, present).state), ascent);
  proved_ = raised.bound;
  now_ = std::max(proved_, present.result.bound);
  for (const auto& reserve : reserves) {
    const double price = std::min(0.0, raised.duals[static_cast<std::size_t>(reserve.row)]);
    reserves_[reserve.lender].one_unit_more += price * (reserve.larger - reserve.now);
    reserves_[reserve.lender].one_kept_less += price;
  }
  for (std::size_t c = 0; c < whole.classes.size(); ++c)
    for (const auto& member : whole.classes[c].members) {
      const bool is_counted = whole.classes[c].members.size() == problem.classes[c].members.size();
      const int count = scenario->units[member.unit].count;
      if (member.ordinal > count)
        rows_[member.unit].first = is_counted ? 0.0 : raised.class_duals[c];
      else if (member.ordinal == count)
        rows_[member.unit].last = raised.class_duals[c];
    }
}

double WorthBound::with_one_more(const WorthSubject& subject) const {
  const auto of_lender = reserves_.find({subject.agency, subject.unit_kind});
  const OfReserve reserve = of_lender == reserves_.end() ? OfReserve{} : of_lender->second;
  if (subject.kind == WorthKind::Reserve)
    return proved_ + reserve.one_kept_less;
  const auto row = rows_.find(*subject.unit);
  return proved_ + reserve.one_unit_more + (row == rows_.end() ? 0.0 : row->second.first);
}

double WorthBound::with_one_less(const WorthSubject& subject) const {
  const auto row = subject.unit ? rows_.find(*subject.unit) : rows_.end();
  return std::max(now_, proved_ - (row == rows_.end() ? 0.0 : row->second.last));
}

}  // namespace relevo::planner
