// SPDX-License-Identifier: MIT
#include "planner/explain/offers.hpp"

#include "planner/explain/candidates.hpp"
#include "planner/explain/least_open.hpp"
#include "planner/explain/ruled_out.hpp"
#include "planner/solve/capped.hpp"
#include "planner/solve/insertion.hpp"
#include "planner/solve/solve.hpp"

#include <algorithm>
#include <utility>

namespace relevo::planner {

namespace {

enum class Answer { Fills, FillsNot, Undecided };

class ChangeSearch {
 public:
  ChangeSearch(const Scenario& scenario, const Plan& present, RequestIndex line, const ChangeOptions& options)
      : scenario_(scenario), present_(present), options_(options) {
    result_.proof = options.proof ? *options.proof : change_proof_for(scenario);
    result_.line = line;
    result_.unmet = result_.least_unmet = unmet_of(present, line);
    const int priority = scenario->requests[line].priority;
    for (const auto other : scenario->requests.indices())
      if (other != line && scenario->requests[other].priority <= priority)
        caps_.push_back({other, unmet_of(present, other)});
  }

  /// `reasons` are asked for where the whole catalogue would take too long.
  LineChanges run(const std::function<std::vector<ListedReason>()>& reasons) {
    const auto catalogue = catalogue_for(scenario_, result_.line);
    result_.catalogue = catalogue.size();
    result_.unavoidable = options_.unavoidable ? *options_.unavoidable : unavoidable();
    auto entries = catalogue;
    if (result_.proof == ChangeProof::Exact)
      find_least();
    else
      entries = candidates_of(scenario_, entries, reasons());
    for (const auto& entry : entries) {
      if (result_.offers.size() >= options_.most_offers || is_stopped()) {
        result_.is_complete = false;
        break;
      }
      ++result_.tried;
      try_entry(entry);
    }
    if (result_.proof == ChangeProof::Exact)
      result_.ruled_out = result_.tried - result_.offers.size() - result_.undecided.size();
    else if (result_.offers.empty() && result_.unavoidable >= result_.unmet)
      result_.ruled_out = count_ruled_out(scenario_, catalogue, result_.unmet, options_.stop);
    return std::move(result_);
  }

 private:
  bool is_stopped() const { return options_.stop && options_.stop(); }

  CappedResult solve(const Scenario& scenario, int most, bool least_unmet, const std::vector<UnitIndex>& rows) const {
    auto caps = caps_;
    caps.push_back({result_.line, most});
    CappedOptions capped;
    if (least_unmet)
      capped.least_unmet_of = result_.line;
    capped.nodes = options_.nodes;
    capped.in_child = options_.in_child;
    capped.stop = options_.stop;
    return solve_capped(scenario, present_, {{result_.line}, rows}, caps, capped);
  }

  int unavoidable() const {
    const Problem problem = make_problem(scenario_);
    return LeastOpen(problem).of(result_.line);
  }

  /// Whom a change that takes something away too may leave with nothing to do.
  const std::vector<UnitIndex>& rows_for(ChangeKind kind) {
    static const std::vector<UnitIndex> kNone;
    if (is_widening(kind))
      return kNone;
    if (coupled_.empty())
      coupled_ = coupled_rows(scenario_, {{result_.line}, {}});
    return coupled_;
  }

  /// Without a change: the least unmet need of the line, and the best plan that has it.
  void find_least() {
    const auto least = solve(scenario_, result_.unmet - 1, true, {});
    if (!least.plan)
      return;
    result_.least_unmet = unmet_of(*least.plan, result_.line);
    const auto best = solve(scenario_, result_.least_unmet, false, {});
    result_.reassigned = filling_of(best.plan ? *best.plan : *least.plan);
  }

  LineFilling filling_of(const Plan& plan) const {
    LineFilling filling;
    filling.unmet = unmet_of(plan, result_.line);
    for (const auto request : scenario_->requests.indices())
      if (const int more = unmet_of(plan, request) - unmet_of(present_, request); more > 0)
        filling.displaced.push_back({request, more});
    filling.need = plan.result.vector.need.value() - present_.result.vector.need.value();
    filling.cost = plan.result.vector.cost.value() - present_.result.vector.cost.value();
    return filling;
  }

  /// Looks for the least number of steps that fills the line.
  void try_entry(const CatalogueEntry& entry) {
    if (!is_widening(entry.change.kind)) {
      for (int size = 1; size <= entry.most; ++size)
        if (try_size(entry.change, size) != Answer::FillsNot)
          return;
      return;
    }
    if (try_size(entry.change, 1) != Answer::FillsNot || entry.most == 1)
      return;
    auto best = filling_with(entry.change, entry.most);
    if (!best)
      return;
    int too_few = 1;
    int enough = entry.most;
    while (enough - too_few > 1) {
      const int middle = (too_few + enough) / 2;
      if (auto filling = filling_with(entry.change, middle)) {
        best = std::move(filling);
        enough = middle;
      } else {
        too_few = middle;
      }
    }
    offer(entry.change, enough, *std::move(best));
  }

  Answer try_size(const Change& change, int size) {
    auto filling = filling_with(change, size);
    if (!filling)
      return answer_;
    offer(change, size, *std::move(filling));
    return Answer::Fills;
  }

  void offer(Change change, int size, LineFilling filling) {
    change.size = size;
    result_.offers.push_back({std::move(change), std::move(filling)});
  }

  /// What the change does for the line; none: it does not fill it, or a limit hit (`answer_`).
  std::optional<LineFilling> filling_with(Change change, int size) {
    change.size = size;
    const Scenario scenario(changed(scenario_, change));
    if (result_.proof == ChangeProof::WithinPart)
      return filling_beside(scenario);
    const auto found = solve(scenario, result_.least_unmet - 1, false, rows_for(change.kind));
    answer_ = found.plan                                   ? Answer::Fills
              : found.end == CappedResult::End::Impossible ? Answer::FillsNot
                                                           : Answer::Undecided;
    if (answer_ == Answer::Undecided)
      result_.undecided.push_back(change);
    return found.plan ? std::optional(filling_of(*found.plan)) : std::nullopt;
  }

  /// By one deployment more.
  std::optional<LineFilling> filling_beside(const Scenario& scenario) {
    answer_ = Answer::FillsNot;
    const auto plan = with_one_more(scenario, present_, result_.line);
    if (!plan)
      return std::nullopt;
    const bool keeps = std::all_of(caps_.begin(), caps_.end(),
                                   [&](const UnmetCap& cap) { return unmet_of(*plan, cap.request) <= cap.most; });
    if (!keeps || unmet_of(*plan, result_.line) >= result_.unmet)
      return std::nullopt;
    answer_ = Answer::Fills;
    return filling_of(*plan);
  }

  const Scenario& scenario_;
  const Plan& present_;
  const ChangeOptions& options_;
  std::vector<UnmetCap> caps_;
  std::vector<UnitIndex> coupled_;
  Answer answer_ = Answer::FillsNot;
  LineChanges result_;
};

}  // namespace

ChangeProof change_proof_for(const Scenario& scenario) {
  return answers_exactly(make_problem(scenario)) ? ChangeProof::Exact : ChangeProof::WithinPart;
}

LineChanges changes_for(const Scenario& scenario, const Plan& present, RequestIndex line,
                        const ChangeOptions& options) {
  return ChangeSearch(scenario, present, line, options).run([&] {
    return list_reasons(scenario, present).at(line.value());
  });
}

LineChanges changes_for(const Scenario& scenario, const Plan& present, RequestIndex line,
                        const std::vector<ListedReason>& reasons, const ChangeOptions& options) {
  return ChangeSearch(scenario, present, line, options).run([&] { return reasons; });
}

}  // namespace relevo::planner
