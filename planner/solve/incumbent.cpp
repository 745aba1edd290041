// SPDX-License-Identifier: MIT
#include "planner/solve/incumbent.hpp"

#include "planner/solve/seconds.hpp"
#include "planner/solve/tolerances.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::planner {

void Incumbent::take(PlanState state) {
  if (state.is_feasible() && state.value().points < objective() - kProofTolerance) {
    found_.plan = std::move(state);
    found_.plan->restart_sum();
  }
}

void Incumbent::prove(int rounds, double bound) {
  found_.rounds = rounds;
  found_.bound = std::max(bound, found_.constant);
  report();
}

void Incumbent::raise_bound(double bound) {
  found_.bound = std::max(bound, found_.bound);
  report();
}

double Incumbent::elapsed() const {
  return seconds_since(options_.started);
}

bool Incumbent::is_over() const {
  return is_out_of_time() || is_stopped() || is_proved() || is_within(options_.gap);
}

bool Incumbent::is_within(double gap) const {
  return found_.plan && gap > 0.0 && objective() - found_.bound <= gap * std::abs(objective());
}

bool Incumbent::is_proved() const {
  return found_.plan && (objective() <= found_.bound || is_same_value(found_.bound, objective()));
}

Progress Incumbent::progress() const {
  Progress progress;
  progress.seconds = elapsed();
  progress.nodes = found_.nodes;
  progress.bound = found_.bound;
  progress.rounds = found_.rounds;
  progress.columns = found_.columns;
  if (found_.plan)
    progress.incumbent = objective();
  return progress;
}

void Incumbent::report() const {
  if (options_.on_progress)
    options_.on_progress(progress());
}

void Incumbent::report_plan(double objective) {
  if (!options_.on_progress || objective >= reported_ - kProofTolerance)
    return;
  reported_ = objective;
  Progress with = progress();
  with.incumbent = objective;
  options_.on_progress(with);
}

void Incumbent::relay(Progress progress, double begun) const {
  progress.seconds += begun;
  progress.nodes += found_.nodes;
  progress.bound = std::max(progress.bound, found_.bound);
  progress.incumbent = std::min(progress.incumbent.value_or(kInfinity), objective());
  progress.rounds = found_.rounds;
  progress.columns = found_.columns;
  options_.on_progress(progress);
}

RosterSearchResult Incumbent::finish() {
  if (found_.end == MipResult::End::Infeasible)
    return std::move(found_);
  if (is_proved())
    found_.end = MipResult::End::Optimal;
  else if (is_stopped())
    found_.end = MipResult::End::Stopped;
  else if (is_out_of_time())
    found_.end = MipResult::End::TimeLimit;
  else if (is_within(options_.gap))
    found_.end = MipResult::End::GapLimit;
  return std::move(found_);
}

}  // namespace relevo::planner
