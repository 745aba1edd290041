// SPDX-License-Identifier: MIT
#include "planner/explain/second_best.hpp"

#include "planner/solve/insertion.hpp"
#include "planner/solve/other_plan.hpp"
#include "planner/solve/solve.hpp"
#include "planner/solve/travel_counts.hpp"

#include <map>
#include <set>
#include <utility>

namespace relevo::planner {

namespace {

/// Plans one deployment away from the present one, and the best of them with other contingents.
class NearbyPlans {
 public:
  NearbyPlans(const Scenario& scenario, const Plan& present, const SecondBestOptions& options)
      : scenario_(scenario),
        present_(present),
        options_(options),
        counts_(counts_of(present)),
        travels_(travel_counts(scenario, present)) {}

  std::optional<Plan> run() {
    std::set<std::map<TravelKey, int>> tried;
    for (std::size_t i = 0; i < present_.assignments.size() && !is_stopped(); ++i) {
      const Assignment& assignment = present_.assignments[i];
      if (assignment.commitment || assignment.escort)
        continue;
      Plan without = present_;
      without.assignments.erase(without.assignments.begin() + static_cast<std::ptrdiff_t>(i));
      // One of those that travel and serve alike stands for the others.
      auto counts = travel_counts(scenario_, without);  // with their days, whatever the difference
      if (counts == travels_ || !tried.insert(std::move(counts)).second)
        continue;
      take(as_far_as_it_fits(scenario_, without));
      for (const auto& stint : assignment.stints)
        if (stint.request)
          take(with_one_more(scenario_, without, *stint.request, others_than(assignment)));
    }
    for (const auto& fill : present_.requests)
      if (fill.status != RequestStatus::Filled && !is_stopped())
        take(with_one_more(scenario_, present_, fill.request));
    return std::move(best_);
  }

 private:
  bool is_stopped() const { return options_.stop && options_.stop(); }

  std::map<TravelKey, int> counts_of(const Plan& plan) const {
    return travel_counts(scenario_, plan, options_.difference);
  }

  /// Who can take the place of an assignment, where that is asked for.
  std::function<bool(const Unit&)> others_than(const Assignment& assignment) const {
    if (options_.difference == PlanDifference::Contingents)
      return {};
    return [&unit = scenario_->units[assignment.unit]](const Unit& other) {
      return other.agency != unit.agency || other.base != unit.base || other.type != unit.type;
    };
  }

  void take(std::optional<Plan> plan) {
    if (plan && (!best_ || plan->result.objective < best_->result.objective) &&
        is_other(counts_, counts_of(*plan), options_.difference))
      best_ = std::move(plan);
  }

  const Scenario& scenario_;
  const Plan& present_;
  const SecondBestOptions& options_;
  std::map<TravelKey, int> counts_;   // of the difference that is asked for
  std::map<TravelKey, int> travels_;  // with their days
  std::optional<Plan> best_;
};

}  // namespace

SecondBest second_best(const Scenario& scenario, const Plan& present, const SecondBestOptions& options) {
  SecondBest second;
  second.bound = present.result.bound;
  if (!options.is_exact.value_or(answers_exactly(make_problem(scenario)))) {
    second.is_proved = false;
    second.plan = NearbyPlans(scenario, present, options).run();
    return second;
  }
  OtherPlanOptions other;
  other.difference = options.difference;
  other.nodes = options.nodes;
  other.in_child = options.in_child;
  other.stop = options.stop;
  auto found = solve_other(scenario, present, other);
  second.plan = std::move(found.plan);
  second.is_proved = found.is_proved && present.result.status == PlanStatus::Optimal;
  if (second.plan && second.is_proved)
    second.bound = second.plan->result.objective;
  return second;
}

}  // namespace relevo::planner
