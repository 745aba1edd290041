// SPDX-License-Identifier: MIT
#include "planner/explain/worth.hpp"

#include "planner/solve/capped.hpp"
#include "planner/solve/insertion.hpp"
#include "planner/solve/solve.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

bool is_escort_kind(const ScenarioData& data, KindIndex kind) {
  return std::any_of(data.agreements.begin(), data.agreements.end(), [&](const Agreement& agreement) {
    return std::any_of(agreement.escorts.begin(), agreement.escorts.end(), [&](const EscortTerms& term) {
      return term.supply == EscortTerms::Supply::Roster && term.kind == data.kinds.kinds[kind].id;
    });
  });
}

/// The highest ordinal that a commitment holds: the others of a row are alike.
int committed_ordinals(const ScenarioData& data, UnitIndex unit) {
  int last = 0;
  for (const auto& commitment : data.commitments)
    if (commitment.unit == unit && !commitment.ordinals.empty())
      last = std::max(last, commitment.ordinals.back());
  return last;
}

/// One unit of the row apart from the others: a row of its own, last of the table.
Unit one_of(const Unit& row) {
  Unit one = row;
  one.id += "-one";
  one.count = 1;
  return one;
}

class WorthSearch {
 public:
  WorthSearch(const Scenario& scenario, const Plan& present, const WorthSubject& subject, const WorthOptions& options)
      : scenario_(scenario), present_(present), subject_(subject), options_(options) {}

  Worth run() {
    Worth worth;
    worth.subject = subject_;
    worth.more = step_to(with_one_more_unit());
    if (auto data = with_one_less())
      worth.less = step_to(*std::move(data));
    return worth;
  }

 private:
  Day from() const { return options_.from.value_or(scenario_->as_of); }

  /// Then it is one of the row, with all that decisions and lines say of the row by name; else a row of its own.
  bool is_from_the_start(const Unit& row) const { return from() <= std::max(scenario_->as_of, row.available.first); }

  ScenarioData with_one_more_unit() const {
    ScenarioData data = scenario_.data();
    if (subject_.kind == WorthKind::Reserve) {
      data.agencies[subject_.agency].kept_less.emplace_back(subject_.unit_kind, 1);
      return data;
    }
    if (is_from_the_start(data.units[*subject_.unit])) {
      ++data.units[*subject_.unit].count;
      return data;
    }
    Unit one = one_of(data.units[*subject_.unit]);
    one.available.first = std::max(one.available.first, from());
    if (!one.available.empty())
      data.units.push_back(std::move(one));
    return data;
  }

  /// The last ordinal goes: commitments have others.
  std::optional<ScenarioData> with_one_less() const {
    ScenarioData data = scenario_.data();
    if (subject_.kind == WorthKind::Reserve) {
      data.agencies[subject_.agency].kept_less.emplace_back(subject_.unit_kind, -1);
      return data;
    }
    Unit& row = data.units[*subject_.unit];
    if (row.count == 1 || committed_ordinals(data, *subject_.unit) == row.count)
      return std::nullopt;
    --row.count;
    if (is_from_the_start(row))
      return data;
    Unit one = one_of(row);
    one.available.last = std::min(one.available.last, from());
    if (!one.available.empty())
      data.units.push_back(std::move(one));
    return data;
  }

  std::vector<RequestIndex> lines() const {
    std::vector<RequestIndex> lines;
    for (const auto line : scenario_->requests.indices())
      if (subject_.kind == WorthKind::Escort || scenario_->requests[line].kind == subject_.unit_kind)
        lines.push_back(line);
    return lines;
  }

  /// What of the present plan fits, without as few as need be of those whom the subject is about, and others sent to
  /// the lines one after the other as long as that is worth while.
  std::optional<Plan> nearby(const Scenario& scenario) const {
    auto best = as_far_as_it_fits(scenario, present_);
    for (std::size_t i = 0; !best && i < present_.assignments.size(); ++i) {
      const Assignment& assignment = present_.assignments[i];
      const Unit& unit = scenario_->units[assignment.unit];
      if (assignment.commitment || unit.agency != subject_.agency || unit.kind != subject_.unit_kind)
        continue;
      Plan without = present_;
      without.assignments.erase(without.assignments.begin() + static_cast<std::ptrdiff_t>(i));
      best = as_far_as_it_fits(scenario, without);
    }
    for (const auto line : lines()) {
      if (!best || (options_.stop && options_.stop()))
        break;
      if (unmet_of(*best, line) == 0)
        continue;
      auto more = with_one_more(scenario, *best, line);
      if (more && more->result.objective < best->result.objective)
        best = std::move(more);
    }
    return best;
  }

  void set_figures(const Plan& plan, WorthStep& step) const {
    step.objective = plan.result.objective - present_.result.objective;
    step.need = plan.result.vector.need.value() - present_.result.vector.need.value();
    step.cost = plan.result.vector.cost.value() - present_.result.vector.cost.value();
  }

  WorthStep step_to(ScenarioData data) const {
    WorthStep step;
    const Scenario scenario(std::move(data));
    if (!options_.is_exact.value_or(true)) {
      const auto plan = nearby(scenario);
      step.is_proved = false;
      step.is_possible = plan.has_value();
      if (plan)
        set_figures(*plan, step);
      return step;
    }
    CappedOptions capped;
    capped.nodes = options_.nodes;
    capped.in_child = options_.in_child;
    capped.stop = options_.stop;
    const SearchFocus focus{lines(), coupled_rows(scenario_, {lines(), {}})};
    const auto found = solve_capped(scenario, present_, focus, {}, capped);
    step.is_possible = found.end != CappedResult::End::Impossible;
    step.is_proved = found.end != CappedResult::End::Undecided;
    if (found.plan)
      set_figures(*found.plan, step);
    return step;
  }

  const Scenario& scenario_;
  const Plan& present_;
  const WorthSubject& subject_;
  const WorthOptions& options_;
};

}  // namespace

std::vector<WorthSubject> worth_subjects(const Scenario& scenario) {
  const ScenarioData& data = scenario.data();
  std::set<KindIndex> asked;
  for (const auto& request : data.requests)
    asked.insert(request.kind);
  std::vector<WorthSubject> subjects;
  std::set<std::pair<AgencyIndex, KindIndex>> lenders;
  for (const auto index : data.units.indices()) {
    const Unit& unit = data.units[index];
    if (is_escort_kind(data, unit.kind)) {
      subjects.push_back({WorthKind::Escort, unit.agency, unit.kind, index});
    } else if (asked.contains(unit.kind)) {
      subjects.push_back({WorthKind::Unit, unit.agency, unit.kind, index});
      if (lenders.insert({unit.agency, unit.kind}).second)
        subjects.push_back({WorthKind::Reserve, unit.agency, unit.kind, std::nullopt});
    }
  }
  std::stable_sort(subjects.begin(), subjects.end(),
                   [](const WorthSubject& a, const WorthSubject& b) { return a.kind < b.kind; });
  return subjects;
}

Worth worth_of(const Scenario& scenario, const Plan& present, const WorthSubject& subject,
               const WorthOptions& options) {
  WorthOptions decided = options;
  decided.is_exact = options.is_exact.value_or(answers_exactly(make_problem(scenario)));
  return WorthSearch(scenario, present, subject, decided).run();
}

std::vector<Worth> worths_of(const Scenario& scenario, const Plan& present, WorthOptions options,
                             const std::function<bool(const WorthSubject&)>& is_meant) {
  options.is_exact = options.is_exact.value_or(answers_exactly(make_problem(scenario)));
  std::vector<Worth> worths;
  for (const auto& subject : worth_subjects(scenario))
    if (is_meant(subject) && !(options.stop && options.stop()))
      worths.push_back(worth_of(scenario, present, subject, options));
  const auto loss = [](const Worth& worth) { return worth.less ? worth.less->objective : 0.0; };
  std::stable_sort(worths.begin(), worths.end(), [&](const Worth& a, const Worth& b) {
    return std::pair(a.more.objective, -loss(a)) < std::pair(b.more.objective, -loss(b));
  });
  return worths;
}

}  // namespace relevo::planner
