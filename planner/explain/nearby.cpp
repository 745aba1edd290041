// SPDX-License-Identifier: MIT
#include "planner/explain/nearby.hpp"

#include "planner/solve/assemble.hpp"
#include "planner/solve/attempt.hpp"
#include "planner/solve/plan_rosters.hpp"
#include "planner/solve/recreate.hpp"
#include "planner/solve/tolerances.hpp"

#include <limits>
#include <utility>

namespace relevo::planner {

namespace {

/// Of what the most urgent unit-day is worth, a missing escort and day, until it is sent.
constexpr double kMissing = 0.3;

}  // namespace

NearbyPlan::NearbyPlan(const Scenario& scenario, const Plan& present)
    : problem_(make_problem(scenario)),
      rows_(problem_),
      model_(problem_, rows_),
      index_(model_),
      oracle_(model_, 1),
      state_(state_of(model_, present).state) {
  if (is_possible())
    return;
  const RowGuide guide;
  Attempt attempt(state_);
  SearchRandom random(0);
  for (Seat seat = 0; seat < model_.seats(); ++seat)  // whatever the rules are that are broken, they are looked at
    if (state_.record(seat))
      attempt.set(seat, state_.record(seat));
  if (Recreation(model_, index_, oracle_.pricings(), guide).run(attempt, {}, random) && is_possible())
    return;
  state_ = start_of(model_, present).state;
}

std::vector<Seat> NearbyPlan::seats(const std::function<bool(const Unit&)>& is_meant, bool at_home) const {
  std::vector<Seat> found;
  for (Seat seat = 0; seat < model_.seats(); ++seat)
    if (is_meant(problem_.data().units[model_.unit_class_of(seat).exemplar]) && at_home == !state_.record(seat))
      found.push_back(seat);
  return found;
}

void NearbyPlan::send(const std::function<bool(const Unit&)>& is_meant) {
  const RowGuide guide;
  Recreation recreation(model_, index_, oracle_.pricings(), guide);
  // First who can go as the escorts stand, then who needs more of them.
  for (const double missing : {std::numeric_limits<double>::infinity(), kMissing * index_.unit_points}) {
    RecreateTask task;
    task.seats = seats(is_meant, true);
    task.missing_points = missing;
    Attempt attempt(state_);
    SearchRandom random(0);
    if (!recreation.run(attempt, task, random) || attempt.value().points > -kProofTolerance)
      attempt.undo();
  }
}

void NearbyPlan::reassign(const std::function<bool(const Unit&)>& is_meant) {
  const RowGuide guide;
  Recreation recreation(model_, index_, oracle_.pricings(), guide);
  for (const Seat seat : seats(is_meant, false)) {
    RecreateTask task;
    task.seats = {seat};
    Attempt attempt(state_);
    SearchRandom random(0);
    attempt.set(seat, nullptr);
    if (!recreation.run(attempt, task, random) || attempt.value().points > -kProofTolerance)
      attempt.undo();
  }
}

Plan NearbyPlan::plan() const {
  return assemble_plan(problem_, rows_, assignments_of(state_), "plan");
}

}  // namespace relevo::planner
