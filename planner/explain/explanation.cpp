// SPDX-License-Identifier: MIT
#include "planner/explain/explanation.hpp"

#include "planner/explain/least_open.hpp"
#include "planner/solve/side_by_side.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace relevo::planner {

namespace {

bool is_open(const RequestFill& fill) {
  return fill.status != RequestStatus::Filled;
}

class Explainer {
 public:
  Explainer(const Scenario& scenario, const Plan& plan, const ExplainSelection& selection,
            const ExplainOptions& options)
      : scenario_(scenario), plan_(plan), selection_(selection), options_(options) {}

  Explanation run() {
    add_lines();
    if (!selection_.is_whole())
      add_units();
    return std::move(result_);
  }

 private:
  bool is_meant(const RequestFill& fill) const {
    const Request& request = scenario_->requests[fill.request];
    if (selection_.is_whole())
      return is_open(fill);
    if (selection_.unit && !selection_.request)
      return is_open(fill) && request.kind == scenario_->units[*selection_.unit].kind && is_idle(*selection_.unit);
    return selection_.request == fill.request || (selection_.agency == request.borrower && is_open(fill));
  }

  bool is_idle(UnitIndex unit) const {
    return std::none_of(plan_.assignments.begin(), plan_.assignments.end(),
                        [&](const Assignment& a) { return a.unit == unit; });
  }

  void add_lines() {
    auto reasons = list_reasons(scenario_, plan_);
    for (const auto& fill : plan_.requests)
      if (is_meant(fill)) {
        result_.lines.push_back({fill.request, std::move(reasons[fill.request.value()]), {}});
        if (selection_.unit)
          keep_only(*selection_.unit, result_.lines.back().reasons);
      }
    std::stable_sort(result_.lines.begin(), result_.lines.end(), [&](const ExplainedLine& a, const ExplainedLine& b) {
      return scenario_->requests[a.line].priority < scenario_->requests[b.line].priority;
    });
    ChangeOptions changes = options_.changes;
    if (!changes.proof)
      changes.proof = change_proof_for(scenario_);
    const Problem problem = make_problem(scenario_);
    LeastOpen least(problem);
    std::vector<OpenLine> open;
    for (auto& line : result_.lines)
      if (!line.reasons.empty() && !selection_.unit)
        open.push_back({&line, least.of(line.line)});
    find_changes(open, changes);
  }

  struct OpenLine {
    ExplainedLine* line = nullptr;
    int unavoidable = 0;
  };

  /// Each line by itself, on as many threads as there are.
  void find_changes(const std::vector<OpenLine>& open, const ChangeOptions& options) {
    const bool one_by_one = options.proof == ChangeProof::Exact;  // CBC runs in children of one thread
    side_by_side(open.size(), one_by_one ? 1 : options_.threads, [&](std::size_t i, std::size_t) {
      ChangeOptions changes = options;
      changes.unavoidable = open[i].unavoidable;
      open[i].line->changes = changes_for(scenario_, plan_, open[i].line->line, open[i].line->reasons, changes);
    });
  }

  static void keep_only(UnitIndex unit, std::vector<ListedReason>& reasons) {
    std::erase_if(reasons, [&](const ListedReason& reason) {
      return std::none_of(reason.units.begin(), reason.units.end(),
                          [&](const UnitsOfRow& row) { return row.unit == unit; });
    });
  }

  bool is_meant(const Assignment& assignment) const {
    const bool on_line = std::any_of(assignment.stints.begin(), assignment.stints.end(), [&](const Stint& stint) {
      return selection_.request && stint.request == selection_.request;
    });
    return on_line || selection_.unit == assignment.unit ||
           selection_.agency == scenario_->units[assignment.unit].agency;
  }

  void add_units() {
    for (std::size_t i = 0; i < plan_.assignments.size(); ++i) {
      const Assignment& assignment = plan_.assignments[i];
      if (!is_meant(assignment))
        continue;
      result_.units.push_back({i, {}});
      for (const auto& stint : assignment.stints)
        if (stint.request && !assignment.commitment && !assignment.escort)
          result_.units.back().runner_ups.push_back(runner_up(assignment.unit, *stint.request));
    }
  }

  const RunnerUp& runner_up(UnitIndex unit, RequestIndex line) {
    const auto key = std::pair(unit, line);
    const auto found = runner_ups_.find(key);
    if (found != runner_ups_.end())
      return found->second;
    return runner_ups_.emplace(key, runner_up_for(scenario_, plan_, unit, line, options_.runner_up)).first->second;
  }

  const Scenario& scenario_;
  const Plan& plan_;
  const ExplainSelection& selection_;
  const ExplainOptions& options_;
  std::map<std::pair<UnitIndex, RequestIndex>, RunnerUp> runner_ups_;
  Explanation result_;
};

}  // namespace

Explanation explain(const Scenario& scenario, const Plan& plan, const ExplainSelection& selection,
                    const ExplainOptions& options) {
  return Explainer(scenario, plan, selection, options).run();
}

}  // namespace relevo::planner
