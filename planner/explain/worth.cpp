// SPDX-License-Identifier: MIT
#include "planner/explain/worth.hpp"

#include "planner/explain/nearby.hpp"
#include "planner/explain/worth_bound.hpp"
#include "planner/solve/capped.hpp"
#include "planner/solve/side_by_side.hpp"
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

  /// Whom the subject may set free, or hold back, beside those who escort them.
  bool is_meant(const Unit& unit) const {
    return subject_.kind == WorthKind::Escort ? unit.agency == subject_.agency : unit.kind == subject_.unit_kind;
  }
  /// Who may leave something for what somebody else did.
  bool is_alike(const Unit& unit) const {
    return unit.agency == subject_.agency && unit.kind == subject_.unit_kind && subject_.kind != WorthKind::Escort;
  }

  std::optional<Plan> nearby(const Scenario& scenario) const {
    NearbyPlan near(scenario, present_);
    if (!near.is_possible())
      return std::nullopt;
    const auto meant = [this](const Unit& unit) { return is_meant(unit); };
    near.send(meant);
    near.reassign([this](const Unit& unit) { return is_alike(unit); });
    near.send(meant);
    return near.plan();
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
    if (step.is_proved && step.is_possible)
      step.bound = step.objective;
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

namespace {

void add_bounds(const Scenario& scenario, const Plan& present, const std::vector<WorthSubject>& subjects,
                const WorthOptions& options, std::vector<Worth>& worths) {
  const WorthBound bound(scenario, present, subjects, {options.bound_rounds, options.stop});
  const auto add = [&](double points, WorthStep& step) {
    if (step.is_possible)
      step.bound = std::min(step.objective, points - present.result.objective);
  };
  for (auto& worth : worths) {
    add(bound.with_one_more(worth.subject), worth.more);
    if (worth.less)
      add(bound.with_one_less(worth.subject), *worth.less);
  }
}

}  // namespace

std::vector<Worth> worths_of(const Scenario& scenario, const Plan& present, WorthOptions options,
                             const std::function<bool(const WorthSubject&)>& is_meant) {
  options.is_exact = options.is_exact.value_or(answers_exactly(make_problem(scenario)));
  std::vector<WorthSubject> subjects;
  for (const auto& subject : worth_subjects(scenario))
    if (is_meant(subject))
      subjects.push_back(subject);
  std::vector<std::optional<Worth>> found(subjects.size());
  side_by_side(subjects.size(), *options.is_exact ? 1 : options.threads, [&](std::size_t i, std::size_t) {
    if (!(options.stop && options.stop()))
      found[i] = worth_of(scenario, present, subjects[i], options);
  });
  std::vector<Worth> worths;
  for (const auto& worth : found)
    if (worth)
      worths.push_back(*worth);
  if (!*options.is_exact && !options.from && options.bound_rounds > 0 && !worths.empty())
    add_bounds(scenario, present, subjects, options, worths);
  const auto loss = [](const Worth& worth) { return worth.less ? worth.less->objective : 0.0; };
  std::stable_sort(worths.begin(), worths.end(), [&](const Worth& a, const Worth& b) {
    return std::pair(a.more.objective, -loss(a)) < std::pair(b.more.objective, -loss(b));
  });
  return worths;
}

}  // namespace relevo::planner
