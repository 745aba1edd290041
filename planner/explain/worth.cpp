// SPDX-License-Identifier: MIT
#include "planner/explain/worth.hpp"

#include "planner/solve/capped.hpp"

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

  WorthStep step_to(ScenarioData data) const {
    WorthStep step;
    const Scenario scenario(std::move(data));
    CappedOptions capped;
    capped.nodes = options_.nodes;
    capped.in_child = options_.in_child;
    capped.stop = options_.stop;
    const SearchFocus focus{lines(), coupled_rows(scenario_, {lines(), {}})};
    const auto found = solve_capped(scenario, present_, focus, {}, capped);
    step.is_possible = found.end != CappedResult::End::Impossible;
    step.is_proved = found.end != CappedResult::End::Undecided;
    if (!found.plan)
      return step;
    step.objective = found.plan->result.objective - present_.result.objective;
    step.need = found.plan->result.vector.need.value() - present_.result.vector.need.value();
    step.cost = found.plan->result.vector.cost.value() - present_.result.vector.cost.value();
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
  return WorthSearch(scenario, present, subject, options).run();
}

}  // namespace relevo::planner
