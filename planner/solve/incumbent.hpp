// SPDX-License-Identifier: MIT
#pragma once

#include "planner/solve/roster_search.hpp"

namespace relevo::planner {

/// What a search over rosters has found so far, within its limits, and what it says of its progress.
class Incumbent {
 public:
  /// `options` stay with the caller.
  explicit Incumbent(const RosterSearchOptions& options) : options_(options) {}

  /// Points that no plan can avoid: the first bound.
  void set_constant(double constant) { found_.constant = found_.bound = constant; }

  RosterSearchResult& found() noexcept { return found_; }
  const RosterSearchResult& found() const noexcept { return found_; }
  double objective() const { return found_.plan ? found_.plan->value().points : kInfinity; }

  /// Takes a plan that is better and breaks no rule.
  void take(PlanState state);
  /// Takes a bound that is higher, and reports it.
  void raise_bound(double bound);
  /// Takes the bound after so many rounds, and reports it.
  void prove(int rounds, double bound);

  double elapsed() const;  ///< seconds since the search started
  /// Whether there is nothing left to do: out of time, stopped, proved, or within the gap asked for.
  bool is_over() const;
  bool is_within(double gap) const;

  void report() const;
  /// A plan that a search has and has not handed over.
  void report_plan(double objective);
  /// What branch and bound, begun after so many seconds, says while it is at it.
  void relay(Progress progress, double begun) const;

  /// The result, with how the search ended where that does not stand there.
  RosterSearchResult finish();

 private:
  bool is_out_of_time() const { return options_.seconds && elapsed() >= *options_.seconds; }
  bool is_stopped() const { return options_.stop && options_.stop(); }
  bool is_proved() const;
  Progress progress() const;

  const RosterSearchOptions& options_;
  RosterSearchResult found_;
  double reported_ = kInfinity;
};

}  // namespace relevo::planner
